//! Sending a task to a person.

use domain::{Act, Actor, TaskId, UserId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, receiver};

/// Sends a task to a person, who accepts or refuses it.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` for who has no active worker profile.
///
/// Source: TSK-01
pub fn offer(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, to: UserId) -> Outcome<TaskState> {
    by.may(Act::DispatchTask)?;
    let mut task = load(work, id, version)?;
    let (worker, name) = receiver(work, to)?;
    let event = task.offer(&worker, &name, by, work.now())?;
    Ok(keep(work, by, task, event))
}
