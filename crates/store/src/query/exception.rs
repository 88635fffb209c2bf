//! Reading exceptions of orders (CHG-05).

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, ExceptionId, ExceptionKind, ExceptionStatus, OrderException, OrderId, UserId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("opened_at", "e.opened_at"), Sort::text("number", "e.number")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "e.id")];

/// Which exceptions. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, customer, cause or delivery note.
    pub q: Option<String>,
    /// Any of these states.
    pub status: Vec<ExceptionStatus>,
    /// Any of these kinds.
    pub kind: Vec<ExceptionKind>,
    /// Of orders of this representative.
    pub rep: Option<UserId>,
    /// Of this order.
    pub order: Option<OrderId>,
}

/// An exception with what its order says.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The exception.
    pub exception: OrderException,
    /// Whose order.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// The order's representative, whom it concerns.
    pub rep_id: Option<UserId>,
}

static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, o.customer_id, o.customer_name, o.rep_id", columns::<OrderException>("e")));

const FROM: &str = "FROM order_exceptions e JOIN orders o ON o.company_id = e.company_id AND o.id = e.order_id WHERE e.company_id = ?1";

fn known(source: &dyn Source) -> Result<Known, Fault> {
    let first = OrderException::table().columns.len();
    Ok(Known {
        exception: OrderException::read(source)?,
        customer_id: read(source, first)?,
        customer_name: read(source, first + 1)?,
        rep_id: read(source, first + 2)?,
    })
}

/// A page of exceptions.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Known>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(e.number)", "lower(o.customer_name)", "lower(e.cause)", "lower(e.shipment_number)"], words);
    }
    select.and_in("e.status", filter.status.iter().map(|status| status.as_str()));
    select.and_in("e.kind", filter.kind.iter().map(|kind| kind.as_str()));
    select.and_if("o.rep_id = ?", filter.rep.map(UserId::raw));
    select.and_if("e.order_id = ?", filter.order.map(OrderId::raw));
    select.page(reader, page, known)
}

/// How many wait for an answer.
///
/// # Errors
/// Any fault of the database.
pub fn open(reader: &Reader<'_>, company: CompanyId) -> Result<i64, Fault> {
    reader.int("SELECT count(*) FROM order_exceptions WHERE company_id = ?1 AND status = 'open'", &[company.raw().into()])
}

/// The exceptions of an order, the oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<OrderException>, Fault> {
    reader.all(company, "AND order_id = ?2 ORDER BY id", &[Param::Int(order.raw())])
}

/// The id of an exception by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<ExceptionId>, Fault> {
    let text = "SELECT id FROM order_exceptions WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(ExceptionId::from_raw))
}
