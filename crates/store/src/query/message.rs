//! What screens ask about messages between customers and the company.

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, Message, MessageThread, OrderId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Behind, Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list of threads may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("last_at", "t.last_at"), Sort::int("waiting_since", "COALESCE(t.waiting_since, 0)")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("customer_id", "t.customer_id")];

/// A thread with whom it is, and what was said last.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// How it stands.
    pub thread: MessageThread,
    /// Code of the customer.
    pub customer_code: String,
    /// Name of the customer.
    pub customer_name: String,
    /// The last message.
    pub last: Message,
}

static THREADS: LazyLock<String> = LazyLock::new(|| {
    let last = columns::<Message>("m");
    format!("{}, c.code, c.name, {last}", columns::<MessageThread>("t"))
});

const FROM_THREADS: &str = "FROM message_threads t JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id \
     JOIN messages m ON m.company_id = t.company_id AND m.id = \
        (SELECT x.id FROM messages x WHERE x.company_id = t.company_id AND x.customer_id = t.customer_id ORDER BY x.id DESC LIMIT 1) \
     WHERE t.company_id = ?1";

fn thread(source: &dyn Source) -> Result<Thread, Fault> {
    let first = MessageThread::table().columns.len();
    let last = Message::read(&Behind(source, first + 2))?;
    Ok(Thread { thread: MessageThread::read(source)?, customer_code: read(source, first)?, customer_name: read(source, first + 1)?, last })
}

/// A page of the threads; `waiting`: only those whose customer waits for an answer.
///
/// # Errors
/// Any fault of the database.
pub fn threads(reader: &Reader<'_>, company: CompanyId, waiting: bool, page: &Page) -> Result<Found<Thread>, Fault> {
    let mut select = Select::new(company, &THREADS, FROM_THREADS, TIES);
    if waiting {
        select.and("t.waiting_since IS NOT NULL", []);
    }
    select.page(reader, page, thread)
}

/// What a list of messages may be sorted by.
pub const MESSAGE_SORTS: &[Sort] = &[Sort::int("at", "m.id")];

/// The columns that make every order certain.
pub const MESSAGE_TIES: &[Sort] = &[Sort::int("id", "m.id")];

static MESSAGES: LazyLock<String> = LazyLock::new(|| columns::<Message>("m"));

/// What messages are about; nothing: all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// This order.
    pub order: Option<OrderId>,
    /// The quotation with this number, whichever version.
    pub quotation: Option<&'a str>,
}

/// A page of what was said with a customer, about one order or quotation, or in all.
///
/// # Errors
/// Any fault of the database.
pub fn messages(
    reader: &Reader<'_>,
    company: CompanyId,
    customer: CustomerId,
    about: About<'_>,
    page: &Page,
) -> Result<Found<Message>, Fault> {
    let mut select = Select::new(company, &MESSAGES, "FROM messages m WHERE m.company_id = ?1", MESSAGE_TIES);
    select.and("m.customer_id = ?", [customer.raw().into()]);
    select.and_if("m.order_id = ?", about.order.map(OrderId::raw));
    select.and_if("m.quotation_number = ?", about.quotation);
    select.page(reader, page, |source| Message::read(source))
}

/// What was said with a customer about a quotation, whichever version: the last so many, oldest first.
///
/// # Errors
/// Any fault of the database.
///
/// Source: QUO-01
pub fn about_quotation(
    reader: &Reader<'_>,
    company: CompanyId,
    customer: CustomerId,
    number: &str,
    most: i64,
) -> Result<Vec<Message>, Fault> {
    let and = format!("AND quotation_number = ?2 AND customer_id = ?3 ORDER BY id DESC LIMIT {most}");
    let mut found = reader.all::<Message>(company, &and, &[number.into(), Param::Int(customer.raw())])?;
    found.reverse();
    Ok(found)
}
