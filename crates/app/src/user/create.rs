//! Making a user.

use domain::{Act, Actor, Codes, Event, EventKind, FieldError, Instant, Language, Refusal, User, UserId, Version};
use store::rows::UserByName;
use store::{Outcome, UnitOfWork};

use crate::saved::Saved;

/// A user to make; the password was checked and hashed before.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Typed at sign-in.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// Where notifications go; may be empty.
    pub email: String,
    /// Language of screens and messages.
    pub language: Language,
    /// Codes of roles.
    pub roles: Codes,
    /// Hash of the first password.
    pub password_hash: String,
}

impl NewUser {
    /// The user they become.
    pub(crate) fn user(&self, id: UserId, created_at: Instant) -> User {
        User {
            id,
            version: Version::FIRST,
            username: self.username.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            password_hash: self.password_hash.clone(),
            language: self.language,
            roles: self.roles.clone(),
            active: true,
            created_at,
        }
    }
}

/// Makes a user.
///
/// # Errors
/// Refused without `user.edit`, for a username that is taken or malformed, and for unknown roles.
pub fn create(work: &mut UnitOfWork, by: &Actor, new: &NewUser) -> Outcome<Saved> {
    by.may(Act::EditUser)?;
    work.want_of::<UserByName>([new.username.clone()]);
    let roles = super::roles(work)?;
    let taken = work.one::<UserByName>(new.username.clone())?.is_some();
    let mut wrong = new.user(UserId::NONE, work.now()).check(&super::codes(&roles));
    if taken {
        wrong.push(FieldError::new("/username", domain::FieldRule::Taken { value: new.username.clone() }));
    }
    Refusal::unless_valid(wrong)?;
    Ok(add(work, by, new))
}

/// Adds a user whose values are right.
pub(crate) fn add(work: &mut UnitOfWork, by: &Actor, new: &NewUser) -> Saved {
    let id = work.id::<UserId>();
    let created_at = work.now();
    let user = work.add(new.user(id, created_at));
    let event = Event::of(EventKind::UserCreated, "user", id.raw(), &user.username).with("name", new.name.as_str());
    work.record(by, event.with("roles", new.roles.clone()));
    Saved::new(id, user.version, &user.username)
}
