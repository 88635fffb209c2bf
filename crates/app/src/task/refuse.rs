//! Refusing a task.

use domain::{Act, Actor, TaskEntryKind, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Refuses a task that was sent to the caller; it is open again.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a reason.
pub fn refuse(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, reason: &str) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let mut task = load(work, id, version)?;
    let event = task.refuse(reason, by)?;
    say(work, by, &task, TaskEntryKind::Refusal, reason);
    Ok(keep(work, by, task, event))
}
