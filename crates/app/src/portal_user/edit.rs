//! Changing a login of the portal.

use domain::{Act, Actor, EventKind, Language, PortalUser, PortalUserId, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::event;
use crate::saved::{Saved, on_version};

/// What a person of the portal is to be.
#[derive(Clone, Debug)]
pub struct PortalUserEdit {
    /// Which.
    pub id: PortalUserId,
    /// The version it was decided on.
    pub version: Option<Version>,
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// Language of screens and messages.
    pub language: Language,
}

/// Changes a person of the portal. Username and customer stay.
///
/// # Errors
/// Refused without `portal_user.edit`; `not-found`; `stale`; `invalid`.
pub fn edit(work: &mut UnitOfWork, by: &Actor, edit: &PortalUserEdit) -> Outcome<Saved> {
    by.may(Act::EditPortalUser)?;
    let mut user = work.get::<PortalUser>(edit.id)?;
    on_version(edit.version, user.version, "portal_user")?;
    let before = (*user).clone();
    user.name.clone_from(&edit.name);
    user.email.clone_from(&edit.email);
    user.language = edit.language;
    Refusal::unless_valid(user.check())?;
    let changes = user.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut user);
        work.record(by, event(EventKind::PortalUserEdited, &user).changing(changes));
    }
    Ok(Saved::new(user.id, user.version, &user.username))
}
