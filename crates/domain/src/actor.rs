//! Who asks.

use crate::codes::Codes;
use crate::id::{CompanyId, UserId};
use crate::language::Language;
use crate::permission::Act;
use crate::refusal::Refusal;

/// The person (or the program acting for a person) who asks for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Who.
    pub user_id: UserId,
    /// Shown beside what was done.
    pub name: String,
    /// Codes of roles.
    pub roles: Codes,
    /// What the roles allow, and for a token no more than its scopes.
    pub permissions: Codes,
    /// Of messages.
    pub language: Language,
    /// Way in: `web`, `api`, `cli`, `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Whose books.
    pub company_id: CompanyId,
}

impl Actor {
    /// Nothing where the act is permitted.
    ///
    /// # Errors
    /// `denied`, naming the permission.
    pub fn may(&self, act: Act) -> Result<(), Refusal> {
        if self.permissions.contains(act.as_str()) { Ok(()) } else { Err(Refusal::denied(act)) }
    }

    /// Whether the actor has a role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.contains(role)
    }
}
