//! Suppliers over HTTP: a list, one with what it supplies, create and edit.

mod input;
mod json;

use app::supplier::{create, edit};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, FieldRule, Refusal, Supplier, SupplierId};
use serde::Deserialize;
use store::query::supplier::{self as query, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::product;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};
use input::SupplierInputJson;
use json::{SupplierJson, SupplierRow};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit))
}

/// The filters of the list of suppliers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SupplierQuery {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// `true`: new purchase orders may go to them; `false`: not.
    pub active: Option<String>,
    /// Id or code of a product they supply.
    pub product: Option<String>,
}

/// Lists suppliers. Sorts: `code` (usual), `name`, `lead_days`, `created_at`.
#[utoipa::path(get, path = "/suppliers", operation_id = "list_suppliers", tag = "supplier", params(SupplierQuery, PageParams),
    responses((status = 200, body = Listed<SupplierRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<SupplierQuery>) -> Result<Response, Error> {
    by.may(Act::ViewSupplier)?;
    let mut fields = Fields::new();
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", asked.filter.product).await?;
    let filter = Filter { q: asked.filter.q, active, product };
    let company = by.company_id;
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "code" };
    list::answer(&web, &by, "suppliers", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(|listed| SupplierRow::of(&listed)))
    })
    .await
}

/// Shows a supplier with what it supplies.
#[utoipa::path(get, path = "/suppliers/{id}", operation_id = "show_supplier", tag = "supplier",
    params(("id" = String, Path, description = "Id or code of the supplier")),
    responses((status = 200, body = SupplierJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Tagged<SupplierJson>, Error> {
    by.may(Act::ViewSupplier)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let read = web.app.store.read(move |reader| {
        let Some(supplier) = reader.get::<Supplier>(company, id)? else { return Ok(None) };
        let measured = store::query::purchase::lead_times(reader, company, &[id])?;
        Ok(Some(SupplierJson::of(&supplier, &query::products(reader, company, id)?, &measured)))
    });
    let shown = read.await?.ok_or_else(|| Error::not_found("supplier"))?;
    Ok(Tagged(shown.version, shown))
}

/// Adds a supplier.
#[utoipa::path(post, path = "/suppliers", operation_id = "create_supplier", tag = "supplier", request_body = SupplierInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<SupplierInputJson>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditSupplier)?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("suppliers", saved))
}

/// Changes a supplier and what it supplies; purchase orders that are written keep their prices.
#[utoipa::path(put, path = "/suppliers/{id}", operation_id = "edit_supplier", tag = "supplier", request_body = SupplierInputJson,
    params(("id" = String, Path, description = "Id or code of the supplier")),
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<SupplierInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditSupplier)?;
    let id = id_of(&web, &by, reference).await?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// The supplier an address names, by id or code.
async fn id_of(web: &Web, by: &By, reference: String) -> Result<SupplierId, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| query::id_of(reader, company, &reference)).await?;
    found.ok_or_else(|| Error::not_found("supplier"))
}

/// The supplier a filter names, by id or code; 422 where there is none.
pub(crate) async fn filtered(web: &Web, by: &By, pointer: &str, reference: Option<String>) -> Result<Option<SupplierId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let (company, asked) = (by.company_id, reference.clone());
    let found = web.app.store.read(move |reader| query::id_of(reader, company, &asked)).await?;
    Ok(Some(found.ok_or_else(|| Refusal::field(pointer, FieldRule::Unknown { value: reference }))?))
}
