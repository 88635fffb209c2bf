//! New customers that somebody else has looked at (PTY-04).

use app::customer::verify;
use axum::extract::{Path, State};
use domain::{Act, Instant, VerifyCheck};
use serde::{Deserialize, Serialize};
use store::query::customer::Verified;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id_of;
use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{Named, Saved, VerifyCheckCode};
use crate::version::{MaybeMatching, Tagged};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(verify))
}

/// Who entered a customer, and who has looked at it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerVerification)]
pub struct VerificationJson {
    /// Who entered it, or changed what it was verified by: verifies it never.
    pub entered_by: Named,
    /// What was looked at.
    pub checks: Vec<VerifyCheckCode>,
    /// What was found.
    pub note: String,
    /// Who looked; `null`: nobody yet.
    pub verified_by: Option<Named>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub verified_at: Option<Instant>,
}

impl From<Verified> for VerificationJson {
    fn from(verified: Verified) -> Self {
        let Verified { entry, entered_by, verified_by } = verified;
        VerificationJson {
            entered_by: Named { id: entry.entered_by.to_string(), name: entered_by },
            checks: entry.checks.iter().filter_map(VerifyCheck::parse).map(VerifyCheckCode::from).collect(),
            note: entry.note,
            verified_by: entry.verified_by.zip(verified_by).map(|(id, name)| Named { id: id.to_string(), name }),
            verified_at: entry.verified_at,
        }
    }
}

/// What was looked at of a new customer.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = VerifyInput)]
pub struct VerifyInputJson {
    /// Every check: `licence`, `phone` and `address`.
    pub checks: Vec<VerifyCheckCode>,
    /// What was found; kept with the event.
    pub note: String,
}

/// Says that a customer is who it says it is; by somebody else than who entered it.
#[utoipa::path(post, path = "/customers/{id}/verify", operation_id = "verify_customer", tag = "customer", request_body = VerifyInputJson, responses((status = 200, body = Saved)))]
async fn verify(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<VerifyInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::VerifyCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let mut fields = Fields::new();
    let mut checks = Vec::with_capacity(body.input.checks.len());
    for (place, check) in body.input.checks.iter().enumerate() {
        checks.push(fields.code(&format!("/checks/{place}"), check));
    }
    fields.done()?;
    let note = body.input.note;
    let saved = web.app.command(&by, body.replay, move |work, by| verify::verify(work, by, id, version, (&checks, &note))).await?;
    Ok(Tagged::saved(saved))
}
