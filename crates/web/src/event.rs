//! What happens, as it happens: server-sent events that carry CloudEvents 1.0 and can be resumed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::{Event, Language};
use serde_json::{Value, json};
use store::query::event;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{self, By};
use crate::context::{self, Context};
use crate::error::Error;
use crate::state::Web;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// Events read at once.
const BATCH: i64 = 200;

/// A commit is waited for so long together with those right behind it.
const GATHER: Duration = Duration::from_millis(50);

/// Where nothing happens, a comment is sent so often, so that nobody between takes the connection for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Time between looks whether the caller is still known.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Streams what happens to what the caller may see, as CloudEvents in JSON; the id of an event is its place in the company's stream, and
/// `Last-Event-ID` resumes behind it. Without it the stream begins now.
#[utoipa::path(
    get,
    path = "/events",
    operation_id = "stream_events",
    tag = "event",
    params(("Last-Event-ID" = Option<i64>, Header, description = "The id of the last event seen.")),
    responses((status = 200, content_type = "text/event-stream", body = String))
)]
async fn stream(State(web): State<Web>, by: By, context: Context, headers: HeaderMap) -> Result<Response, Error> {
    let company = by.company_id;
    let last = context::text(&headers, "last-event-id").and_then(|id| id.parse::<i64>().ok());
    let after = match last {
        Some(last) => last,
        None => web.app.store.read(move |reader| event::newest(reader, company)).await?,
    };
    let (send, receive) = mpsc::channel(64);
    let _ = send.try_send(Ok(Message::default().retry(Duration::from_secs(3)).comment("hello")));
    tokio::spawn(Stream { web, by, context, headers, after, send }.run());
    Ok(Sse::new(ReceiverStream::new(receive)).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

/// A stream that somebody reads.
struct Stream {
    web: Web,
    by: By,
    context: Context,
    headers: HeaderMap,
    after: i64,
    send: mpsc::Sender<Result<Message, Infallible>>,
}

impl Stream {
    /// Sends what happens until the reader goes, is no longer known, or the server shuts down.
    async fn run(mut self) {
        let mut commits = self.web.app.store.commits();
        let poll = Duration::from_secs(self.web.options.poll_seconds.max(1));
        let mut closing = self.web.closing.clone();
        let mut looked = std::time::Instant::now();
        loop {
            commits.mark_unchanged();
            if !self.catch_up().await {
                return;
            }
            tokio::select! {
                _ = commits.changed() => {}
                () = tokio::time::sleep(poll) => {}
                _ = closing.changed() => return,
                () = self.send.closed() => return,
            }
            tokio::time::sleep(GATHER).await;
            if looked.elapsed() >= LOOK_AGAIN {
                looked = std::time::Instant::now();
                match by::again(&self.web, &self.context, &self.headers).await {
                    Some(by) => self.by = by,
                    None => return,
                }
            }
        }
    }

    /// Sends everything that has happened; false where nobody reads any more.
    async fn catch_up(&mut self) -> bool {
        loop {
            let (company, after) = (self.by.company_id, self.after);
            let found = match self.web.app.store.read(move |reader| event::behind(reader, company, after, BATCH)).await {
                Ok(found) => found,
                Err(fault) => {
                    // The reader comes back by itself and resumes where this one broke off.
                    tracing::warn!(%fault, "a stream of events broke off");
                    return false;
                }
            };
            let full = i64::try_from(found.len()).is_ok_and(|count| count == BATCH);
            for event in found {
                self.after = event.position;
                if app::event::may_see(&self.by, &event.subject_kind)
                    && self.send.send(Ok(message(&event, self.by.language))).await.is_err()
                {
                    return false;
                }
            }
            if !full {
                return true;
            }
        }
    }
}

fn message(event: &Event, language: Language) -> Message {
    Message::default().id(event.position.to_string()).data(cloud_event(event, language).to_string())
}

/// An event as a CloudEvent (version 1.0, JSON): webhooks carry the same.
pub(crate) fn cloud_event(event: &Event, language: Language) -> Value {
    let id = domain::OrderId::from_raw(event.subject_id).to_string();
    json!({
        "specversion": "1.0",
        "id": event.position.to_string(),
        "source": "/api/v1/events",
        "type": format!("shundan.{}", event.kind),
        "subject": format!("{}/{id}", event.subject_kind),
        "time": event.at.to_string(),
        "datacontenttype": "application/json",
        "data": {
            "kind": event.kind,
            "subject_kind": event.subject_kind,
            "subject_id": id,
            "number": event.subject_number,
            "by": event.by_name,
            "reason": event.reason,
            "summary": event.summary(language),
            "facts": event.facts(),
        },
    })
}
