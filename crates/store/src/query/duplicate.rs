//! Finding customers that may be the same one: by the index of their keys, never by passing over the customers (PTY-03).

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    CheckState, Clues, CompanyId, Customer, CustomerAddress, CustomerContact, CustomerId, CustomerPair, KeyKind, PairState, Profile,
    Similar,
};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// Customers looked at for each key; more have a key that tells nothing.
const FOR_KEY: usize = 40;

/// Customers looked at for each beginning of a key.
const FOR_BEGINNING: usize = 200;

/// Customers that are told of.
const TOLD: usize = 10;

/// The customers most like what is known of one, the likest first, but not `except`. A bounded number of statements, each a range of the index of
/// keys; what shares a beginning with very many others may be missed.
///
/// # Errors
/// Any fault of the database.
pub fn similar(reader: &Reader<'_>, company: CompanyId, profile: &Profile, except: Option<CustomerId>) -> Result<Vec<Similar>, Fault> {
    let mut ids = candidates(reader, company, &profile.clues())?;
    ids.retain(|id| Some(*id) != except.map(CustomerId::raw));
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for ids in ids.chunks(200) {
        for (customer, other) in profiles(reader, company, ids)? {
            if let Some(likeness) = profile.likeness(&other) {
                let Customer { id, code, name, active, .. } = customer;
                found.push(Similar { customer_id: id, code, name, active, likeness });
            }
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.likeness.score), one.customer_id));
    found.truncate(TOLD);
    Ok(found)
}

/// Who has one of these keys, or a key that begins so.
fn candidates(reader: &Reader<'_>, company: CompanyId, clues: &Clues) -> Result<Vec<i64>, Fault> {
    const SELECT: &str = "SELECT k.customer_id FROM customer_keys k WHERE k.company_id = ?1 AND k.kind = ?2";
    let mut ids = Vec::new();
    for (kind, key) in &clues.exact {
        // A tail as it is has the name as it is.
        if *kind != KeyKind::Tail {
            let text = format!("{SELECT} AND k.key = ?3 ORDER BY k.customer_id LIMIT {FOR_KEY}");
            let params = [company.raw().into(), kind.as_str().into(), key.as_str().into()];
            ids.extend(reader.rows(&text, &params, |source| read::<i64>(source, 0))?);
        }
    }
    for (kind, begin) in &clues.beginnings {
        let text = format!("{SELECT} AND k.key >= ?3 AND k.key < ?4 ORDER BY k.key, k.customer_id LIMIT {FOR_BEGINNING}");
        let params = [company.raw().into(), kind.as_str().into(), begin.as_str().into(), format!("{begin}\u{10ffff}").into()];
        ids.extend(reader.rows(&text, &params, |source| read::<i64>(source, 0))?);
    }
    Ok(ids)
}

/// Customers with what they are compared by.
fn profiles(reader: &Reader<'_>, company: CompanyId, ids: &[i64]) -> Result<Vec<(Customer, Profile)>, Fault> {
    let Some((places, params)) = among(company.raw(), ids) else { return Ok(Vec::new()) };
    let text = format!("SELECT {} FROM customers c WHERE c.company_id = ?1 AND c.id {places}", columns::<Customer>("c"));
    let customers = reader.rows(&text, &params, |source| Customer::read(source))?;
    let mut contacts: HashMap<CustomerId, Vec<CustomerContact>> = HashMap::new();
    let text =
        format!("SELECT {} FROM customer_contacts t WHERE t.company_id = ?1 AND t.customer_id {places}", columns::<CustomerContact>("t"));
    for row in reader.rows(&text, &params, CustomerContact::read)? {
        contacts.entry(row.customer_id).or_default().push(row);
    }
    let mut addresses: HashMap<CustomerId, Vec<CustomerAddress>> = HashMap::new();
    let text =
        format!("SELECT {} FROM customer_addresses t WHERE t.company_id = ?1 AND t.customer_id {places}", columns::<CustomerAddress>("t"));
    for row in reader.rows(&text, &params, CustomerAddress::read)? {
        addresses.entry(row.customer_id).or_default().push(row);
    }
    let rows = |customer: Customer| {
        let people = contacts.remove(&customer.id).unwrap_or_default();
        let places = addresses.remove(&customer.id).unwrap_or_default();
        let profile = Profile::of_file(&customer, &people, &places);
        (customer, profile)
    };
    Ok(customers.into_iter().map(rows).collect())
}

/// Customers whose search has come this far and no further, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn waiting(reader: &Reader<'_>, company: CompanyId, state: CheckState, most: i64) -> Result<Vec<CustomerId>, Fault> {
    let text = format!(
        "SELECT x.customer_id FROM customer_checks x WHERE x.company_id = ?1 AND x.state = ?2 AND x.state <> 'done' ORDER BY x.customer_id LIMIT {most}"
    );
    reader.rows(&text, &[company.raw().into(), state.as_str().into()], |source| read(source, 0))
}

/// Each of these customers that is there, with those most like it.
///
/// # Errors
/// Any fault of the database.
pub fn compared(reader: &Reader<'_>, company: CompanyId, ids: &[CustomerId]) -> Result<Vec<(CustomerId, Vec<Similar>)>, Fault> {
    let raw: Vec<i64> = ids.iter().map(|id| id.raw()).collect();
    let mut found = Vec::new();
    for (customer, profile) in profiles(reader, company, &raw)? {
        found.push((customer.id, similar(reader, company, &profile, Some(customer.id))?));
    }
    Ok(found)
}

/// What the list of pairs may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("score", "x.score"), Sort::int("found_at", "x.found_at")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("customer_id", "x.customer_id"), Sort::int("other_id", "x.other_id")];

