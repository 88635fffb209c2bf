//! Events: what happened; audit entry, timeline and outbox at once.

use crate::id::UserId;
use crate::instant::Instant;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Place in the company's stream; drawn when written, 0 before.
    pub position: i64,
    /// When.
    pub at: Instant,
    /// What, in the past tense: `OrderApproved`.
    pub kind: String,
    /// Kind of what it happened to: `order`.
    pub subject_kind: String,
    /// Id of what it happened to.
    pub subject_id: i64,
    /// Number or code of what it happened to.
    pub subject_number: String,
    /// Who did it.
    pub by: UserId,
    /// Name of who did it.
    pub by_name: String,
    /// Way in: `web`, `api`, `cli`, `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// JSON: `{"changes":[{"field","before","after"}], …facts}`.
    pub data: String,
}
