//! What lies in which bin, of which lot, in which status; and moving it there.

use app::stock::SaidSpot;
use app::stock::relocate::{Moved, Relocation, relocate};
use app::stock::scrap::{Scrap, scrap};
use axum::Json;
use axum::extract::{Query, State};
use domain::{Act, FieldRule, Refusal, StockStatus};
use serde::{Deserialize, Serialize};
use store::query::stock::{self, Lying, PlaceFilter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{Coded, QuantityInput, QuantityJson, StockStatusCode};
use crate::{product, warehouse};

/// The addresses of places.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(places)).routes(routes!(move_goods)).routes(routes!(scrap_goods))
}

/// Most places that are answered.
const MOST: usize = 2_000;

/// The filters of places.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the warehouse; one of both is needed.
    pub warehouse: Option<String>,
}

/// What lies in one place.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockPlace)]
pub struct PlaceJson {
    /// Id of the product.
    pub product_id: String,
    /// In which warehouse.
    pub warehouse: Coded,
    /// Code of the bin, or empty.
    pub bin: String,
    /// Number of the lot or the piece, or empty.
    pub lot: String,
    /// Its id, where there is one.
    pub lot_id: Option<String>,
    /// Last day of the lot.
    pub expires_on: Option<String>,
    /// In which status.
    pub status: StockStatusCode,
    /// How much.
    pub on_hand: QuantityJson,
}

impl From<Lying> for PlaceJson {
    fn from(row: Lying) -> Self {
        PlaceJson {
            product_id: row.product_id.to_string(),
            warehouse: Coded { id: row.warehouse_id.to_string(), code: row.warehouse_code, name: row.warehouse_name },
            bin: row.bin,
            lot: row.lot,
            lot_id: (row.spot.lot_id != domain::LotId::NONE).then(|| row.spot.lot_id.to_string()),
            expires_on: row.expires_on.map(|day| day.to_string()),
            status: row.spot.status.into(),
            on_hand: QuantityJson::of(row.on_hand, &row.unit),
        }
    }
}

/// Shows where a product lies, or what lies in a warehouse, by bin, lot and status; at most 2,000 places.
#[utoipa::path(get, path = "/stock/places", operation_id = "list_stock_places", tag = "stock", params(PlaceQuery), responses((status = 200, body = Vec<PlaceJson>)))]
async fn places(State(web): State<Web>, by: By, Query(query): Query<PlaceQuery>) -> Result<Json<Vec<PlaceJson>>, Error> {
    by.may(Act::ViewStock)?;
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", query.warehouse).await?;
    if product.is_none() && warehouse.is_none() {
        return Err(Refusal::field("/product", FieldRule::Required).into());
    }
    let company = by.company_id;
    let filter = PlaceFilter { product, warehouse, bin: None };
    let found = web.app.store.read(move |reader| stock::places(reader, company, filter, MOST)).await?;
    Ok(Json(found.into_iter().map(PlaceJson::from).collect()))
}

/// Goods that go to another bin or status of their warehouse.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RelocationInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Id or code of the product.
    pub product_id: String,
    /// How much, in its unit.
    pub quantity: QuantityInput,
    /// Id or code of the bin it lies in, or empty.
    pub bin: String,
    /// Number of its lot, or empty; it stays of it.
    pub lot: String,
    /// Status it lies in: `free` where left out.
    pub status: StockStatusCode,
    /// Id or code of the bin it goes to, or empty.
    pub to_bin: String,
    /// Status it goes to: `free` where left out.
    pub to_status: StockStatusCode,
    /// Why; needed where the status changes.
    pub reason: String,
}

/// What a change within the stock answers with.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockMoved)]
pub struct MovedJson {
    /// Id of the change: the cause of its movements.
    pub id: String,
}

impl From<Moved> for MovedJson {
    fn from(moved: Moved) -> Self {
        MovedJson { id: moved.id.to_string() }
    }
}

/// Moves goods to another bin or status of their warehouse.
#[utoipa::path(post, path = "/stock/move", operation_id = "move_stock", tag = "stock", request_body = RelocationInput, responses((status = 200, body = MovedJson)))]
async fn move_goods(State(web): State<Web>, by: By, body: Body<RelocationInput>) -> Result<Json<MovedJson>, Error> {
    by.may(Act::MoveStock)?;
    let input = body.input;
    let mut fields = Fields::new();
    let said = Relocation {
        warehouse: fields.required("/warehouse_id", &input.warehouse_id, 100),
        product: fields.required("/product_id", &input.product_id, 100),
        quantity: fields.quantity("/quantity", &input.quantity),
        unit: input.quantity.unit().map(str::to_owned),
        from: SaidSpot { bin: input.bin, lot: input.lot, status: fields.code_or("/status", &input.status, StockStatus::Free) },
        to_bin: input.to_bin,
        to_status: fields.code_or("/to_status", &input.to_status, StockStatus::Free),
        reason: input.reason,
    };
    fields.done()?;
    let moved = web.app.command(&by, body.replay, move |work, by| relocate(work, by, &said)).await?;
    Ok(Json(moved.into()))
}

/// Goods that are thrown away.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScrapInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Id or code of the product.
    pub product_id: String,
    /// How much, in its unit.
    pub quantity: QuantityInput,
    /// Id or code of the bin it lies in, or empty.
    pub bin: String,
    /// Number of its lot, or empty.
    pub lot: String,
    /// Status it lies in: `free` where left out.
    pub status: StockStatusCode,
    /// Why.
    pub reason: String,
}

/// Takes goods out of the books for good.
#[utoipa::path(post, path = "/stock/scrap", operation_id = "scrap_stock", tag = "stock", request_body = ScrapInput, responses((status = 200, body = MovedJson)))]
async fn scrap_goods(State(web): State<Web>, by: By, body: Body<ScrapInput>) -> Result<Json<MovedJson>, Error> {
    by.may(Act::ScrapStock)?;
    let input = body.input;
    let mut fields = Fields::new();
    let said = Scrap {
        warehouse: fields.required("/warehouse_id", &input.warehouse_id, 100),
        product: fields.required("/product_id", &input.product_id, 100),
        quantity: fields.quantity("/quantity", &input.quantity),
        unit: input.quantity.unit().map(str::to_owned),
        from: SaidSpot { bin: input.bin, lot: input.lot, status: fields.code_or("/status", &input.status, StockStatus::Free) },
        reason: fields.required("/reason", &input.reason, 500),
    };
    fields.done()?;
    let moved = web.app.command(&by, body.replay, move |work, by| scrap(work, by, &said)).await?;
    Ok(Json(moved.into()))
}
