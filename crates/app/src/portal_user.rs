//! People of customers who may sign in at the portal (INT-07).

pub mod activate;
pub mod create;
pub mod edit;
pub mod set_password;

use domain::{PortalUser, PortalUserId};
use store::rows::PortalSessions;
use store::{Outcome, UnitOfWork};

/// Kind of what their events happen to.
pub(crate) const SUBJECT: &str = "portal_user";

/// Ends all sessions of a person but one.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(crate) fn end_sessions(work: &mut UnitOfWork, user: PortalUserId, keep: Option<domain::PortalSessionId>) -> Outcome<()> {
    for mut session in work.of::<PortalSessions>(user)? {
        if Some(session.id) != keep && !session.revoked {
            session.revoked = true;
            work.save(&mut session);
        }
    }
    Ok(())
}

/// What happened to a person of the portal.
pub(crate) fn event(kind: domain::EventKind, user: &PortalUser) -> domain::Event {
    domain::Event::of(kind, SUBJECT, user.id.raw(), &user.username)
}
