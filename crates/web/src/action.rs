//! What may be done with something, as its page is told.

use domain::{Language, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that may be done, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StepAction)]
pub struct ActionJson {
    /// The verb: POST to it under the resource (`edit`: PUT it).
    pub verb: String,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why it may not be done.
    pub code: Option<String>,
    /// The same for people.
    pub message: Option<String>,
    /// Gates that are shut.
    pub gates: Vec<crate::error::ProblemGate>,
}

impl ActionJson {
    /// A verb and why it may not be done.
    pub(crate) fn of<C: domain::Code>(verb: C, refusal: Option<&Refusal>, needs_reason: bool, language: Language) -> Self {
        ActionJson {
            verb: verb.as_str().to_owned(),
            name: domain::name_of(language, verb),
            allowed: refusal.is_none(),
            needs_reason,
            code: refusal.map(|refusal| refusal.code.to_owned()),
            message: refusal.map(|refusal| refusal.message(language)),
            gates: Vec::new(),
        }
    }
}
