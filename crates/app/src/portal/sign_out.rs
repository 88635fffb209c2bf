//! Signing out of the portal.

use domain::{Actor, EventKind, PortalSession, PortalSessionId, PortalUser};
use store::{Outcome, UnitOfWork};

use crate::portal_user::event;

/// Ends the actor's own session. What the cart holds stays held until its time is up.
///
/// # Errors
/// Refused where there is no such session.
pub fn sign_out(work: &mut UnitOfWork, by: &Actor, id: PortalSessionId) -> Outcome<()> {
    let me = crate::cart::whose(by)?;
    work.want::<PortalUser>([me]);
    let mut session = work.get::<PortalSession>(id)?;
    let user = work.get::<PortalUser>(me)?;
    if session.portal_user_id == me && !session.revoked {
        session.revoked = true;
        work.save(&mut session);
        work.record(by, event(EventKind::SignedOut, &user));
    }
    Ok(())
}
