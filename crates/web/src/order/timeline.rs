//! What happened to an order and to its papers.

use axum::Json;
use axum::extract::{Path, Query, State};
use domain::{Act, Language};
use serde::{Deserialize, Serialize};
use store::query::order as query;
use store::rows::ChainedEvent;
use utoipa::{IntoParams, ToSchema};

use super::which;
use crate::by::By;
use crate::error::{Error, Problem};
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
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TimelineParams {
    /// `next` of the page before.
    pub cursor: Option<i64>,
    /// Events of a page, 1 to 200.
    pub limit: Option<usize>,
}

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
    Query(params): Query<TimelineParams>,
) -> Result<Json<Timeline>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let (company, limit) = (by.company_id, params.limit.unwrap_or(50).clamp(1, 200));
    let found = web.app.store.read(move |reader| match query::exists(reader, company, id)? {
        true => Ok(Some(query::timeline(reader, company, id, params.cursor, limit)?)),
        false => Ok(None),
    });
    let found = found.await?.ok_or_else(|| Error::not_found("order"))?;
    let next = if found.len() == limit { found.last().map(|event| event.position) } else { None };
    Ok(Json(Timeline { items: found.into_iter().map(|event| EventJson::of(event, by.language)).collect(), next }))
}
