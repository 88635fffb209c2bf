//! The seam between the executor and the database in memory, with the faults between them.

use std::sync::{Arc, Mutex};

use domain::CompanyId;
use store::Fault;
use store::Row;
use store::cell::Source;
use store::engine::{Changes, Durability, Engine, Head, Load};
use store::key::RawKey;
use store::row::TableDef;
use store::rows::ChainedEvent;

use crate::fault::{End, Faults, Lie};
use crate::memory::{Database, Found, State, Stored, Value};

/// How transactions see each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// One after the other, as on SQLite; commits are made durable afterwards.
    Serial,
    /// Whoever holds what is true begins without a lock, and is refused where another was faster; others lock at once, as on PostgreSQL.
    /// Commits are durable.
    Committed,
}

/// A row with this key cannot be read.
pub const POISON: i64 = 666;

/// A writer's connection to the database in memory.
pub struct Memory {
    /// The database.
    pub database: Arc<Database>,
    /// Which writer it is.
    pub me: usize,
    /// How it sees others.
    pub isolation: Isolation,
    /// What goes wrong.
    pub faults: Faults,
    /// What it gets wrong itself.
    pub lie: Lie,
    /// What goes wrong at the disk.
    pub disk: Arc<Mutex<Faults>>,
    /// The generation that the last transaction left, if it saw all of it.
    pub seen: Option<u64>,
    /// The generation at the begin of this one.
    pub begun: Option<u64>,
    /// Rows of the last transaction are held in this one.
    pub holds: bool,
    /// In a transaction, with what it has written.
    pub open: Option<Option<State>>,
}

fn values(key: &RawKey) -> Stored {
    (0..key.len()).map(|i| key.cell(i).into()).collect()
}

fn owned<'a>(state: &'a State, table: &'static TableDef, set: usize, owner: &'a Stored) -> impl Iterator<Item = &'a Stored> {
    let set = &table.sets[set];
    assert!(set.only.is_empty(), "this database knows no conditions of sets");
    let places: Vec<usize> = set.owner.iter().map(|name| table.columns.iter().position(|c| c.name == *name).unwrap()).collect();
    state.rows(table).filter(move |row| places.iter().zip(owner).all(|(place, value)| row[*place] == *value))
}

impl Memory {
    fn found(&self, load: &Load) -> Result<Vec<Stored>, Fault> {
        let shared = self.database.shared();
        let mut found = Vec::new();
        for key in &load.rows {
            if *key == RawKey::One(POISON) {
                return Err(Fault::Broken("a stored value has no meaning".into()));
            }
            found.extend(shared.state.tables.get(&load.table.index).and_then(|rows| rows.get(&values(key))).cloned());
        }
        for (set, owners) in load.sets.iter().enumerate() {
            for owner in owners {
                found.extend(owned(&shared.state, load.table, set, &values(owner)).cloned());
            }
        }
        Ok(found)
    }

    fn take_effect(&mut self, state: Option<State>) {
        let mut shared = self.database.shared();
        if let Some(mut state) = state
            && self.lie != Lie::Forgets
        {
            state.generation = shared.state.generation + 1;
            shared.state = state;
            self.begun = self.begun.map(|_| shared.state.generation);
        }
        self.seen = self.begun;
    }
}

impl Engine for Memory {
    fn begin(&mut self, _company: CompanyId) -> Result<bool, Fault> {
        assert!(self.open.is_none(), "a transaction was begun within a transaction");
        self.database.pass_gate();
        self.faults.at("begin", &[Fault::Conflict, Fault::Lost, Fault::ReadOnly])?;
        if self.isolation == Isolation::Serial {
            self.database.lock_writer(self.me)?;
        }
        self.open = Some(None);
        let generation = self.database.shared().state.generation;
        self.holds = self.seen.take() == Some(generation) || self.lie == Lie::Stale;
        self.begun = Some(generation);
        if !self.holds && self.isolation == Isolation::Committed {
            self.database.lock_writer(self.me)?;
            self.begun = Some(self.database.shared().state.generation);
        }
        Ok(self.holds)
    }

