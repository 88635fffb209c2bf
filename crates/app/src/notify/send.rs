//! What is due, handed out to who sends it; and what became of it.

use domain::notify::{Delivery, NotifyChannel, Webhook};
use domain::{Actor, DeliveryId, Event, EventKind, Version, WebhookId};
use store::{Outcome, UnitOfWork};

use crate::notify::words::LINK_PATH;

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What the other side said, or a code of [`domain::notify::TROUBLES`].
    pub error: String,
    /// Trying again is of no use.
    pub hopeless: bool,
    /// The webhook's owner said that it is gone for good.
    pub gone: bool,
}

impl Failed {
    /// A failure after which trying again may help.
    pub fn because(error: impl Into<String>) -> Self {
        Failed { error: error.into(), hopeless: false, gone: false }
    }
}

/// Hands out those of these deliveries that are due and that nobody is at. Who gets them tells what became of them, or else, when the lease is
/// over, somebody gets them again: so a message whose sender died is sent again under the same id.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn claim(work: &mut UnitOfWork, ids: &[DeliveryId]) -> Outcome<Vec<Delivery>> {
    work.want::<Delivery>(ids.iter().copied());
    let now = work.now();
    let mut claimed = Vec::new();
    for id in ids {
        let Some(mut delivery) = work.find::<Delivery>(*id)? else { continue };
        if delivery.is_due(now) {
            delivery.claim(now);
            work.save(&mut delivery);
            claimed.push((*delivery).clone());
        }
    }
    Ok(claimed)
}

/// Keeps what became of one message: of the deliveries in it that are still this sender's.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn finish(work: &mut UnitOfWork, by: &Actor, sent: &[(DeliveryId, Version)], result: &Result<(), Failed>) -> Outcome<()> {
    work.want::<Delivery>(sent.iter().map(|(id, _)| *id));
    let now = work.now();
    for (id, version) in sent {
        let Some(mut delivery) = work.find::<Delivery>(*id)? else { continue };
        if delivery.version != *version {
            continue;
        }
        let dead = match result {
            Ok(()) => {
                delivery.succeed(now);
                forget_link(&mut delivery.facts);
                false
            }
            Err(failed) => delivery.fail(&failed.error, failed.hopeless, now),
        };
        work.save(&mut delivery);
        // What tells of failures and fails itself is not told of again.
        if dead && delivery.kind != EventKind::DeliveryFailed.as_str() {
            work.record(by, failed_event(&delivery));
        }
        if delivery.channel == NotifyChannel::Webhook && result.as_ref().is_err_and(|failed| failed.gone) {
            stop(work, by, WebhookId::from_raw(delivery.endpoint_id))?;
        }
    }
    Ok(())
}

/// A message that was sent keeps no secret of a link.
fn forget_link(facts: &mut String) {
    if let Ok(mut read) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(facts)
        && read.remove(LINK_PATH).is_some()
    {
        *facts = serde_json::Value::Object(read).to_string();
    }
}

fn failed_event(delivery: &Delivery) -> Event {
    let channel = domain::Detail::Code(NotifyChannel::GROUP, delivery.channel.as_str());
    Event::of(EventKind::DeliveryFailed, "delivery", delivery.id.raw(), &delivery.subject_number)
        .with("channel", channel)
        .with("error", delivery.last_error.as_str())
}

/// Tells a webhook nothing more, since its owner said that it is gone.
fn stop(work: &mut UnitOfWork, by: &Actor, id: WebhookId) -> Outcome<()> {
    let Some(mut webhook) = work.find::<Webhook>(id)? else { return Ok(()) };
    if webhook.active {
        webhook.active = false;
        "410".clone_into(&mut webhook.stopped);
        work.save(&mut webhook);
        work.record(by, Event::of(EventKind::WebhookStopped, "webhook", id.raw(), &webhook.url));
    }
    Ok(())
}
