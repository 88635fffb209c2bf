//! What a message may mean: the customers and products that its words name, found by indexes and never by loading the catalogue.
//!
//! A message costs a bounded number of statements: codes, barcodes, learned words, addresses and phones are looked up; names in its midst are
//! compared with the index of short names; each phrase (at most forty) passes once over the index that has the search text in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::intake::{Asked, CustomerCandidate, IntakePhrase, Learned, LearnedKind, ProductCandidate};
use domain::{CompanyId, Customer, CustomerContact, CustomerId, Product, ProductId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// The customers and products that a message may mean, and what was learned of its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// Customers.
    pub customers: Vec<CustomerCandidate>,
    /// Products that may be put on orders.
    pub products: Vec<ProductCandidate>,
    /// What was learned.
    pub learned: Vec<Learned>,
}

/// Products taken for each phrase, and customers for each clue.
const FOR_PHRASE: usize = 20;

/// Customers whose name stands in the text, at the most.
const NAMED: usize = 30;

/// Everything that a message may mean.
///
/// # Errors
/// Any fault of the database.
pub fn candidates(reader: &Reader<'_>, company: CompanyId, asked: &Asked) -> Result<Candidates, Fault> {
    let learned = learned(reader, company, &asked.keys)?;
    let mut products: Vec<i64> = learned.iter().filter_map(|one| one.product).map(ProductId::raw).collect();
    products.extend(by_texts(reader, company, "SELECT p.id FROM products p WHERE p.company_id = ?1 AND p.code", &asked.codes)?);
    let barcodes: Vec<String> =
        asked.codes.iter().filter(|code| code.len() >= 8 && code.bytes().all(|b| b.is_ascii_digit())).cloned().collect();
    products.extend(by_texts(reader, company, "SELECT p.id FROM products p WHERE p.company_id = ?1 AND p.barcode", &barcodes)?);
    for pieces in &asked.phrases {
        products.extend(likely(reader, company, "products", pieces)?);
    }
    Ok(Candidates {
        customers: customers(reader, company, asked, &learned)?,
        products: load_products(reader, company, products)?,
        learned: learned.into_iter().filter(|one| one.kind != LearnedKind::Product || one.product.is_some()).collect(),
    })
}

/// What was learned of these words.
fn learned(reader: &Reader<'_>, company: CompanyId, keys: &[String]) -> Result<Vec<Learned>, Fault> {
    let Some((places, params)) = texts(company, keys) else { return Ok(Vec::new()) };
    let found = reader.all::<IntakePhrase>(company, &format!("AND phrase {places}"), &params[1..])?;
    Ok(found.iter().map(IntakePhrase::learned).collect())
}

/// `IN (?2, …)` over texts, of few lengths.
fn texts(company: CompanyId, values: &[String]) -> Option<(String, Vec<Param>)> {
    let last = values.last()?;
    let (places, _) = among(company.raw(), &vec![0; values.len()])?;
    let count = places.matches('?').count();
    let values = values.iter().chain(std::iter::repeat(last)).take(count).map(|value| Param::Text(value.clone()));
    Some((places, std::iter::once(Param::Int(company.raw())).chain(values).collect()))
}

fn by_texts(reader: &Reader<'_>, company: CompanyId, select: &str, values: &[String]) -> Result<Vec<i64>, Fault> {
    let Some((places, params)) = texts(company, values) else { return Ok(Vec::new()) };
    reader.rows(&format!("{select} {places} LIMIT 200"), &params, |source| read(source, 0))
}

