//! Changing a role.

use domain::{Act, Actor, Event, EventKind, Refusal, Role, Version};
use store::{Outcome, UnitOfWork};

use super::RoleInput;
use crate::saved::{Saved, on_version};
use crate::user;

/// Changes the names and permissions of a role; a change holds at once, also for who is signed in.
///
/// # Errors
/// Refused without `role.edit`, for unknown permissions, and where nobody, or not the actor, could edit users any more.
pub fn edit(work: &mut UnitOfWork, by: &Actor, version: Option<Version>, input: &RoleInput) -> Outcome<Saved> {
    by.may(Act::EditRole)?;
    let all = user::roles(work)?;
    let mut role = work.get::<Role>(input.code.clone())?;
    on_version(version, role.version, "role")?;
    let before = (*role).clone();
    input.put_into(&mut role);
    Refusal::unless_valid(role.check())?;
    let right = Act::EditUser.as_str();
    if before.permissions.contains(right) && !role.permissions.contains(right) {
        let users = user::active(work)?;
        let after = |other: &Role| if other.code == role.code { (*role).clone() } else { other.clone() };
        let roles: Vec<Role> = all.iter().map(|other| after(other)).collect();
        user::guard_administration(work, by, &users, &roles)?;
    }
    let changes = role.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut role);
        work.record(by, Event::of(EventKind::RoleEdited, "role", 0, &role.code).changing(changes));
    }
    Ok(Saved::new(&role.code, role.version, &role.code))
}
