//! The seam between the unit of work and a database: a handful of verbs that each engine speaks in its own SQL.

pub mod postgres;
pub mod sqlite;

use domain::CompanyId;

use crate::cell::Source;
use crate::fault::Fault;
use crate::key::RawKey;
use crate::row::TableDef;
pub use crate::table::{Count, Guards, TableChanges, Update};

/// What to load from one table.
#[derive(Clone, Debug)]
pub struct Load {
    /// The table.
    pub table: &'static TableDef,
    /// Rows by key, without repeats.
    pub rows: Vec<RawKey>,
    /// For each set, the owners, without repeats.
    pub sets: Vec<Vec<RawKey>>,
}

/// All that one batch writes.
pub struct Changes<'a> {
    /// Per table, parents before children.
    pub tables: Vec<(&'static TableDef, TableChanges<'a>)>,
    /// Dashboard figures: name, count and amount to add.
    pub tallies: Vec<(&'static str, i64, i64)>,
    /// The head of the event chain after this batch, if events were recorded.
    pub head: Option<Head>,
}

/// The last event of a company.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// Its position; 0: none yet.
    pub position: i64,
    /// Its hash in hexadecimal; empty: none yet.
    pub hash: String,
}

/// Makes everything committed so far durable.
pub type Durability = Box<dyn FnMut() -> Result<(), Fault> + Send>;

/// A writer's connection.
pub trait Engine: Send {
    /// Starts a write transaction of a company. True when rows held from this connection's last one are still what the database has.
    ///
    /// # Errors
    /// Any fault of the database.
    fn begin(&mut self, company: CompanyId) -> Result<bool, Fault>;
    /// Whether loading is no exchange with a server: then each command is given what it misses at once, not all of a batch together.
    fn is_near(&self) -> bool {
        false
    }
    /// What makes this connection's commits durable, where a commit alone does not; called on another thread after them.
    fn durability(&self) -> Option<Durability> {
        None
    }
    /// Loads what a batch missed, a statement per table and key or set, and hands each row to `row` with its table.
    ///
    /// # Errors
    /// Any fault of the database.
    fn load(
        &mut self,
        company: CompanyId,
        wanted: &[Load],
        row: &mut dyn FnMut(&'static TableDef, &dyn Source) -> Result<(), Fault>,
    ) -> Result<(), Fault>;
    /// Locks the company's event chain until the commit and reads its head. The first lock a flush takes.
    ///
    /// # Errors
    /// `Conflict` where rows were held over from the last transaction and another connection has written since this one began.
    fn lock_chain(&mut self, company: CompanyId) -> Result<Head, Fault>;
    /// Writes all changes.
    ///
    /// # Errors
    /// `Conflict` where a version, guard or uniqueness does not hold.
    fn flush(&mut self, company: CompanyId, changes: &Changes<'_>) -> Result<(), Fault>;
    /// Makes the transaction durable.
    ///
    /// # Errors
    /// `Lost` where it is unknown whether the commit took effect.
    fn commit(&mut self) -> Result<(), Fault>;
    /// Forgets the transaction; the connection is usable afterwards or the next `begin` makes a new one.
    fn rollback(&mut self);
    /// The head of a company's event chain outside any transaction: tells whether a commit with an unknown end took effect.
    ///
    /// # Errors
    /// Any fault of the database.
    fn committed(&mut self, company: CompanyId, head: &Head) -> Result<bool, Fault>;
    /// A fault said more exactly, where the place of the data tells why.
    fn explain(&self, fault: Fault) -> Fault {
        fault
    }
}