/// The rows with the most of these pieces in their search text, at least a third of them.
fn likely(reader: &Reader<'_>, company: CompanyId, table: &str, pieces: &[String]) -> Result<Vec<i64>, Fault> {
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    // Far quicker than LIKE with a pattern; each engine has a name of its own for it.
    let place_of = match reader {
        Reader::Sqlite(_) => "instr",
        Reader::Postgres(..) => "strpos",
    };
    let cases: Vec<String> =
        (2..pieces.len() + 2).map(|place| format!("CASE WHEN {place_of}(s.search, ?{place}) > 0 THEN 1 ELSE 0 END")).collect();
    let least = pieces.len().div_ceil(3);
    let text = format!(
        "SELECT k.id FROM (SELECT s.id AS id, s.code AS code, {} AS hits FROM {table} s WHERE s.company_id = ?1) k WHERE k.hits >= {least} \
         ORDER BY k.hits DESC, k.code LIMIT {FOR_PHRASE}",
        cases.join(" + ")
    );
    let params: Vec<Param> = std::iter::once(company.raw().into()).chain(pieces.iter().map(|piece| Param::Text(piece.clone()))).collect();
    reader.rows(&text, &params, |source| read(source, 0))
}

fn load_products(reader: &Reader<'_>, company: CompanyId, mut ids: Vec<i64>) -> Result<Vec<ProductCandidate>, Fault> {
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for ids in ids.chunks(1000) {
        let Some((places, params)) = among(company.raw(), ids) else { continue };
        let text = format!("SELECT {} FROM products p WHERE p.company_id = ?1 AND p.id {places}", columns::<Product>("p"));
        found.extend(reader.rows(&text, &params, |source| Product::read(source))?);
    }
    let candidate = |product: Product| ProductCandidate {
        id: product.id,
        code: product.code,
        name: product.name,
        spec: product.spec,
        unit: product.unit,
        units: product.units.iter().filter(|unit| unit.sold).map(|unit| unit.name.clone()).collect(),
        barcode: product.barcode,
    };
    Ok(found.into_iter().filter(|product| product.active).map(candidate).collect())
}

/// The customers that may be meant: by what was learned, by address, phone and name; only where none of them is, by likeness.
fn customers(reader: &Reader<'_>, company: CompanyId, asked: &Asked, learned: &[Learned]) -> Result<Vec<CustomerCandidate>, Fault> {
    let mut ids: Vec<i64> = learned.iter().filter_map(|one| one.means).map(CustomerId::raw).collect();
    for (column, values) in [("email", &asked.emails), ("phone", &asked.phones)] {
        let select = format!("SELECT c.customer_id FROM customer_contacts c WHERE c.company_id = ?1 AND c.{column} <> '' AND c.{column}");
        ids.extend(by_texts(reader, company, &select, values)?);
    }
    if !asked.text.is_empty() {
        let text = format!(
            "SELECT s.id FROM customers s WHERE s.company_id = ?1 AND ((s.short_name <> '' AND ?2 LIKE '%' || lower(s.short_name) || '%') \
             OR ?2 LIKE '%' || lower(s.name) || '%') LIMIT {NAMED}"
        );
        ids.extend(reader.rows(&text, &[company.raw().into(), asked.text.as_str().into()], |source| read::<i64>(source, 0))?);
    }
    if ids.is_empty() {
        for pieces in &asked.customers {
            ids.extend(likely(reader, company, "customers", pieces)?);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(200);
    let Some((places, params)) = among(company.raw(), &ids) else { return Ok(Vec::new()) };
    let text = format!("SELECT {} FROM customers c WHERE c.company_id = ?1 AND c.id {places}", columns::<Customer>("c"));
    let found = reader.rows(&text, &params, |source| Customer::read(source))?;
    let text = format!(
        "SELECT {} FROM customer_contacts t WHERE t.company_id = ?1 AND t.customer_id {places} ORDER BY t.customer_id, t.position",
        columns::<CustomerContact>("t")
    );
    let mut people: HashMap<CustomerId, Vec<CustomerContact>> = HashMap::new();
    for contact in reader.rows(&text, &params, |source| CustomerContact::read(source))? {
        people.entry(contact.customer_id).or_default().push(contact);
    }
    let candidate = |customer: Customer| {
        let people = people.remove(&customer.id).unwrap_or_default();
        CustomerCandidate {
            id: customer.id,
            code: customer.code,
            name: customer.name,
            short_name: customer.short_name,
            emails: people.iter().map(|person| person.email.to_lowercase()).filter(|email| !email.is_empty()).collect(),
            phones: people.iter().map(|person| person.phone.clone()).filter(|phone| !phone.is_empty()).collect(),
            people: people.into_iter().map(|person| person.name).collect(),
        }
    };
    Ok(found.into_iter().filter(|customer| customer.active).map(candidate).collect())
}

/// What the list of learned words may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "x.id"), Sort::text("phrase", "x.phrase")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which learned words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Part of what was said.
    pub q: Option<String>,
    /// Of these kinds; none: of all.
    pub kinds: Vec<LearnedKind>,
}

/// Learned words with what they mean, for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The words.
    pub phrase: IntakePhrase,
    /// Code and name of the product or customer they mean, or the unit.
    pub target: String,
    /// Name of the customer who says so; nothing: anybody.
    pub customer_name: Option<String>,
    /// Name of who taught it.
    pub by_name: String,
}

