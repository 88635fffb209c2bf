//! Giving a person of the portal another first password.

use domain::{Act, Actor, EventKind, PortalUser, PortalUserId};
use store::rows::PortalSessions;
use store::{Outcome, UnitOfWork};

use super::{end_sessions, event};
use crate::saved::Saved;

/// Sets the password, hashed before, ends their sessions, and has them change it at the next sign-in.
///
/// # Errors
/// Refused without `portal_user.edit`; `not-found`.
pub fn set_password(work: &mut UnitOfWork, by: &Actor, id: PortalUserId, hash: &str) -> Outcome<Saved> {
    by.may(Act::EditPortalUser)?;
    work.want_of::<PortalSessions>([id]);
    let mut user = work.get::<PortalUser>(id)?;
    hash.clone_into(&mut user.password_hash);
    user.must_change = true;
    work.save(&mut user);
    end_sessions(work, id, None)?;
    work.record(by, event(EventKind::PortalPasswordSet, &user));
    Ok(Saved::new(id, user.version, &user.username))
}
