//! Customers that may be the same one: shown while one is typed, and as a list to be worked through (PTY-03).

use app::customer::tell_apart;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{Act, Instant, PairState, Profile, SameAs, Similar};
use serde::{Deserialize, Serialize};
use store::query::duplicate::{self, Pair, Side};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id_of;
use crate::body::{Because, Body};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Named, PairStateCode, SameAsCode};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(similar)).routes(routes!(list)).routes(routes!(tell_apart))
}

/// What is typed of a customer.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SimilarQuery {
    /// Name, as far as it is typed.
    #[param(required = false)]
    pub name: String,
    /// What people call it.
    #[param(required = false)]
    pub short_name: String,
    /// A phone, or several with commas between.
    #[param(required = false)]
    pub phone: String,
    /// Unified social credit code.
    #[param(required = false)]
    pub credit_code: String,
    /// Id or code of the customer that is edited, which is not told of.
    #[param(required = false)]
    pub except: String,
}

/// A customer that may be the one that is entered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SimilarCustomer)]
pub struct SimilarJson {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it may order.
    pub active: bool,
    /// How alike, in percent.
    pub score: i64,
    /// How alike the names are, in percent.
    pub name_score: i64,
    /// By what.
    pub reasons: Vec<SameAsCode>,
    /// Whether a second file is opened only with a `duplicate_reason`.
    pub needs_reason: bool,
    /// Whether it has the same credit code: then there is no second file.
    pub refused: bool,
}

impl From<Similar> for SimilarJson {
    fn from(similar: Similar) -> Self {
        let Similar { customer_id, code, name, active, likeness } = similar;
        SimilarJson {
            id: customer_id.to_string(),
            code,
            name,
            active,
            score: likeness.score,
            name_score: likeness.name_score,
            needs_reason: likeness.score >= domain::NEEDS_A_REASON,
            refused: likeness.reasons.contains(&SameAs::CreditCode),
            reasons: likeness.reasons.into_iter().map(SameAsCode::from).collect(),
        }
    }
}

/// Customers like what is typed, the likest first, at most ten; by indexes, so that it may be asked at every letter.
#[utoipa::path(get, path = "/customers/similar", operation_id = "list_similar_customers", tag = "customer", params(SimilarQuery), responses((status = 200, body = Vec<SimilarJson>)))]
async fn similar(State(web): State<Web>, by: By, Query(query): Query<SimilarQuery>) -> Result<Json<Vec<SimilarJson>>, Error> {
    by.may(Act::ViewCustomer)?;
    let except = match query.except.trim() {
        "" => None,
        reference => Some(id_of(&web, &by, reference.to_owned()).await?),
    };
    let profile = Profile::of(&query.name, &query.short_name, &query.credit_code, [query.phone.as_str()]);
    let company = by.company_id;
    let found = web.app.store.read(move |reader| duplicate::similar(reader, company, &profile, except)).await?;
    Ok(Json(found.into_iter().map(SimilarJson::from).collect()))
}

/// One of a pair.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerPairSide)]
pub struct SideJson {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its credit code, or empty.
    pub credit_code: String,
    /// Whether it may order.
    pub active: bool,
}

impl From<Side> for SideJson {
    fn from(side: Side) -> Self {
        let Side { id, code, name, credit_code, active } = side;
        SideJson { id: id.to_string(), code, name, credit_code, active }
    }
}

/// Two customers that look like one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerPair)]
pub struct PairJson {
    /// The one that was there first.
    pub first: SideJson,
    /// The other one.
    pub second: SideJson,
    /// How alike, in percent.
    pub score: i64,
    /// How alike the names are, in percent.
    pub name_score: i64,
    /// By what.
    pub reasons: Vec<SameAsCode>,
    /// What people say of it.
    pub state: PairStateCode,
    /// Why they are two.
    pub note: String,
    /// Who said so.
    pub decided_by: Option<Named>,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    pub found_at: Instant,
}

impl From<Pair> for PairJson {
    fn from(found: Pair) -> Self {
        let Pair { pair, first, second, decided_by } = found;
        PairJson {
            first: first.into(),
            second: second.into(),
            score: pair.score,
            name_score: pair.name_score,
            reasons: pair.reasons.split(',').filter_map(SameAs::parse).map(SameAsCode::from).collect(),
            state: pair.state.into(),
            note: pair.note,
            decided_by: pair.decided_by.zip(decided_by).map(|(id, name)| Named { id: id.to_string(), name }),
            found_at: pair.found_at,
        }
    }
}

impl Tabular for PairJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.first.code) },
        Column { name: "name", cell: |row| Cell::from(&row.first.name) },
        Column { name: "other_code", cell: |row| Cell::from(&row.second.code) },
        Column { name: "other_name", cell: |row| Cell::from(&row.second.name) },
        Column { name: "score", cell: |row| Cell::from(row.score) },
        Column { name: "state", cell: |row| Cell::from(&row.state.0) },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
    ];
}

/// The filters of the list of pairs.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PairQuery {
    /// `open` (usual) or `distinct`.
    pub state: Option<String>,
}

/// Lists customers that look like one. Sorts: `score` (usual, the likest first), `found_at`.
#[utoipa::path(get, path = "/customers/duplicates", operation_id = "list_customer_pairs", tag = "customer", params(PairQuery, PageParams), responses((status = 200, body = Listed<PairJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<PairQuery>) -> Result<Response, Error> {
    by.may(Act::ViewCustomer)?;
    let mut fields = Fields::new();
    let state = fields.code_or("/state", &PairStateCode::sent(asked.filter.state.unwrap_or_default()), PairState::Open);
    fields.done()?;
    let company = by.company_id;
    let sorts = Sorts { sorts: duplicate::SORTS, ties: duplicate::TIES, usual: "-score" };
    list::answer(&web, &by, "customer_pairs", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(duplicate::list(reader, company, state, page)?.map(PairJson::from))
    })
    .await
}

/// Remembers that two customers are different ones.
#[utoipa::path(post, path = "/customers/{id}/tell-apart/{other}", operation_id = "tell_customers_apart", tag = "customer", request_body = Because, responses((status = 204)))]
async fn tell_apart(
    State(web): State<Web>,
    by: By,
    Path((one, other)): Path<(String, String)>,
    body: Body<Because>,
) -> Result<axum::http::StatusCode, Error> {
    by.may(Act::EditCustomer)?;
    let (one, other) = (id_of(&web, &by, one).await?, id_of(&web, &by, other).await?);
    let reason = body.input.reason;
    web.app.command(&by, body.replay, move |work, by| tell_apart::tell_apart(work, by, one, other, &reason).map(|_| ())).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
