//! Changing a user.

use domain::{Act, Actor, Codes, Event, EventKind, Language, Refusal, User, UserId, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// What a user is to be.
#[derive(Clone, Debug)]
pub struct UserEdit {
    /// Which.
    pub id: UserId,
    /// The version it was decided on.
    pub version: Option<Version>,
    /// Shown on documents.
    pub name: String,
    /// Where notifications go, or empty; none: as it was.
    pub email: Option<String>,
    /// Language of screens and messages.
    pub language: Language,
    /// Codes of roles.
    pub roles: Codes,
}

/// Changes a user. The username stays: documents and the log name people by it.
///
/// # Errors
/// Refused without `user.edit`, for unknown roles, where it takes the right to edit users from the actor or from the last who has it.
pub fn edit(work: &mut UnitOfWork, by: &Actor, edit: &UserEdit) -> Outcome<Saved> {
    by.may(Act::EditUser)?;
    work.want::<User>([edit.id]);
    let roles = super::roles(work)?;
    let mut user = work.get::<User>(edit.id)?;
    on_version(edit.version, user.version, "user")?;
    let before = (*user).clone();
    user.name.clone_from(&edit.name);
    if let Some(email) = &edit.email {
        user.email.clone_from(email);
    }
    user.language = edit.language;
    user.roles.clone_from(&edit.roles);
    Refusal::unless_valid(user.check(&super::codes(&roles)))?;
    if before.active && super::administers(&before, &roles) && !super::administers(&user, &roles) {
        let mut users = super::active(work)?;
        users.retain(|other| other.id != user.id);
        users.push((*user).clone());
        let roles: Vec<_> = roles.iter().map(|role| (**role).clone()).collect();
        super::guard_administration(work, by, &users, &roles)?;
    }
    let changes = user.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut user);
        work.record(by, Event::of(EventKind::UserEdited, "user", user.id.raw(), &user.username).changing(changes));
    }
    Ok(Saved::new(user.id, user.version, &user.username))
}
