//! The order list: filters, sorts, keyset pages, totals.

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, Date, Grade, Order, UserId};

use super::view::VIEWS;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort, contains};
use crate::read::{Param, Reader, read};
use crate::row::Row;

/// What to list. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Part of a number, or of a customer's name, code or pinyin.
    pub q: Option<String>,
    /// Any of these states of the commercial track.
    pub status: Vec<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this sales representative.
    pub rep: Option<UserId>,
    /// Entered by or belonging to this person.
    pub mine: Option<UserId>,
    /// On hold or not.
    pub held: Option<bool>,
    /// Late on this day: required before it and not delivered.
    pub late_on: Option<Date>,
    /// Any of these states of the supply track.
    pub supply: Vec<String>,
    /// Any of these states of the fulfilment track.
    pub fulfilment: Vec<String>,
    /// Any of these states of the finance track.
    pub finance: Vec<String>,
    /// Any of these states of the service track.
    pub service: Vec<String>,
    /// Required on this day or later.
    pub required_from: Option<Date>,
    /// Required on this day or earlier.
    pub required_to: Option<Date>,
    /// Ordered on this day or later.
    pub ordered_from: Option<Date>,
    /// Ordered on this day or earlier.
    pub ordered_to: Option<Date>,
    /// A view by its name.
    pub view: Option<&'static str>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The order.
    pub order: Order,
    /// The customer's grade.
    pub grade: Grade,
    /// The representative's name.
    pub rep_name: Option<String>,
}

/// Count and sums of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many orders.
    pub count: i64,
    /// Payable, minor units.
    pub payable_minor: i64,
}

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[
    Sort::int("created_at", "o.id"),
    Sort::text("number", "o.number"),
    Sort::int("payable", "o.payable_minor"),
    Sort::text("required_on", "coalesce(o.required_on, '9999-12-31')"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "o.id")];

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let columns: Vec<String> = Order::table().columns.iter().map(|c| format!("o.{}", c.name)).collect();
    format!("{}, c.grade, u.name", columns.join(", "))
});

const FROM: &str = "FROM orders o JOIN customers c ON c.company_id = o.company_id AND c.id = o.customer_id \
    LEFT JOIN users u ON u.company_id = o.company_id AND u.id = o.rep_id WHERE o.company_id = ?1";

fn filtered(company: CompanyId, columns: &'static str, from: &str, filter: &Filter) -> Select {
    let mut select = Select::new(company, columns, from, TIES);
    if let Some(view) = filter.view.and_then(|name| VIEWS.iter().find(|v| v.name == name)) {
        select.and(view.sql, []);
    }
    select.and_in("o.status", filter.status.iter().map(String::as_str));
    select.and_in("o.supply", filter.supply.iter().map(String::as_str));
    select.and_in("o.fulfilment", filter.fulfilment.iter().map(String::as_str));
    select.and_in("o.finance", filter.finance.iter().map(String::as_str));
    select.and_in("o.service", filter.service.iter().map(String::as_str));
    select.and_if("o.customer_id = ?", filter.customer.map(|id| id.raw()));
    select.and_if("o.rep_id = ?", filter.rep.map(|id| id.raw()));
    if let Some(me) = filter.mine {
        select.and("(o.rep_id = ? OR o.entered_by = ?)", [Param::Int(me.raw()), Param::Int(me.raw())]);
    }
    select.and_if("o.held = ?", filter.held.map(i64::from));
    let late = "o.status = 'effective' AND o.fulfilment <> 'delivered' AND o.required_on < ?";
    select.and_if(late, filter.late_on.map(|day| day.as_str().to_owned()));
    select.and_if("o.required_on >= ?", filter.required_from.map(|day| day.as_str().to_owned()));
    select.and_if("o.required_on <= ?", filter.required_to.map(|day| day.as_str().to_owned()));
    select.and_if("o.ordered_on >= ?", filter.ordered_from.map(|day| day.as_str().to_owned()));
    select.and_if("o.ordered_on <= ?", filter.ordered_to.map(|day| day.as_str().to_owned()));
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        search(&mut select, q);
    }
    select
}

fn search(select: &mut Select, q: &str) {
    let from = q.to_uppercase();
    let to = format!("{from}\u{10ffff}");
    let found = "((o.number >= ? AND o.number < ?) OR (o.external_number = ? AND o.external_number <> '') OR o.customer_id IN \
        (SELECT k.id FROM customers k WHERE k.company_id = o.company_id AND k.search LIKE ? ESCAPE '\\'))";
    select.and(found, [Param::Text(from), Param::Text(to), Param::Text(q.to_owned()), Param::Text(contains(q))]);
}

/// A page of orders.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let width = Order::table().columns.len();
    filtered(company, &COLUMNS, FROM, filter)
        .page(reader, page, |s| Ok(Listed { order: Order::read(s)?, grade: read(s, width)?, rep_name: read(s, width + 1)? }))
}

/// Count and sums of everything the filter finds.
///
/// # Errors
/// Any fault of the database.
pub fn summary(reader: &Reader<'_>, company: CompanyId, filter: &Filter) -> Result<Summary, Fault> {
    let view = filter.view.unwrap_or("all");
    if *filter == (Filter { view: filter.view, ..Filter::default() })
        && let Some((_, count, payable_minor)) = super::counts(reader, company)?.into_iter().find(|c| c.0 == view)
    {
        return Ok(Summary { count, payable_minor });
    }
    let columns = "count(*), CAST(coalesce(sum(o.payable_minor), 0) AS BIGINT)";
    let select = filtered(company, columns, "FROM orders o WHERE o.company_id = ?1", filter);
    let found = select.all(reader, |s| Ok(Summary { count: read(s, 0)?, payable_minor: read(s, 1)? }))?;
    Ok(found.into_iter().next().unwrap_or(Summary { count: 0, payable_minor: 0 }))
}
