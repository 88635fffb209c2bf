//! Accepting a task.

use domain::{Act, Actor, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// Accepts a task that was sent to the caller.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says.
pub fn accept(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let mut task = load(work, id, version)?;
    let event = task.accept(by, work.now())?;
    Ok(keep(work, by, task, event))
}
