//! What a search in the order list finds: numbers that begin so, the number in another system, and orders of customers with these words.

use domain::{Channel, CompanyId, fold};

use super::list::Filter;
use super::way::FEW;
use crate::fault::Fault;
use crate::query::list::{Page, Select, contains};
use crate::read::{Param, Reader, read};
use crate::sql::BY_INDEX;

/// Customers whose orders are looked up one by one.
const CUSTOMERS: usize = 200;

/// What the words of a filter find.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Hits<'a> {
    /// Nothing is searched for.
    Unasked,
    /// Just these orders; those behind the page may be missing.
    Orders(Vec<i64>),
    /// Too many to name; the words.
    Many(&'a str),
}

/// Looks for the words of a filter.
///
/// # Errors
/// Any fault of the database.
pub(super) fn hits<'a>(reader: &Reader<'_>, company: CompanyId, filter: &'a Filter, page: &Page) -> Result<Hits<'a>, Fault> {
    let Some(q) = filter.words() else { return Ok(Hits::Unasked) };
    let alone =
        filter.view.is_none_or(|view| view == "all") && *filter == Filter { q: filter.q.clone(), view: filter.view, ..Filter::default() };
    let finding = if alone && page.sort.name == "created_at" {
        let behind = page.after.as_ref().and_then(|after| after.first()).cloned();
        Finding { reader, company, behind, descending: page.descending, limit: page.limit + 1 }
    } else {
        Finding { reader, company, behind: None, descending: true, limit: FEW }
    };
    let whole = finding.limit == FEW;
    let mut orders = finding.numbers(q)?;
    orders.extend(finding.external(q)?);
    let customers = finding.customers(q)?;
    if customers.len() > CUSTOMERS || (whole && orders.len() as i64 >= FEW) {
        return Ok(Hits::Many(q));
    }
    for customer in customers {
        orders.extend(finding.of_customer(customer)?);
        if whole && orders.len() as i64 >= FEW {
            return Ok(Hits::Many(q));
        }
    }
    orders.sort_unstable();
    orders.dedup();
    if finding.descending {
        orders.reverse();
    }
    orders.truncate(usize::try_from(finding.limit).unwrap_or(0));
    Ok(Hits::Orders(orders))
}

impl Hits<'_> {
    /// Narrows a list to what was found.
    pub fn narrow(&self, select: &mut Select, company: CompanyId) {
        match self {
            Hits::Unasked => {}
            Hits::Orders(ids) if ids.is_empty() => select.and("o.id = ?", [Param::Int(-1)]),
            Hits::Orders(ids) => select.and_in("o.id", filled(ids)),
            Hits::Many(q) => {
                let (from, to) = range(q);
                let found = "((o.number >= ? AND o.number < ?) OR (o.external_number = ? AND o.external_number <> '') OR o.customer_id IN \
                    (SELECT k.id FROM customers k WHERE k.company_id = ? AND k.search LIKE ? ESCAPE '\\'))";
                let words = Param::Text(contains(&fold(q)));
                select.and(found, [from, to, Param::from(*q), Param::Int(company.raw()), words]);
            }
        }
    }
}

/// The ids, the last one again up to one of few lengths, so that statements stay prepared.
fn filled(ids: &[i64]) -> Vec<i64> {
    let length = [1, 8, 51, 201, 500].into_iter().find(|length| *length >= ids.len()).unwrap_or(usize::try_from(FEW).unwrap_or(0));
    let last = ids.last().copied().into_iter().cycle();
    ids.iter().copied().chain(last).take(length.max(ids.len())).collect()
}

/// Numbers that begin with these words are in this range.
fn range(q: &str) -> (Param, Param) {
    let from = q.to_uppercase();
    let to = format!("{from}\u{10ffff}");
    (Param::Text(from), Param::Text(to))
}

/// Looks up ids, in indexes that have them.
struct Finding<'a> {
    reader: &'a Reader<'a>,
    company: CompanyId,
    behind: Option<Param>,
    descending: bool,
    limit: i64,
}

impl Finding<'_> {
    fn ids(&self, index: &str, condition: &str, values: Vec<Param>) -> Result<Vec<i64>, Fault> {
        let from = format!("FROM orders o{BY_INDEX}{index} WHERE o.company_id = ?1");
        let mut select = Select::new(self.company, "o.id", &from, &[]);
        select.and(condition, values);
        let (compare, direction) = if self.descending { ("<", "DESC") } else { (">", "ASC") };
        select.and_if(&format!("o.id {compare} ?"), self.behind.clone());
        select.first(self.reader, &format!("o.id {direction}"), self.limit, |source| read(source, 0))
    }

    fn numbers(&self, q: &str) -> Result<Vec<i64>, Fault> {
        let (from, to) = range(q);
        self.ids("orders_number_id", "o.number >= ? AND o.number < ?", vec![from, to])
    }

    fn external(&self, q: &str) -> Result<Vec<i64>, Fault> {
        let channels: Vec<String> = Channel::ALL.iter().map(|channel| format!("'{}'", channel.as_str())).collect();
        let condition = format!("o.channel IN ({}) AND o.external_number = ? AND o.external_number <> ''", channels.join(", "));
        self.ids("orders_channel_external_number_key", &condition, vec![Param::from(q)])
    }

    fn customers(&self, q: &str) -> Result<Vec<i64>, Fault> {
        let from = format!("FROM customers k{BY_INDEX}customers_code_id_search WHERE k.company_id = ?1");
        let mut select = Select::new(self.company, "k.id", &from, &[]);
        select.and("k.search LIKE ? ESCAPE '\\'", [Param::Text(contains(&fold(q)))]);
        select.first(self.reader, "k.code", CUSTOMERS as i64 + 1, |source| read(source, 0))
    }

    fn of_customer(&self, customer: i64) -> Result<Vec<i64>, Fault> {
        self.ids("orders_customer_id_id", "o.customer_id = ?", vec![Param::Int(customer)])
    }
}
