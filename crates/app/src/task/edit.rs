//! A changed task.

use domain::{Actor, EventKind, TaskId, TaskKind, TaskVerb, Version};
use store::{Outcome, UnitOfWork};

use super::{TaskInput, TaskState, keep, load, open};
use crate::field::unknown;

/// Makes a task what `input` says; its order and its steps stay. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; what the table of moves says; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: TaskId, version: Option<Version>, input: &TaskInput) -> Outcome<TaskState> {
    TaskVerb::Edit.permitted(by)?;
    let new = &input.task;
    work.want::<TaskKind>([new.kind.clone()]);
    let mut task = load(work, id, version)?;
    task.may(TaskVerb::Edit, by)?;
    let Some(kind) = work.find::<TaskKind>(new.kind.clone())? else {
        return Err(domain::Refusal::invalid(vec![unknown("/kind", &new.kind)]).into());
    };
    let before = (*task).clone();
    let text = |text: &str| text.trim().to_owned();
    task.kind.clone_from(&kind.code);
    task.title = text(&new.title);
    task.detail = text(&new.detail);
    task.role = new.role.clone().unwrap_or_default();
    task.priority = new.priority.unwrap_or(before.priority);
    (task.city, task.district, task.place) = (text(&new.city), text(&new.district), text(&new.place));
    task.skills = new.skills.clone().unwrap_or_default();
    task.planned_minutes = new.planned_minutes.unwrap_or(before.planned_minutes);
    task.due_at = new.due_at;
    open::check(work, &task)?;
    let changes = task.changes_from(&before);
    if changes.is_empty() {
        return Ok(TaskState::of(&before));
    }
    let event = task.event(EventKind::TaskEdited).changing(changes);
    Ok(keep(work, by, task, event))
}
