//! Signing out.

use domain::{Actor, Event, EventKind, Session, SessionId, User};
use store::{Outcome, UnitOfWork};

/// Ends the actor's own session.
///
/// # Errors
/// Refused where there is no such session.
pub fn sign_out(work: &mut UnitOfWork, by: &Actor, id: SessionId) -> Outcome<()> {
    work.want::<User>([by.user_id]);
    let mut session = work.get::<Session>(id)?;
    let user = work.get::<User>(by.user_id)?;
    if session.user_id == by.user_id && !session.revoked {
        session.revoked = true;
        work.save(&mut session);
        work.record(by, Event::of(EventKind::SignedOut, "user", by.user_id.raw(), &user.username));
    }
    Ok(())
}
