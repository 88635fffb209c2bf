//! For whom a person of an agent acts at the portal (PTY-06).

use app::portal::act_for::act_for;
use axum::Json;
use axum::extract::State;
use domain::{CustomerId, PortalRejection};
use serde::Deserialize;
use utoipa::ToSchema;

use super::person::{self, Newcomer};
use super::session::{PortalSessionJson, of};
use crate::body::Body;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::state::Web;

/// For whom one is going to act.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalCustomerInput {
    /// Id of a customer that orders through one's own, or of one's own.
    pub customer_id: String,
}

/// Acts for a customer that orders through one's own, or for one's own again: everything at the portal is that customer's from here on.
#[utoipa::path(post, path = "/portal/session/customer", operation_id = "choose_portal_customer", tag = "portal", security(("portal" = [])),
    request_body = PortalCustomerInput, responses((status = 200, body = PortalSessionJson), (status = "default", body = Problem)))]
pub(super) async fn choose(
    State(web): State<Web>,
    Newcomer(person): Newcomer,
    body: Body<PortalCustomerInput>,
) -> Result<Json<PortalSessionJson>, Error> {
    if person.user.must_change {
        return Err(Error::refused(PortalRejection::MustChangePassword));
    }
    let mut fields = Fields::new();
    // What is no id is nobody's.
    let customer: CustomerId = body.input.customer_id.parse().unwrap_or_default();
    if customer.is_none() {
        fields.wrong("/customer_id", PortalRejection::NotYours);
    }
    fields.done()?;
    let session = person.session;
    web.app.command(&person, body.replay, move |work, by| act_for(work, by, session, customer)).await?;
    let person = person::again(&web, person).await?;
    Ok(Json(of(&web, &person).await?))
}
