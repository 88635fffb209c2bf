//! What a company has that its rules may name by code.

use std::ops::Deref;

use crate::calendar::standard_calendars;
use crate::codes::Codes;
use crate::permission::default_roles;
use crate::task::default_task_kinds;
use crate::user::Role;

/// Codes of a company that rules are checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyCodes {
    /// Of its roles.
    pub roles: Codes,
    /// Of its working calendars.
    pub calendars: Codes,
    /// Of its kinds of tasks.
    pub task_kinds: Codes,
    /// Permissions of its role `admin`, none of which may be lost.
    pub admin: Codes,
}

impl CompanyCodes {
    /// Those of a company with these roles, calendars and kinds of tasks.
    pub fn of<R: Deref<Target = Role>>(roles: &[R], calendars: Codes, task_kinds: Codes) -> Self {
        let admin = roles.iter().find(|role| role.code == "admin");
        Self {
            admin: admin.map(|role| role.permissions.clone()).unwrap_or_default(),
            roles: roles.iter().map(|role| role.code.as_str()).collect(),
            calendars,
            task_kinds,
        }
    }

    /// Those of a company that was just made.
    pub fn of_product() -> Self {
        let roles = default_roles();
        let calendars = standard_calendars("UTC").iter().map(|calendar| calendar.code.as_str()).collect();
        let task_kinds = default_task_kinds().iter().map(|kind| kind.code.as_str()).collect();
        Self::of(&roles.iter().collect::<Vec<_>>(), calendars, task_kinds)
    }
}
