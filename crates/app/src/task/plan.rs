//! Planning a task.

use domain::{Act, Actor, TaskId, Version};
use store::rows::TaskSteps;
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// Replaces the plan: what is done and what the checklist wants stays.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` for empty steps and too many.
///
/// Source: TSK-01
pub fn plan(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, texts: &[String]) -> Outcome<TaskState> {
    by.may(Act::WorkOnTask)?;
    work.want_of::<TaskSteps>([id]);
    let mut task = load(work, id, version)?;
    let held = work.of::<TaskSteps>(id)?;
    let mut before: Vec<_> = held.iter().map(|step| (**step).clone()).collect();
    before.sort_by_key(|step| step.no);
    let (plan, event) = task.plan(&before, texts, by)?;
    for step in &held {
        work.remove(step);
    }
    for step in plan {
        work.add(step);
    }
    Ok(keep(work, by, task, event))
}
