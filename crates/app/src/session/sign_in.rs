//! Signing in, after the password was found right.

use domain::{Actor, Event, EventKind, Session, SessionId, SessionRejection, User, UserId, Version};
use store::rows::UserSessions;
use store::{Outcome, UnitOfWork};

/// A session to begin; its secrets were made before.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Hex SHA-256 of the cookie.
    pub token_hash: String,
    /// What every change must carry.
    pub csrf: String,
    /// What the browser calls itself.
    pub agent: String,
    /// The hash the password was found right against: no longer good where it has changed meanwhile.
    pub password_hash: String,
}

/// Sessions of one user at the most; the oldest end first.
const MAX_SESSIONS: usize = 50;

/// Begins a session of `by`, and clears away those that are over.
///
/// # Errors
/// Refused (`session.wrong_credentials`) where the user may no longer sign in.
pub fn sign_in(work: &mut UnitOfWork, by: &Actor, new: &NewSession) -> Outcome<SessionId> {
    work.want_of::<UserSessions>([by.user_id]);
    let user = work.find::<User>(by.user_id)?.filter(|user| user.active && user.password_hash == new.password_hash);
    let Some(user) = user else { return Err(SessionRejection::WrongCredentials.into()) };
    let now = work.now();
    let old = work.of::<UserSessions>(by.user_id)?;
    let too_many = (old.len() + 1).saturating_sub(MAX_SESSIONS);
    for (place, session) in old.iter().enumerate() {
        if session.revoked || session.expires_at <= now || place < too_many {
            work.remove(session);
        }
    }
    let id = work.id::<SessionId>();
    work.add(Session {
        id,
        token_hash: new.token_hash.clone(),
        user_id: by.user_id,
        csrf: new.csrf.clone(),
        created_at: now,
        expires_at: super::ends(now, now),
        seen_at: now,
        address: by.address.clone(),
        agent: new.agent.clone(),
        revoked: false,
        version: Version::FIRST,
    });
    work.record(by, Event::of(EventKind::SignedIn, "user", by.user_id.raw(), &user.username));
    Ok(id)
}

/// Records a sign-in that failed for an existing user.
///
/// # Errors
/// Leaves when the user is not loaded yet.
pub fn failed(work: &mut UnitOfWork, by: &Actor, user: UserId) -> Outcome<()> {
    if let Some(user) = work.find::<User>(user)? {
        work.record(by, Event::of(EventKind::SignInFailed, "user", user.id.raw(), &user.username));
    }
    Ok(())
}
