//! Reading versions of the rules, what was overridden, and the past orders that a draft is asked about.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{
    CompanyId, Contract, ContractId, Customer, CustomerAccount, CustomerId, Inquiry, InquiryId, Instant, KeptBlueprint, Order, OrderId,
    OrderLine, Override, UserId,
};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// Every version of a company's rules, the newest first.
///
/// # Errors
/// Any fault of the database.
pub fn versions(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<KeptBlueprint>, Fault> {
    reader.all(company, "ORDER BY number DESC LIMIT 1000", &[])
}

/// Past orders with what rules ask about them.
#[derive(Debug, Default)]
pub struct Past {
    /// The orders, the newest first.
    pub orders: Vec<Order>,
    /// Their lines.
    pub lines: BTreeMap<OrderId, Vec<OrderLine>>,
    /// Their customers.
    pub customers: BTreeMap<CustomerId, Customer>,
    /// What those owe.
    pub accounts: BTreeMap<CustomerId, CustomerAccount>,
    /// The inquiries they were made from.
    pub inquiries: BTreeMap<InquiryId, Inquiry>,
    /// The contracts they are placed under.
    pub contracts: BTreeMap<ContractId, Contract>,
}

/// The newest orders that were submitted, before `before`.
///
/// # Errors
/// Any fault of the database.
pub fn past(reader: &Reader<'_>, company: CompanyId, before: Option<OrderId>, limit: i64) -> Result<Past, Fault> {
    let and = format!("AND id < ?2 AND number <> '' ORDER BY id DESC LIMIT {limit}");
    let orders: Vec<Order> = reader.all(company, &and, &[before.map_or(i64::MAX, OrderId::raw).into()])?;
    if orders.is_empty() {
        return Ok(Past::default());
    }
    let mut lines: BTreeMap<OrderId, Vec<OrderLine>> = BTreeMap::new();
    for line in of_ids::<OrderLine>(reader, company, "order_id", orders.iter().map(|order| order.id.raw()))? {
        lines.entry(line.order_id).or_default().push(line);
    }
    let mut buyers: Vec<i64> = orders.iter().map(|order| order.customer_id.raw()).collect();
    buyers.sort_unstable();
    buyers.dedup();
    let customers = of_ids::<Customer>(reader, company, "id", buyers.iter().copied())?;
    let accounts = of_ids::<CustomerAccount>(reader, company, "customer_id", buyers.iter().copied())?;
    let asked: Vec<i64> = orders.iter().filter_map(|order| order.inquiry_id).map(InquiryId::raw).collect();
    let agreed: Vec<i64> = orders.iter().filter_map(|order| order.contract_id).map(ContractId::raw).collect();
    let contracts = if agreed.is_empty() { Vec::new() } else { of_ids::<Contract>(reader, company, "id", agreed.into_iter())? };
    let inquiries = if asked.is_empty() { Vec::new() } else { of_ids::<Inquiry>(reader, company, "id", asked.into_iter())? };
    Ok(Past {
        orders,
        lines,
        customers: customers.into_iter().map(|customer| (customer.id, customer)).collect(),
        accounts: accounts.into_iter().map(|account| (account.customer_id, account)).collect(),
        contracts: contracts.into_iter().map(|contract| (contract.id, contract)).collect(),
        inquiries: inquiries.into_iter().map(|inquiry| (inquiry.id, inquiry)).collect(),
    })
}

fn of_ids<R: Row>(reader: &Reader<'_>, company: CompanyId, column: &str, ids: impl Iterator<Item = i64>) -> Result<Vec<R>, Fault> {
    let params: Vec<Param> = ids.map(Param::Int).collect();
    let places: Vec<String> = (0..params.len()).map(|place| format!("?{}", place + 2)).collect();
    reader.all(company, &format!("AND {column} IN ({})", places.join(", ")), &params)
}

/// Which overrides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// `open`, `late`, `backfilled`, `too_late` or `nothing`; of all where nothing is said.
    pub owed: Option<String>,
    /// Of this gate.
    pub gate: Option<String>,
    /// Done by this user.
    pub by: Option<UserId>,
    /// For this order.
    pub order_number: Option<String>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
}

