//! The statements over arrays; `$1` is always the company.

use std::fmt::Write;

use crate::row::{Mode, TableDef};
use crate::sql::{Verb, after, array_type};
use crate::table::Guards;

/// How often the company was written to.
pub const WRITES: &str = "SELECT writes FROM chains WHERE company_id = $1";

/// Locks the event chain of the company.
pub const LOCK_CHAIN: &str = "SELECT position, hash, writes FROM chains WHERE company_id = $1 FOR UPDATE";

/// Makes sure that there is a chain to lock.
pub const BEGIN_CHAIN: &str = "INSERT INTO chains (company_id, position, hash) VALUES ($1, 0, '') ON CONFLICT (company_id) DO NOTHING";

/// Sets the head of the chain.
pub const HEAD: &str = "INSERT INTO chains (company_id, position, hash, writes) SELECT $1, *, 1 FROM UNNEST($2::bigint[], $3::text[])
    ON CONFLICT (company_id) DO UPDATE SET position = excluded.position, hash = excluded.hash, writes = chains.writes + 1";

/// Tells other writers that something was written, where nothing was recorded.
pub const WRITTEN: &str = "UPDATE chains SET writes = writes + 1 WHERE company_id = $1";

/// Adds to the figures of dashboards.
pub const TALLIES: &str = "INSERT INTO tallies (company_id, name, count, amount)
    SELECT $1, * FROM UNNEST($2::text[], $3::bigint[], $4::bigint[])
    ON CONFLICT (company_id, name) DO UPDATE SET count = tallies.count + excluded.count, amount = tallies.amount + excluded.amount";

/// Whether an event is there.
pub const COMMITTED: &str = "SELECT 1::bigint FROM events e JOIN UNNEST($2::bigint[], $3::text[]) AS k(position, hash)
    ON e.position = k.position AND e.hash = k.hash WHERE e.company_id = $1";

/// The statement of a verb over arrays.
pub fn text(table: &TableDef, verb: Verb) -> String {
    match verb {
        Verb::Keys => select_by_key(table),
        Verb::Owners(set) => select_by_owner(table, set),
        Verb::Insert => insert(table),
        Verb::Update(columns) => update(table, columns),
        Verb::Count(guards) => count(table, guards),
        Verb::Delete(versioned) => delete(table, versioned),
    }
}

fn unnest(kinds: impl Iterator<Item = &'static str>, names: &[String]) -> String {
    let places: Vec<String> = kinds.enumerate().map(|(i, kind)| format!("${}::{kind}", i + 2)).collect();
    format!("UNNEST({}) AS u({})", places.join(", "), names.join(", "))
}

/// Rows to look up, the company beside each key. `OFFSET 0` keeps the planner from knowing that it is one company: without statistics it takes
/// a company for a two-hundredth of a table, reads all of it by that, and looks through the keys once for each row.
fn keyed(kinds: impl Iterator<Item = &'static str>, names: &[String]) -> String {
    format!("(SELECT $1::bigint AS company, u.* FROM {} OFFSET 0) AS u", unnest(kinds, names))
}

fn select(table: &TableDef, by: &[&str], only: &str) -> String {
    let columns: Vec<String> = table.columns.iter().map(|c| format!("t.{}", c.name)).collect();
    let kind = |name: &&str| array_type(table.columns.iter().find(|c| *c.name == **name).map_or(crate::cell::Kind::Int, |c| c.kind));
    let (from, on) = if let [one] = by {
        (String::new(), format!("t.company_id = $1 AND t.{one} = ANY($2::{})", kind(one)))
    } else {
        let names: Vec<String> = (0..by.len()).map(|i| format!("k{i}")).collect();
        let on = by.iter().enumerate().map(|(i, name)| format!(" AND t.{name} = u.k{i}")).collect::<String>();
        (format!(" CROSS JOIN {}", keyed(by.iter().map(kind), &names)), format!("t.company_id = u.company{on}"))
    };
    let only = if only.is_empty() { String::new() } else { format!(" AND {only}") };
    format!("SELECT {} FROM {} t{from} WHERE {on}{only}", columns.join(", "), table.name)
}

fn key_names(table: &TableDef) -> Vec<&'static str> {
    table.columns[..table.key_len].iter().map(|c| c.name).collect()
}

/// Rows by their keys.
fn select_by_key(table: &TableDef) -> String {
    select(table, &key_names(table), "")
}

