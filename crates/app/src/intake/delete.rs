//! Learned words forgotten.

use domain::intake::IntakePhrase;
use domain::{Act, Actor, Event, EventKind, IntakePhraseId, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Forgets what was learned; orders that were read by it stay as they are.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
///
/// Source: INT-05
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: IntakePhraseId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditCompany)?;
    let phrase = work.get::<IntakePhrase>(id)?;
    on_version(expected, phrase.version, "intake_phrase")?;
    work.remove(&phrase);
    work.record(by, Event::of(EventKind::IntakePhraseDeleted, "intake_phrase", id.raw(), &phrase.said).with("said", phrase.said.as_str()));
    Ok(Saved::new(id, phrase.version, &phrase.said))
}
