//! Telling how far a task is.

use domain::{Act, Actor, TaskEntryKind, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Tells how far a task is; `percent` stays where none is said.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a text.
pub fn report(
    work: &mut UnitOfWork,
    by: &Actor,
    id: TaskId,
    version: Option<Version>,
    text: &str,
    percent: Option<i64>,
) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let mut task = load(work, id, version)?;
    let event = task.report(text, percent, by)?;
    say(work, by, &task, TaskEntryKind::Report, text);
    Ok(keep(work, by, task, event))
}
