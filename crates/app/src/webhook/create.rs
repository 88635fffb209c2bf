//! A new webhook.

use domain::notify::Webhook;
use domain::{Act, Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::WebhookInput;
use crate::saved::Saved;

/// Adds a webhook that signs with this secret.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: API-02
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &WebhookInput, secret: &str) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let (id, created_at) = (work.id(), work.now());
    let WebhookInput { url, description, kinds, active } = input.clone();
    let webhook = Webhook {
        id,
        version: Version::FIRST,
        url,
        description,
        kinds,
        secret: secret.to_owned(),
        old_secret: String::new(),
        old_secret_until: None,
        active,
        stopped: String::new(),
        created_at,
    };
    Refusal::unless_valid(webhook.check())?;
    let held = work.add(webhook);
    work.record(by, Event::of(EventKind::WebhookCreated, "webhook", id.raw(), &held.url).with("kinds", held.kinds.clone()));
    Ok(Saved::new(id, held.version, &held.url))
}
