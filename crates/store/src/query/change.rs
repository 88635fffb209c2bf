//! Reading change orders.

use std::sync::LazyLock;

use domain::{ChangeApproval, ChangeId, ChangeOrder, ChangeStatus, CompanyId, CustomerId, Order, OrderId, UserId};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "c.id"), Sort::text("number", "c.number")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "c.id")];

/// Which change orders. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, order, customer or reason.
    pub q: Option<String>,
    /// Any of these states.
    pub status: Vec<ChangeStatus>,
    /// Of this order.
    pub order: Option<OrderId>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Made by this person.
    pub created_by: Option<UserId>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<ChangeOrder>("c"));

fn select(company: CompanyId, filter: &Filter) -> Select {
    let mut select = Select::new(company, &COLUMNS, "FROM changes c WHERE c.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(c.number)", "lower(c.order_number)", "lower(c.customer_name)", "lower(c.reason)"], words);
    }
    select.and_in("c.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("c.order_id = ?", filter.order.map(OrderId::raw));
    select.and_if("c.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_if("c.created_by = ?", filter.created_by.map(UserId::raw));
    select
}

/// A page of change orders.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<ChangeOrder>, Fault> {
    select(company, filter).page(reader, page, |source| ChangeOrder::read(source))
}

/// The change orders of an order, oldest first.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<ChangeOrder>, Fault> {
    reader.all(company, "AND order_id = ?2 ORDER BY id", &[Param::Int(order.raw())])
}

/// Those of an order that are submitted and not ended.
///
/// # Errors
/// Any fault of the database.
pub fn open_of(reader: &Reader<'_>, company: CompanyId, order: OrderId) -> Result<Vec<ChangeOrder>, Fault> {
    reader.all(company, "AND order_id = ?2 AND status IN ('submitted', 'answering') ORDER BY id", &[Param::Int(order.raw())])
}

/// The id of a change order by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<ChangeId>, Fault> {
    let text = "SELECT id FROM changes WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(ChangeId::from_raw))
}

/// The signatures of several changes, of all rounds.
///
/// # Errors
/// Any fault of the database.
pub fn steps_of(reader: &Reader<'_>, company: CompanyId, changes: &[ChangeId]) -> Result<Vec<ChangeApproval>, Fault> {
    let ids: Vec<i64> = changes.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(Vec::new()) };
    reader.all(company, &format!("AND change_id {among} ORDER BY change_id, round, step"), &params[1..])
}

/// These orders.
///
/// # Errors
/// Any fault of the database.
pub fn orders_of(reader: &Reader<'_>, company: CompanyId, orders: &[OrderId]) -> Result<Vec<Order>, Fault> {
    let ids: Vec<i64> = orders.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = among(company.raw(), &ids) else { return Ok(Vec::new()) };
    reader.all(company, &format!("AND id {among} ORDER BY id"), &params[1..])
}
