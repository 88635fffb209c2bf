//! Another secret for a webhook.

use domain::notify::Webhook;
use domain::{Act, Actor, Event, EventKind, WebhookId};
use store::{Outcome, UnitOfWork};

use crate::saved::Saved;

/// Gives a webhook another secret; the one before signs too for a day.
///
/// # Errors
/// `denied`, `not-found`.
///
/// Source: API-02
pub fn rotate(work: &mut UnitOfWork, by: &Actor, id: WebhookId, secret: &str) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let mut webhook = work.get::<Webhook>(id)?;
    let now = work.now();
    webhook.rotate(secret, now);
    work.save(&mut webhook);
    work.record(by, Event::of(EventKind::WebhookRotated, "webhook", id.raw(), &webhook.url));
    Ok(Saved::new(id, webhook.version, &webhook.url))
}
