//! Handing in the result of a task.

use domain::{Act, Actor, TaskEntryKind, TaskId, Version};
use store::rows::TaskSteps;
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load, say};

/// Hands in the result; every step of the kind's checklist must be done.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; gate `task.deliver.steps`.
///
/// Source: TSK-01
pub fn deliver(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, note: &str) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    work.want_of::<TaskSteps>([id]);
    let mut task = load(work, id, version)?;
    let steps: Vec<_> = work.of::<TaskSteps>(id)?.iter().map(|step| (**step).clone()).collect();
    let event = task.deliver(&steps, note, by, work.now())?;
    say(work, by, &task, TaskEntryKind::Delivery, note);
    Ok(keep(work, by, task, event))
}