static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, p.code, p.name, m.code, m.name, c.name, u.name", columns::<IntakePhrase>("x")));

const FROM: &str = "FROM intake_phrases x LEFT JOIN products p ON p.company_id = x.company_id AND p.id = x.product_id \
    LEFT JOIN customers m ON m.company_id = x.company_id AND m.id = x.means_id \
    LEFT JOIN customers c ON c.company_id = x.company_id AND c.id = x.customer_id \
    LEFT JOIN users u ON u.company_id = x.company_id AND u.id = x.created_by WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let phrase = IntakePhrase::read(source)?;
    let first = IntakePhrase::table().columns.len();
    let text = |i: usize| read::<Option<String>>(source, first + i);
    let named = |code: Option<String>, name: Option<String>| code.zip(name).map(|(code, name)| format!("{code} {name}"));
    let target = named(text(0)?, text(1)?).or(named(text(2)?, text(3)?)).unwrap_or_else(|| phrase.unit.clone());
    Ok(Listed { target, customer_name: text(4)?, by_name: text(5)?.unwrap_or_default(), phrase })
}

/// A page of what was learned.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.said)", "x.phrase"], words);
    }
    select.and_in("x.kind", filter.kinds.iter().map(|kind| kind.as_str()));
    select.page(reader, page, listed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Date, Instant};

    const COMPANY: CompanyId = CompanyId::from_raw(1);

    #[tokio::test(flavor = "multi_thread")]
    async fn a_message_is_looked_up_by_indexes_with_a_bounded_number_of_statements() {
        let directory = tempfile::tempdir().unwrap();
        let clock = std::sync::Arc::new(|| Instant::parse("2026-11-21T00:00:00Z").unwrap());
        let store = crate::Store::open(crate::Place::Directory(directory.path().into()), clock).await.unwrap();
        let line = "电源模块24V/10A 6901234567892 20台，封箱胶带透明 DY-2410 三箱\n";
        let message = format!("From: a@b.cn\n\n你好 明华印务 13812345678\n{}", line.repeat(200));
        let asked = domain::intake::read(&message, Date::parse("2026-11-21").unwrap()).asked();
        assert!(asked.phrases.len() > 1 && !asked.codes.is_empty() && !asked.emails.is_empty() && !asked.phones.is_empty());
        let read = store.read(move |reader| {
            let Reader::Sqlite(connection) = reader else { panic!("plans are SQLite's") };
            crate::read::TEXTS.with(|texts| texts.borrow_mut().clear());
            candidates(reader, COMPANY, &asked)?;
            let texts = crate::read::TEXTS.with(std::cell::RefCell::take);
            assert!(texts.len() <= 12 + 40, "{}", texts.len());
            for text in texts {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
                let lines = statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>()?;
                assert!(!lines.iter().any(|line| line.starts_with("SCAN")), "{text}\n{lines:#?}");
                // What passes over many rows passes over an index alone.
                let whole = lines.iter().find(|line| line.ends_with("(company_id=?)"));
                assert!(whole.is_none_or(|line| line.contains("COVERING INDEX")), "{text}\n{lines:#?}");
            }
            Ok(())
        });
        read.await.unwrap();
    }
}
