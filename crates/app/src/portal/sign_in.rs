//! Signing in at the portal, after the password was found right.

use domain::{Actor, EventKind, PortalSession, PortalSessionId, PortalUser, PortalUserId, SessionRejection, Version};
use store::rows::PortalSessions;
use store::{Outcome, UnitOfWork};

use crate::portal_user::event;
use crate::session::sign_in::NewSession;
use crate::session::{TOUCH_SECONDS, ends};

/// Sessions of one person at the most; the oldest end first.
const MAX_SESSIONS: usize = 20;

/// Begins a session of `by`, and clears away those that are over.
///
/// # Errors
/// Refused (`session.wrong_credentials`) where the person may no longer sign in.
pub fn sign_in(work: &mut UnitOfWork, by: &Actor, new: &NewSession) -> Outcome<PortalSessionId> {
    let id = crate::cart::whose(by)?;
    work.want_of::<PortalSessions>([id]);
    let user = work.find::<PortalUser>(id)?.filter(|user| user.active && user.password_hash == new.password_hash);
    let Some(user) = user else { return Err(SessionRejection::WrongCredentials.into()) };
    let now = work.now();
    let old = work.of::<PortalSessions>(id)?;
    let too_many = (old.len() + 1).saturating_sub(MAX_SESSIONS);
    for (place, session) in old.iter().enumerate() {
        if session.revoked || session.expires_at <= now || place < too_many {
            work.remove(session);
        }
    }
    let session = PortalSession {
        id: work.id(),
        version: Version::FIRST,
        token_hash: new.token_hash.clone(),
        portal_user_id: id,
        csrf: new.csrf.clone(),
        created_at: now,
        expires_at: ends(now, now),
        seen_at: now,
        address: by.address.clone(),
        agent: new.agent.clone(),
        revoked: false,
        acting_for: None,
    };
    let id = session.id;
    work.add(session);
    work.record(by, event(EventKind::SignedIn, &user));
    Ok(id)
}

/// Records a sign-in that failed for an existing person.
///
/// # Errors
/// Leaves when the person is not loaded yet.
pub fn failed(work: &mut UnitOfWork, by: &Actor, id: PortalUserId) -> Outcome<()> {
    if let Some(user) = work.find::<PortalUser>(id)? {
        work.record(by, event(EventKind::SignInFailed, &user));
    }
    Ok(())
}

/// Whether a sign of life is worth writing.
pub fn is_due(session: &PortalSession, now: domain::Instant) -> bool {
    session.seen_at.seconds_until(now) >= TOUCH_SECONDS
}

/// Writes a sign of life.
///
/// # Errors
/// Refused where there is no such session.
pub fn touch(work: &mut UnitOfWork, id: PortalSessionId) -> Outcome<()> {
    let mut session = work.get::<PortalSession>(id)?;
    let now = work.now();
    if is_due(&session, now) && !session.revoked {
        session.seen_at = now;
        session.expires_at = ends(session.created_at, now);
        work.save(&mut session);
    }
    Ok(())
}
