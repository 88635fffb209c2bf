//! A changed absence.

use domain::{Absence, AbsenceId, Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{AbsenceInput, input, may_arrange};
use crate::saved::{Saved, on_version};

/// Makes an absence what `input` says; whose it is stays.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-04, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: AbsenceId, expected: Option<Version>, input: &AbsenceInput) -> Outcome<Saved> {
    let mut absence = work.get::<Absence>(id)?;
    may_arrange(by, absence.user_id)?;
    on_version(expected, absence.version, "absence")?;
    let before = (*absence).clone();
    *absence = AbsenceInput { user_id: before.user_id, ..input.clone() }.absence(id, before.version);
    let (errors, mut user, _) = input::check(work, &absence)?;
    Refusal::unless_valid(errors)?;
    let changes = absence.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, ""));
    }
    work.save(&mut absence);
    work.save(&mut user);
    work.record(by, Event::of(EventKind::AbsenceEdited, "absence", id.raw(), &user.name).changing(changes));
    Ok(Saved::new(id, absence.version, ""))
}
