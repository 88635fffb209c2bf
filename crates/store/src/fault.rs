//! What can go wrong between the unit of work and a database.

use std::fmt;

/// A failure of the storage engine. Callers never match on message texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A guard, a version or a uniqueness failed, or the database chose this transaction as a victim; running again may succeed.
    Conflict(String),
    /// The disk is full.
    Full(String),
    /// The data directory or database refuses writes.
    ReadOnly(String),
    /// The connection was lost, or the disk fails. Before the commit: nothing was written. From the commit itself: it must be checked.
    Lost(String),
    /// The connection was lost during a commit, and it cannot be told whether that took effect.
    Unsettled(String),
    /// A stored value does not have the meaning the program expects, or a statement is wrong.
    Broken(String),
}

impl Fault {
    /// True when the same transaction may succeed if it is run again.
    pub fn may_retry(&self) -> bool {
        matches!(self, Fault::Conflict(_))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Conflict(why) => write!(f, "conflict: {why}"),
            Fault::Full(why) => write!(f, "disk full: {why}"),
            Fault::ReadOnly(why) => write!(f, "read-only: {why}"),
            Fault::Lost(why) => write!(f, "connection lost: {why}"),
            Fault::Unsettled(why) => write!(f, "connection lost during a commit: {why}"),
            Fault::Broken(why) => write!(f, "storage: {why}"),
        }
    }
}

impl std::error::Error for Fault {}
