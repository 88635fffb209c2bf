//! API tokens over HTTP.

use app::token::create::{NewToken, create};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Act, ApiToken, Codes, Date, Instant, TokenId};
use serde::{Deserialize, Serialize};
use store::query::token;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::secret;
use crate::state::Web;
use crate::value::Named;
use crate::version::Created;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// A secret with which a program acts for a user.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ApiToken)]
pub struct TokenJson {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// For whom it acts.
    pub user: Named,
    /// Permissions it may use, of those the user has.
    pub scopes: Vec<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// Last day it works, by UTC; `null`: until it is revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
    /// Last time it was used.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<Instant>,
    /// It works no more.
    pub revoked: bool,
    /// The token itself, told only once: when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl From<(ApiToken, String)> for TokenJson {
    fn from((token, name): (ApiToken, String)) -> Self {
        TokenJson {
            id: token.id.to_string(),
            name: token.name,
            user: Named { id: token.user_id.to_string(), name },
            scopes: token.scopes.iter().map(str::to_owned).collect(),
            created_at: token.created_at,
            expires_on: token.expires_on,
            last_used_at: token.last_used_at,
            revoked: token.revoked,
            secret: None,
        }
    }
}

impl Tabular for TokenJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "name", cell: |token| Cell::from(&token.name) },
        Column { name: "user", cell: |token| Cell::from(&token.user.name) },
        Column { name: "scopes", cell: |token| Cell::from(&token.scopes.join(",")) },
        Column { name: "created_at", cell: |token| token.created_at.into() },
        Column { name: "expires_on", cell: |token| token.expires_on.into() },
        Column { name: "last_used_at", cell: |token| token.last_used_at.into() },
        Column { name: "revoked", cell: |token| token.revoked.into() },
    ];
}

/// A token to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TokenInput {
    /// What its owner calls it.
    pub name: String,
    /// Permissions it may use; none that its owner does not have.
    pub scopes: Vec<String>,
    /// Last day it works, by UTC.
    pub expires_on: Option<String>,
}

/// The filters of the list of tokens.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TokenQuery {
    /// Words in its name or its user's.
    pub q: Option<String>,
}

/// Lists the company's tokens. Sorts: `created_at` (usual: from the newest), `name`.
#[utoipa::path(get, path = "/api-tokens", operation_id = "list_api_tokens", tag = "token", params(TokenQuery, PageParams), responses((status = 200, body = Listed<TokenJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<TokenQuery>) -> Result<Response, Error> {
    by.may(Act::EditToken)?;
    let company = by.company_id;
    let sorts = Sorts { sorts: token::SORTS, ties: token::TIES, usual: "-created_at" };
    list::answer(&web, &by, "api-tokens", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(token::list(reader, company, asked.filter.q.as_deref(), page)?.map(TokenJson::from))
    })
    .await
}

/// Makes a token that acts for the caller. Its secret is in this answer and nowhere else; not even the same request tells it again.
#[utoipa::path(post, path = "/api-tokens", operation_id = "create_api_token", tag = "token", request_body = TokenInput, responses((status = 201, body = TokenJson)))]
async fn make(State(web): State<Web>, by: By, body: Body<TokenInput>) -> Result<Created<TokenJson>, Error> {
    let mut fields = Fields::new();
    let name = fields.text("/name", &body.input.name, 100);
    let expires_on = fields.optional_date("/expires_on", body.input.expires_on.as_deref());
    fields.done()?;
    let scopes: Codes = body.input.scopes.iter().map(String::as_str).collect();
    let secret = secret::bearer(&web, by.company_id);
    let token_hash = secret::hash(&secret);
    let new = NewToken { name: name.clone(), scopes: scopes.clone(), expires_on, token_hash: token_hash.clone() };
    let made = web.app.command(&by, body.replay, move |work, by| create(work, by, &new)).await?;
    let body = TokenJson {
        id: made.id,
        name,
        user: Named { id: by.user_id.to_string(), name: by.name.clone() },
        scopes: scopes.iter().map(str::to_owned).collect(),
        created_at: Instant::from_micros(made.created_at),
        expires_on,
        last_used_at: None,
        revoked: false,
        // Another secret was kept when the same request came before.
        secret: (made.token_hash == token_hash).then_some(secret),
    };
    Ok(Created { location: format!("/api/v1/api-tokens/{}", body.id), version: 1, body })
}

/// Ends a token for good.
#[utoipa::path(post, path = "/api-tokens/{id}/revoke", operation_id = "revoke_api_token", tag = "token", request_body = Empty, responses((status = 204)))]
async fn revoke(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<StatusCode, Error> {
    let id: TokenId = id.parse().map_err(|_| Error::not_found("token"))?;
    web.app.command(&by, body.replay, move |work, by| app::token::revoke::revoke(work, by, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
