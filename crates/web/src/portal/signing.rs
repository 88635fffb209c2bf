//! The way from the portal to the page on which a confirmation is signed.

use app::portal::open_confirmation::open_confirmation;
use axum::Json;
use axum::extract::{Path, State};
use domain::LinkPurpose;
use serde::Serialize;
use utoipa::ToSchema;

use super::order::id_of;
use super::person::Person;
use crate::body::{Body, Empty};
use crate::error::{Error, Problem};
use crate::link;
use crate::state::Web;

/// Where a confirmation is signed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalSigning {
    /// Path of the page, for one day; `null` where the request was answered before: ask again with another key.
    pub path: Option<String>,
}

/// Makes a link to the confirmation of an order that waits for the customer's signature, for who is signed in.
#[utoipa::path(post, path = "/portal/orders/{id}/signing-link", operation_id = "create_portal_signing_link", tag = "portal", security(("portal" = [])),
    request_body = Empty, responses((status = 200, body = PortalSigning), (status = "default", body = Problem)))]
pub(super) async fn link(
    State(web): State<Web>,
    person: Person,
    Path(id): Path<String>,
    body: Body<Empty>,
) -> Result<Json<PortalSigning>, Error> {
    let id = id_of(&id)?;
    let token = link::token(&web, person.company_id);
    let (hash, path) = (token.hash.clone(), format!("{}{}", LinkPurpose::SignConfirmation.path(), token.secret));
    let opened = web.app.command(&person, body.replay, move |work, by| open_confirmation(work, by, id, &token)).await?;
    Ok(Json(PortalSigning { path: (opened.token_hash == hash).then_some(path) }))
}
