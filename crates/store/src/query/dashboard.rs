//! Figures of the dashboard. Counts come from the tallies that every write keeps up; the rest reads a bounded range of an index.

use domain::{CompanyId, CustomerId, Date, OrderId};

use crate::fault::Fault;
use crate::read::{Reader, read};
use crate::sql::BY_INDEX;

/// Orders received on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The order date.
    pub on: Date,
    /// How many.
    pub count: i64,
    /// Payable, minor units.
    pub payable_minor: i64,
}

/// A customer and what it ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct TopCustomer {
    /// Who.
    pub id: CustomerId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many orders.
    pub count: i64,
    /// Payable, minor units.
    pub payable_minor: i64,
}

const LIVE: &str = "o.status IN ('submitted', 'reviewed', 'approved', 'awaiting_signature', 'effective', 'closed')";

/// Orders by order date from `from` on.
///
/// # Errors
/// Any fault of the database.
pub fn received(reader: &Reader<'_>, company: CompanyId, from: Date) -> Result<Vec<Day>, Fault> {
    let text = format!(
        "SELECT o.ordered_on, count(*), CAST(coalesce(sum(o.payable_minor), 0) AS BIGINT) FROM orders o{BY_INDEX}orders_ordered_on_id \
         WHERE o.company_id = ?1 AND o.ordered_on >= ?2 AND {LIVE} GROUP BY o.ordered_on ORDER BY o.ordered_on"
    );
    reader.rows(&text, &[company.raw().into(), from.as_str().into()], |s| {
        Ok(Day { on: read(s, 0)?, count: read(s, 1)?, payable_minor: read(s, 2)? })
    })
}

/// The customers with the largest orders from `from` on.
///
/// # Errors
/// Any fault of the database.
pub fn top_customers(reader: &Reader<'_>, company: CompanyId, from: Date, limit: usize) -> Result<Vec<TopCustomer>, Fault> {
    let text = format!(
        "SELECT t.customer_id, c.code, c.name, t.orders, t.payable FROM \
         (SELECT o.customer_id, count(*) AS orders, CAST(sum(o.payable_minor) AS BIGINT) AS payable FROM orders o{BY_INDEX}orders_ordered_on_id \
          WHERE o.company_id = ?1 AND o.ordered_on >= ?2 AND {LIVE} GROUP BY o.customer_id ORDER BY 3 DESC, 1 LIMIT {limit}) t \
         JOIN customers c ON c.company_id = ?1 AND c.id = t.customer_id ORDER BY t.payable DESC, t.customer_id"
    );
    reader.rows(&text, &[company.raw().into(), from.as_str().into()], |s| {
        Ok(TopCustomer { id: read(s, 0)?, code: read(s, 1)?, name: read(s, 2)?, count: read(s, 3)?, payable_minor: read(s, 4)? })
    })
}

/// Count and open amount (minor units) of invoices due before `today`.
///
/// # Errors
/// Any fault of the database.
pub fn overdue(reader: &Reader<'_>, company: CompanyId, today: Date) -> Result<(i64, i64), Fault> {
    let text = "SELECT count(*), CAST(coalesce(sum(gross_minor - paid_minor), 0) AS BIGINT) FROM invoices
        WHERE company_id = ?1 AND status IN ('open', 'part_paid') AND due_on < ?2";
    Ok(reader.one(text, &[company.raw().into(), today.as_str().into()], |s| Ok((read(s, 0)?, read(s, 1)?)))?.unwrap_or_default())
}

/// What a count that looks at orders one by one goes up to; more is not told apart on a screen.
pub const COUNTED: i64 = 1_000;

/// How many effective orders were required before `today` and are not delivered, counted up to [`COUNTED`].
///
/// # Errors
/// Any fault of the database.
pub fn late(reader: &Reader<'_>, company: CompanyId, today: Date) -> Result<i64, Fault> {
    let text = format!(
        "SELECT count(*) FROM (SELECT o.id FROM orders o{BY_INDEX}orders_effective_required_on_id WHERE o.company_id = ?1 AND o.status = 'effective' \
         AND coalesce(o.required_on, '9999-12-31') < ?2 AND o.fulfilment <> 'delivered' LIMIT {COUNTED}) t"
    );
    reader.int(&text, &[company.raw().into(), today.as_str().into()])
}

/// How many orders were entered by or belong to a person, counted up to [`COUNTED`].
///
/// # Errors
/// Any fault of the database.
pub fn mine(reader: &Reader<'_>, company: CompanyId, user: domain::UserId) -> Result<i64, Fault> {
    super::order::of_user(reader, company, user.raw(), COUNTED)
}

/// The oldest order of a view.
///
/// # Errors
/// Any fault of the database.
pub fn oldest(reader: &Reader<'_>, company: CompanyId, view: &str) -> Result<Option<OrderId>, Fault> {
    let Some(view) = super::order::VIEWS.iter().find(|v| v.name == view) else { return Ok(None) };
    let text = format!("SELECT o.id FROM orders o WHERE o.company_id = ?1 AND {} ORDER BY o.id LIMIT 1", view.sql);
    reader.one(&text, &[company.raw().into()], |s| read(s, 0))
}
