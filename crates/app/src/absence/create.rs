//! A new absence.

use domain::{Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{AbsenceInput, input, may_arrange};
use crate::saved::Saved;

/// Arranges that somebody stands in for somebody: for oneself, or with `absence.edit` for others.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-04
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &AbsenceInput) -> Outcome<Saved> {
    may_arrange(by, input.user_id)?;
    let absence = input.absence(work.id(), Version::FIRST);
    let (errors, mut user, substitute) = input::check(work, &absence)?;
    Refusal::unless_valid(errors)?;
    let event = Event::of(EventKind::AbsenceCreated, "absence", absence.id.raw(), &user.name)
        .with("substitute", substitute.name.as_str())
        .with("from_on", absence.from_on)
        .with("to_on", absence.to_on);
    let held = work.add(absence);
    work.save(&mut user);
    work.record(by, event);
    Ok(Saved::new(held.id, held.version, ""))
}
