//! What a change of a master record answers with.

use serde::{Deserialize, Serialize};

/// The record as it is now, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Its code.
    pub code: String,
}

impl Saved {
    /// The record `id` with its version and code.
    pub fn new(id: impl ToString, version: domain::Version, code: &str) -> Self {
        Saved { id: id.to_string(), version: version.raw(), code: code.to_owned() }
    }
}

/// Refuses a change that was decided on another version; `expected` is `None` where the caller did not say.
///
/// # Errors
/// Refused (`stale`).
pub fn on_version(expected: Option<domain::Version>, version: domain::Version, noun: &'static str) -> Result<(), domain::Refusal> {
    match expected {
        Some(expected) if expected != version => Err(domain::Refusal::stale(noun)),
        _ => Ok(()),
    }
}
