//! The rows of one table inside a unit of work: an identity map with its change log and its sets.

use std::any::Any;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::cell::Source;
use crate::fault::Fault;
use crate::key::{Key, RawKey};
use crate::row::{AnyRow, Mode, Row};

/// What a table of the unit of work holds for one key.
#[derive(Clone, Debug)]
pub(crate) struct Slot<R> {
    /// The row as commands see it; `None`: it does not exist.
    pub row: Option<Arc<R>>,
    /// The row as the database has it; `None`: it is not there.
    pub base: Option<Arc<R>>,
    /// Changes with every save, so that a stale copy is noticed.
    pub stamp: u32,
    /// What this batch asks of its counters.
    pub guards: Guards,
}

impl<R> Slot<R> {
    fn changed(&self) -> bool {
        self.guards.pinned || self.differs()
    }

    fn differs(&self) -> bool {
        match (&self.row, &self.base) {
            (None, None) => false,
            (Some(row), Some(base)) => !Arc::ptr_eq(row, base),
            _ => true,
        }
    }
}

#[derive(Default, Debug)]
struct Members {
    /// Every row the database has for this owner is held.
    complete: bool,
    /// Sorted.
    keys: Vec<RawKey>,
}

enum Undo<R> {
    Slot(RawKey, Option<Slot<R>>),
    Complete(usize, RawKey),
}

/// A row's replacement.
pub struct Update<'a> {
    /// The new row.
    pub row: &'a dyn AnyRow,
    /// The columns that differ, a bit each.
    pub columns: u128,
    /// The version that the database must still have.
    pub version: Option<i64>,
}

/// An addition to counters.
#[derive(Clone, Debug)]
pub struct Count {
    /// The row.
    pub key: RawKey,
    /// What is added, in the order of the table's counters.
    pub deltas: Vec<i64>,
    /// What must hold beside the table's guard.
    pub guards: Guards,
    /// What the counters must still be, where they are pinned; else empty.
    pub base: Vec<i64>,
}

/// What must hold when counters are added to, beside the table's guard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Guards {
    /// The guard of a claim, afterwards.
    pub claimed: bool,
    /// The counters are what they were when they were read: somebody decided on their exact values.
    pub pinned: bool,
}

impl Guards {
    /// Each combination.
    pub const ALL: [Guards; 4] = [
        Guards { claimed: false, pinned: false },
        Guards { claimed: true, pinned: false },
        Guards { claimed: false, pinned: true },
        Guards { claimed: true, pinned: true },
    ];
}

/// What is to be written to one table.
#[derive(Default)]
pub struct TableChanges<'a> {
    /// New rows, in the order of their keys (append-only ones in the order they were added).
    pub inserts: Vec<&'a dyn AnyRow>,
    /// Replaced rows, in the order of their keys.
    pub updates: Vec<Update<'a>>,
    /// Counters, in the order of their keys.
    pub counts: Vec<Count>,
    /// Removed rows with the version they must still have.
    pub deletes: Vec<(RawKey, Option<i64>)>,
}

impl TableChanges<'_> {
    /// True when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.inserts.is_empty() && self.updates.is_empty() && self.counts.is_empty() && self.deletes.is_empty()
    }
}

