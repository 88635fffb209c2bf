//! Throwing a draft of the rules away.

use domain::{Act, Actor, Event, EventKind, Version};
use store::{Outcome, UnitOfWork};

use super::edit::draft;

/// Discards a draft; nothing was ever made under it.
///
/// # Errors
/// Refused without `blueprint.edit`; `NotDraft`; `stale`.
pub fn discard(work: &mut UnitOfWork, by: &Actor, number: i64, version: Option<Version>) -> Outcome<()> {
    by.may(Act::EditBlueprint)?;
    let kept = draft(work, number, version)?;
    work.remove(&kept);
    work.record(by, Event::of(EventKind::BlueprintDiscarded, "blueprint", number, &number.to_string()));
    Ok(())
}
