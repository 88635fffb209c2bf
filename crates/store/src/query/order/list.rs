//! The order list: filters, sorts, keyset pages, totals.

use std::sync::LazyLock;

use domain::{CompanyId, CustomerId, Date, Grade, Order, UserId};

use super::find::{self, Hits};
use super::view::VIEWS;
use super::way::{KEY, Way, ways};
use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};
use crate::row::Row;
use crate::sql::BY_INDEX;

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
    Sort::text("ordered_on", "o.ordered_on"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "o.id")];

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let columns: Vec<String> = Order::table().columns.iter().map(|c| format!("o.{}", c.name)).collect();
    format!("{}, c.grade, u.name", columns.join(", "))
});

/// Joined to the left, so that orders are read first, in their order.
pub(super) const FROM: &str = "FROM orders o LEFT JOIN customers c ON c.company_id = o.company_id AND c.id = o.customer_id \
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
    if let Some(day) = filter.late_on {
        select.and("o.status = 'effective' AND o.fulfilment <> 'delivered'", []);
        required(&mut select, "<", Some(day));
    }
    filter.required(&mut select);
    filter.ordered(&mut select);
    select
}

/// Compares the day that is asked for; twice, since the index has a day for the orders without one.
fn required(select: &mut Select, compare: &str, day: Option<Date>) {
    if let Some(day) = day {
        let day = Param::from(day.as_str());
        select.and(&format!("o.required_on {compare} ? AND coalesce(o.required_on, '9999-12-31') {compare} ?"), [day.clone(), day]);
    }
}

impl Filter {
    /// Narrows to the days that are asked for.
    pub(super) fn required(&self, select: &mut Select) {
        required(select, ">=", self.required_from);
        required(select, "<=", self.required_to);
    }

    /// Narrows to the days of the order.
    pub(super) fn ordered(&self, select: &mut Select) {
        select.and_if("o.ordered_on >= ?", self.ordered_from.map(|day| day.as_str().to_owned()));
        select.and_if("o.ordered_on <= ?", self.ordered_to.map(|day| day.as_str().to_owned()));
    }

    /// What is searched for, if anything is.
    pub(super) fn words(&self) -> Option<&str> {
        self.q.as_deref().map(str::trim).filter(|q| !q.is_empty())
    }
}

/// A page of orders.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let hits = find::hits(reader, company, filter, page)?;
    let ways = match &hits {
        Hits::Orders(_) => vec![Way::by(KEY)],
        Hits::Unasked | Hits::Many(_) => ways(reader, company, filter, page)?,
    };
    let width = Order::table().columns.len();
    let mut parts = Vec::with_capacity(ways.len());
    for way in ways {
        let mut select = filtered(company, &COLUMNS, &way.from(), filter);
        way.narrow(&mut select);
        hits.narrow(&mut select, company);
        let listed = |s: &dyn Source| Ok(Listed { order: Order::read(s)?, grade: read(s, width)?, rep_name: read(s, width + 1)? });
        parts.push(select.rows(reader, page, listed)?);
    }
    Ok(Found::merged(parts, page))
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
    if *filter == (Filter { status: filter.status.clone(), ..Filter::default() }) {
        return of_states(reader, company, &filter.status);
    }
    let columns = "count(*), CAST(coalesce(sum(o.payable_minor), 0) AS BIGINT)";
    let days_alone = filter.ordered_from.is_some() && filter.customer.is_none();
    let by = if days_alone { format!("{BY_INDEX}orders_ordered_on_id") } else { String::new() };
    let mut select = filtered(company, columns, &format!("FROM orders o{by} WHERE o.company_id = ?1"), filter);
    if let Some(q) = filter.words() {
        Hits::Many(q).narrow(&mut select, company);
    }
    let found = select.all(reader, |s| Ok(Summary { count: read(s, 0)?, payable_minor: read(s, 1)? }))?;
    Ok(found.into_iter().next().unwrap_or(Summary { count: 0, payable_minor: 0 }))
}

/// Each state of the commercial track is a view with a figure of its own.
fn of_states(reader: &Reader<'_>, company: CompanyId, states: &[String]) -> Result<Summary, Fault> {
    let kept = super::counts(reader, company)?;
    let of = |summary: Summary, view: &(&str, i64, i64)| Summary {
        count: summary.count + view.1,
        payable_minor: summary.payable_minor + view.2,
    };
    Ok(kept.iter().filter(|view| states.iter().any(|state| state == view.0)).fold(Summary { count: 0, payable_minor: 0 }, of))
}
