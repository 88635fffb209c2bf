//! One batch of commands on one unit of work: gather, decide, flush.

use std::sync::Arc;
use std::time::Duration;

use domain::{CompanyId, Instant, Refusal};

use crate::chain;
use crate::engine::{Changes, Engine, Head, Load};
use crate::fault::Fault;
use crate::key::RawKey;
use crate::row::{AnyRow, TableDef};
use crate::rows::{self, ChainedEvent, Table as TableName};
use crate::table::AnyTable;
use crate::work::{IdSource, Ids, UnitOfWork};

/// How a run of a command ended.
pub(crate) enum Ran {
    /// It decided and staged its changes.
    Done,
    /// It was refused; nothing of it stays.
    Refused,
    /// It left for something not loaded.
    Left,
}

/// A use case with its arguments, waiting for its turn.
pub(crate) trait Command: Send {
    /// Whose rows it works on.
    fn company(&self) -> CompanyId;
    /// Runs the use case from its start.
    fn run(&mut self, work: &mut UnitOfWork) -> Ran;
    /// Its ids, kept over runs.
    fn ids(&mut self) -> &mut Ids;
    /// Tells the caller: the last run's result stands, or what failed.
    fn finish(self: Box<Self>, failed: Option<Failure>);
}

/// Why a command has no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The rules refuse it.
    Refused(Refusal),
    /// The database cannot take it now; nothing of it was written.
    Unavailable(String),
    /// The disk is full; nothing of it was written.
    Full(String),
    /// The database refuses writes; nothing of it was written.
    ReadOnly(String),
    /// The disk failed to keep what was written; nothing more is taken until the next start, and nothing of this was written.
    Failing(String),
    /// The connection broke during the commit, and it cannot be told whether it took effect.
    Unknown(String),
    /// A fault of the program or of the stored data; nothing of it was written.
    Internal(String),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Broken(why) => Failure::Internal(why),
            Fault::Full(why) => Failure::Full(why),
            Fault::ReadOnly(why) => Failure::ReadOnly(why),
            Fault::Unsettled(why) => Failure::Unknown(why),
            other => Failure::Unavailable(other.to_string()),
        }
    }
}

impl Failure {
    /// What a command is told that comes after the disk failed to keep another.
    pub(crate) fn of_disk(fault: Fault) -> Self {
        match fault {
            Fault::Lost(why) => Failure::Failing(why),
            other => other.into(),
        }
    }
}

/// More rounds than any use case may need: a use case that asks on and on is a mistake in it.
const MAX_ROUNDS: usize = 64;

/// Rows of one table kept between batches at the most; a table that grew larger is forgotten as a whole.
const MAX_HELD: usize = 30_000;

/// Runs batches on one engine.
pub(crate) struct Runner {
    pub engine: Box<dyn Engine>,
    pub ids: Arc<IdSource>,
    pub kept: Option<UnitOfWork>,
    /// Rounds of loading in the last batch.
    pub rounds: usize,
    /// The tables the last batch wrote to.
    pub touched: Vec<usize>,
    /// Whether the last batch wrote anything, or was the first to see what another connection wrote.
    pub unkept: bool,
    /// What the last batch took.
    pub spent: Spent,
}

/// Where the time of a batch went.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    /// Running use cases.
    pub decide: Duration,
    /// Loading what they missed.
    pub load: Duration,
    /// Writing what they staged.
    pub write: Duration,
    /// Committing it.
    pub commit: Duration,
}

/// Adds the time `act` takes.
fn timed<T>(spent: &mut Duration, act: impl FnOnce() -> T) -> T {
    let started = std::time::Instant::now();
    let value = act();
    *spent += started.elapsed();
    value
}

impl Runner {
    /// Runs and commits the commands together. On an error nothing of them was written (but for `Unsettled`, where it cannot be told).
    pub fn run(&mut self, commands: &mut [Box<dyn Command>], now: Instant) -> Result<(), Fault> {
        let Some(company) = commands.first().map(|c| c.company()) else { return Ok(()) };
        self.spent = Spent::default();
        let same = self.engine.begin(company).map_err(|fault| self.engine.explain(fault))?;
        // What another has written may not be durable yet either.
        self.unkept = !same;
        let mut work = match self.kept.take() {
            Some(mut kept) if same && kept.company == company => {
                kept.batch_at = now;
                kept
            }
            _ => UnitOfWork::new(company, now, self.ids.clone()),
        };
        match self.gather_and_flush(commands, &mut work) {
            Ok(head) => {
                let started = std::time::Instant::now();
                self.commit(company, head)?;
                self.spent.commit = started.elapsed();
                work.settle();
                for (derived, from) in rows::DERIVED {
                    if self.touched.contains(&(*from as usize)) {
                        work.tables[*derived as usize] = None;
                    }
                }
                work.tables.iter_mut().flatten().for_each(|table| table.trim(MAX_HELD));
                self.kept = Some(work);
                Ok(())
            }
            Err(fault) => {
                self.engine.rollback();
                Err(self.engine.explain(fault))
            }
        }
    }

