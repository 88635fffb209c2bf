//! Notifications: people and programs are told of what happens (TSK-05).
//!
//! [`act`] follows the events and writes rows; [`send`] hands out what is due and keeps what became of it. Nothing here talks to a network.

pub mod act;
pub mod read;
pub mod resend;
pub mod send;
pub mod settings;
mod told;
pub mod words;

use std::sync::{Arc, LazyLock};

use domain::notify::NotifyRule;
use store::{Outcome, UnitOfWork};

/// The rules in force in this company.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn rules(work: &mut UnitOfWork) -> Outcome<Arc<Vec<NotifyRule>>> {
    static STANDARD: LazyLock<Arc<Vec<NotifyRule>>> = LazyLock::new(|| Arc::new(domain::notify::standard()));
    Ok(crate::blueprint::in_force(work)?.notify.clone().unwrap_or_else(|| STANDARD.clone()))
}
