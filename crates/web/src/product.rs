//! Products over HTTP.

mod goods;
mod input;
mod json;

use app::product::{activate, create, deactivate, edit};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, FieldRule, ProductId, Refusal};
use serde::Deserialize;
use store::query::product::{self, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::customer::company;
use crate::error::Error;
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, QuantityJson, Saved};
use crate::version::{Created, Matching, MaybeMatching, Tagged};

use goods::{ChoicesInput, ConfiguredJson};
use input::ProductInput;
use json::{AvailabilityJson, ProductJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, edit))
        .routes(routes!(activate))
        .routes(routes!(deactivate))
        .routes(routes!(availability))
        .routes(routes!(configure))
}

/// The filters of the list of products.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// Words in name, pinyin, initials, code, specification or barcode.
    pub q: Option<String>,
    /// `standard`, `made_to_order`.
    pub kind: Option<String>,
    /// Of this group.
    pub category: Option<String>,
    /// `true`: may be ordered; `false`: may not.
    pub active: Option<String>,
}

/// Lists products with the list prices of today. Sorts: `code` (usual), `name`, `created_at`.
#[utoipa::path(get, path = "/products", operation_id = "list_products", tag = "product", params(ProductQuery, PageParams), responses((status = 200, body = Listed<ProductJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<ProductQuery>) -> Result<Response, Error> {
    by.may(Act::ViewProduct)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let filter = Filter {
        q: query.q,
        kinds: codes(&mut fields, "/kind", query.kind.as_deref()),
        category: query.category,
        active: yes_or_no(&mut fields, "/active", query.active.as_deref()),
    };
    fields.done()?;
    let company = company(&web, &by).await?;
    let (id, currency, today) = (by.company_id, company.currency, company.date_of(web.now()));
    let reading = by.actor.clone();
    let sorts = Sorts { sorts: product::SORTS, ties: product::TIES, usual: "code" };
    list::answer(&web, &by, "products", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(product::list(reader, id, &filter, today, page)?.map(|row| ProductJson::of(row, currency, &reading)))
    })
    .await
}

/// Shows a product with its list price of today.
#[utoipa::path(get, path = "/products/{id}", operation_id = "show_product", tag = "product", responses((status = 200, body = ProductJson)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Tagged<ProductJson>, Error> {
    by.may(Act::ViewProduct)?;
    let company = company(&web, &by).await?;
    let (company_id, today) = (company.id, company.date_of(web.now()));
    let id = id_of(&web, &by, reference).await?;
    let found = web.app.store.read(move |reader| product::one(reader, company_id, id, today)).await?;
    let found = found.ok_or_else(|| Error::not_found("product"))?;
    Ok(Tagged(found.product.version.raw(), ProductJson::of(found, company.currency, &by)))
}

/// Adds a product.
#[utoipa::path(post, path = "/products", operation_id = "create_product", tag = "product", request_body = ProductInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<ProductInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::CreateProduct)?;
    let input = body.input.read(&company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("products", saved))
}

/// Changes a product; documents keep what they were made with.
#[utoipa::path(put, path = "/products/{id}", operation_id = "edit_product", tag = "product", request_body = ProductInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<ProductInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditProduct)?;
    let id = id_of(&web, &by, reference).await?;
    let input = body.input.read(&company(&web, &by).await?)?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a product be ordered again.
#[utoipa::path(post, path = "/products/{id}/activate", operation_id = "activate_product", tag = "product", request_body = Empty, responses((status = 200, body = Saved)))]
async fn activate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditProduct)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Keeps a product off new orders.
#[utoipa::path(post, path = "/products/{id}/deactivate", operation_id = "deactivate_product", tag = "product", request_body = Empty, responses((status = 200, body = Saved)))]
async fn deactivate(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditProduct)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| deactivate::deactivate(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Shows what there is of a product in every warehouse.
#[utoipa::path(get, path = "/products/{id}/availability", operation_id = "show_availability", tag = "product", responses((status = 200, body = Vec<AvailabilityJson>)))]
async fn availability(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<AvailabilityJson>>, Error> {
    by.may(Act::ViewStock)?;
    let company = by.company_id;
    let id = id_of(&web, &by, reference).await?;
    let found =
        web.app.store.read(move |reader| Ok((reader.get::<domain::Product>(company, id)?, product::availability(reader, company, id)?)));
    let (product, there) = found.await?;
    let unit = product.ok_or_else(|| Error::not_found("product"))?.unit;
    let row = |(warehouse, stock): (domain::Warehouse, domain::Stock)| AvailabilityJson {
        warehouse: Coded { id: warehouse.id.to_string(), code: warehouse.code, name: warehouse.name },
        on_hand: QuantityJson::of(stock.on_hand_micro, &unit),
        reserved: QuantityJson::of(stock.reserved_micro, &unit),
        available: QuantityJson::of(stock.available(), &unit),
    };
    Ok(Json(there.into_iter().map(row).collect()))
}

/// Looks at a set of choices: what they add to the price, why they are refused, and what is the nearest that is allowed. Changes nothing.
#[utoipa::path(post, path = "/products/{id}/configure", operation_id = "configure_product", tag = "product", request_body = ChoicesInput, responses((status = 200, body = ConfiguredJson)))]
async fn configure(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<ChoicesInput>,
) -> Result<Json<ConfiguredJson>, Error> {
    by.may(Act::ViewProduct)?;
    let company = company(&web, &by).await?;
    let (company_id, currency) = (company.id, company.currency);
    let id = id_of(&web, &by, reference).await?;
    let product = web.app.store.read(move |reader| reader.get::<domain::Product>(company_id, id)).await?;
    let product = product.ok_or_else(|| Error::not_found("product"))?;
    Ok(Json(ConfiguredJson::of(&product.options.look(&body.input.choices), currency, by.language)))
}

/// The product an address names, by id or code.
pub(crate) async fn id_of(web: &Web, by: &By, reference: String) -> Result<ProductId, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| product::id_of(reader, company, &reference)).await?;
    found.ok_or_else(|| Error::not_found("product"))
}

/// The product a filter names, by id or code; 422 where there is none.
pub(crate) async fn filtered(web: &Web, by: &By, pointer: &str, reference: Option<String>) -> Result<Option<ProductId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let (company, asked) = (by.company_id, reference.clone());
    let found = web.app.store.read(move |reader| product::id_of(reader, company, &asked)).await?;
    Ok(Some(found.ok_or_else(|| Refusal::field(pointer, FieldRule::Unknown { value: reference }))?))
}
