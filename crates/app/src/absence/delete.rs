//! An absence that does not take place.

use domain::{Absence, AbsenceId, Actor, Event, EventKind, Version};
use store::{Outcome, UnitOfWork};

use super::{may_arrange, user};
use crate::saved::{Saved, on_version};

/// Takes an absence back.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
///
/// Source: TSK-04
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: AbsenceId, expected: Option<Version>) -> Outcome<Saved> {
    let absence = work.get::<Absence>(id)?;
    may_arrange(by, absence.user_id)?;
    on_version(expected, absence.version, "absence")?;
    let user = user(work, "/user_id", absence.user_id)?;
    work.remove(&absence);
    let event = Event::of(EventKind::AbsenceDeleted, "absence", id.raw(), &user.name);
    work.record(by, event.with("from_on", absence.from_on).with("to_on", absence.to_on));
    Ok(Saved::new(id, absence.version, ""))
}
