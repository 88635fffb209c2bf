//! Reading what grades of customers are judged by, and what is known of them (PTY-02).

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    Company, CompanyId, Conversion, Currency, Customer, CustomerGrade, CustomerId, Date, Grade, GradeFigures, GradeSource, Money, UserId,
};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::query::search;
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// Customers whose figures are read at a time.
pub const AT_ONCE: i64 = 200;

/// The next customers, by id, that were not merged into others.
///
/// # Errors
/// Any fault of the database.
pub fn customers(reader: &Reader<'_>, company: CompanyId, after: CustomerId) -> Result<Vec<CustomerId>, Fault> {
    let text = format!(
        "SELECT c.id FROM customers c WHERE c.company_id = ?1 AND c.id > ?2 AND c.merged_into IS NULL ORDER BY c.id LIMIT {AT_ONCE}"
    );
    reader.rows(&text, &[company.raw().into(), after.raw().into()], |source| read(source, 0))
}

/// Customers to whom the rule gives another grade than they have, but not those whose grade was set by hand; the next ones by id.
///
/// # Errors
/// Any fault of the database.
pub fn differing(reader: &Reader<'_>, company: CompanyId, after: CustomerId) -> Result<Vec<CustomerId>, Fault> {
    let text = format!(
        "SELECT g.customer_id FROM customer_grades g JOIN customers c ON c.company_id = g.company_id AND c.id = g.customer_id \
         WHERE g.company_id = ?1 AND g.customer_id > ?2 AND g.rule_grade <> c.grade AND g.source <> 'hand' AND c.merged_into IS NULL \
         ORDER BY g.customer_id LIMIT {AT_ONCE}"
    );
    reader.rows(&text, &[company.raw().into(), after.raw().into()], |source| read(source, 0))
}

/// What these customers are judged by on a day; one statement a figure. Those that never ordered have figures of nothing.
///
/// # Errors
/// Any fault of the database.
pub fn figures(reader: &Reader<'_>, company: &Company, ids: &[CustomerId], on: Date) -> Result<Vec<(CustomerId, GradeFigures)>, Fault> {
    let mut found: HashMap<CustomerId, GradeFigures> = ids.iter().map(|id| (*id, GradeFigures::default())).collect();
    let raw: Vec<i64> = ids.iter().map(|id| id.raw()).collect();
    let Some((among, mut params)) = among(company.id.raw(), &raw) else { return Ok(Vec::new()) };
    let first = |text: &str| text.replace("{among}", &among);
    let since = first(
        "SELECT o.customer_id, min(o.ordered_on) FROM orders o WHERE o.company_id = ?1 AND o.customer_id {among} \
         AND o.status IN ('effective', 'closed') GROUP BY o.customer_id",
    );
    for (id, since) in reader.rows(&since, &params, |s| Ok((read(s, 0)?, read::<Option<Date>>(s, 1)?)))? {
        if let Some(figures) = found.get_mut(&id) {
            figures.since = since;
        }
    }
    let (from, until) = (params.len() + 1, params.len() + 2);
    params.extend([Param::from(GradeFigures::window(on).as_str()), Param::from(on.as_str())]);
    let turnover = first(&format!(
        "SELECT o.customer_id, o.currency, o.exchange_rate_nano, CAST(sum(o.payable_minor) AS BIGINT), count(*) FROM orders o \
         WHERE o.company_id = ?1 AND o.customer_id {{among}} AND o.status IN ('effective', 'closed') \
         AND o.ordered_on > ?{from} AND o.ordered_on <= ?{until} GROUP BY o.customer_id, o.currency, o.exchange_rate_nano"
    ));
    let part = |s: &dyn Source| Ok((read(s, 0)?, read(s, 1)?, read(s, 2)?, read(s, 3)?, read(s, 4)?));
    for (id, currency, rate, payable, orders) in reader.rows(&turnover, &params, part)? {
        if let Some(figures) = found.get_mut(&id) {
            add(figures, company.currency, (currency, rate), payable, orders);
        }
    }
    let paid = first(&format!(
        "SELECT x.customer_id, x.due_on, x.paid_on, count(*) FROM (SELECT i.customer_id AS customer_id, i.due_on AS due_on, \
         CASE WHEN i.status = 'paid' THEN coalesce(max(p.paid_on), i.due_on) END AS paid_on FROM invoices i \
         LEFT JOIN allocations a ON a.company_id = i.company_id AND a.invoice_id = i.id \
         LEFT JOIN payments p ON p.company_id = a.company_id AND p.id = a.payment_id \
         WHERE i.company_id = ?1 AND i.customer_id {{among}} AND i.status <> 'void' AND i.due_on > ?{from} AND i.due_on < ?{until} \
         GROUP BY i.customer_id, i.id, i.due_on, i.status) x GROUP BY x.customer_id, x.due_on, x.paid_on"
    ));
    let bill = |s: &dyn Source| Ok((read(s, 0)?, read::<Date>(s, 1)?, read::<Option<Date>>(s, 2)?, read::<i64>(s, 3)?));
    for (id, due_on, paid_on, invoices) in reader.rows(&paid, &params, bill)? {
        if let Some(figures) = found.get_mut(&id) {
            figures.count(due_on, paid_on, invoices, on);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id).map(|figures| (*id, figures))).collect())
}