    fn commit(&mut self, company: CompanyId, head: Option<Head>) -> Result<(), Fault> {
        let Err(fault) = self.engine.commit() else { return Ok(()) };
        // A transaction that is still open would see its own events as committed, and the next could not begin.
        self.engine.rollback();
        let Fault::Lost(why) = fault else { return Err(self.engine.explain(fault)) };
        // The chain tells whether a commit with an unknown end took effect.
        match head.map(|head| self.engine.committed(company, &head)) {
            Some(Ok(true)) => Ok(()),
            // Nothing was written: worth another try, unless the disk is to blame.
            Some(Ok(false)) => Err(match self.engine.explain(Fault::Lost(why)) {
                Fault::Lost(why) => Fault::Conflict(why),
                other => other,
            }),
            Some(Err(_)) | None => Err(Fault::Unsettled(why)),
        }
    }

    fn gather_and_flush(&mut self, commands: &mut [Box<dyn Command>], work: &mut UnitOfWork) -> Result<Option<Head>, Fault> {
        self.rounds = 0;
        if self.engine.is_near() {
            for command in commands {
                self.gather(std::slice::from_mut(command), work)?;
            }
        } else {
            self.gather(commands, work)?;
        }
        let started = std::time::Instant::now();
        let head = self.flush(work)?;
        self.spent.write = started.elapsed();
        Ok(head)
    }

    /// Runs commands until none of them misses anything; those that do not, stand.
    fn gather(&mut self, commands: &mut [Box<dyn Command>], work: &mut UnitOfWork) -> Result<(), Fault> {
        let mut left: Vec<usize> = (0..commands.len()).collect();
        let mut rounds = 0;
        loop {
            timed(&mut self.spent.decide, || left.retain(|place| leaves(&mut *commands[*place], work)));
            if left.is_empty() {
                break;
            }
            rounds += 1;
            if rounds > MAX_ROUNDS {
                return Err(Fault::Broken("a use case asked for more and more rows".into()));
            }
            let started = std::time::Instant::now();
            self.load(work)?;
            self.spent.load += started.elapsed();
        }
        self.rounds += rounds;
        Ok(())
    }

    fn load(&mut self, work: &mut UnitOfWork) -> Result<(), Fault> {
        let wanted = take_missing(work);
        let tables = &mut work.tables;
        self.engine.load(work.company, &wanted, &mut |table, source| {
            tables[table.index].as_mut().expect("a table was asked for rows").load(source)
        })?;
        for load in &wanted {
            let table = tables[load.table.index].as_mut().expect("a table was asked for rows");
            load.rows.iter().for_each(|key| table.absent(key));
            for (set, owners) in load.sets.iter().enumerate() {
                owners.iter().for_each(|owner| table.complete(set, owner));
            }
        }
        Ok(())
    }

    fn flush(&mut self, work: &mut UnitOfWork) -> Result<Option<Head>, Fault> {
        let events = std::mem::take(&mut work.events);
        let recorded = !events.is_empty();
        let of_table = |table: &'static TableDef| (table, work.tables[table.index].as_deref().map(AnyTable::changes).unwrap_or_default());
        let mut tables: Vec<_> = rows::all().iter().map(|table| of_table(table)).collect();
        self.touched.clear();
        if !recorded && tables.iter().all(|(_, change)| change.is_empty()) {
            return Ok(None);
        }
        // The chain is locked also where nothing is recorded: it tells other writers that something was written.
        let mut head = self.engine.lock_chain(work.company)?;
        let chained: Vec<ChainedEvent> = chain::link(&mut head, events);
        tables[TableName::ChainedEvent as usize].1.inserts.extend(chained.iter().map(|event| event as &dyn AnyRow));
        tables.retain(|(_, change)| !change.is_empty());
        let head = recorded.then_some(head);
        let changes = Changes { tables, tallies: tallies(work), head: head.clone() };
        self.touched.extend(changes.tables.iter().map(|(table, _)| table.index));
        self.unkept = true;
        self.engine.flush(work.company, &changes)?;
        Ok(head)
    }
}

/// Runs a command; whether it left for something not loaded, and must run again behind the others of its batch. Callers of one batch did not
/// wait for each other, so any order of them is a true one.
fn leaves(command: &mut dyn Command, work: &mut UnitOfWork) -> bool {
    work.start(std::mem::take(command.ids()));
    let ran = command.run(work);
    *command.ids() = std::mem::take(&mut work.ids);
    // A run that asked for anything counts as missing whatever it returned.
    let left = work.asked || matches!(ran, Ran::Left);
    if left || matches!(ran, Ran::Refused) {
        work.undo();
    }
    left
}

fn take_missing(work: &mut UnitOfWork) -> Vec<Load> {
    let sorted = |mut keys: Vec<RawKey>| {
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let mut wanted = Vec::new();
    for &table in rows::all() {
        let rows = sorted(std::mem::take(&mut work.missing.rows[table.index]));
        let sets: Vec<Vec<RawKey>> = std::mem::take(&mut work.missing.sets[table.index]).into_iter().map(sorted).collect();
        if !rows.is_empty() || sets.iter().any(|s| !s.is_empty()) {
            wanted.push(Load { table, rows, sets });
        }
    }
    work.missing.any = false;
    wanted
}

fn tallies(work: &UnitOfWork) -> Vec<(&'static str, i64, i64)> {
    let mut sums: std::collections::BTreeMap<&'static str, (i64, i64)> = std::collections::BTreeMap::new();
    for table in work.tables.iter().flatten() {
        table.tallies(&mut |name, count, amount| {
            let sum = sums.entry(name).or_default();
            sum.0 += count;
            sum.1 += amount;
        });
    }
    sums.into_iter().filter(|(_, sum)| *sum != (0, 0)).map(|(name, sum)| (name, sum.0, sum.1)).collect()
}
