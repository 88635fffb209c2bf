//! Reading what finance says about the credit of customers.

use domain::{CompanyId, CreditBlock, CreditRelease, CreditReleaseId, CustomerAccount, CustomerId, Date, Instant, Money};

use crate::fault::Fault;
use crate::read::{Param, Reader, read};
use crate::rows::CustomerDue;

/// What is said about the credit of a customer, beside its account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credit {
    /// Due date of the oldest open invoice.
    pub due_on: Option<Date>,
    /// What is released and has not ended.
    pub releases: Vec<CreditRelease>,
    /// Whether and why it is blocked.
    pub block: Option<CreditBlock>,
}

/// Releases of one customer that are read at the most.
const RELEASES: i64 = 200;

/// What is said about the credit of a customer; what its account says there is none of is not looked for.
///
/// # Errors
/// Any fault of the database.
pub fn of(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, account: Option<&CustomerAccount>) -> Result<Credit, Fault> {
    let Some(account) = account else { return Ok(Credit::default()) };
    let mut credit = Credit::default();
    if account.open_invoices_minor.is_positive() {
        credit.due_on = reader.get::<CustomerDue>(company, customer)?.and_then(|due| due.due_on);
    }
    if account.released_minor.is_positive() {
        let open = format!("AND customer_id = ?2 AND ended_at IS NULL ORDER BY id LIMIT {RELEASES}");
        credit.releases = reader.all(company, &open, &[Param::Int(customer.raw())])?;
    }
    if account.is_blocked() {
        credit.block = reader.get::<CreditBlock>(company, customer)?;
    }
    Ok(credit)
}

/// The last releases of a customer, the newest first.
///
/// # Errors
/// Any fault of the database.
pub fn releases(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, most: i64) -> Result<Vec<CreditRelease>, Fault> {
    let last = format!("AND customer_id = ?2 ORDER BY id DESC LIMIT {most}");
    reader.all(company, &last, &[Param::Int(customer.raw())])
}

/// Open releases that have run out, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn due(reader: &Reader<'_>, company: CompanyId, now: Instant, most: i64) -> Result<Vec<CreditReleaseId>, Fault> {
    let text =
        "SELECT id FROM credit_releases WHERE company_id = ?1 AND ended_at IS NULL AND expires_at <= ?2 ORDER BY expires_at LIMIT ?3";
    reader.rows(text, &[company.raw().into(), now.micros().into(), most.into()], |s| read(s, 0))
}

/// How many open invoices of a customer were due before a day, and what of them is open.
///
/// # Errors
/// Any fault of the database.
pub fn overdue(reader: &Reader<'_>, company: CompanyId, customer: CustomerId, before: Date) -> Result<(i64, Money), Fault> {
    let text = "SELECT count(*), CAST(coalesce(sum(gross_minor - paid_minor), 0) AS BIGINT) FROM invoices
        WHERE company_id = ?1 AND customer_id = ?2 AND due_on < ?3 AND status IN ('open', 'part_paid')";
    let params = [company.raw().into(), customer.raw().into(), before.as_str().into()];
    let found = reader.one(text, &params, |s| Ok((read(s, 0)?, Money::from_minor(read(s, 1)?))))?;
    Ok(found.unwrap_or((0, Money::ZERO)))
}
