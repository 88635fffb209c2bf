//! Users: people who may sign in (SEC-01).

pub mod activate;
pub mod create;
pub mod edit;
pub mod password;
pub mod set_password;

use domain::{Actor, Codes, Company, Role, User, still_administered};
use store::rows::{RolesByOrigin, UsersByActive};
use store::{Held, Outcome, UnitOfWork};

/// Every role of the company.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(crate) fn roles(work: &mut UnitOfWork) -> Outcome<Vec<Held<Role>>> {
    work.want_of::<RolesByOrigin>([true, false]);
    let mut all = work.of::<RolesByOrigin>(true)?;
    all.extend(work.of::<RolesByOrigin>(false)?);
    Ok(all)
}

/// The codes of roles.
pub(crate) fn codes(roles: &[Held<Role>]) -> Codes {
    roles.iter().map(|role| role.code.as_str()).collect()
}

/// Refuses a change that leaves the company without anybody who may edit users, or takes that right from the actor. `users` are all who may
/// sign in afterwards, `roles` all roles afterwards.
///
/// # Errors
/// Refused; leaves when the company is not loaded yet.
pub(crate) fn guard_administration(work: &mut UnitOfWork, by: &Actor, users: &[User], roles: &[Role]) -> Outcome<()> {
    let had = by.permissions.contains(domain::Act::EditUser.as_str());
    still_administered(by.user_id, had, users, roles)?;
    // Two who take the right from each other at the same time would both see the other still there: the company's version, raised by
    // each of them, lets only one through.
    let company = work.company();
    let mut company = work.get::<Company>(company)?;
    work.save(&mut company);
    Ok(())
}

/// All users who may sign in.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub(crate) fn active(work: &mut UnitOfWork) -> Outcome<Vec<User>> {
    work.want::<Company>([work.company()]);
    Ok(work.of::<UsersByActive>(true)?.iter().map(|user| (**user).clone()).collect())
}

/// Whether `user` has the right to edit users under these roles.
pub(crate) fn administers(user: &User, roles: &[Held<Role>]) -> bool {
    let theirs = roles.iter().filter(|role| user.roles.contains(&role.code)).map(|role| &**role);
    domain::permissions_of(theirs).contains(domain::Act::EditUser.as_str())
}
