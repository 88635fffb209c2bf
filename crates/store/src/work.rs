//! The unit of work: what a use case reads and writes.
//!
//! Reading something it does not hold leaves the use case through `?`; the executor loads what all commands of the batch missed and
//! calls them again. So business code is a straight line, and there is no query per row.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use domain::{Actor, CompanyId, Event, Instant, Refusal, Version};

use crate::key::{Id, Key, RawKey};
use crate::row::{Row, SetOf, TableDef};
use crate::rows::{self, Series};
use crate::table::{AnyTable, Slot, Table};

/// The result of a use case.
pub type Outcome<T> = Result<T, Stop>;

/// Why a use case left early. Opaque on purpose: reading "not loaded yet" as "none" must be impossible.
#[derive(Debug)]
pub struct Stop(pub(crate) Why);

#[derive(Debug)]
pub(crate) enum Why {
    Missing,
    Refused(Box<Refusal>),
}

impl<E: Into<Refusal>> From<E> for Stop {
    fn from(refusal: E) -> Self {
        Stop(Why::Refused(Box::new(refusal.into())))
    }
}

impl Stop {
    /// The refusal it is, for who tells it as an answer.
    ///
    /// # Errors
    /// Itself where something is not loaded yet: then it has to be passed on.
    pub fn refused(self) -> Result<Refusal, Stop> {
        match self.0 {
            Why::Refused(refusal) => Ok(*refusal),
            Why::Missing => Err(self),
        }
    }
}

/// A copy of a row that may be changed and given back by `save`.
#[derive(Clone, Debug)]
pub struct Held<R> {
    row: Arc<R>,
    stamp: u32,
}

impl<R> Deref for Held<R> {
    type Target = R;
    fn deref(&self) -> &R {
        &self.row
    }
}

impl<R: Clone> DerefMut for Held<R> {
    fn deref_mut(&mut self) -> &mut R {
        Arc::make_mut(&mut self.row)
    }
}

/// Makes ids: 41 bits of milliseconds since 2024, 12 bits of sequence, 10 bits of the process.
#[derive(Debug)]
pub struct IdSource {
    last: std::sync::atomic::AtomicI64,
    node: i64,
}

/// 2024-01-01T00:00:00Z in milliseconds.
const EPOCH_MS: i64 = 1_704_067_200_000;

impl IdSource {
    /// For process number `node` (0…1023).
    pub fn new(node: i64) -> Self {
        IdSource { last: std::sync::atomic::AtomicI64::new(0), node: node & 1023 }
    }

    /// The next id; ids of one process always grow.
    pub fn next(&self, now: Instant) -> i64 {
        use std::sync::atomic::Ordering::Relaxed;
        let floor = (now.micros() / 1000 - EPOCH_MS).max(1) << 12;
        let before = self.last.fetch_update(Relaxed, Relaxed, |last| Some(floor.max(last + 1))).unwrap_or_default();
        (floor.max(before + 1) << 10) | self.node
    }
}

/// What a batch still has to load.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    pub rows: Vec<Vec<RawKey>>,
    pub sets: Vec<Vec<Vec<RawKey>>>,
    pub any: bool,
}

/// The ids and the event of one command, kept over its runs.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: Vec<i64>,
    next: usize,
}

impl Ids {
    pub fn rewind(&mut self) {
        self.next = 0;
    }
}

/// Reads hand out values, `save` stages them, the executor flushes them.
pub struct UnitOfWork {
    pub(crate) company: CompanyId,
    pub(crate) batch_at: Instant,
    pub(crate) now: Instant,
    pub(crate) tables: Vec<Option<Box<dyn AnyTable>>>,
    pub(crate) missing: Missing,
    pub(crate) asked: bool,
    pub(crate) ids: Ids,
    pub(crate) source: Arc<IdSource>,
    pub(crate) events: Vec<Event>,
    pub(crate) events_before: usize,
}

impl UnitOfWork {
    pub(crate) fn new(company: CompanyId, now: Instant, source: Arc<IdSource>) -> Self {
        let count = rows::Table::COUNT;
        let missing = Missing { rows: vec![Vec::new(); count], sets: vec![Vec::new(); count], any: false };
        let tables = (0..count).map(|_| None).collect();
        UnitOfWork {
            company,
            batch_at: now,
            now,
            tables,
            missing,
            asked: false,
            ids: Ids::default(),
            source,
            events: Vec::new(),
            events_before: 0,
        }
    }

    /// The company whose rows this unit of work holds.
    pub fn company(&self) -> CompanyId {
        self.company
    }

    /// The time of this batch.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Moves the time for the rest of this command, for what is told of the past (the demo's months of business). The next command of the
    /// batch has the batch's time again.
    pub fn tell_of(&mut self, at: Instant) {
        self.now = at;
    }

