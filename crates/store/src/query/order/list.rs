//! The order list: filters, sorts, keyset pages, totals.

use std::fmt::Write;

use domain::{CompanyId, CustomerId, Date, Grade, Order, OrderId, UserId};

use super::view::VIEWS;
use crate::fault::Fault;
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

/// What to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By creation.
    Created,
    /// By number.
    Number,
    /// By payable amount.
    Payable,
    /// By required date; without one, last.
    RequiredOn,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Sort::Created => "o.id",
            Sort::Number => "o.number",
            Sort::Payable => "o.payable_minor",
            Sort::RequiredOn => "coalesce(o.required_on, '9999-12-31')",
        }
    }

    /// The value of an order to continue after.
    pub fn value(self, order: &Order) -> Param {
        match self {
            Sort::Created => Param::Int(order.id.raw()),
            Sort::Number => Param::Text(order.number.clone()),
            Sort::Payable => Param::Int(order.payable_minor.minor()),
            Sort::RequiredOn => Param::Text(order.required_on.map_or_else(|| "9999-12-31".to_owned(), |d| d.as_str().to_owned())),
        }
    }
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

struct Conditions {
    text: String,
    params: Vec<Param>,
}

impl Conditions {
    fn place(&mut self, value: impl Into<Param>) -> usize {
        self.params.push(value.into());
        self.params.len()
    }

    fn and(&mut self, before: &str, value: impl Into<Param>, after: &str) {
        let at = self.place(value);
        let _ = write!(self.text, " AND {before}?{at}{after}");
    }

    fn any(&mut self, column: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let places: Vec<String> = values.iter().map(|v| format!("?{}", self.place(v.as_str()))).collect();
        let _ = write!(self.text, " AND {column} IN ({})", places.join(", "));
    }
}

/// `%` and `_` as themselves in a `LIKE` pattern with `ESCAPE '!'`.
pub fn like(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out
}

fn conditions(company: CompanyId, filter: &Filter) -> Conditions {
    let mut all = Conditions { text: String::from("o.company_id = ?1"), params: vec![company.raw().into()] };
    if let Some(view) = filter.view.and_then(|name| VIEWS.iter().find(|v| v.name == name)) {
        let _ = write!(all.text, " AND {}", view.sql);
    }
    for (column, values) in [
        ("o.status", &filter.status),
        ("o.supply", &filter.supply),
        ("o.fulfilment", &filter.fulfilment),
        ("o.finance", &filter.finance),
        ("o.service", &filter.service),
    ] {
        all.any(column, values);
    }
    if let Some(customer) = filter.customer {
        all.and("o.customer_id = ", customer.raw(), "");
    }
    if let Some(rep) = filter.rep {
        all.and("o.rep_id = ", rep.raw(), "");
    }
    if let Some(me) = filter.mine {
        let at = all.place(me.raw());
        let _ = write!(all.text, " AND (o.rep_id = ?{at} OR o.entered_by = ?{at})");
    }
    if let Some(held) = filter.held {
        all.and("o.held = ", i64::from(held), "");
    }
    if let Some(day) = filter.late_on {
        all.and("o.status = 'effective' AND o.fulfilment <> 'delivered' AND o.required_on < ", day.as_str(), "");
    }
    let dates = [
        ("o.required_on >= ", filter.required_from),
        ("o.required_on <= ", filter.required_to),
        ("o.ordered_on >= ", filter.ordered_from),
        ("o.ordered_on <= ", filter.ordered_to),
    ];
    for (before, date) in dates {
        if let Some(date) = date {
            all.and(before, date.as_str(), "");
        }
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        search(&mut all, q);
    }
    all
}

fn search(all: &mut Conditions, q: &str) {
    let from = all.place(q.to_uppercase());
    let to = all.place(format!("{}\u{10ffff}", q.to_uppercase()));
    let own = all.place(q);
    let pattern = all.place(format!("%{}%", like(&q.to_lowercase())));
    let _ = write!(
        all.text,
        " AND ((o.number >= ?{from} AND o.number < ?{to}) OR (o.external_number = ?{own} AND o.external_number <> '') OR o.customer_id IN \
         (SELECT c.id FROM customers c WHERE c.company_id = ?1 AND c.search LIKE ?{pattern} ESCAPE '!'))"
    );
}

/// One page: at most `limit` orders behind `after` (the sort's value and the id of the last row of the page before).
///
/// # Errors
/// Any fault of the database.
pub fn list(
    reader: &Reader<'_>,
    company: CompanyId,
    filter: &Filter,
    sort: Sort,
    descending: bool,
    after: Option<(Param, OrderId)>,
    limit: usize,
) -> Result<Vec<Listed>, Fault> {
    let mut all = conditions(company, filter);
    let (compare, direction) = if descending { ("<", "DESC") } else { (">", "ASC") };
    if let Some((value, id)) = after {
        if sort == Sort::Created {
            all.and(&format!("o.id {compare} "), id.raw(), "");
        } else {
            let (value, id) = (all.place(value), all.place(id.raw()));
            let _ = write!(all.text, " AND ({}, o.id) {compare} (?{value}, ?{id})", sort.column());
        }
    }
    let columns: Vec<String> = Order::table().columns.iter().map(|c| format!("o.{}", c.name)).collect();
    let order = if sort == Sort::Created { format!("o.id {direction}") } else { format!("{} {direction}, o.id {direction}", sort.column()) };
    let text = format!(
        "SELECT {}, c.grade, u.name FROM orders o JOIN customers c ON c.company_id = o.company_id AND c.id = o.customer_id \
         LEFT JOIN users u ON u.company_id = o.company_id AND u.id = o.rep_id WHERE {} ORDER BY {order} LIMIT {limit}",
        columns.join(", "),
        all.text
    );
    let width = columns.len();
    reader.rows(&text, &all.params, |s| Ok(Listed { order: Order::read(s)?, grade: read(s, width)?, rep_name: read(s, width + 1)? }))
}

/// Count and sums of everything the filter finds.
///
/// # Errors
/// Any fault of the database.
pub fn summary(reader: &Reader<'_>, company: CompanyId, filter: &Filter) -> Result<Summary, Fault> {
    if let Some(view) = filter.view.or(Some("all"))
        && *filter == (Filter { view: filter.view, ..Filter::default() })
        && let Some((_, count, payable_minor)) = super::counts(reader, company)?.into_iter().find(|c| c.0 == view)
    {
        return Ok(Summary { count, payable_minor });
    }
    let all = conditions(company, filter);
    let text = format!("SELECT count(*), CAST(coalesce(sum(o.payable_minor), 0) AS BIGINT) FROM orders o WHERE {}", all.text);
    let found = reader.one(&text, &all.params, |s| Ok(Summary { count: read(s, 0)?, payable_minor: read(s, 1)? }))?;
    Ok(found.unwrap_or(Summary { count: 0, payable_minor: 0 }))
}
