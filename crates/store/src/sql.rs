//! The statements of the unit of work, made from the declared tables; `?1` is always the company.

use std::fmt::Write;

use crate::cell::Kind;
use crate::row::{Mode, TableDef};
use crate::table::Guards;

/// What a statement of the unit of work does to one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Selects by key.
    Keys,
    /// Selects what the owners of this set have.
    Owners(usize),
    /// Inserts.
    Insert,
    /// Replaces these columns, a bit each.
    Update(u128),
    /// Adds to counters under these guards.
    Count(Guards),
    /// Deletes; true: at a version.
    Delete(bool),
}

impl Verb {
    /// The statement for one row.
    pub fn text(self, table: &TableDef) -> String {
        match self {
            Verb::Keys => select_by_key(table),
            Verb::Owners(set) => select_by_owner(table, set),
            Verb::Insert => insert(table),
            Verb::Update(columns) => update(table, columns),
            Verb::Count(guards) => count(table, guards),
            Verb::Delete(versioned) => delete(table, versioned),
        }
    }
}

fn names(table: &TableDef) -> String {
    table.columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}

fn keys_match(columns: &[&str]) -> String {
    columns.iter().enumerate().fold(String::new(), |mut text, (i, name)| {
        let _ = write!(text, " AND {name} = ?{}", i + 2);
        text
    })
}

fn key_names(table: &TableDef) -> Vec<&'static str> {
    table.columns[..table.key_len].iter().map(|c| c.name).collect()
}

/// One row by its key.
fn select_by_key(table: &TableDef) -> String {
    format!("SELECT {} FROM {} WHERE company_id = ?1{}", names(table), table.name, keys_match(&key_names(table)))
}

/// The rows an owner has.
fn select_by_owner(table: &TableDef, set: usize) -> String {
    let set = &table.sets[set];
    let only = if set.only.is_empty() { String::new() } else { format!(" AND {}", set.only) };
    format!("SELECT {} FROM {} WHERE company_id = ?1{}{only}", names(table), table.name, keys_match(set.owner))
}

/// One new row.
fn insert(table: &TableDef) -> String {
    let places: Vec<String> = (0..=table.columns.len()).map(|i| format!("?{}", i + 1)).collect();
    format!("INSERT INTO {} (company_id, {}) VALUES ({})", table.name, names(table), places.join(", "))
}

/// One replaced row: company, key, changed columns, version.
fn update(table: &TableDef, columns: u128) -> String {
    let mut at = 2 + table.key_len;
    let mut sets = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        if columns & (1 << i) != 0 {
            sets.push(format!("{} = ?{at}", column.name));
            at += 1;
        }
    }
    let version = if table.version_column().is_some() { format!(" AND version = ?{at}") } else { String::new() };
    format!("UPDATE {} SET {} WHERE company_id = ?1{}{version}", table.name, sets.join(", "), keys_match(&key_names(table)))
}

/// One row's counters: company, key, deltas; what they must still be, where they are pinned.
fn count(table: &TableDef, guards: Guards) -> String {
    let Mode::Counted { counters, guard, claim } = table.mode else { return String::new() };
    let first = 2 + table.key_len;
    let sets: Vec<String> = counters.iter().enumerate().map(|(i, c)| format!("{c} = {c} + ?{}", first + i)).collect();
    let sum = |name: &str, i: usize| format!("({name} + ?{})", first + i);
    let mut conditions = after(guard, counters, sum);
    if guards.claimed && !claim.is_empty() {
        conditions = format!("{conditions} AND {}", after(claim, counters, sum));
    }
    if guards.pinned {
        for (i, counter) in counters.iter().enumerate() {
            let _ = write!(conditions, " AND {counter} = ?{}", first + counters.len() + i);
        }
    }
    format!("UPDATE {} SET {} WHERE company_id = ?1{} AND {conditions}", table.name, sets.join(", "), keys_match(&key_names(table)))
}

/// A guard over the values after the change: each counter's name becomes the sum.
pub fn after(guard: &str, counters: &[&str], sum: impl Fn(&str, usize) -> String) -> String {
    let mut text = String::with_capacity(guard.len() * 2);
    let mut word = String::new();
    let flush = |word: &mut String, text: &mut String| {
        match counters.iter().position(|c| c == word) {
            Some(i) => text.push_str(&sum(word, i)),
            None => text.push_str(word),
        }
        word.clear();
    };
    for c in guard.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            flush(&mut word, &mut text);
            text.push(c);
        }
    }
    flush(&mut word, &mut text);
    format!("({text})")
}

/// One removed row: company, key, version.
fn delete(table: &TableDef, versioned: bool) -> String {
    let version = if versioned { format!(" AND version = ?{}", 2 + table.key_len) } else { String::new() };
    format!("DELETE FROM {} WHERE company_id = ?1{}{version}", table.name, keys_match(&key_names(table)))
}

/// Before the name of the index that SQLite, which keeps no statistics here, is to read a table by. PostgreSQL chooses by itself.
pub const BY_INDEX: &str = " INDEXED BY ";

/// A statement with `?1` places as PostgreSQL writes it: `$1`. Question marks inside quotes stay; the named index is left out.
pub fn for_postgres(text: &str) -> String {
    let mut parts = text.split(BY_INDEX);
    let begin = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.find(' ').map_or("", |end| &part[end..]));
    let text = std::iter::once(begin).chain(rest).collect::<String>();
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                quoted = !quoted;
                out.push(c);
            }
            '?' if !quoted && chars.peek().is_some_and(char::is_ascii_digit) => out.push('$'),
            _ => out.push(c),
        }
    }
    out
}

/// The array type of a column.
pub fn array_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "bigint[]",
        Kind::Text => "text[]",
        Kind::Blob => "bytea[]",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_speaks_of_the_values_after_the_change() {
        let text = after("on_hand >= reserved and reserved >= 0", &["on_hand", "reserved"], |name, i| format!("({name} + ?{})", i + 4));
        assert_eq!(text, "((on_hand + ?4) >= (reserved + ?5) and (reserved + ?5) >= 0)");
    }

    #[test]
    fn places_are_translated_outside_quotes_only() {
        assert_eq!(for_postgres("SELECT '?1', ?1, ?12 FROM t"), "SELECT '?1', $1, $12 FROM t");
        assert_eq!(for_postgres("SELECT a FROM t x INDEXED BY t_a WHERE a = ?1"), "SELECT a FROM t x WHERE a = $1");
    }
}
