//! Ending a session from elsewhere.

use domain::{Act, Actor, Event, EventKind, Session, SessionId, User};
use store::{Outcome, UnitOfWork};

/// Ends a session: one's own, or anybody's with `user.edit`.
///
/// # Errors
/// Refused where there is no such session that the actor may end.
pub fn revoke(work: &mut UnitOfWork, by: &Actor, id: SessionId) -> Outcome<()> {
    let mut session = work.get::<Session>(id)?;
    if session.user_id != by.user_id && by.may(Act::EditUser).is_err() {
        return Err(domain::Refusal::not_found("session").into());
    }
    let user = work.get::<User>(session.user_id)?;
    if !session.revoked {
        session.revoked = true;
        work.save(&mut session);
        let event = Event::of(EventKind::SessionRevoked, "user", user.id.raw(), &user.username);
        work.record(by, event.with("address", session.address.as_str()));
    }
    Ok(())
}
