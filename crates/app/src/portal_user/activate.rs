//! Letting a person of a customer sign in at the portal, or not.

use domain::{Act, Actor, EventKind, PortalUser, PortalUserId};
use store::rows::{Cart, PortalSessions};
use store::{Outcome, UnitOfWork};

use super::{end_sessions, event};
use crate::cart;
use crate::saved::Saved;

/// Lets a person sign in again.
///
/// # Errors
/// Refused without `portal_user.edit`; `not-found`.
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: PortalUserId) -> Outcome<Saved> {
    by.may(Act::EditPortalUser)?;
    let mut user = work.get::<PortalUser>(id)?;
    if !user.active {
        user.active = true;
        work.save(&mut user);
        work.record(by, event(EventKind::PortalUserActivated, &user));
    }
    Ok(Saved::new(id, user.version, &user.username))
}

/// Stops a person from signing in, ends their sessions and gives free what their cart holds.
///
/// # Errors
/// Refused without `portal_user.edit`; `not-found`.
pub fn deactivate(work: &mut UnitOfWork, by: &Actor, id: PortalUserId) -> Outcome<Saved> {
    by.may(Act::EditPortalUser)?;
    stop(work, by, id)?;
    let user = work.get::<PortalUser>(id)?;
    Ok(Saved::new(id, user.version, &user.username))
}

/// The same, for who may do it for another reason.
pub(crate) fn stop(work: &mut UnitOfWork, by: &Actor, id: PortalUserId) -> Outcome<()> {
    work.want_of::<PortalSessions>([id]);
    work.want_of::<Cart>([id]);
    let mut user = work.get::<PortalUser>(id)?;
    if user.active {
        user.active = false;
        work.save(&mut user);
        end_sessions(work, id, None)?;
        let mut lines = work.of::<Cart>(id)?;
        cart::let_go(work, by, &mut lines)?;
        work.save_changed(&mut lines);
        work.record(by, event(EventKind::PortalUserDeactivated, &user));
    }
    Ok(())
}
