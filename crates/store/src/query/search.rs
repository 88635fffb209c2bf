//! Finding customers and products by what somebody types: in the one search field, and as a filter of their lists.

use std::str::FromStr;

use domain::{CompanyId, fold};

use crate::cell::{Cell, Column};
use crate::fault::Fault;
use crate::key::Key;
use crate::query::list::{Page, Select, contains};
use crate::read::{Param, Reader, columns};
use crate::row::Row;

/// Narrows a list of `table` by `alias` to rows with all these words anywhere in their column `search`.
///
/// In the order of codes the rows are looked at as they come, mostly few. Any other order would look rows up all over the table, so the ids
/// are taken from the index that has the search text in it.
pub(crate) fn add(select: &mut Select, company: CompanyId, (table, alias): (&str, &str), page: &Page, words: &str) {
    let words = fold(words);
    if page.sort.name == "code" {
        select.search(&[&format!("{alias}.search")], &words);
        return;
    }
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).take(8).collect();
    if !words.is_empty() {
        let likes = " AND s.search LIKE ? ESCAPE '\\'".repeat(words.len());
        let among = format!("{alias}.id IN (SELECT s.id FROM {table} s WHERE s.company_id = ?{likes})");
        let patterns = words.into_iter().map(|word| Param::Text(contains(word)));
        select.and(&among, std::iter::once(Param::Int(company.raw())).chain(patterns));
    }
}

/// Rows whose code begins with `q`, then rows with all its words anywhere in column `search`; at most `limit`, each by code.
///
/// The first statement is a range of the code's index; the second reads that index, which has the search text in it, in order.
///
/// # Errors
/// Any fault of the database.
pub(crate) fn search<R: Row>(reader: &Reader<'_>, company: CompanyId, q: &str, limit: usize) -> Result<Vec<R>, Fault> {
    let q = q.trim();
    if q.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<R> = Vec::new();
    let upper = q.to_uppercase();
    let prefixes = if upper == q { vec![q] } else { vec![upper.as_str(), q] };
    for prefix in prefixes {
        let range = [prefix.into(), format!("{prefix}\u{10ffff}").into()];
        join(&mut found, by_code(reader, company, " AND s.code >= ?2 AND s.code < ?3", range, limit)?, limit);
    }
    let folded = fold(q);
    let words: Vec<&str> = folded.split(' ').take(8).collect();
    let conditions: String = (2..words.len() + 2).map(|place| format!(" AND s.search LIKE ?{place} ESCAPE '\\'")).collect();
    if found.len() < limit {
        let patterns = words.iter().map(|word| Param::Text(contains(word)));
        join(&mut found, by_code(reader, company, &conditions, patterns, limit)?, limit);
    }
    Ok(found)
}

/// The id of the row with this id or, where there is none, this code.
///
/// # Errors
/// Any fault of the database.
pub(crate) fn id_of<R: Row<Key: Column + FromStr + Default>>(
    reader: &Reader<'_>,
    company: CompanyId,
    reference: &str,
) -> Result<Option<R::Key>, Fault> {
    let reference = reference.trim();
    let id = reference.parse::<R::Key>().unwrap_or_default();
    let Cell::Int(id) = id.cell() else { return Ok(None) };
    let table = R::table().name;
    let text = format!(
        "SELECT f.id FROM (SELECT t.id AS id, 0 AS place FROM {table} t WHERE t.company_id = ?1 AND t.id = ?2 UNION ALL \
         SELECT t.id AS id, 1 AS place FROM {table} t WHERE t.company_id = ?1 AND t.code = ?3) f ORDER BY f.place LIMIT 1"
    );
    reader.one(&text, &[company.raw().into(), id.into(), reference.into()], |source| R::Key::read(source, 0))
}

fn by_code<R: Row>(
    reader: &Reader<'_>,
    company: CompanyId,
    conditions: &str,
    values: impl IntoIterator<Item = Param>,
    limit: usize,
) -> Result<Vec<R>, Fault> {
    let (columns, table) = (columns::<R>("t"), R::table().name);
    // The keys come from the index alone; only what is shown is looked up.
    let text = format!(
        "SELECT {columns} FROM (SELECT s.code AS code, s.id AS id FROM {table} s WHERE s.company_id = ?1{conditions} ORDER BY s.code, s.id LIMIT {limit}) k \
         JOIN {table} t ON t.company_id = ?1 AND t.id = k.id ORDER BY k.code, k.id"
    );
    let params: Vec<Param> = std::iter::once(company.raw().into()).chain(values).collect();
    reader.rows(&text, &params, R::read)
}

fn join<R: Row>(found: &mut Vec<R>, more: Vec<R>, limit: usize) {
    for row in more {
        let key = row.key().raw();
        if found.len() < limit && found.iter().all(|known| known.key().raw() != key) {
            found.push(row);
        }
    }
}
