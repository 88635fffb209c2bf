//! Roles: named sets of permissions (SEC-01).

pub mod create;
pub mod edit;

use domain::{Codes, Role};

/// A role to make, or what one is to be.
#[derive(Clone, Debug)]
pub struct RoleInput {
    /// Key.
    pub code: String,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese; the Simplified one where empty.
    pub name_zh_tw: String,
    /// Name in English; the Simplified one where empty.
    pub name_en: String,
    /// Codes of acts.
    pub permissions: Codes,
}

impl RoleInput {
    fn put_into(&self, role: &mut Role) {
        let or = |name: &String| if name.is_empty() { self.name_zh_cn.clone() } else { name.clone() };
        role.name_zh_cn.clone_from(&self.name_zh_cn);
        role.name_zh_tw = or(&self.name_zh_tw);
        role.name_en = or(&self.name_en);
        role.permissions.clone_from(&self.permissions);
    }
}
