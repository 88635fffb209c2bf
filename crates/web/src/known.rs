//! What is read again and again and seldom changes: who a caller is, which zone a company works in.
//!
//! What is held is given up when this process has written to the tables it was read from, and otherwise after a second, so that what another
//! process has changed is seen too.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use store::Store;
use store::rows::Table;

/// How long something is believed without being read again.
const BELIEVED: Duration = Duration::from_secs(1);

/// Things held at the most; then all are read again.
const MOST: usize = 10_000;

struct Held<V> {
    value: V,
    read_at: Instant,
    changes: u64,
}

/// Values by their keys, read from these tables.
pub(crate) struct Known<K, V> {
    tables: &'static [Table],
    held: Mutex<HashMap<K, Held<V>>>,
}

impl<K: Hash + Eq, V: Clone> Known<K, V> {
    /// Nothing yet.
    pub fn of(tables: &'static [Table]) -> Self {
        Known { tables, held: Mutex::default() }
    }

    /// The value of a key: as it is held, or as `read` finds it. What is not there is not remembered.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn get<E>(&self, store: &Store, key: K, read: impl Future<Output = Result<Option<V>, E>>) -> Result<Option<V>, E> {
        // Asked before reading: what is written meanwhile makes this too old.
        let changes = store.changes(self.tables);
        if let Some(held) = self.held.lock().unwrap_or_else(PoisonError::into_inner).get(&key)
            && held.changes == changes
            && held.read_at.elapsed() < BELIEVED
        {
            return Ok(Some(held.value.clone()));
        }
        let read_at = Instant::now();
        let found = read.await?;
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &found {
            Some(value) => {
                if all.len() >= MOST {
                    all.clear();
                }
                all.insert(key, Held { value: value.clone(), read_at, changes });
            }
            None => drop(all.remove(&key)),
        }
        Ok(found)
    }
}