/// Overrides are listed by when they were done.
pub const SORTS: &[Sort] = &[Sort::int("at", "o.at")];

/// Ids are unique.
pub const TIES: &[Sort] = &[Sort::int("id", "o.id")];

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Override>("o"));

/// A page of overrides; `now` tells what is late.
///
/// # Errors
/// Any fault of the database.
pub fn overrides(reader: &Reader<'_>, company: CompanyId, filter: &Filter, now: Instant, page: &Page) -> Result<Found<Override>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM overrides o WHERE o.company_id = ?1", TIES);
    match filter.owed.as_deref() {
        Some("open") => select.and_if("o.due_at IS NOT NULL AND o.backfilled_at IS NULL AND o.due_at >= ?", Some(now.micros())),
        Some("late") => select.and_if("o.due_at IS NOT NULL AND o.backfilled_at IS NULL AND o.due_at < ?", Some(now.micros())),
        Some("in_time") => select.and("o.backfilled_at <= o.due_at", []),
        Some("too_late") => select.and("o.backfilled_at > o.due_at", []),
        Some("nothing") => select.and("o.due_at IS NULL", []),
        _ => {}
    }
    select.and_if("o.gate = ?", filter.gate.as_deref());
    select.and_if("o.by = ?", filter.by.map(UserId::raw));
    select.and_if("o.order_number = ?", filter.order_number.as_deref());
    select.and_if("o.at >= ?", filter.from.map(Instant::micros));
    select.and_if("o.at < ?", filter.until.map(Instant::micros));
    select.page(reader, page, |source| Override::read(source))
}

/// Overrides of this person, or done in one of these roles, for which something is owed, the nearest first.
///
/// # Errors
/// Any fault of the database.
pub fn owed(reader: &Reader<'_>, company: CompanyId, user: UserId, roles: &[String], limit: i64) -> Result<Vec<Override>, Fault> {
    let mut params: Vec<Param> = vec![user.raw().into()];
    params.extend(roles.iter().map(|role| Param::Text(role.clone())));
    let places: Vec<String> = (0..roles.len()).map(|place| format!("?{}", place + 3)).collect();
    let role = if places.is_empty() { String::new() } else { format!(" OR role IN ({})", places.join(", ")) };
    let and = format!("AND due_at IS NOT NULL AND backfilled_at IS NULL AND (by = ?2{role}) ORDER BY due_at, id LIMIT {limit}");
    reader.all(company, &and, &params)
}

/// How the process was kept, by gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Code of the gate.
    pub gate: String,
    /// How often it was overridden.
    pub overridden: i64,
    /// What was missing was brought in time.
    pub in_time: i64,
    /// It was brought too late.
    pub too_late: i64,
    /// It should have been brought already.
    pub late: i64,
    /// It is owed, and there is time.
    pub open: i64,
}

/// How the process was kept in a period, by gate (KPI-05).
///
/// # Errors
/// Any fault of the database.
pub fn kept(reader: &Reader<'_>, company: CompanyId, from: Instant, until: Instant, now: Instant) -> Result<Vec<Kept>, Fault> {
    let text = "SELECT gate, count(*), \
        coalesce(sum(CASE WHEN backfilled_at <= due_at THEN 1 ELSE 0 END), 0), \
        coalesce(sum(CASE WHEN backfilled_at > due_at THEN 1 ELSE 0 END), 0), \
        coalesce(sum(CASE WHEN backfilled_at IS NULL AND due_at < ?4 THEN 1 ELSE 0 END), 0), \
        coalesce(sum(CASE WHEN backfilled_at IS NULL AND due_at >= ?4 THEN 1 ELSE 0 END), 0) \
        FROM overrides WHERE company_id = ?1 AND at >= ?2 AND at < ?3 GROUP BY gate ORDER BY 2 DESC, 1";
    let params = [Param::Int(company.raw()), from.micros().into(), until.micros().into(), now.micros().into()];
    reader.rows(text, &params, |s| {
        Ok(Kept {
            gate: read(s, 0)?,
            overridden: read(s, 1)?,
            in_time: read(s, 2)?,
            too_late: read(s, 3)?,
            late: read(s, 4)?,
            open: read(s, 5)?,
        })
    })
}
