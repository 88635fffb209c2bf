//! Reading the papers of orders: delivery notes, invoices, payments, follow-ups.

use std::sync::LazyLock;

use domain::{CompanyId, Conversion, Currency, CustomerId, Date, FollowUp, Id, Invoice, OrderId, Payment, Shipment};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort, contains};
use crate::read::{Param, Reader, read};
use crate::row::Row;

/// Which papers. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Part of a number of the paper or its order, or of a customer's name, code or pinyin.
    pub q: Option<String>,
    /// Of this order.
    pub order: Option<OrderId>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Any of these states.
    pub status: Vec<String>,
    /// Open and due before this day.
    pub due_before: Option<Date>,
}

/// A paper with the currency of its order and the order's rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced<R> {
    /// The paper.
    pub paper: R,
    /// Currency of its amounts.
    pub currency: Currency,
    /// What that was worth in the company's when the order was made; nothing where it is the company's own.
    pub exchange_rate: Option<Conversion>,
}

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "p.id")];

/// What delivery notes may be sorted by.
pub const SHIPMENT_SORTS: &[Sort] =
    &[Sort::int("created_at", "p.id"), Sort::text("number", "p.number"), Sort::text("shipped_on", "p.shipped_on")];

/// What invoices may be sorted by.
pub const INVOICE_SORTS: &[Sort] = &[
    Sort::int("created_at", "p.id"),
    Sort::text("number", "p.number"),
    Sort::text("issued_on", "p.issued_on"),
    Sort::text("due_on", "p.due_on"),
    Sort::int("gross", "p.gross_minor"),
];

/// What payments may be sorted by.
pub const PAYMENT_SORTS: &[Sort] = &[
    Sort::int("created_at", "p.id"),
    Sort::text("number", "p.number"),
    Sort::text("paid_on", "p.paid_on"),
    Sort::int("amount", "p.amount_minor"),
];

/// What follow-ups may be sorted by.
pub const FOLLOW_UP_SORTS: &[Sort] = &[Sort::int("created_at", "p.id"), Sort::text("due_on", "p.due_on")];

fn columns<R: Row>() -> String {
    let names: Vec<String> = R::table().columns.iter().map(|c| format!("p.{}", c.name)).collect();
    format!("{}, o.currency, o.exchange_rate_nano", names.join(", "))
}

static SHIPMENT: LazyLock<String> = LazyLock::new(columns::<Shipment>);
static INVOICE: LazyLock<String> = LazyLock::new(columns::<Invoice>);
static PAYMENT: LazyLock<String> = LazyLock::new(columns::<Payment>);
static FOLLOW_UP: LazyLock<String> = LazyLock::new(columns::<FollowUp>);

fn select<R: Row>(company: CompanyId, columns: &'static str, number: &str, filter: &Filter) -> Select {
    let from =
        format!("FROM {} p JOIN orders o ON o.company_id = p.company_id AND o.id = p.order_id WHERE p.company_id = ?1", R::table().name);
    let mut select = Select::new(company, columns, &from, TIES);
    select.and_if("p.order_id = ?", filter.order.map(|id| id.raw()));
    select.and_if("p.customer_id = ?", filter.customer.map(|id| id.raw()));
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let from = q.to_uppercase();
        let to = format!("{from}\u{10ffff}");
        let mut conditions = vec!["p.order_number >= ? AND p.order_number < ?".to_owned()];
        let mut values = vec![Param::Text(from.clone()), Param::Text(to.clone())];
        if !number.is_empty() {
            conditions.push(format!("{number} >= ? AND {number} < ?"));
            values.extend([Param::Text(from), Param::Text(to)]);
        }
        conditions
            .push("p.customer_id IN (SELECT k.id FROM customers k WHERE k.company_id = ? AND k.search LIKE ? ESCAPE '\\')".to_owned());
        values.extend([Param::Int(company.raw()), Param::Text(contains(q))]);
        select.and(&format!("(({}))", conditions.join(") OR (")), values);
    }
    select
}

fn fetch<R: Row>(select: Select, reader: &Reader<'_>, page: &Page) -> Result<Found<Priced<R>>, Fault> {
    let width = R::table().columns.len();
    select.page(reader, page, |s| Ok(Priced { paper: R::read(s)?, currency: read(s, width)?, exchange_rate: read(s, width + 1)? }))
}

/// The id of a paper by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of<R: Row, I: Id>(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<I>, Fault> {
    let text = format!("SELECT id FROM {} WHERE company_id = ?1 AND number = ?2", R::table().name);
    let found = reader.one(&text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(I::from_raw))
}

/// A page of delivery notes.
///
/// # Errors
/// Any fault of the database.
pub fn shipments(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Priced<Shipment>>, Fault> {
    let mut all = select::<Shipment>(company, &SHIPMENT, "p.number", filter);
    all.and_in("p.status", filter.status.iter().map(String::as_str));
    fetch(all, reader, page)
}

/// A page of invoices.
///
/// # Errors
/// Any fault of the database.
pub fn invoices(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Priced<Invoice>>, Fault> {
    let mut all = select::<Invoice>(company, &INVOICE, "p.number", filter);
    all.and_in("p.status", filter.status.iter().map(String::as_str));
    all.and_if("p.status IN ('open', 'part_paid') AND p.due_on < ?", filter.due_before.map(|day| day.as_str().to_owned()));
    fetch(all, reader, page)
}

/// A page of payments; the state `reversed` finds those taken back, `valid` the others.
///
/// # Errors
/// Any fault of the database.
pub fn payments(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Priced<Payment>>, Fault> {
    let mut all = select::<Payment>(company, &PAYMENT, "p.number", filter);
    let states = filter.status.iter().filter_map(|s| match s.as_str() {
        "reversed" => Some(1),
        "valid" => Some(0),
        _ => None,
    });
    all.and_in("p.reversed", states.collect::<Vec<i64>>());
    fetch(all, reader, page)
}

/// A page of follow-ups.
///
/// # Errors
/// Any fault of the database.
pub fn follow_ups(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Priced<FollowUp>>, Fault> {
    let mut all = select::<FollowUp>(company, &FOLLOW_UP, "", filter);
    all.and_in("p.status", filter.status.iter().map(String::as_str));
    all.and_if("p.status = 'due' AND p.due_on < ?", filter.due_before.map(|day| day.as_str().to_owned()));
    fetch(all, reader, page)
}
