//! A new task by a person.

use domain::{Actor, Task};
use store::{Outcome, UnitOfWork};

use super::{TaskInput, TaskState, open};

/// Makes a task; it waits in its pool until somebody takes it or it is sent to somebody.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &TaskInput) -> Outcome<TaskState> {
    open::may_create(by)?;
    let new = input.resolved(work)?;
    let id = open(work, by, &new)?;
    let task = work.get::<Task>(id)?;
    Ok(TaskState::of(&task))
}
