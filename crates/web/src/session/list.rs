//! The sessions that are worth something: seen and ended from elsewhere.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Act, Instant, SessionId};
use serde::{Deserialize, Serialize};
use store::query::session;
use utoipa::{IntoParams, ToSchema};

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Named;

/// A session as lists show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionInfo {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub user: Named,
    /// Signed in at.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// Ends at, unless there is a sign of life before.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Instant,
    /// Last sign of life.
    #[schema(value_type = String, format = DateTime)]
    pub last_seen_at: Instant,
    /// Network address at sign-in.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// It is the one that asks.
    pub current: bool,
}

impl Tabular for SessionInfo {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "user", cell: |session| Cell::from(&session.user.name) },
        Column { name: "created_at", cell: |session| session.created_at.into() },
        Column { name: "last_seen_at", cell: |session| session.last_seen_at.into() },
        Column { name: "expires_at", cell: |session| session.expires_at.into() },
        Column { name: "address", cell: |session| Cell::from(&session.address) },
        Column { name: "agent", cell: |session| Cell::from(&session.agent) },
    ];
}

/// The filters of the list of sessions.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionQuery {
    /// `true`: those of everybody, which needs `user.view`.
    pub all: Option<String>,
}

/// Lists one's own sessions, or everybody's. Sorts: `created_at` (usual: from the newest), `last_seen_at`.
#[utoipa::path(get, path = "/sessions", operation_id = "list_sessions", tag = "session", params(SessionQuery, PageParams), responses((status = 200, body = Listed<SessionInfo>)))]
pub(crate) async fn list(State(web): State<Web>, by: By, asked: Asked<SessionQuery>) -> Result<Response, Error> {
    let mut fields = Fields::new();
    let all = yes_or_no(&mut fields, "/all", asked.filter.all.as_deref()).unwrap_or(false);
    fields.done()?;
    if all {
        by.may(Act::ViewUser)?;
    }
    let (company, now, whose) = (by.company_id, web.now(), (!all).then_some(by.user_id));
    let current = by.session().map(|(id, _)| id);
    let sorts = Sorts { sorts: session::SORTS, ties: session::TIES, usual: "-created_at" };
    list::answer(&web, &by, "sessions", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(session::alive(reader, company, whose, now, page)?.map(|(session, name)| SessionInfo {
            id: session.id.to_string(),
            user: Named { id: session.user_id.to_string(), name },
            created_at: session.created_at,
            expires_at: session.expires_at,
            last_seen_at: session.seen_at,
            address: session.address,
            agent: session.agent,
            current: Some(session.id) == current,
        }))
    })
    .await
}

/// Ends a session.
#[utoipa::path(post, path = "/sessions/{id}/revoke", operation_id = "revoke_session", tag = "session", request_body = Empty, responses((status = 204)))]
pub(crate) async fn revoke(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<StatusCode, Error> {
    let id: SessionId = id.parse().map_err(|_| Error::not_found("session"))?;
    web.app.command(&by, body.replay, move |work, by| app::session::revoke::revoke(work, by, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
