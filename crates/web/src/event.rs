//! What happens, as it happens: server-sent events that carry CloudEvents 1.0 and can be resumed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::{Act, Actor, Event, Language};
use serde::Deserialize;
use serde_json::{Value, json};
use store::query::{event, notify};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{self, By};
use crate::context::{self, Context};
use crate::error::Error;
use crate::feed::News;
use crate::fields::{Fields, yes_or_no};
use crate::notification::MOST;
use crate::params::Params;
use crate::state::Web;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(stream))
}

/// Events read at once.
const BATCH: i64 = 200;

/// Where nothing happens, a comment is sent so often, so that nobody between takes the connection for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Time between looks whether the caller is still known.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// What is streamed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct StreamQuery {
    /// `true`: also how many notifications the caller has not read, at the beginning and whenever it changes, as messages of the type `unread`:
    /// `{"count": 3}`. They have no id.
    pub unread: Option<String>,
}

/// Streams what happens to what the caller may see, as CloudEvents in JSON; the id of an event is its place in the company's stream, and
/// `Last-Event-ID` resumes behind it. Without it the stream begins now.
#[utoipa::path(
    get,
    path = "/events",
    operation_id = "stream_events",
    tag = "event",
    params(StreamQuery, ("Last-Event-ID" = Option<i64>, Header, description = "The id of the last event seen.")),
    responses((status = 200, content_type = "text/event-stream", body = String))
)]
async fn stream(
    State(web): State<Web>,
    by: By,
    context: Context,
    headers: HeaderMap,
    Params(asked): Params<StreamQuery>,
) -> Result<Response, Error> {
    let mut fields = Fields::new();
    let counts = yes_or_no(&mut fields, "/unread", asked.unread.as_deref()) == Some(true);
    fields.done()?;
    let company = by.company_id;
    let last = context::text(&headers, "last-event-id").and_then(|id| id.parse::<i64>().ok());
    // Watched before it is read: what comes between is told twice and sent once.
    let news = web.feeds.watch(&web, company);
    let after = match last {
        Some(last) => last,
        None => web.app.store.read(move |reader| event::newest(reader, company)).await?,
    };
    let (send, receive) = mpsc::channel(64);
    let _ = send.try_send(Ok(Message::default().retry(Duration::from_secs(3)).comment("hello")));
    tokio::spawn(Stream { web, by, context, headers, after, news, unread: counts.then_some(-1), send }.run());
    Ok(Sse::new(ReceiverStream::new(receive)).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

/// A stream that somebody reads.
struct Stream {
    web: Web,
    by: By,
    context: Context,
    headers: HeaderMap,
    after: i64,
    news: broadcast::Receiver<Arc<News>>,
    /// The count that was sent last, where counts are wanted.
    unread: Option<i64>,
    send: mpsc::Sender<Result<Message, Infallible>>,
}

impl Stream {
    /// Sends what happens until the reader goes, is no longer known, or the server shuts down.
    async fn run(mut self) {
        if !(self.catch_up().await && self.count_unread().await) {
            return;
        }
        let mut closing = self.web.closing.clone();
        let mut look_again = Box::pin(tokio::time::sleep(LOOK_AGAIN));
        loop {
            let goes_on = tokio::select! {
                news = self.news.recv() => self.take(news).await,
                () = &mut look_again => {
                    look_again.as_mut().reset(tokio::time::Instant::now() + LOOK_AGAIN);
                    self.is_known().await
                }
                _ = closing.changed() => false,
                () = self.send.closed() => false,
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Whether the caller may still read; permissions may have changed.
    async fn is_known(&mut self) -> bool {
        match by::again(&self.web, &self.context, &self.headers).await {
            Some(by) => {
                self.by = by;
                true
            }
            None => false,
        }
    }

    /// Sends news; false where nobody reads any more.
    async fn take(&mut self, news: Result<Arc<News>, RecvError>) -> bool {
        let news = match news {
            Ok(news) => news,
            // Some were missed: what happened is read again, and what is unread counted.
            Err(RecvError::Lagged(_)) => return self.catch_up().await && self.count_unread().await,
            // The reader comes back by itself and resumes where this one broke off.
            Err(RecvError::Closed) => return false,
        };
        if news.before > self.after && !self.catch_up().await {
            return false;
        }
        for event in &news.events {
            if !self.pass_on(event).await {
                return false;
            }
        }
        !news.told.contains(&self.by.user_id) || self.count_unread().await
    }

    /// Sends an event that was not sent yet, to who may see it; false where nobody reads any more.
    async fn pass_on(&mut self, event: &Event) -> bool {
        if event.position <= self.after {
            return true;
        }
        self.after = event.position;
        !app::event::may_see(&self.by, &event.subject_kind) || self.send.send(Ok(message(event, &self.by))).await.is_ok()
    }

    /// Sends how many notifications are unread, where that is wanted and has changed; false where nobody reads any more.
    async fn count_unread(&mut self) -> bool {
        let Some(sent) = self.unread else { return true };
        let (company, user) = (self.by.company_id, self.by.user_id);
        let count = match self.web.app.store.read(move |reader| notify::unread(reader, company, user, MOST)).await {
            Ok(count) => count,
            Err(fault) => {
                tracing::warn!(%fault, "what is unread could not be counted");
                return false;
            }
        };
        self.unread = Some(count);
        count == sent || self.send.send(Ok(Message::default().event("unread").data(json!({"count": count}).to_string()))).await.is_ok()
    }

    /// Reads and sends everything behind the last event that was sent; false where nobody reads any more.
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
            for event in &found {
                if !self.pass_on(event).await {
                    return false;
                }
            }
            if !full {
                return true;
            }
        }
    }
}

fn message(event: &Event, by: &Actor) -> Message {
    let mut body = cloud_event(event, by.language, by.may(Act::SeeCost).is_ok());
    if by.may(Act::SeePersonalData).is_err() {
        domain::mask(&mut body);
    }
    Message::default().id(event.position.to_string()).data(body.to_string())
}

/// An event as a CloudEvent (version 1.0, JSON): webhooks carry the same.
/// Costs are in it only for who may know them.
pub(crate) fn cloud_event(event: &Event, language: Language, costs: bool) -> Value {
    let hidden;
    let event = if costs {
        event
    } else {
        hidden = event.clone().without_costs();
        &hidden
    };
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
