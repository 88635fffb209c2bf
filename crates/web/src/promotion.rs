//! Promotions over HTTP: a list, one of them, and its steps.

mod json;

use app::promotion::{activate, create, edit, end};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, PromotionId, PromotionStatus};
use serde::Deserialize;
use store::query::promotion::{self as query, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::customer;
use crate::error::{Error, Problem};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use json::{PromotionInputJson, PromotionJson, PromotionRow};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create_promotion))
        .routes(routes!(show, edit_promotion))
        .routes(routes!(activate_promotion))
        .routes(routes!(end_promotion))
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PromotionQuery {
    /// Words in code or name.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or code of the customer it is for alone.
    pub customer: Option<String>,
}

fn id_of(text: &str) -> Result<PromotionId, Error> {
    text.parse().map_err(|_| Error::not_found("promotion"))
}

/// Promotions, filtered and sorted. Sorts: `created_at` (usual, newest first), `code`, `valid_to`.
#[utoipa::path(get, path = "/promotions", tag = "promotions", operation_id = "list_promotions", params(PromotionQuery, PageParams),
    responses((status = 200, body = Listed<PromotionRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<PromotionQuery>) -> Result<Response, Error> {
    by.may(Act::ViewPromotion)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<PromotionStatus>(&mut fields, "/status", sent.status.as_deref());
    fields.done()?;
    let customer = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let (company, language) = (by.company_id, by.language);
    let filter = Filter { q: sent.q, status, customer };
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "promotions", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(|row| PromotionRow::of(&row, language)))
    })
    .await
}

/// A promotion, how often it is used, and what may be done with it.
#[utoipa::path(get, path = "/promotions/{id}", tag = "promotions", operation_id = "get_promotion",
    responses((status = 200, body = PromotionJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<PromotionJson>, Error> {
    by.may(Act::ViewPromotion)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let today = today(&web, &by).await?;
    let found = web.app.store.read(move |reader| {
        let Some(row) = query::one(reader, company, id)? else { return Ok(None) };
        let products = query::products(reader, company, &row.promotion.products)?;
        Ok(Some((row, products)))
    });
    let (row, products) = found.await?.ok_or_else(|| Error::not_found("promotion"))?;
    Ok(Tagged(row.promotion.version.raw(), PromotionJson::of(&row, products, today, &by)))
}

/// Writes a draft of a promotion.
#[utoipa::path(post, path = "/promotions", tag = "promotions", operation_id = "create_promotion", request_body = PromotionInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create_promotion(State(web): State<Web>, by: By, body: Body<PromotionInputJson>) -> Result<Created<Saved>, Error> {
    by.may(Act::CreatePromotion)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("promotions", saved))
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/promotions/{id}", tag = "promotions", operation_id = "edit_promotion", request_body = PromotionInputJson,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit_promotion(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<PromotionInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::CreatePromotion)?;
    let id = id_of(&id)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Puts a promotion in force.
#[utoipa::path(post, path = "/promotions/{id}/activate", tag = "promotions", operation_id = "promotion_activate", request_body = Empty,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn activate_promotion(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Ends a promotion, or gives a draft up.
#[utoipa::path(post, path = "/promotions/{id}/end", tag = "promotions", operation_id = "promotion_end", request_body = Because,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn end_promotion(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let saved = web.app.command(&by, replay, move |work, by| end::end(work, by, id, version, &input.reason)).await?;
    Ok(Tagged::saved(saved))
}