/// One of a pair, as people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Which.
    pub id: CustomerId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its credit code, or empty.
    pub credit_code: String,
    /// Whether it may order.
    pub active: bool,
}

/// Two customers that look like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What is known of them together.
    pub pair: CustomerPair,
    /// The one that was there first.
    pub first: Side,
    /// The other one.
    pub second: Side,
    /// Name of who told them apart.
    pub decided_by: Option<String>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!("{}, a.code, a.name, a.credit_code, a.active, b.code, b.name, b.credit_code, b.active, u.name", columns::<CustomerPair>("x"))
});

const FROM: &str = "FROM customer_pairs x JOIN customers a ON a.company_id = x.company_id AND a.id = x.customer_id \
    JOIN customers b ON b.company_id = x.company_id AND b.id = x.other_id \
    LEFT JOIN users u ON u.company_id = x.company_id AND u.id = x.decided_by WHERE x.company_id = ?1 AND x.state = ?2";

fn pair(source: &dyn Source) -> Result<Pair, Fault> {
    let pair = CustomerPair::read(source)?;
    let first = CustomerPair::table().columns.len();
    let side = |id, at: usize| {
        Ok::<_, Fault>(Side {
            id,
            code: read(source, at)?,
            name: read(source, at + 1)?,
            credit_code: read(source, at + 2)?,
            active: read(source, at + 3)?,
        })
    };
    Ok(Pair { first: side(pair.customer_id, first)?, second: side(pair.other_id, first + 4)?, decided_by: read(source, first + 8)?, pair })
}

/// A page of pairs in a state.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, state: PairState, page: &Page) -> Result<Found<Pair>, Fault> {
    let rest = FROM.replace(" AND x.state = ?2", "");
    let mut select = Select::new(company, &COLUMNS, &rest, TIES);
    select.and("x.state = ?", [Param::from(state.as_str())]);
    select.page(reader, page, pair)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::Instant;

    use super::*;

    const COMPANY: CompanyId = CompanyId::from_raw(1);

    async fn store(directory: &std::path::Path) -> crate::Store {
        let clock = Arc::new(|| Instant::parse("2026-11-22T00:00:00Z").unwrap());
        crate::Store::open(crate::Place::Directory(directory.into()), clock).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn doubles_are_looked_for_by_indexes_with_a_bounded_number_of_statements() {
        let directory = tempfile::tempdir().unwrap();
        let store = store(directory.path()).await;
        let read = store.read(move |reader| {
            let Reader::Sqlite(connection) = reader else { panic!("plans are SQLite's") };
            crate::read::TEXTS.with(|texts| texts.borrow_mut().clear());
            let profile = Profile::of("新雅包装材料有限公司", "新雅", "91330100799655058B", ["13800138000", "0571-88156888"]);
            similar(reader, COMPANY, &profile, None)?;
            profiles(reader, COMPANY, &[1, 2])?;
            waiting(reader, COMPANY, CheckState::Due, 50)?;
            for sort in SORTS {
                let page = Page { sort: *sort, descending: true, after: None, limit: 50 };
                list(reader, COMPANY, PairState::Open, &page)?;
            }
            let texts = crate::read::TEXTS.with(std::cell::RefCell::take);
            assert!(texts.len() <= 20, "{}", texts.len());
            for text in texts {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
                let lines = statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>()?;
                assert!(!lines.iter().any(|line| line.starts_with("SCAN") || line.contains("TEMP B-TREE")), "{text}\n{lines:#?}");
                assert!(!lines.iter().any(|line| line.ends_with("(company_id=?)")), "{text}\n{lines:#?}");
            }
            Ok(())
        });
        read.await.unwrap();
    }

    /// `cargo test -p store --lib how_long_doubles -- --ignored --nocapture`, for docs/performance.md.
    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "a measurement"]
    async fn how_long_doubles_take_among_a_million() {
        let directory = tempfile::tempdir().unwrap();
        drop(store(directory.path()).await);
        let mut connection = rusqlite::Connection::open(directory.path().join(crate::FILE)).unwrap();
        let transaction = connection.transaction().unwrap();
        {
            let mut add = transaction
                .prepare("INSERT INTO customer_keys (company_id, customer_id, no, kind, key) VALUES (1, ?1, ?2, ?3, ?4)")
                .unwrap();
            let letters: Vec<char> = "明华新雅宏图远大金星海通天成永利恒达东升瑞丰盛世安泰嘉和".chars().collect();
            for i in 0..1_000_000_usize {
                let mut seed = i * 2_654_435_761 % 4_294_967_291;
                let name: String = (0..4)
                    .map(|_| {
                        let letter = letters[seed % letters.len()];
                        seed /= letters.len();
                        letter
                    })
                    .collect();
                let profile = Profile::of(&format!("杭州{name}包装有限公司"), "", "", [format!("138{i:08}").as_str()]);
                for key in profile.keys(CustomerId::from_raw(i64::try_from(i).unwrap() + 1)) {
                    add.execute(rusqlite::params![key.customer_id.raw(), key.no, key.kind.as_str(), key.key]).unwrap();
                }
            }
        }
        transaction.commit().unwrap();
        drop(connection);
        let store = store(directory.path()).await;
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..20 {
            let began = std::time::Instant::now();
            let read = store.read(|reader| {
                let profile = Profile::of("明华宏图包装有限公司", "", "91330100799655058B", ["13800138000"]);
                similar(reader, COMPANY, &profile, None)
            });
            read.await.unwrap();
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        println!("among 1,000,000 customers: median {:.2} ms, worst {:.2} ms", times[10], times[19]);
    }
}
