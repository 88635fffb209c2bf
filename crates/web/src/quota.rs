//! Quotas over HTTP: a list, one with what orders took of it, create, edit, in and out of use (PRM-06).

mod json;

use app::quota::{activate, create, edit};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, QuotaId};
use serde::Deserialize;
use store::query::quota::{self as query, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::product;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
pub(crate) use json::selector;
use json::{QuotaInputJson, QuotaJson, QuotaRow};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit)).routes(routes!(activate)).routes(routes!(deactivate))
}

/// The filters of the list of quotas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct QuotaQuery {
    /// Words in code, name, region or product.
    pub q: Option<String>,
    /// `true`: orders take of them; `false`: not.
    pub active: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// In force on this day.
    pub on: Option<String>,
}

/// Lists quotas. Sorts: `valid_to` (usual, latest first), `code`, `name`, `product`, `taken`, `created_at`.
#[utoipa::path(get, path = "/quotas", operation_id = "list_quotas", tag = "quota", params(QuotaQuery, PageParams),
    responses((status = 200, body = Listed<QuotaRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<QuotaQuery>) -> Result<Response, Error> {
    by.may(Act::ViewQuota)?;
    let mut fields = Fields::new();
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    let on = fields.optional_date("/on", asked.filter.on.as_deref());
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", asked.filter.product).await?;
    let filter = Filter { q: asked.filter.q, active, product, on };
    let company = by.company_id;
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-valid_to" };
    list::answer(&web, &by, "quotas", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(|listed| QuotaRow::of(&listed)))
    })
    .await
}

/// Shows a quota with what each order took of it.
#[utoipa::path(get, path = "/quotas/{id}", operation_id = "show_quota", tag = "quota",
    params(("id" = String, Path, description = "Id or code of the quota")),
    responses((status = 200, body = QuotaJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Tagged<QuotaJson>, Error> {
    by.may(Act::ViewQuota)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let sees_orders = by.may(Act::ViewOrder).is_ok();
    let read = web.app.store.read(move |reader| {
        let Some(quota) = query::one(reader, company, id)? else { return Ok(None) };
        let takes = if sees_orders { query::takes(reader, company, id)? } else { Vec::new() };
        Ok(Some(QuotaJson::of(&quota, &takes)))
    });
    let shown = read.await?.ok_or_else(|| Error::not_found("quota"))?;
    Ok(Tagged(shown.row.version, shown))
}

/// Adds a quota; orders that are submitted from now on take of it where it covers them.
#[utoipa::path(post, path = "/quotas", operation_id = "create_quota", tag = "quota", request_body = QuotaInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<QuotaInputJson>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditQuota)?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("quotas", saved))
}

/// Changes a quota; what orders took stays, and once there is some, product, grade, channel and region stay too.
#[utoipa::path(put, path = "/quotas/{id}", operation_id = "edit_quota", tag = "quota", request_body = QuotaInputJson,
    params(("id" = String, Path, description = "Id or code of the quota")),
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<QuotaInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditQuota)?;
    let id = id_of(&web, &by, reference).await?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets orders take of a quota again.
#[utoipa::path(post, path = "/quotas/{id}/activate", operation_id = "activate_quota", tag = "quota", request_body = Empty,
    params(("id" = String, Path, description = "Id or code of the quota")),
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn activate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditQuota)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Puts a quota out of use: it limits nobody any more.
#[utoipa::path(post, path = "/quotas/{id}/deactivate", operation_id = "deactivate_quota", tag = "quota", request_body = Empty,
    params(("id" = String, Path, description = "Id or code of the quota")),
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn deactivate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditQuota)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::deactivate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// The quota an address names, by id or code.
async fn id_of(web: &Web, by: &By, reference: String) -> Result<QuotaId, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| query::id_of(reader, company, &reference)).await?;
    found.ok_or_else(|| Error::not_found("quota"))
}
