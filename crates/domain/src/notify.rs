//! Notifications: who is told of what, in which words, by which way and when (TSK-05).
//!
//! A rule names events, recipients and channels; a template has the words in each language; what goes out of the house is a [`Delivery`].

mod delivery;
mod endpoint;
mod mail;
mod rule;
mod settings;
mod template;

pub use delivery::*;
pub use endpoint::*;
pub use mail::*;
pub use rule::*;
pub use settings::*;
pub use template::*;

use crate::id::{NotificationId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::rejections;

/// Events older than this are told to nobody: imports and demos tell of the past.
pub const FRESH_SECONDS: i64 = 24 * 3600;

/// What keeps a message from going out beside what the other side says, by code.
pub const TROUBLES: &[&str] = &["notify.endpoint_gone", "notify.mail_off", "notify.timed_out"];

/// Something a person is told in the product itself; its words are made when it is read, in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// Key.
    pub id: NotificationId,
    /// Raised by every change.
    pub version: Version,
    /// Who is told.
    pub user_id: UserId,
    /// The event.
    pub kind: String,
    /// Code of the template.
    pub template: String,
    /// Kind of what it is about: `order`.
    pub subject_kind: String,
    /// Id of what it is about.
    pub subject_id: i64,
    /// Number of what it is about.
    pub subject_number: String,
    /// JSON: what fills the template.
    pub facts: String,
    /// Must not wait.
    pub urgent: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When its reader had seen it.
    pub read_at: Option<Instant>,
}

rejections! {
    /// Why something about notifications refuses.
    NotifyRejection {
        /// What was sent, or is being sent right now, is not sent again by hand.
        NotResendable => Conflict "notify.not_resendable",
        /// Nothing can be sent before it is said through which server.
        NoMailServer => Conflict "notify.no_mail_server",
        UnknownPlace { name: String, known: String } => Invalid "notify.unknown_place",
        /// As `UnknownPlace`, where one is near.
        UnknownPlaceNear { name: String, near: String } => Invalid "notify.unknown_place_near",
        NotAnAddress => Invalid "notify.not_an_address",
        QuietIsEmpty => Invalid "notify.quiet_is_empty",
        NotATime => Invalid "notify.not_a_time",
        /// There is no such order to look at.
        NoOrder => Invalid "notify.no_order",
    }
}
