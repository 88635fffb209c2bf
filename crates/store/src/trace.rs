//! What a writer asks of its database, recorded and played back over bare prepared statements: the floor against which the unit of work
//! is measured (`shundan bench floor`).

pub mod postgres;
pub mod sqlite;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::CompanyId;

use crate::cell::{Cell, Source};
use crate::engine::{Changes, Durability, Engine, Head, Load};
use crate::fault::Fault;
use crate::key::RawKey;
use crate::row::{AnyRow, TableDef};
use crate::table::{Count, TableChanges};

/// A column value of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// Text.
    Text(Box<str>),
    /// Bytes.
    Blob(Box<[u8]>),
}

impl From<Cell<'_>> for Value {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Null => Value::Null,
            Cell::Int(int) => Value::Int(int),
            Cell::Text(text) => Value::Text(text.into()),
            Cell::Blob(bytes) => Value::Blob(bytes.into()),
        }
    }
}

impl Value {
    fn cell(&self) -> Cell<'_> {
        match self {
            Value::Null => Cell::Null,
            Value::Int(int) => Cell::Int(*int),
            Value::Text(text) => Cell::Text(text),
            Value::Blob(bytes) => Cell::Blob(bytes),
        }
    }
}

/// All columns of a row.
#[derive(Clone, Debug)]
struct OwnRow(Vec<Value>);

impl OwnRow {
    fn of(table: &TableDef, row: &dyn AnyRow) -> Self {
        OwnRow((0..table.columns.len()).map(|i| row.any_cell(i).into()).collect())
    }
}

impl AnyRow for OwnRow {
    fn any_cell(&self, i: usize) -> Cell<'_> {
        self.0[i].cell()
    }
}

/// What one batch wrote to one table.
#[derive(Clone, Debug)]
struct Written {
    table: &'static TableDef,
    inserts: Vec<OwnRow>,
    /// Row, changed columns, the version before.
    updates: Vec<(OwnRow, u128, Option<i64>)>,
    counts: Vec<Count>,
    deletes: Vec<(RawKey, Option<i64>)>,
}

impl Written {
    fn of(table: &'static TableDef, change: &TableChanges<'_>) -> Self {
        Written {
            table,
            inserts: change.inserts.iter().map(|row| OwnRow::of(table, *row)).collect(),
            updates: change.updates.iter().map(|u| (OwnRow::of(table, u.row), u.columns, u.version)).collect(),
            counts: change.counts.clone(),
            deletes: change.deletes.clone(),
        }
    }
}

/// One transaction.
#[derive(Clone, Debug, Default)]
struct Batch {
    company: CompanyId,
    /// A round of loading each.
    loads: Vec<Vec<Load>>,
    written: Vec<Written>,
    tallies: Vec<(&'static str, i64, i64)>,
    head: Option<Head>,
}

/// What writers did, batch by batch.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    batches: Vec<Batch>,
}

impl Trace {
    /// How many transactions it has.
    pub fn batches(&self) -> usize {
        self.batches.len()
    }

    /// How many rows it writes.
    pub fn rows(&self) -> usize {
        let of = |w: &Written| w.inserts.len() + w.updates.len() + w.counts.len() + w.deletes.len();
        self.batches.iter().flat_map(|batch| &batch.written).map(of).sum()
    }
}

/// What of a trace is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The same reads, inserts and updates in the same batches.
    Whole,
    /// The inserts alone.
    Inserts,
}

/// What a playback took by the clock.
pub type Took = Duration;

/// A trace that is being written.
pub type Shared = Arc<Mutex<Trace>>;

/// An engine that notes what is asked of the one inside; what is not committed is forgotten.
pub struct Recorder {
    inner: Box<dyn Engine>,
    batch: Batch,
    into: Shared,
}

impl Recorder {
    /// Records `inner`.
    pub fn new(inner: Box<dyn Engine>, into: Shared) -> Self {
        Recorder { inner, batch: Batch::default(), into }
    }
}

impl Engine for Recorder {
    fn begin(&mut self, company: CompanyId) -> Result<bool, Fault> {
        self.batch = Batch::default();
        self.inner.begin(company)
    }

    fn is_near(&self) -> bool {
        self.inner.is_near()
    }

    fn durability(&self) -> Option<Durability> {
        self.inner.durability()
    }

    fn load(
        &mut self,
        company: CompanyId,
        wanted: &[Load],
        row: &mut dyn FnMut(&'static TableDef, &dyn Source) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.batch.loads.push(wanted.to_vec());
        self.inner.load(company, wanted, row)
    }

    fn lock_chain(&mut self, company: CompanyId) -> Result<Head, Fault> {
        self.inner.lock_chain(company)
    }

    fn flush(&mut self, company: CompanyId, changes: &Changes<'_>) -> Result<(), Fault> {
        self.batch.company = company;
        self.batch.written = changes.tables.iter().map(|(table, change)| Written::of(table, change)).collect();
        self.batch.tallies.clone_from(&changes.tallies);
        self.batch.head.clone_from(&changes.head);
        self.inner.flush(company, changes)
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.inner.commit()?;
        let batch = std::mem::take(&mut self.batch);
        self.into.lock().unwrap_or_else(PoisonError::into_inner).batches.push(batch);
        Ok(())
    }

    fn rollback(&mut self) {
        self.inner.rollback();
    }

    fn committed(&mut self, company: CompanyId, head: &Head) -> Result<bool, Fault> {
        self.inner.committed(company, head)
    }

    fn explain(&self, fault: Fault) -> Fault {
        self.inner.explain(fault)
    }
}
