//! Ending a task without a result.

use domain::{Actor, TaskEntryKind, TaskId, TaskVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Ends a task without a result.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a reason.
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, reason: &str) -> Outcome<TaskState> {
    TaskVerb::Cancel.permitted(by)?;
    let mut task = load(work, id, version)?;
    let event = task.cancel(reason, by)?;
    say(work, by, &task, TaskEntryKind::Cancellation, reason);
    Ok(keep(work, by, task, event))
}
