//! What was learned from corrections: seen and forgotten by who administers the company.

use app::intake::delete;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Act;
use domain::Instant;
use serde::{Deserialize, Serialize};
use store::query::intake::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::IntakeKindCode;
use crate::version::Matching;

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(delete))
}

/// Words that were learned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakePhrase)]
pub struct PhraseJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// What the words name.
    pub kind: IntakeKindCode,
    /// The words as they were written.
    pub said: String,
    /// Code and name of the product or customer they mean, or the unit.
    pub target: String,
    /// Only where this customer says so; `null`: whoever says so.
    pub customer_name: Option<String>,
    /// Name of who taught it.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl From<intake::Listed> for PhraseJson {
    fn from(row: intake::Listed) -> Self {
        let intake::Listed { phrase, target, customer_name, by_name } = row;
        PhraseJson {
            id: phrase.id.to_string(),
            version: phrase.version.raw(),
            kind: phrase.kind.into(),
            said: phrase.said,
            target,
            customer_name,
            by: by_name,
            created_at: phrase.created_at,
        }
    }
}

impl Tabular for PhraseJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "said", cell: |row| Cell::from(&row.said) },
        Column { name: "target", cell: |row| Cell::from(&row.target) },
        Column { name: "customer", cell: |row| Cell::from(row.customer_name.as_deref().unwrap_or_default()) },
    ];
}

/// The filters of what was learned.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PhraseQuery {
    /// Part of the words.
    pub q: Option<String>,
    /// `product`, `unit` or `customer`; several with commas.
    pub kind: Option<String>,
}

/// Lists what was learned from corrections. Sorts: `created_at` (usual, newest first), `phrase`.
#[utoipa::path(get, path = "/intake/phrases", operation_id = "list_intake_phrases", tag = "intake", params(PhraseQuery, PageParams), responses((status = 200, body = Listed<PhraseJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<PhraseQuery>) -> Result<Response, Error> {
    by.may(Act::EditCompany)?;
    let mut fields = Fields::new();
    let kinds = codes(&mut fields, "/kind", asked.filter.kind.as_deref());
    fields.done()?;
    let filter = Filter { q: asked.filter.q, kinds };
    let company = by.company_id;
    let sorts = Sorts { sorts: intake::SORTS, ties: intake::TIES, usual: "-created_at" };
    list::answer(&web, &by, "intake_phrases", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(intake::list(reader, company, &filter, page)?.map(PhraseJson::from))
    })
    .await
}

/// Forgets what was learned; orders that were read by it stay as they are.
#[utoipa::path(delete, path = "/intake/phrases/{id}", operation_id = "delete_intake_phrase", tag = "intake", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    by.may(Act::EditCompany)?;
    let id = id.parse().map_err(|_| Error::not_found("intake_phrase"))?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}
