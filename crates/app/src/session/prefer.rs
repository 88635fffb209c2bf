//! What a person prefers.

use domain::{Actor, Change, Event, EventKind, Language, User};
use store::{Outcome, UnitOfWork};

/// Sets the actor's own language.
///
/// # Errors
/// Leaves when the user is not loaded yet.
pub fn prefer(work: &mut UnitOfWork, by: &Actor, language: Language) -> Outcome<()> {
    let mut user = work.get::<User>(by.user_id)?;
    let change = Change::between("language", user.language, language);
    if change.is_some() {
        user.language = language;
        work.save(&mut user);
        work.record(by, Event::of(EventKind::UserEdited, "user", user.id.raw(), &user.username).changing(change));
    }
    Ok(())
}
