//! Roles that a blueprint makes or changes when it comes into force (SEC-01, POL-01).

use crate::codes::Codes;
use crate::id::Version;
use crate::names::Names;
use crate::rules::blueprint::Blueprint;
use crate::user::Role;

/// A role as the rules want it: one `[[role]]` table of a blueprint. Roles that no table names are left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRule {
    /// Key of the role.
    pub code: String,
    /// What it is called.
    pub name: Names,
    /// Codes of [`crate::Act`].
    pub permissions: Codes,
}

/// What would become of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChange {
    /// As the rules want it.
    pub rule: RoleRule,
    /// Whether the company lacks it so far.
    pub made: bool,
    /// Whether it is called otherwise so far; not where it is made.
    pub renamed: bool,
    /// Permissions it has not so far.
    pub gained: Codes,
    /// Permissions it has no more.
    pub lost: Codes,
}

impl RoleRule {
    /// A role that the company lacks.
    pub fn role(&self) -> Role {
        let mut role = Role {
            code: self.code.clone(),
            version: Version::FIRST,
            name_zh_cn: String::new(),
            name_zh_tw: String::new(),
            name_en: String::new(),
            permissions: Codes::default(),
            built_in: false,
        };
        self.put_into(&mut role);
        role
    }

    /// Gives a role these names and permissions.
    pub fn put_into(&self, role: &mut Role) {
        role.name_zh_cn.clone_from(&self.name.zh_cn);
        role.name_zh_tw.clone_from(&self.name.zh_tw);
        role.name_en.clone_from(&self.name.en);
        role.permissions.clone_from(&self.permissions);
    }

    /// What would become of the role; nothing where it is so already.
    fn change(&self, role: Option<&Role>) -> Option<RoleChange> {
        let Some(role) = role else {
            let gained = self.permissions.clone();
            return Some(RoleChange { rule: self.clone(), made: true, renamed: false, gained, lost: Codes::default() });
        };
        let mut wanted = role.clone();
        self.put_into(&mut wanted);
        let only = |a: &Codes, b: &Codes| a.iter().filter(|code| !b.contains(code)).collect();
        (wanted != *role).then(|| RoleChange {
            rule: self.clone(),
            made: false,
            renamed: role.name_zh_cn != wanted.name_zh_cn || role.name_zh_tw != wanted.name_zh_tw || role.name_en != wanted.name_en,
            gained: only(&wanted.permissions, &role.permissions),
            lost: only(&role.permissions, &wanted.permissions),
        })
    }
}

impl Blueprint {
    /// Which roles would be made and changed in a company that has these.
    pub fn role_changes(&self, roles: &[Role]) -> Vec<RoleChange> {
        let known = |rule: &RoleRule| roles.iter().find(|role| role.code == rule.code);
        self.roles.iter().filter_map(|rule| rule.change(known(rule))).collect()
    }
}
