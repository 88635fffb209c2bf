//! Changing one's own password.

use domain::{Actor, Event, EventKind, SessionId, User};
use store::rows::UserSessions;
use store::{Outcome, UnitOfWork};

/// A new password, hashed before, and the hash that the current one was found right against.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The hash of the new password.
    pub hash: String,
    /// The hash of the current password.
    pub before: String,
    /// The session that stays; all others end.
    pub keep: Option<SessionId>,
}

/// Changes the actor's own password and ends every other session of theirs.
///
/// # Errors
/// Refused (`user.wrong_password`) where the password has changed meanwhile.
pub fn change_password(work: &mut UnitOfWork, by: &Actor, new: &NewPassword) -> Outcome<()> {
    work.want_of::<UserSessions>([by.user_id]);
    let mut user = work.get::<User>(by.user_id)?;
    if user.password_hash != new.before {
        return Err(domain::Refusal::field("/current", domain::UserRejection::WrongPassword).into());
    }
    user.password_hash.clone_from(&new.hash);
    work.save(&mut user);
    end_sessions(work, &user, new.keep)?;
    work.record(by, Event::of(EventKind::PasswordChanged, "user", by.user_id.raw(), &user.username));
    Ok(())
}

/// Ends all sessions of a user but one.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(crate) fn end_sessions(work: &mut UnitOfWork, user: &User, keep: Option<SessionId>) -> Outcome<()> {
    for mut session in work.of::<UserSessions>(user.id)? {
        if Some(session.id) != keep && !session.revoked {
            session.revoked = true;
            work.save(&mut session);
        }
    }
    Ok(())
}
