//! Letting a user sign in, or not.

use domain::{Act, Actor, Event, EventKind, User, UserId};
use store::rows::UserSessions;
use store::{Outcome, UnitOfWork};

use crate::saved::Saved;

/// Lets a user sign in again.
///
/// # Errors
/// Refused without `user.edit`, and where there is no such user.
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: UserId) -> Outcome<Saved> {
    by.may(Act::EditUser)?;
    let mut user = work.get::<User>(id)?;
    if !user.active {
        user.active = true;
        work.save(&mut user);
        work.record(by, Event::of(EventKind::UserActivated, "user", id.raw(), &user.username));
    }
    Ok(Saved::new(id, user.version, &user.username))
}

/// Stops a user from signing in and ends their sessions; what they did stays under their name.
///
/// # Errors
/// Refused without `user.edit`, for oneself, and for the last who may edit users.
pub fn deactivate(work: &mut UnitOfWork, by: &Actor, id: UserId) -> Outcome<Saved> {
    by.may(Act::EditUser)?;
    if id == by.user_id {
        return Err(domain::UserRejection::Oneself.into());
    }
    work.want_of::<UserSessions>([id]);
    let mut user = work.get::<User>(id)?;
    if !user.active {
        return Ok(Saved::new(id, user.version, &user.username));
    }
    let roles = super::roles(work)?;
    if super::administers(&user, &roles) {
        let mut users = super::active(work)?;
        users.retain(|other| other.id != id);
        let roles: Vec<_> = roles.iter().map(|role| (**role).clone()).collect();
        super::guard_administration(work, by, &users, &roles)?;
    }
    user.active = false;
    work.save(&mut user);
    crate::session::change_password::end_sessions(work, &user, None)?;
    work.record(by, Event::of(EventKind::UserDeactivated, "user", id.raw(), &user.username));
    Ok(Saved::new(id, user.version, &user.username))
}
