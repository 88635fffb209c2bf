//! Ticking a step of the plan.

use domain::{Act, Actor, TaskId, Version};
use store::rows::TaskSteps;
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// A step of the plan is done, or not after all.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` where there is no such step.
pub fn tick(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, no: i64, done: bool) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    work.want_of::<TaskSteps>([id]);
    let mut task = load(work, id, version)?;
    let mut held = work.of::<TaskSteps>(id)?;
    let mut steps: Vec<_> = held.iter().map(|step| (**step).clone()).collect();
    let event = task.tick(&mut steps, no, done, by, work.now())?;
    for (held, step) in held.iter_mut().zip(steps) {
        **held = step;
    }
    work.save_changed(&mut held);
    Ok(keep(work, by, task, event))
}
