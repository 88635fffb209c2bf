//! A webhook taken away.

use domain::notify::Webhook;
use domain::{Act, Actor, Event, EventKind, Version, WebhookId};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Takes a webhook away; what was not sent to it yet is given up when it is due.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: WebhookId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditNotification)?;
    let webhook = work.get::<Webhook>(id)?;
    on_version(expected, webhook.version, "webhook")?;
    work.remove(&webhook);
    work.record(by, Event::of(EventKind::WebhookDeleted, "webhook", id.raw(), &webhook.url));
    Ok(Saved::new(id, webhook.version, &webhook.url))
}
