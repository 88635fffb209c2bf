//! Tasks: made by people, gates, clocks and overrides; sent to a person or taken from a pool; done, delivered and judged (TSK-01).

mod input;
mod open;

pub mod accept;
pub mod answer;
pub mod ask;
pub mod cancel;
pub mod create;
pub mod deliver;
pub mod edit;
pub mod evaluate;
pub mod finish;
pub mod hand_over;
pub mod offer;
pub mod plan;
pub mod refuse;
pub mod report;
pub mod rework;
pub mod start;
pub mod take;
pub mod tick;

use domain::{Actor, Event, Task, TaskEntry, TaskEntryId, TaskEntryKind, TaskId, TaskRejection, TaskStatus, User, UserId, Version, Worker};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

pub use input::TaskInput;
pub use open::{NewTask, open};

use crate::saved::on_version;

/// A task after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskState {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: String,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: TaskStatus,
    /// How much is done.
    pub percent: i64,
    /// Who has it.
    pub assignee: Option<UserId>,
}

impl TaskState {
    pub(crate) fn of(task: &Task) -> Self {
        let Task { id, number, version, status, percent, assignee, .. } = task;
        TaskState { id: *id, number: number.clone(), version: version.raw(), status: *status, percent: *percent, assignee: *assignee }
    }
}

/// The task, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: TaskId, version: Option<Version>) -> Outcome<Held<Task>> {
    let task = work.get::<Task>(id)?;
    on_version(version, task.version, "task")?;
    Ok(task)
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &Actor, mut task: Held<Task>, event: Event) -> TaskState {
    work.save(&mut task);
    work.record(by, event);
    TaskState::of(&task)
}

/// Writes down what was said.
fn say(work: &mut UnitOfWork, by: &Actor, task: &Task, kind: TaskEntryKind, text: &str) {
    let (id, at) = (work.id::<TaskEntryId>(), work.now());
    let (task_id, percent) = (task.id, task.percent);
    work.append(TaskEntry { id, task_id, kind, text: text.trim().to_owned(), percent, by: by.user_id, at });
}

/// The profile and the name of somebody a task is to be sent to.
///
/// # Errors
/// `invalid` for who has no profile or may not sign in.
fn receiver(work: &mut UnitOfWork, id: UserId) -> Outcome<(Worker, String)> {
    work.want::<User>([id]);
    let worker = work.find::<Worker>(id)?;
    let user = work.find::<User>(id)?.filter(|user| user.active);
    match (worker, user) {
        (Some(worker), Some(user)) => Ok(((*worker).clone(), user.name.clone())),
        _ => Err(domain::Refusal::field("/user_id", TaskRejection::NotAWorker).into()),
    }
}
