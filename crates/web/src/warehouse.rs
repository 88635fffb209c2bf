//! Warehouses over HTTP.

use app::warehouse::{WarehouseInput as Input, add_bin, create, edit, edit_bin};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, BinId, FieldRule, Refusal, Warehouse, WarehouseId};
use serde::{Deserialize, Serialize};
use store::query::warehouse::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit)).routes(routes!(bins, add_bin)).routes(routes!(edit_bin))
}

/// A warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Warehouse)]
pub struct WarehouseJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether new orders may use it.
    pub active: bool,
    /// Ids of the warehouses where its orders' goods come from as far as it has too few itself, in this order.
    pub also_from: Vec<String>,
}

impl From<Warehouse> for WarehouseJson {
    fn from(warehouse: Warehouse) -> Self {
        let Warehouse { id, version, code, name, address, active, also_from } = warehouse;
        let also_from = also_from.iter().map(WarehouseId::to_string).collect();
        WarehouseJson { id: id.to_string(), version: version.raw(), code, name, address, active, also_from }
    }
}

impl Tabular for WarehouseJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "address", cell: |row| Cell::from(&row.address) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

/// A warehouse, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WarehouseInput {
    /// Code, unique in the company; letters, digits and `-._/#`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether new orders may use it; `true`.
    pub active: Option<bool>,
    /// Ids or codes of the warehouses where its orders' goods come from as far as it has too few itself, in this order; none.
    pub also_from: Vec<String>,
}

impl WarehouseInput {
    async fn read(self, web: &Web, by: &By) -> Result<Input, Error> {
        let mut also_from = Vec::with_capacity(self.also_from.len());
        for (place, reference) in self.also_from.into_iter().enumerate() {
            also_from.extend(filtered(web, by, &format!("/also_from/{place}"), Some(reference)).await?);
        }
        Ok(Input { code: self.code, name: self.name, address: self.address, active: self.active.unwrap_or(true), also_from })
    }
}

/// The filters of the list of warehouses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WarehouseQuery {
    /// Words in name or code.
    pub q: Option<String>,
    /// `true`: used for new orders; `false`: not.
    pub active: Option<String>,
}

/// Lists warehouses. Sorts: `code` (usual), `name`, `created_at`; orders that name none take the oldest active one.
#[utoipa::path(get, path = "/warehouses", operation_id = "list_warehouses", tag = "warehouse", params(WarehouseQuery, PageParams), responses((status = 200, body = Listed<WarehouseJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<WarehouseQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let mut fields = Fields::new();
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    fields.done()?;
    let filter = Filter { q: asked.filter.q, active };
    let company = by.company_id;
    let sorts = Sorts { sorts: warehouse::SORTS, ties: warehouse::TIES, usual: "code" };
    list::answer(&web, &by, "warehouses", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(warehouse::list(reader, company, &filter, page)?.map(WarehouseJson::from))
    })
    .await
}

/// Shows a warehouse.
#[utoipa::path(get, path = "/warehouses/{id}", operation_id = "show_warehouse", tag = "warehouse", responses((status = 200, body = WarehouseJson)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Tagged<WarehouseJson>, Error> {
    by.may(Act::ViewStock)?;
    let company = by.company_id;
    let id = id_of(&web, &by, reference).await?;
    let found = web.app.store.read(move |reader| reader.get::<Warehouse>(company, id)).await?;
    let found = WarehouseJson::from(found.ok_or_else(|| Error::not_found("warehouse"))?);
    Ok(Tagged(found.version, found))
}

/// Adds a warehouse.
#[utoipa::path(post, path = "/warehouses", operation_id = "create_warehouse", tag = "warehouse", request_body = WarehouseInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<WarehouseInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditWarehouse)?;
    let input = body.input.read(&web, &by).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("warehouses", saved))
}

/// Changes a warehouse.
#[utoipa::path(put, path = "/warehouses/{id}", operation_id = "edit_warehouse", tag = "warehouse", request_body = WarehouseInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<WarehouseInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditWarehouse)?;
    let id = id_of(&web, &by, reference).await?;
    let input = body.input.read(&web, &by).await?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// A bin of a warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Bin)]
pub struct BinJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Code on its label.
    pub code: String,
    /// What it is, in words.
    pub name: String,
    /// Whether goods may be put there.
    pub active: bool,
    /// How many different places of goods lie in it.
    pub filled: i64,
}

/// A bin, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BinInput {
    /// Code on its label, unique in the warehouse.
    pub code: String,
    /// What it is, in words.
    pub name: String,
    /// Whether goods may be put there; `true`.
    pub active: Option<bool>,
}

impl BinInput {
    fn read(self) -> add_bin::BinInput {
        add_bin::BinInput { code: self.code, name: self.name, active: self.active.unwrap_or(true) }
    }
}

/// Lists the bins of a warehouse, by code.
#[utoipa::path(get, path = "/warehouses/{id}/bins", operation_id = "list_bins", tag = "warehouse", responses((status = 200, body = Vec<BinJson>)))]
async fn bins(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<BinJson>>, Error> {
    by.may(Act::ViewStock)?;
    let company = by.company_id;
    let id = id_of(&web, &by, reference).await?;
    let found = web.app.store.read(move |reader| warehouse::bins(reader, company, id)).await?;
    let json = |(bin, filled): (domain::Bin, i64)| BinJson {
        id: bin.id.to_string(),
        version: bin.version.raw(),
        code: bin.code,
        name: bin.name,
        active: bin.active,
        filled,
    };
    Ok(Json(found.into_iter().map(json).collect()))
}

/// Adds a bin to a warehouse.
#[utoipa::path(post, path = "/warehouses/{id}/bins", operation_id = "add_bin", tag = "warehouse", request_body = BinInput, responses((status = 200, body = Saved)))]
async fn add_bin(State(web): State<Web>, by: By, Path(reference): Path<String>, body: Body<BinInput>) -> Result<Json<Saved>, Error> {
    by.may(Act::EditWarehouse)?;
    let id = id_of(&web, &by, reference).await?;
    let input = body.input.read();
    let saved = web.app.command(&by, body.replay, move |work, by| add_bin::add_bin(work, by, id, &input)).await?;
    Ok(Json(saved.into()))
}

/// Changes a bin.
#[utoipa::path(put, path = "/bins/{id}", operation_id = "edit_bin", tag = "warehouse", request_body = BinInput, responses((status = 200, body = Saved)))]
async fn edit_bin(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<BinInput>,
) -> Result<Json<Saved>, Error> {
    let id: BinId = id.parse().map_err(|_| Error::not_found("bin"))?;
    let input = body.input.read();
    let saved = web.app.command(&by, body.replay, move |work, by| edit_bin::edit_bin(work, by, id, version, &input)).await?;
    Ok(Json(saved.into()))
}

/// The warehouse an address names, by id or code.
async fn id_of(web: &Web, by: &By, reference: String) -> Result<WarehouseId, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| warehouse::id_of(reader, company, &reference)).await?;
    found.ok_or_else(|| Error::not_found("warehouse"))
}

/// The warehouse a filter names, by id or code; 422 where there is none.
pub(crate) async fn filtered(web: &Web, by: &By, pointer: &str, reference: Option<String>) -> Result<Option<WarehouseId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let (company, asked) = (by.company_id, reference.clone());
    let found = web.app.store.read(move |reader| warehouse::id_of(reader, company, &asked)).await?;
    Ok(Some(found.ok_or_else(|| Refusal::field(pointer, FieldRule::Unknown { value: reference }))?))
}
