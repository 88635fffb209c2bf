//! Sending what is due to people and programs outside: claimed row by row, sent outside of any transaction, a few at a time, and then marked.
//!
//! A message whose sender dies between sending and marking is sent again when its lease is over, under the same id (`Message-ID`,
//! `webhook-id`): at least once, and who receives it can tell.

mod context;
mod http;
mod mail;
mod robot;
mod sign;

use std::time::Duration;

use app::follow::product;
use app::notify::send::{Failed, claim, finish};
use domain::notify::Webhook;
use domain::{CompanyId, DeliveryId, Version};
use futures_util::stream::{self, StreamExt};
use store::query::{company, notify};
use store::rows::Table;

use context::{Message, What};

pub(crate) use context::Known;

use crate::state::Web;

pub(crate) use http::Caller;
pub(crate) use mail::{Letter, send as send_mail};
pub(crate) use robot::send as send_to_robot;
pub(crate) use sign::new_secret;

/// Messages claimed at once: no more than can be sent well within a lease, [`AT_ONCE`] at a time.
const BATCH: i64 = 40;

/// Messages sent at the same time by one process for one company.
const AT_ONCE: usize = 8;

/// A try that takes longer has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// Companies looked after by one process at the most.
const COMPANIES: i64 = 10_000;

/// Sends what is due until the server shuts down: as soon as this process has made something to send, and as often as others are looked for.
pub(crate) async fn run(web: Web) {
    let mut commits = web.app.store.commits();
    let mut closing = web.closing.clone();
    let poll = Duration::from_secs(web.options.poll_seconds.max(1));
    loop {
        let seen = web.app.store.changes(&[Table::Delivery]);
        look(&web).await;
        let sleep = tokio::time::sleep(poll);
        tokio::pin!(sleep);
        loop {
            tokio::select! {
                changed = commits.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    if web.app.store.changes(&[Table::Delivery]) != seen {
                        break;
                    }
                }
                () = &mut sleep => break,
                _ = closing.changed() => return,
            }
        }
    }
}

pub(crate) async fn look(web: &Web) {
    let companies = match web.app.store.read(|reader| company::first(reader, COMPANIES)).await {
        Ok(companies) => companies,
        Err(fault) => return tracing::warn!(%fault, "the companies could not be read"),
    };
    for company in companies {
        while send_due(web, company.id).await {
            if *web.closing.borrow() {
                return;
            }
        }
    }
}

/// Sends a batch of what is due; whether there may be more.
async fn send_due(web: &Web, company: CompanyId) -> bool {
    let now = web.now();
    let ids = match web.app.store.read(move |reader| notify::due(reader, company, now, BATCH)).await {
        Ok(ids) if ids.is_empty() => return false,
        Ok(ids) => ids,
        Err(fault) => {
            tracing::warn!(%fault, "what is to be sent could not be read");
            return false;
        }
    };
    let claimed = match web.app.store.write(company, move |work| claim(work, &ids)).await {
        Ok(claimed) => claimed,
        Err(failure) => {
            tracing::warn!(?failure, "what is to be sent could not be claimed");
            return false;
        }
    };
    if claimed.is_empty() {
        return false;
    }
    let messages = match context::messages(web, company, claimed).await {
        Ok(messages) => messages,
        // They are claimed again when their lease is over.
        Err(fault) => {
            tracing::warn!(%fault, "what is to be sent could not be put together");
            return false;
        }
    };
    stream::iter(messages).for_each_concurrent(AT_ONCE, |message| send(web, company, message)).await;
    true
}

/// Sends one message and keeps what became of it.
async fn send(web: &Web, company: CompanyId, message: Message) {
    let Message { of, what } = message;
    let trying = async {
        match what {
            What::Mail(mail, letter) => mail::send(&mail, letter).await.map(drop),
            What::Webhook(post) => post_event(web, post).await,
            What::Robot(robot, text) => robot::send(&web.caller, &robot, &text, web.now()).await.map(drop),
            What::Nothing(failed) => Err(failed),
        }
    };
    // Servers for mail are given their time by their own limits, which end a little earlier.
    let result = match tokio::time::timeout(PATIENCE + Duration::from_secs(5), trying).await {
        Ok(result) => result,
        Err(_) => Err(Failed::because("notify.timed_out")),
    };
    mark(web, company, of, result).await;
}

async fn post_event(web: &Web, post: context::Post) -> Result<(), Failed> {
    let headers = sign::headers(&post.id, web.now(), &post.body, &post.secrets);
    let answer = web.caller.post(&post.url, &headers, post.body).await?;
    match answer.status {
        200..300 => Ok(()),
        410 => Err(Failed { error: answer.shown(), hopeless: true, gone: true }),
        _ => Err(Failed::because(answer.shown())),
    }
}

/// Posts a body to a webhook, signed as events are; what it answered.
///
/// # Errors
/// Where it did not take it, or nobody answered.
pub(crate) async fn test_webhook(web: &Web, webhook: &Webhook, id: &str, body: String) -> Result<String, Failed> {
    let secrets: Vec<String> = webhook.secrets(web.now()).into_iter().map(str::to_owned).collect();
    let answer = web.caller.post(&webhook.url, &sign::headers(id, web.now(), &body, &secrets), body).await?;
    if (200..300).contains(&answer.status) { Ok(answer.shown()) } else { Err(Failed::because(answer.shown())) }
}

async fn mark(web: &Web, company: CompanyId, of: Vec<(DeliveryId, Version)>, result: Result<(), Failed>) {
    let actor = product(company);
    let marked = web.app.store.write(company, move |work| finish(work, &actor, &of, &result)).await;
    if let Err(failure) = marked {
        tracing::warn!(?failure, "what became of a message could not be kept; it is sent again when its lease is over");
    }
}
