//! Reading clocks.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{Clock, ClockId, CompanyId, Instant, OrderId};

use super::among::among;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("due_at", "c.due_at"), Sort::int("started_at", "c.id"), Sort::text("number", "c.subject_number")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "c.id")];

/// Which clocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The beginning of the number of what they are about.
    pub q: Option<String>,
    /// Any of these states; none: all that are open.
    pub states: Vec<String>,
    /// Of the rule with this code.
    pub code: Option<String>,
    /// About this order.
    pub order: Option<OrderId>,
    /// Due before.
    pub due_before: Option<Instant>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Clock>("c"));

/// A page of clocks.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Clock>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM clocks c WHERE c.company_id = ?1", TIES);
    // Said as the index of open clocks says it.
    if !filter.states.iter().any(|state| state == "stopped") {
        select.and("c.state <> 'stopped'", []);
    }
    select.and_in("c.state", filter.states.iter().map(String::as_str));
    select.and_if("c.code = ?", filter.code.as_deref());
    select.and_if("c.subject_id = ?", filter.order.map(OrderId::raw));
    select.and_if("c.due_at <= ?", filter.due_before.map(Instant::micros));
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let from = q.to_uppercase();
        let to = format!("{from}\u{10ffff}");
        select.and("c.subject_number >= ? AND c.subject_number < ?", [Param::Text(from), Param::Text(to)]);
    }
    select.page(reader, page, |source| Clock::read(source))
}

/// The clocks of an order, those that are open first, up to `limit`.
///
/// # Errors
/// Any fault of the database.
pub fn of_order(reader: &Reader<'_>, company: CompanyId, id: OrderId, limit: i64) -> Result<Vec<Clock>, Fault> {
    let and = "AND subject_id = ?2 ORDER BY CASE WHEN state = 'stopped' THEN 1 ELSE 0 END, due_at, id LIMIT ?3";
    reader.all(company, and, &[id.raw().into(), limit.into()])
}

/// The open clocks of these orders, in one statement: of each the nearest first, those that are paused last.
///
/// # Errors
/// Any fault of the database.
pub fn of_orders(reader: &Reader<'_>, company: CompanyId, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Clock>>, Fault> {
    let ids: Vec<i64> = orders.iter().map(|id| id.raw()).collect();
    let found = of_subjects(reader, company, &ids)?;
    Ok(found.into_iter().map(|(id, clocks)| (OrderId::from_raw(id), clocks)).collect())
}

/// The same of anything that clocks are about, by id.
///
/// # Errors
/// Any fault of the database.
pub fn of_subjects(reader: &Reader<'_>, company: CompanyId, ids: &[i64]) -> Result<HashMap<i64, Vec<Clock>>, Fault> {
    let mut found: HashMap<i64, Vec<Clock>> = HashMap::new();
    let Some((among, params)) = among(company.raw(), ids) else { return Ok(found) };
    let text = format!("SELECT {} FROM clocks c WHERE c.company_id = ?1 AND c.subject_id {among} AND c.state <> 'stopped'", *COLUMNS);
    for clock in reader.rows(&text, &params, |source| Clock::read(source))? {
        found.entry(clock.subject_id).or_default().push(clock);
    }
    for clocks in found.values_mut() {
        clocks.sort_by_key(|clock| (clock.paused_at.is_some(), clock.due_at, clock.id));
    }
    Ok(found)
}

/// The clocks at which something happens by `now`, the earliest first.
///
/// # Errors
/// Any fault of the database.
pub fn due(reader: &Reader<'_>, company: CompanyId, now: Instant, limit: i64) -> Result<Vec<ClockId>, Fault> {
    let text = "SELECT id FROM clocks WHERE company_id = ?1 AND next_at IS NOT NULL AND next_at <= ?2 ORDER BY next_at LIMIT ?3";
    reader.rows(text, &[company.raw().into(), now.micros().into(), limit.into()], |source| read(source, 0))
}

/// Clocks whose time is over, of which one of these roles has to act, the longest over first, each with the name of the customer. Those that are
/// paused wait for somebody else.
///
/// # Errors
/// Any fault of the database.
pub fn overdue_of_roles(
    reader: &Reader<'_>,
    company: CompanyId,
    roles: &[String],
    now: Instant,
    limit: i64,
) -> Result<Vec<(Clock, String)>, Fault> {
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    // The terms are JSON that this program wrote: without spaces, a role's code without anything to escape.
    let mut params: Vec<Param> = vec![company.raw().into(), now.micros().into()];
    let mut any = Vec::with_capacity(roles.len());
    for role in roles {
        params.push(Param::Text(format!("%\"role\":\"{role}\"%")));
        any.push(format!("c.terms LIKE ?{}", params.len()));
    }
    let text = format!(
        "SELECT {}, o.customer_name FROM clocks c JOIN orders o ON o.company_id = c.company_id AND o.id = c.subject_id \
         WHERE c.company_id = ?1 AND c.state <> 'stopped' AND c.due_at <= ?2 AND c.paused_at IS NULL AND ({}) ORDER BY c.due_at, c.id LIMIT {limit}",
        *COLUMNS,
        any.join(" OR ")
    );
    let width = Clock::table().columns.len();
    let found = reader.rows(&text, &params, |source| Ok((Clock::read(source)?, read::<String>(source, width)?)))?;
    // A role whose code is part of a longer text of the terms is another's.
    Ok(found.into_iter().filter(|(clock, _)| roles.contains(&clock.terms().role)).collect())
}

/// Open clocks whose times were reckoned by a calendar that has changed since.
///
/// # Errors
/// Any fault of the database.
pub fn outdated(reader: &Reader<'_>, company: CompanyId, limit: i64) -> Result<Vec<ClockId>, Fault> {
    let text = "SELECT c.id FROM calendars k JOIN clocks c ON c.company_id = k.company_id AND c.calendar = k.code AND c.calendar_version < k.version \
        WHERE k.company_id = ?1 AND c.state <> 'stopped' LIMIT ?2";
    reader.rows(text, &[company.raw().into(), limit.into()], |source| read(source, 0))
}