/// One table of the unit of work, its type forgotten.
pub(crate) trait AnyTable: Any + Send {
    fn start(&mut self);
    fn undo(&mut self);
    fn load(&mut self, source: &dyn Source) -> Result<(), Fault>;
    fn absent(&mut self, key: &RawKey);
    fn complete(&mut self, set: usize, owner: &RawKey);
    fn changes(&self) -> TableChanges<'_>;
    fn tallies(&self, add: &mut dyn FnMut(&'static str, i64, i64));
    fn settle(&mut self);
    fn trim(&mut self, most: usize);
    fn as_any(&mut self) -> &mut dyn Any;
}

/// One table of the unit of work.
pub(crate) struct Table<R: Row> {
    rows: FxHashMap<RawKey, Slot<R>>,
    sets: Vec<FxHashMap<RawKey, Members>>,
    dirty: Vec<RawKey>,
    appended: Vec<R>,
    appended_before: usize,
    undo: Vec<Undo<R>>,
    stamp: u32,
}

impl<R: Row> Table<R> {
    pub fn new() -> Self {
        let sets = R::table().sets.iter().map(|_| FxHashMap::default()).collect();
        Table { rows: FxHashMap::default(), sets, dirty: Vec::new(), appended: Vec::new(), appended_before: 0, undo: Vec::new(), stamp: 0 }
    }

    /// What is known of a key; `None`: nothing, it must be loaded.
    pub fn slot(&self, key: &RawKey) -> Option<&Slot<R>> {
        self.rows.get(key)
    }

    /// The keys of a complete set; `None`: it must be loaded.
    pub fn members(&self, set: usize, owner: &RawKey) -> Option<&[RawKey]> {
        self.sets[set].get(owner).filter(|m| m.complete).map(|m| m.keys.as_slice())
    }

    /// Writes a row (or its absence) as this command's change.
    pub fn write(&mut self, key: RawKey, row: Option<Arc<R>>, claim: bool) -> u32 {
        self.stamp += 1;
        let old = self.rows.get(&key);
        let base = old.and_then(|s| s.base.clone());
        let mut guards = old.map(|s| s.guards).unwrap_or_default();
        guards.claimed |= claim;
        let stamp = self.stamp;
        let old = self.put(key.clone(), Some(Slot { row, base, stamp, guards }));
        self.undo.push(Undo::Slot(key.clone(), old));
        self.dirty.push(key);
        stamp
    }

    /// Asks that the database still has the counters of this row as they were read.
    pub fn pin(&mut self, key: RawKey) {
        let Some(old) = self.rows.get(&key).filter(|slot| !slot.guards.pinned) else { return };
        let slot = Slot { guards: Guards { pinned: true, ..old.guards }, ..old.clone() };
        let old = self.put(key.clone(), Some(slot));
        self.undo.push(Undo::Slot(key.clone(), old));
        self.dirty.push(key);
    }

    /// Whether rows were written in this batch.
    pub fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Adds to an append-only table.
    pub fn append(&mut self, row: R) {
        self.appended.push(row);
    }

    /// Says that an owner is new, so that its set is known to hold just what is added.
    pub fn fresh(&mut self, set: usize, owner: RawKey) {
        let members = self.sets[set].entry(owner.clone()).or_default();
        if !members.complete {
            members.complete = true;
            self.undo.push(Undo::Complete(set, owner));
        }
    }

    /// The one place where a row changes: load, write and undo all come here, so sets always agree with rows.
    fn put(&mut self, key: RawKey, slot: Option<Slot<R>>) -> Option<Slot<R>> {
        let new_row = slot.as_ref().and_then(|s| s.row.clone());
        let old = match slot {
            Some(slot) => self.rows.insert(key.clone(), slot),
            None => self.rows.remove(&key),
        };
        let old_row = old.as_ref().and_then(|s| s.row.as_ref());
        for set in 0..self.sets.len() {
            let before = old_row.and_then(|r| r.owner(set));
            let after = new_row.as_ref().and_then(|r| r.owner(set));
            if before == after {
                continue;
            }
            if let Some(owner) = before
                && let Some(members) = self.sets[set].get_mut(&owner)
                && let Ok(at) = members.keys.binary_search(&key)
            {
                members.keys.remove(at);
            }
            if let Some(owner) = after {
                let members = self.sets[set].entry(owner).or_default();
                if let Err(at) = members.keys.binary_search(&key) {
                    members.keys.insert(at, key.clone());
                }
            }
        }
        old
    }

    fn dirty_sorted(&self) -> Vec<(&RawKey, &Slot<R>)> {
        let mut keys: Vec<&RawKey> = self.dirty.iter().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|k| self.rows.get(k).map(|s| (k, s))).filter(|(_, s)| s.changed()).collect()
    }
}

/// The columns in which two rows differ, a bit each.
fn difference<R: Row>(old: &R, new: &R) -> u128 {
    let columns = R::table().columns.len();
    (0..columns).filter(|&i| old.cell(i) != new.cell(i)).fold(0, |bits, i| bits | (1 << i))
}

fn counters_of<R: Row>(counters: &[&str], row: &R) -> Vec<i64> {
    let first = R::table().key_len;
    let int = |i: usize| if let crate::cell::Cell::Int(value) = row.cell(i) { value } else { 0 };
    (first..first + counters.len()).map(int).collect()
}

impl<R: Row> AnyTable for Table<R> {
    fn start(&mut self) {
        self.undo.clear();
        self.appended_before = self.appended.len();
    }

