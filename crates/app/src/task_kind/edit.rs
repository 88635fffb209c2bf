//! A changed kind of task.

use domain::{Act, Actor, Event, EventKind, Refusal, TaskKind, Version};
use store::{Outcome, UnitOfWork};

use super::check;
use crate::saved::{Saved, on_version};

/// Makes a kind of task what `new` says; its code stays. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, new: &TaskKind) -> Outcome<Saved> {
    by.may(Act::EditCompany)?;
    let mut task_kind = work.get::<TaskKind>(new.code.clone())?;
    on_version(expected, task_kind.version, "task_kind")?;
    let before = (*task_kind).clone();
    *task_kind = TaskKind { version: before.version, ..new.clone() };
    Refusal::unless_valid(check(work, &task_kind)?)?;
    let changes = task_kind.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut task_kind);
        work.record(by, Event::of(EventKind::TaskKindEdited, "task_kind", 0, &task_kind.code).changing(changes));
    }
    Ok(Saved::new(&task_kind.code, task_kind.version, &task_kind.code))
}
