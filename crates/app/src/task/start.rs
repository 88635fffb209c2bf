//! Beginning the work.

use domain::{Act, Actor, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// Begins the work on an accepted task.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says.
pub fn start(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let mut task = load(work, id, version)?;
    let event = task.start(by)?;
    Ok(keep(work, by, task, event))
}
