//! Taking a task from the pool.

use domain::{Act, Actor, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// Takes an open task of a pool the caller belongs to.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says.
pub fn take(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    let mut task = load(work, id, version)?;
    let event = task.take(by, work.now())?;
    Ok(keep(work, by, task, event))
}
