//! Webhooks: programs that are told of events (API-02).

pub mod create;
pub mod delete;
pub mod edit;
pub mod rotate;

use domain::Codes;

/// What is said of a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookInput {
    /// Where it is.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Codes,
    /// Whether it is told.
    pub active: bool,
}