    /// A new id; the same one when the command runs again.
    pub fn id<I: Id>(&mut self) -> I {
        if self.ids.next == self.ids.taken.len() {
            self.ids.taken.push(self.source.next(self.now));
        }
        self.ids.next += 1;
        I::of(self.ids.taken[self.ids.next - 1])
    }

    fn table<R: Row>(&mut self) -> &mut Table<R> {
        let table = self.tables[R::table().index].get_or_insert_with(|| Box::new(Table::<R>::new()));
        table.as_any().downcast_mut().expect("a table's place belongs to one row type")
    }

    fn miss(&mut self, table: &'static TableDef, key: RawKey) {
        self.asked = true;
        self.missing.any = true;
        self.missing.rows[table.index].push(key);
    }

    fn miss_set(&mut self, table: &'static TableDef, set: usize, owner: RawKey) {
        self.asked = true;
        self.missing.any = true;
        let sets = &mut self.missing.sets[table.index];
        if sets.is_empty() {
            sets.resize(table.sets.len(), Vec::new());
        }
        sets[set].push(owner);
    }

    /// The row, if it exists.
    ///
    /// # Errors
    /// Leaves when it is not loaded yet.
    pub fn find<R: Row>(&mut self, key: R::Key) -> Outcome<Option<Held<R>>> {
        let raw = key.raw();
        match self.table::<R>().slot(&raw) {
            Some(Slot { row, stamp, .. }) => Ok(row.as_ref().map(|row| Held { row: row.clone(), stamp: *stamp })),
            None => {
                self.miss(R::table(), raw);
                Err(Stop(Why::Missing))
            }
        }
    }

    /// The row.
    ///
    /// # Errors
    /// Refused (`not-found`) where it does not exist; leaves when it is not loaded yet.
    pub fn get<R: Row>(&mut self, key: R::Key) -> Outcome<Held<R>> {
        match self.find::<R>(key)? {
            Some(held) => Ok(held),
            None => Err(Refusal::not_found(R::table().noun).into()),
        }
    }

    /// Asks for rows without leaving, so that they are loaded together with what is missed next.
    pub fn want<R: Row>(&mut self, keys: impl IntoIterator<Item = R::Key>) {
        for key in keys {
            let raw = key.raw();
            if self.table::<R>().slot(&raw).is_none() {
                self.miss(R::table(), raw);
            }
        }
    }

    /// Asks for sets without leaving.
    pub fn want_of<S: SetOf>(&mut self, owners: impl IntoIterator<Item = S::Owner>) {
        for owner in owners {
            let raw = owner.raw();
            if self.table::<S::Row>().members(S::INDEX, &raw).is_none() {
                self.miss_set(S::Row::table(), S::INDEX, raw);
            }
        }
    }

    /// All these rows, in the order asked; each must exist.
    ///
    /// # Errors
    /// As `get`, but all are loaded at once.
    pub fn all<R: Row>(&mut self, keys: &[R::Key]) -> Outcome<Vec<Held<R>>> {
        self.want::<R>(keys.iter().cloned());
        keys.iter().map(|key| self.get::<R>(key.clone())).collect()
    }

    /// The rows an owner has, in the order of their keys.
    ///
    /// # Errors
    /// Leaves when they are not loaded yet.
    pub fn of<S: SetOf>(&mut self, owner: S::Owner) -> Outcome<Vec<Held<S::Row>>> {
        let raw = owner.raw();
        let table = self.table::<S::Row>();
        let Some(members) = table.members(S::INDEX, &raw) else {
            self.miss_set(S::Row::table(), S::INDEX, raw);
            return Err(Stop(Why::Missing));
        };
        let held = |key: &RawKey| table.slot(key).and_then(|s| s.row.as_ref().map(|r| Held { row: r.clone(), stamp: s.stamp }));
        Ok(members.iter().filter_map(held).collect())
    }

    /// Whether commands of this batch have changed rows of this kind: then what the database derives from them may be old.
    pub fn has_changed<R: Row>(&mut self) -> bool {
        self.table::<R>().is_dirty()
    }

    /// The first row an owner has: for sets that are unique, such as a customer by its code.
    ///
    /// # Errors
    /// Leaves when they are not loaded yet.
    pub fn one<S: SetOf>(&mut self, owner: S::Owner) -> Outcome<Option<Held<S::Row>>> {
        Ok(self.of::<S>(owner)?.into_iter().next())
    }

    /// Says that an owner is new, so that its set holds just what is added now.
    pub fn fresh<S: SetOf>(&mut self, owner: S::Owner) {
        self.table::<S::Row>().fresh(S::INDEX, owner.raw());
    }