/// The rows that owners have.
fn select_by_owner(table: &TableDef, set: usize) -> String {
    select(table, table.sets[set].owner, table.sets[set].only)
}

/// New rows.
fn insert(table: &TableDef) -> String {
    let names: Vec<String> = table.columns.iter().map(|c| c.name.to_owned()).collect();
    let from = unnest(table.columns.iter().map(|c| array_type(c.kind)), &names);
    format!("INSERT INTO {} (company_id, {}) SELECT $1, * FROM {from}", table.name, names.join(", "))
}

fn keys_join(table: &TableDef, alias: &str) -> String {
    key_names(table).iter().enumerate().fold(String::new(), |mut text, (i, name)| {
        let _ = write!(text, " AND t.{name} = {alias}.k{i}");
        text
    })
}

fn key_aliases(table: &TableDef) -> Vec<String> {
    (0..table.key_len).map(|i| format!("k{i}")).collect()
}

/// Replaced rows: keys, changed columns, versions.
fn update(table: &TableDef, columns: u128) -> String {
    let changed: Vec<_> =
        table.columns.iter().enumerate().filter(|(i, _)| *i >= table.key_len && columns & (1 << i) != 0).map(|(_, c)| c).collect();
    let mut names = key_aliases(table);
    let mut kinds: Vec<&str> = table.columns[..table.key_len].iter().map(|c| array_type(c.kind)).collect();
    names.extend(changed.iter().map(|c| format!("new_{}", c.name)));
    kinds.extend(changed.iter().map(|c| array_type(c.kind)));
    let mut guard = String::new();
    if table.version_column().is_some() {
        names.push("base_version".into());
        kinds.push("bigint[]");
        guard.push_str(" AND t.version = u.base_version");
    }
    let sets: Vec<String> = changed.iter().map(|c| format!("{} = u.new_{}", c.name, c.name)).collect();
    let from = keyed(kinds.into_iter(), &names);
    format!("UPDATE {} t SET {} FROM {from} WHERE t.company_id = u.company{}{guard}", table.name, sets.join(", "), keys_join(table, "u"))
}

/// Counters: keys, deltas; what they must still be, where they are pinned. Writers of a company come one after the other, by the lock on its chain.
fn count(table: &TableDef, guards: Guards) -> String {
    let Mode::Counted { counters, guard, claim } = table.mode else { return String::new() };
    let mut names = key_aliases(table);
    let mut kinds: Vec<&str> = table.columns[..table.key_len].iter().map(|c| array_type(c.kind)).collect();
    names.extend((0..counters.len()).map(|i| format!("d{i}")));
    kinds.extend(counters.iter().map(|_| "bigint[]"));
    if guards.pinned {
        names.extend((0..counters.len()).map(|i| format!("b{i}")));
        kinds.extend(counters.iter().map(|_| "bigint[]"));
    }
    let sum = |name: &str, i: usize| format!("(t.{name} + u.d{i})");
    let mut conditions = after(guard, counters, sum);
    if guards.claimed && !claim.is_empty() {
        conditions = format!("{conditions} AND {}", after(claim, counters, sum));
    }
    if guards.pinned {
        for (i, counter) in counters.iter().enumerate() {
            let _ = write!(conditions, " AND t.{counter} = u.b{i}");
        }
    }
    let sets: Vec<String> = counters.iter().enumerate().map(|(i, c)| format!("{c} = t.{c} + u.d{i}")).collect();
    let from = keyed(kinds.into_iter(), &names);
    format!(
        "UPDATE {} t SET {} FROM {from} WHERE t.company_id = u.company{} AND {conditions}",
        table.name,
        sets.join(", "),
        keys_join(table, "u")
    )
}

/// Removed rows: keys, versions.
fn delete(table: &TableDef, versioned: bool) -> String {
    let mut names = key_aliases(table);
    let mut kinds: Vec<&str> = table.columns[..table.key_len].iter().map(|c| array_type(c.kind)).collect();
    let mut guard = "";
    if versioned {
        names.push("base_version".into());
        kinds.push("bigint[]");
        guard = " AND t.version = u.base_version";
    }
    format!(
        "DELETE FROM {} t USING {} WHERE t.company_id = u.company{}{guard}",
        table.name,
        keyed(kinds.into_iter(), &names),
        keys_join(table, "u")
    )
}
