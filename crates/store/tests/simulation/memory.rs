//! A database in memory that several writers share: versioned updates, guarded counters, unique keys, a lock, an event chain.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use store::Fault;
use store::cell::{Cell, Source};
use store::engine::{Changes, Count, Head};
use store::row::{AnyRow, Mode, TableDef};

/// A stored column value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl From<Cell<'_>> for Value {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Value::Null,
            Cell::Int(value) => Value::Int(value),
            Cell::Text(value) => Value::Text(value.to_owned()),
            Cell::Blob(value) => Value::Blob(value.to_owned()),
        }
    }
}

/// The columns of a stored row.
pub type Stored = Vec<Value>;

/// A stored row on its way to the unit of work.
pub struct Found<'a>(pub &'a Stored);

impl Source for Found<'_> {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        Ok(if let Value::Int(value) = self.0[i] { Some(value) } else { None })
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        Ok(if let Value::Text(value) = &self.0[i] { Some(value) } else { None })
    }
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault> {
        Ok(if let Value::Blob(value) = &self.0[i] { Some(value) } else { None })
    }
}

/// All that is stored.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Rows by table and key.
    pub tables: BTreeMap<usize, BTreeMap<Stored, Stored>>,
    /// The head of the event chain.
    pub head: Head,
    /// Grows with every commit.
    pub generation: u64,
}

/// Columns that are unique beside the key.
const UNIQUE: &[(&str, &str)] = &[("products", "code"), ("customers", "code")];

fn column(table: &TableDef, name: &str) -> usize {
    table.columns.iter().position(|c| c.name == name).unwrap()
}

fn whole(table: &TableDef, row: &dyn AnyRow) -> Stored {
    (0..table.columns.len()).map(|i| row.any_cell(i).into()).collect()
}

fn conflict<T>(table: &TableDef, why: &str) -> Result<T, Fault> {
    Err(Fault::Conflict(format!("a {} {why}", table.noun)))
}

impl State {
    /// The rows of a table.
    pub fn rows(&self, table: &TableDef) -> impl Iterator<Item = &Stored> {
        self.tables.get(&table.index).into_iter().flat_map(BTreeMap::values)
    }

    fn unique(&self, table: &'static TableDef, row: &Stored) -> Result<(), Fault> {
        for (_, name) in UNIQUE.iter().filter(|(of, _)| *of == table.name) {
            let at = column(table, name);
            if self.rows(table).any(|other| other[at] == row[at] && other[..table.key_len] != row[..table.key_len]) {
                return conflict(table, "with this code is there");
            }
        }
        Ok(())
    }

    fn put(&mut self, table: &'static TableDef, row: Stored) -> Result<(), Fault> {
        self.unique(table, &row)?;
        self.tables.entry(table.index).or_default().insert(row[..table.key_len].to_vec(), row);
        Ok(())
    }

    fn at(&self, table: &'static TableDef, key: &[Value]) -> Result<&Stored, Fault> {
        let found = self.tables.get(&table.index).and_then(|rows| rows.get(key));
        found.map_or_else(|| conflict(table, "was removed by another"), Ok)
    }

    fn unchanged(&self, table: &'static TableDef, key: &[Value], version: Option<i64>) -> Result<Stored, Fault> {
        let now = self.at(table, key)?;
        if let (Some(version), Some(place)) = (version, table.version_column())
            && now[place] != Value::Int(version)
        {
            return conflict(table, "was changed by another");
        }
        Ok(now.clone())
    }

    /// Writes a batch's changes, as a real engine would.
    pub fn apply(&mut self, changes: &Changes<'_>) -> Result<(), Fault> {
        for (table, change) in changes.tables.iter().rev() {
            for (key, version) in &change.deletes {
                let key: Stored = (0..key.len()).map(|i| key.cell(i).into()).collect();
                self.unchanged(table, &key, *version)?;
                self.tables.entry(table.index).or_default().remove(&key);
            }
        }
        for (table, change) in &changes.tables {
            for row in &change.inserts {
                let row = whole(table, *row);
                if self.at(table, &row[..table.key_len]).is_ok() {
                    return conflict(table, "with this key is there");
                }
                self.put(table, row)?;
            }
            for update in &change.updates {
                let new = whole(table, update.row);
                let mut row = self.unchanged(table, &new[..table.key_len], update.version)?;
                for i in (0..row.len()).filter(|i| update.columns & (1 << i) != 0) {
                    row[i] = new[i].clone();
                }
                self.put(table, row)?;
            }
            for count in &change.counts {
                self.count(table, count)?;
            }
        }
        if let Some(head) = &changes.head {
            self.head = head.clone();
        }
        Ok(())
    }

