//! What happened to an order and to its papers.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, FieldRule, Language, RequestRejection};
use serde::{Deserialize, Serialize};
use store::query::order as query;
use store::rows::ChainedEvent;
use utoipa::{IntoParams, ToSchema};

use super::which;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::params::Params;
use crate::state::Web;

/// One field that changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeJson {
    /// Which.
    pub field: String,
    /// Its name.
    pub label: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// How something came in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventSource {
    /// `web`, `api`, `cli` or `import`.
    pub channel: String,
    /// Network address.
    pub address: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderEvent)]
pub struct EventJson {
    /// Its place in the company's stream.
    pub position: i64,
    /// When.
    pub at: String,
    /// What.
    pub kind: String,
    /// Who.
    pub by: String,
    /// What, for people.
    pub summary: String,
    /// Why.
    pub reason: String,
    /// What changed.
    pub changes: Vec<ChangeJson>,
    /// From where.
    pub source: EventSource,
}

impl EventJson {
    /// An event for people.
    pub fn of(chained: ChainedEvent, language: Language) -> Self {
        let position = chained.position;
        let event = chained.event();
        let changes = event.changes_shown(language).into_iter().map(|c| ChangeJson {
            field: c.field,
            label: c.label,
            before: c.before,
            after: c.after,
        });
        EventJson {
            position,
            at: event.at.to_string(),
            summary: event.summary(language),
            changes: changes.collect(),
            kind: event.kind,
            by: event.by_name,
            reason: event.reason,
            source: EventSource { channel: event.channel, address: event.address },
        }
    }
}

/// Which part of the timeline.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TimelineParams {
    /// `next` of the page before.
    #[param(value_type = Option<i64>)]
    pub cursor: Option<String>,
    /// Events of a page, 1 to 200.
    #[param(value_type = Option<i64>)]
    pub limit: Option<String>,
}

impl TimelineParams {
    fn read(&self) -> Result<(Option<i64>, usize), Error> {
        let mut fields = Fields::new();
        let cursor = self.cursor.as_deref().map(str::parse::<i64>);
        if let Some(Err(_)) = cursor {
            fields.wrong("/cursor", RequestRejection::BadCursor);
        }
        let limit = self.limit.as_deref().map_or(Ok(USUAL), str::parse::<usize>).unwrap_or_default();
        if !(1..=MAX).contains(&limit) {
            fields.wrong("/limit", FieldRule::OutOfRange { min: 1, max: i64::try_from(MAX).unwrap_or(i64::MAX) });
        }
        fields.done()?;
        Ok((cursor.and_then(Result::ok), limit))
    }
}

/// Events of a page, unless the caller says.
const USUAL: usize = 50;

/// Events of a page at the most.
const MAX: usize = 200;

/// A page of the timeline, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderTimeline)]
pub struct Timeline {
    /// What happened.
    pub items: Vec<EventJson>,
    /// Where the page after this one begins.
    pub next: Option<i64>,
}

/// What happened to an order and to its papers, newest first.
#[utoipa::path(get, path = "/orders/{id}/events", tag = "orders", operation_id = "list_order_events",
    params(("id" = String, Path, description = "Id or number of the order"), TimelineParams),
    responses((status = 200, body = Timeline), (status = "default", body = Problem)))]
pub(super) async fn timeline(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Params(params): Params<TimelineParams>,
) -> Result<Json<Timeline>, Error> {
    by.may(Act::ViewOrder)?;
    let (cursor, limit) = params.read()?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| match query::exists(reader, company, id)? {
        true => Ok(Some(query::timeline(reader, company, id, cursor, limit)?)),
        false => Ok(None),
    });
    let found = found.await?.ok_or_else(|| Error::not_found("order"))?;
    let next = if found.len() == limit { found.last().map(|event| event.position) } else { None };
    Ok(Json(Timeline { items: found.into_iter().map(|event| EventJson::of(event, by.language)).collect(), next }))
}
