//! Judging a task.

use domain::{Act, Actor, TaskId, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskState, keep, load};

/// How good a result is and how well the time was kept, each 1 (bad) to 5 (good).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Quality.
    pub quality: i64,
    /// Time.
    pub timeliness: i64,
    /// Why.
    pub comment: String,
}

/// Judges a task that is done, once.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `AlreadyEvaluated`; `invalid` for scores out of range.
///
/// Source: TSK-01
pub fn evaluate(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, said: &Evaluation) -> Outcome<TaskState> {
    by.may(Act::EvaluateTask)?;
    let mut task = load(work, id, version)?;
    let event = task.evaluate(said.quality, said.timeliness, &said.comment, by)?;
    Ok(keep(work, by, task, event))
}