    fn is_near(&self) -> bool {
        self.isolation == Isolation::Serial
    }

    fn durability(&self) -> Option<Durability> {
        let (database, disk, lie) = (self.database.clone(), self.disk.clone(), self.lie);
        let sync = move || {
            // What is written while the disk is at work may be kept or not.
            let state = database.shared().state.clone();
            let done = disk.lock().unwrap().at("the disk", &[Fault::Lost]);
            let mut shared = database.shared();
            shared.broken |= done.is_err();
            if done.is_ok() && lie != Lie::Early && state.generation > shared.durable.generation {
                shared.durable = state;
            }
            done
        };
        (self.isolation == Isolation::Serial).then(|| Box::new(sync) as Durability)
    }

    fn load(
        &mut self,
        _company: CompanyId,
        wanted: &[Load],
        row: &mut dyn FnMut(&'static TableDef, &dyn Source) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        assert!(self.open.is_some(), "rows are loaded outside a transaction");
        self.faults.delay();
        let mut left = self.faults.breaks_after();
        for load in wanted {
            for found in self.found(load)? {
                if left == Some(0) {
                    return Err(Fault::Lost("injected in a load".into()));
                }
                left = left.map(|left| left - 1);
                row(load.table, &Found(&found))?;
            }
        }
        if left.is_some() { Err(Fault::Conflict("injected at the end of a load".into())) } else { Ok(()) }
    }

    fn lock_chain(&mut self, _company: CompanyId) -> Result<Head, Fault> {
        self.faults.at("the chain", &[Fault::Conflict, Fault::Lost])?;
        self.database.lock_writer(self.me)?;
        let shared = self.database.shared();
        if self.begun != Some(shared.state.generation) && self.lie != Lie::Blind {
            return Err(Fault::Conflict("another has written since".into()));
        }
        Ok(shared.state.head.clone())
    }

    fn flush(&mut self, _company: CompanyId, changes: &Changes<'_>) -> Result<(), Fault> {
        self.faults.at("flush", &[Fault::Conflict, Fault::Lost])?;
        self.faults.disk()?;
        self.database.lock_writer(self.me)?;
        let mut state = self.database.shared().state.clone();
        state.apply(changes)?;
        self.open = Some(Some(state));
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        let state = self.open.clone().expect("a commit ends a transaction");
        let lost = |why: &str| Err(Fault::Lost(format!("injected {why}")));
        let result = match self.faults.end(self.isolation == Isolation::Committed) {
            End::Well => {
                self.take_effect(state);
                Ok(())
            }
            // The transaction stays open, as it may on a real engine, until it is rolled back.
            End::Failed(kind) => return Err(kind("injected at commit".into())),
            End::LostBefore => return lost("before the commit"),
            End::LostAfter => {
                self.take_effect(state);
                lost("after the commit")
            }
            End::InDoubt(well) => {
                self.database.leave_in_doubt(self.me, state.filter(|_| well));
                lost("in the commit")
            }
        };
        self.open = None;
        self.database.end(self.me);
        result
    }

    fn rollback(&mut self) {
        if self.open.take().is_some() {
            self.database.end(self.me);
        }
    }

    fn committed(&mut self, _company: CompanyId, head: &Head) -> Result<bool, Fault> {
        assert!(self.open.is_none(), "it was asked within a transaction whether that transaction was committed");
        if self.faults.deaf() {
            return Err(Fault::Lost("injected: nobody answers".into()));
        }
        let mut shared = self.database.shared();
        shared.settle();
        let rows = shared.state.tables.get(&<ChainedEvent as Row>::table().index);
        let found = rows.and_then(|rows| rows.get(&vec![Value::Int(head.position)])).and_then(|row| row.last().cloned());
        let there = found == Some(Value::Text(head.hash.clone()));
        drop(shared);
        self.database.tell();
        Ok(there && self.lie != Lie::Undone)
    }
}