/// Adds orders of one currency and rate; without a rate they are counted apart.
fn add(figures: &mut GradeFigures, books: Currency, (currency, rate): (Currency, Option<Conversion>), payable: Money, orders: i64) {
    let worth = if currency == books { Some(payable) } else { rate.and_then(|rate| rate.convert(payable, currency, books)) };
    match worth {
        Some(worth) => figures.turnover += worth,
        None => figures.unrated += orders,
    }
}

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("code", "c.code"), Sort::text("name", "c.name"), Sort::int("turnover", "g.turnover_minor")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("customer_id", "g.customer_id")];

/// Which customers. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// This one.
    pub customer: Option<CustomerId>,
    /// Of these grades; none: of all.
    pub grades: Vec<Grade>,
    /// To whom the rule gives these grades; none: any.
    pub rule_grades: Vec<Grade>,
    /// Whose grades come from there; none: from anywhere.
    pub sources: Vec<GradeSource>,
    /// The rule says another grade than it has, or the same.
    pub differs: Option<bool>,
    /// Another grade waits for approval.
    pub proposed: bool,
    /// Proposed by somebody else than this.
    pub not_by: Option<UserId>,
}

/// A customer with what is known of its grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// What is known.
    pub kept: CustomerGrade,
    /// The code of the customer.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The grade it has.
    pub grade: Grade,
    /// Its version.
    pub version: i64,
    /// Who set the grade.
    pub set_by: Option<String>,
    /// Who proposed another one.
    pub proposed_by: Option<String>,
}

static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, c.code, c.name, c.grade, c.version, s.name, u.name", columns::<CustomerGrade>("g")));

const FROM: &str = "FROM customer_grades g JOIN customers c ON c.company_id = g.company_id AND c.id = g.customer_id \
    LEFT JOIN users s ON s.company_id = g.company_id AND s.id = g.set_by \
    LEFT JOIN users u ON u.company_id = g.company_id AND u.id = g.proposed_by WHERE g.company_id = ?1";

fn graded(source: &dyn Source) -> Result<Graded, Fault> {
    let kept = CustomerGrade::read(source)?;
    let first = CustomerGrade::table().columns.len();
    Ok(Graded {
        kept,
        code: read(source, first)?,
        name: read(source, first + 1)?,
        grade: read(source, first + 2)?,
        version: read(source, first + 3)?,
        set_by: read(source, first + 4)?,
        proposed_by: read(source, first + 5)?,
    })
}

/// A page of customers with what is known of their grades.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Graded>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    select.and("c.merged_into IS NULL", []);
    if let Some(words) = &filter.q {
        search::add(&mut select, company, ("customers", "c"), page, words);
    }
    select.and_if("g.customer_id = ?", filter.customer.map(CustomerId::raw));
    select.and_in("c.grade", filter.grades.iter().map(|grade| grade.as_str()));
    select.and_in("g.rule_grade", filter.rule_grades.iter().map(|grade| grade.as_str()));
    select.and_in("g.source", filter.sources.iter().map(|source| source.as_str()));
    if let Some(differs) = filter.differs {
        select.and(if differs { "g.rule_grade <> c.grade" } else { "g.rule_grade = c.grade" }, []);
    }
    if filter.proposed {
        select.and("g.proposed_grade IS NOT NULL", []);
    }
    select.and_if("g.proposed_by <> ?", filter.not_by.map(UserId::raw));
    select.page(reader, page, graded)
}

/// What is known of the grade of one customer; what a new file has where nothing is known.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: CustomerId) -> Result<Option<Graded>, Fault> {
    let text = format!("SELECT {} {FROM} AND g.customer_id = ?2", *COLUMNS);
    if let Some(found) = reader.one(&text, &[company.raw().into(), id.raw().into()], graded)? {
        return Ok(Some(found));
    }
    let Some(customer) = reader.get::<Customer>(company, id)? else { return Ok(None) };
    let Customer { code, name, grade, version, .. } = customer;
    let kept = CustomerGrade::entered(id);
    Ok(Some(Graded { kept, code, name, grade, version: version.raw(), set_by: None, proposed_by: None }))
}
