//! A changed webhook.

use domain::notify::Webhook;
use domain::{Act, Actor, Event, EventKind, Refusal, Version, WebhookId};
use store::{Outcome, UnitOfWork};

use super::WebhookInput;
use crate::saved::{Saved, on_version};

/// Makes a webhook what `input` says; its secret stays.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: WebhookId, expected: Option<Version>, input: &WebhookInput) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let mut webhook = work.get::<Webhook>(id)?;
    on_version(expected, webhook.version, "webhook")?;
    let before = (*webhook).clone();
    webhook.url.clone_from(&input.url);
    webhook.description.clone_from(&input.description);
    webhook.kinds = input.kinds.clone();
    webhook.active = input.active;
    if input.active {
        webhook.stopped.clear();
    }
    Refusal::unless_valid(webhook.check())?;
    let changes = webhook.changes_from(&before);
    if !changes.is_empty() {
        work.save(&mut webhook);
        work.record(by, Event::of(EventKind::WebhookEdited, "webhook", id.raw(), &webhook.url).changing(changes));
    }
    Ok(Saved::new(id, webhook.version, &webhook.url))
}
