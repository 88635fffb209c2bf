//! Asking about a task.

use domain::{Act, Actor, TaskEntryKind, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Asks whoever made or sent a task.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a text.
pub fn ask(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, text: &str) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let task = load(work, id, version)?;
    let event = task.ask(text, by)?;
    say(work, by, &task, TaskEntryKind::Question, text);
    Ok(keep(work, by, task, event))
}