    fn count(&mut self, table: &'static TableDef, count: &Count) -> Result<(), Fault> {
        let key: Stored = (0..count.key.len()).map(|i| count.key.cell(i).into()).collect();
        let mut row = self.at(table, &key)?.clone();
        for (place, delta) in (table.key_len..).zip(&count.deltas) {
            let Value::Int(now) = row[place] else { return conflict(table, "counts what is no number") };
            if count.guards.pinned && now != count.base[place - table.key_len] {
                return conflict(table, "was counted on by another");
            }
            row[place] = Value::Int(now + delta);
        }
        if !guard(table, &row, count.guards.claimed) {
            return conflict(table, "has a guard that does not hold");
        }
        self.put(table, row)
    }
}

/// The guards of the declared tables over a row's new values, written once more: a mistake in one of the two shows.
fn guard(table: &TableDef, row: &Stored, claimed: bool) -> bool {
    assert!(matches!(table.mode, Mode::Counted { .. }), "{} is not counted", table.name);
    let int = |name: &str| if let Value::Int(value) = row[column(table, name)] { value } else { 0 };
    match table.name {
        "stock" => {
            let (held, placed) = (int("held_micro"), int("placed_micro"));
            let least = held >= 0 && placed >= 0 && int("reserved_micro") >= 0;
            least && int("on_hand_micro") >= int("reserved_micro") + held && int("on_hand_micro") >= placed
        }
        "stock_places" => int("on_hand_micro") >= 0,
        "customer_accounts" => {
            let (orders, invoices, unallocated) = (int("open_orders_minor"), int("open_invoices_minor"), int("unallocated_minor"));
            let fits = orders >= 0 && invoices >= 0 && unallocated >= 0;
            fits && (!claimed || orders + invoices - unallocated <= int("limit_minor"))
        }
        other => panic!("no guard is known for {other}"),
    }
}

/// A transaction whose connection is gone.
struct Doubt {
    outcome: Option<State>,
}

/// What all writers share.
#[derive(Default)]
pub struct Shared {
    /// What is committed.
    pub state: State,
    /// What would be left if the power failed now.
    pub durable: State,
    /// The disk did not keep what it was to keep.
    pub broken: bool,
    writer: Option<usize>,
    doubt: Option<Doubt>,
    /// While closed, nobody begins.
    pub closed: bool,
    /// Writers waiting to begin.
    pub waiting: usize,
}

/// The database.
#[derive(Default)]
pub struct Database {
    shared: Mutex<Shared>,
    changed: Condvar,
}

/// Longer than any step takes: two writers wait for each other.
const DEADLOCK: Duration = Duration::from_millis(200);

impl Database {
    /// Looks at it, or changes it by hand.
    pub fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    /// Tells everybody who waits to look again.
    pub fn tell(&self) {
        self.changed.notify_all();
    }

    /// Waits until `ready`; false where that takes too long.
    pub fn wait(&self, ready: impl Fn(&Shared) -> bool) -> bool {
        let (guard, late) = self.changed.wait_timeout_while(self.shared(), DEADLOCK * 20, |shared| !ready(shared)).unwrap();
        drop(guard);
        !late.timed_out()
    }

    /// Waits at the gate.
    pub fn pass_gate(&self) {
        let mut shared = self.shared();
        shared.waiting += 1;
        self.tell();
        let mut shared = self.changed.wait_while(shared, |shared| shared.closed).unwrap();
        shared.waiting -= 1;
    }

    /// The one lock that writing takes, held until the end of the transaction. What is in doubt is settled first, as a server does.
    pub fn lock_writer(&self, me: usize) -> Result<(), Fault> {
        let until = Instant::now() + DEADLOCK * 10;
        let mut shared = self.shared();
        shared.settle();
        while shared.writer.is_some_and(|writer| writer != me) {
            if Instant::now() > until {
                return Err(Fault::Conflict("deadlock".into()));
            }
            shared = self.changed.wait_timeout(shared, DEADLOCK).unwrap().0;
            shared.settle();
        }
        shared.writer = Some(me);
        Ok(())
    }

    /// Ends a transaction: the lock is free.
    pub fn end(&self, me: usize) {
        let mut shared = self.shared();
        if shared.writer == Some(me) && shared.doubt.is_none() {
            shared.writer = None;
        }
        drop(shared);
        self.tell();
    }

    /// Leaves a transaction in doubt: its lock stays until it is settled.
    ///
    /// One that holds no lock has nothing that could take effect later.
    pub fn leave_in_doubt(&self, me: usize, outcome: Option<State>) {
        let mut shared = self.shared();
        if shared.writer == Some(me) {
            shared.doubt = Some(Doubt { outcome });
        }
    }
}

impl Shared {
    /// What was in doubt takes effect, or not.
    pub fn settle(&mut self) {
        if let Some(doubt) = self.doubt.take() {
            self.writer = None;
            if let Some(mut state) = doubt.outcome {
                state.generation = self.state.generation + 1;
                self.state = state;
            }
        }
    }
}
