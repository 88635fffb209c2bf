//! Who asks.

use crate::codes::Codes;
use crate::id::{CompanyId, CustomerId, UserId};
use crate::language::Language;
use crate::permission::Act;
use crate::refusal::Refusal;
use crate::user::SessionRejection;

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
    /// Way in: `web`, `api`, `cli`, `import`, `portal`.
    pub channel: String,
    /// Network address.
    pub address: String,
    /// Whose books.
    pub company_id: CompanyId,
    /// For whom a person of the portal acts; nobody else has one. Such a person is permitted nothing by roles.
    pub customer_id: Option<CustomerId>,
}

impl Actor {
    /// Nothing where the act is permitted.
    ///
    /// # Errors
    /// `denied`, naming the permission.
    pub fn may(&self, act: Act) -> Result<(), Refusal> {
        if self.permissions.contains(act.as_str()) { Ok(()) } else { Err(Refusal::denied(act)) }
    }

    /// For whom a person of the portal acts.
    ///
    /// # Errors
    /// `session.not_signed_in` for everybody else: they are not known there.
    pub fn customer(&self) -> Result<CustomerId, Refusal> {
        self.customer_id.ok_or_else(|| SessionRejection::NotSignedIn.into())
    }

    /// The same, permitted just these acts: what a step of the portal is made of.
    #[must_use]
    pub fn allowed(&self, acts: &[Act]) -> Self {
        Self { permissions: acts.iter().map(|act| act.as_str()).collect(), ..self.clone() }
    }

    /// Whether the actor has a role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.contains(role)
    }
}
