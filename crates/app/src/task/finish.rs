//! Taking a result.

use domain::{Act, Actor, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// Takes the result of a delivered task: it is done.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says.
pub fn finish(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>) -> Outcome<TaskState> {
    by.may(Act::EvaluateTask)?;
    let mut task = load(work, id, version)?;
    let event = task.finish(by, work.now())?;
    Ok(keep(work, by, task, event))
}
