//! A new kind of task.

use domain::{Act, Actor, Event, EventKind, Refusal, TaskKind, Version};
use store::{Outcome, UnitOfWork};

use super::check;
use crate::field::taken;
use crate::saved::Saved;

/// Adds a kind of task.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-01
pub fn create(work: &mut UnitOfWork, by: &Actor, task_kind: &TaskKind) -> Outcome<Saved> {
    by.may(Act::EditCompany)?;
    let known = work.find::<TaskKind>(task_kind.code.clone())?.is_some();
    let mut errors = check(work, task_kind)?;
    if known {
        errors.push(taken("/code", &task_kind.code));
    }
    Refusal::unless_valid(errors)?;
    work.add(TaskKind { version: Version::FIRST, ..task_kind.clone() });
    let event = Event::of(EventKind::TaskKindCreated, "task_kind", 0, &task_kind.code).with("name", task_kind.name_zh_cn.as_str());
    work.record(by, event);
    Ok(Saved::new(&task_kind.code, Version::FIRST, &task_kind.code))
}