    /// Adds a new row; a key that may exist already must have been looked for by `find` first.
    pub fn add<R: Row>(&mut self, row: R) -> Held<R> {
        let row = Arc::new(row);
        let stamp = self.table::<R>().write(row.key().raw(), Some(row.clone()), false);
        Held { row, stamp }
    }

    /// Adds to an append-only table.
    pub fn append<R: Row>(&mut self, row: R) {
        self.table::<R>().append(row);
    }

    /// Stages a changed row and raises its version. Counters are never saved, only counted.
    pub fn save<R: Row>(&mut self, held: &mut Held<R>) {
        let raw = held.row.key().raw();
        let table = self.table::<R>();
        let known = table.slot(&raw).map(|s| s.stamp);
        assert_eq!(known, Some(held.stamp), "a stale copy of a {} was saved", R::table().noun);
        if let Some(version) = held.row.version() {
            Arc::make_mut(&mut held.row).set_version(Version::from_raw(version.raw() + 1));
        }
        held.stamp = self.table::<R>().write(raw, Some(held.row.clone()), false);
    }

    /// Stages those of these rows that were changed since they were read.
    pub fn save_changed<R: Row + PartialEq>(&mut self, rows: &mut [Held<R>]) {
        for held in rows {
            let slot = self.table::<R>().slot(&held.row.key().raw());
            let same = |read: &Arc<R>| Arc::ptr_eq(read, &held.row) || **read == *held.row;
            if !slot.and_then(|slot| slot.row.as_ref()).is_some_and(same) {
                self.save(held);
            }
        }
    }

    /// Removes a row.
    pub fn remove<R: Row>(&mut self, held: &Held<R>) {
        self.table::<R>().write(held.row.key().raw(), None, false);
    }

    /// Adds to the counters of a row that exists. False: a guard would not hold, and nothing has changed.
    ///
    /// With `claim`, the table's guard for claims must hold afterwards too.
    ///
    /// # Errors
    /// Leaves when the row is not loaded yet; refused where it does not exist.
    pub fn count<R: Row>(&mut self, key: R::Key, deltas: &[i64], claim: bool) -> Outcome<bool> {
        let held = self.get::<R>(key)?;
        Ok(self.count_held(&held, deltas, claim))
    }

    /// As `count`, on a row that was read.
    pub fn count_held<R: Row>(&mut self, held: &Held<R>, deltas: &[i64], claim: bool) -> bool {
        let mut row = (**held).clone();
        let fits = deltas.iter().enumerate().all(|(i, delta)| row.count(i, *delta));
        if !fits || !row.guard() || (claim && !row.claim()) {
            return false;
        }
        self.table::<R>().write(row.key().raw(), Some(Arc::new(row)), claim);
        true
    }

    /// Asks that nobody else counts on this row until the commit: for a decision on its exact counters, not only on its guard.
    ///
    /// # Errors
    /// Leaves when the row is not loaded yet.
    pub fn pin<R: Row>(&mut self, key: R::Key) -> Outcome<()> {
        self.find::<R>(key.clone())?;
        self.table::<R>().pin(key.raw());
        Ok(())
    }

    /// The next number of a series without gaps; the series is locked until the commit.
    ///
    /// # Errors
    /// Leaves when the series is not loaded yet.
    pub fn draw(&mut self, series: &str) -> Outcome<i64> {
        let name = series.to_owned();
        match self.find::<Series>(name.clone())? {
            Some(mut held) => {
                held.last += 1;
                self.save(&mut held);
                Ok(held.last)
            }
            None => {
                self.add(Series { name, last: 1 });
                Ok(1)
            }
        }
    }

    /// Records an event: audit entry, outbox row and timeline entry in one.
    pub fn record(&mut self, by: &Actor, mut event: Event) {
        event.at = self.now;
        event.by = by.user_id;
        event.by_name.clone_from(&by.name);
        event.channel.clone_from(&by.channel);
        event.address.clone_from(&by.address);
        self.events.push(event);
    }

    pub(crate) fn start(&mut self, ids: Ids) {
        self.now = self.batch_at;
        self.ids = ids;
        self.ids.rewind();
        self.asked = false;
        self.events_before = self.events.len();
        for table in self.tables.iter_mut().flatten() {
            table.start();
        }
    }

    pub(crate) fn undo(&mut self) {
        self.events.truncate(self.events_before);
        for table in self.tables.iter_mut().flatten() {
            table.undo();
        }
    }

    /// After the commit: what was staged is now what the database has.
    pub(crate) fn settle(&mut self) {
        self.events.clear();
        for table in self.tables.iter_mut().flatten() {
            table.settle();
        }
    }
}
