//! Giving a user another password.

use domain::{Act, Actor, Event, EventKind, User, UserId};
use store::rows::UserSessions;
use store::{Outcome, UnitOfWork};

use crate::saved::Saved;

/// Sets the password of a user, hashed before, and ends their sessions.
///
/// # Errors
/// Refused without `user.edit`, and where there is no such user.
pub fn set_password(work: &mut UnitOfWork, by: &Actor, id: UserId, hash: &str) -> Outcome<Saved> {
    by.may(Act::EditUser)?;
    work.want_of::<UserSessions>([id]);
    let mut user = work.get::<User>(id)?;
    hash.clone_into(&mut user.password_hash);
    work.save(&mut user);
    crate::session::change_password::end_sessions(work, &user, None)?;
    work.record(by, Event::of(EventKind::PasswordSet, "user", id.raw(), &user.username));
    Ok(Saved::new(id, user.version, &user.username))
}