    fn undo(&mut self) {
        while let Some(step) = self.undo.pop() {
            match step {
                Undo::Slot(key, slot) => {
                    self.put(key, slot);
                }
                Undo::Complete(set, owner) => {
                    if let Some(members) = self.sets[set].get_mut(&owner) {
                        members.complete = false;
                    }
                }
            }
        }
        self.appended.truncate(self.appended_before);
    }

    fn load(&mut self, source: &dyn Source) -> Result<(), Fault> {
        let row = R::read(source)?;
        let key = row.key().raw();
        if !self.rows.contains_key(&key) {
            let row = Arc::new(row);
            self.put(key, Some(Slot { row: Some(row.clone()), base: Some(row), stamp: 0, guards: Guards::default() }));
        }
        Ok(())
    }

    fn absent(&mut self, key: &RawKey) {
        if !self.rows.contains_key(key) {
            self.rows.insert(key.clone(), Slot { row: None, base: None, stamp: 0, guards: Guards::default() });
        }
    }

    fn complete(&mut self, set: usize, owner: &RawKey) {
        self.sets[set].entry(owner.clone()).or_default().complete = true;
    }

    fn changes(&self) -> TableChanges<'_> {
        let mut out = TableChanges::default();
        for row in &self.appended {
            out.inserts.push(row);
        }
        for (key, slot) in self.dirty_sorted() {
            match (&slot.row, &slot.base) {
                (Some(row), None) => out.inserts.push(&**row),
                (None, Some(base)) => out.deletes.push((key.clone(), base.version().map(|v| v.raw()))),
                (Some(row), Some(base)) => {
                    if let Mode::Counted { counters, .. } = R::table().mode {
                        let (guards, mut base) = (slot.guards, counters_of(counters, &**base));
                        let now = counters_of(counters, &**row);
                        let deltas: Vec<i64> = now.iter().zip(&base).map(|(now, base)| now - base).collect();
                        if guards.pinned || deltas.iter().any(|d| *d != 0) {
                            if !guards.pinned {
                                base.clear();
                            }
                            out.counts.push(Count { key: key.clone(), deltas, guards, base });
                        }
                    } else {
                        let columns = difference(&**base, &**row);
                        if columns != 0 {
                            out.updates.push(Update { row: &**row, columns, version: base.version().map(|v| v.raw()) });
                        }
                    }
                }
                (None, None) => {}
            }
        }
        out
    }

    fn tallies(&self, add: &mut dyn FnMut(&'static str, i64, i64)) {
        for (_, slot) in self.dirty_sorted() {
            if let Some(base) = &slot.base {
                base.tally(&mut |name, amount| add(name, -1, -amount));
            }
            if let Some(row) = &slot.row {
                row.tally(&mut |name, amount| add(name, 1, amount));
            }
        }
    }

    fn settle(&mut self) {
        for key in std::mem::take(&mut self.dirty) {
            if let Some(slot) = self.rows.get_mut(&key) {
                slot.base = slot.row.clone();
                slot.guards = Guards::default();
            }
        }
        self.appended.clear();
        self.appended_before = 0;
        self.undo.clear();
    }

    fn trim(&mut self, most: usize) {
        if self.rows.len() > most {
            self.rows = FxHashMap::default();
            self.sets.iter_mut().for_each(|set| *set = FxHashMap::default());
        }
        // Owners that have nothing are many and small: prices that a customer does not have, for one.
        for set in self.sets.iter_mut().filter(|set| set.len() > 4 * most) {
            set.retain(|_, members| !members.keys.is_empty());
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
