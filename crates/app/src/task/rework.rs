//! Giving a result back.

use domain::{Act, Actor, TaskEntryKind, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Gives a delivered task back; a part of the work is left again.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a reason.
pub fn rework(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, reason: &str) -> Outcome<TaskState> {
    by.may(Act::EvaluateTask)?;
    let mut task = load(work, id, version)?;
    let event = task.rework(reason, by)?;
    say(work, by, &task, TaskEntryKind::Rework, reason);
    Ok(keep(work, by, task, event))
}
