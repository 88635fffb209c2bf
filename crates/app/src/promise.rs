//! What customers are promised: set as orders lack goods, looked at as facts arrive, set anew by whoever decides on it.
//!
//! Schedules are written by one writer at a time: who writes them has read everything after the one before, or is turned away. The mark is the place of the follower.

pub mod apply;
pub mod days;
pub mod follow;
mod rate;
pub mod slack;

use std::collections::BTreeMap;

use domain::promise::Timeline;
use domain::{ProductId, PromiseRejection, Version, WarehouseId};
use store::query::promise::{Coming, Events, Owed};
use store::{Held, Outcome, UnitOfWork, rows};

/// The key of the follower's place.
pub const NAME: &str = "promise";

/// Timelines of what comes and of what of these demands counts.
fn timelines(
    coming: &[Coming],
    owed: &[Owed],
    counts: impl Fn(&Owed) -> bool,
    today: domain::Date,
) -> BTreeMap<(ProductId, WarehouseId), Timeline> {
    Events { coming: coming.to_vec(), owed: owed.iter().filter(|owed| counts(owed)).cloned().collect() }.timelines(today)
}

/// The mark of who writes schedules, as it was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Place of the last event that was looked at.
    pub position: i64,
    /// Version of the row; none: there is none yet.
    pub version: Option<Version>,
}

impl Mark {
    /// As it stands.
    pub fn of(row: Option<&rows::Follower>) -> Self {
        Self { position: row.map_or(0, |row| row.position), version: row.map(|row| row.version) }
    }
}

/// Takes the mark, and moves it to `position`.
///
/// # Errors
/// `promise.moved` where somebody else wrote schedules meanwhile.
fn take(work: &mut UnitOfWork, mark: Mark, position: i64) -> Outcome<()> {
    let found: Option<Held<rows::Follower>> = work.find::<rows::Follower>(NAME.to_owned())?;
    if Mark::of(found.as_deref()) != mark {
        return Err(PromiseRejection::Moved.into());
    }
    match found {
        Some(mut row) => {
            row.position = position;
            work.save(&mut row);
        }
        None => {
            work.add(rows::Follower { name: NAME.to_owned(), version: Version::FIRST, position });
        }
    }
    Ok(())
}
