//! Handing a task over to another person.

use domain::{Actor, TaskEntryKind, TaskId, TaskVerb, UserId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, receiver, say};

/// To whom, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The other person, who is asked first.
    pub to: UserId,
    /// Why.
    pub reason: String,
}

/// Hands a task over to another person.
///
/// # Errors
/// As `offer`; `invalid` without a reason.
pub fn hand_over(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, said: &HandOver) -> Outcome<TaskState> {
    TaskVerb::HandOver.permitted(by)?;
    let mut task = load(work, id, version)?;
    let (worker, name) = receiver(work, said.to)?;
    let event = task.hand_over(&worker, &name, &said.reason, by, work.now())?;
    say(work, by, &task, TaskEntryKind::HandOver, &said.reason);
    Ok(keep(work, by, task, event))
}
