//! Answering about a task.

use domain::{Actor, TaskEntryKind, TaskId, TaskVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Answers who has a task.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` without a text.
pub fn answer(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, text: &str) -> Outcome<TaskState> {
    TaskVerb::Answer.permitted(by)?;
    let task = load(work, id, version)?;
    let event = task.answer(text, by)?;
    say(work, by, &task, TaskEntryKind::Answer, text);
    Ok(keep(work, by, task, event))
}
