//! Stock over HTTP.

mod json;
mod place;
mod tag;
mod valuation;

use app::stock::adjust::{Count, adjust as adjust_stock};
use app::stock::receive::{Material, Receipt, ReceiptLine, receive as receive_stock};
use app::stock::{LotDays, SaidSpot};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{Act, Currency, Instant, StockStatus};
use serde::{Deserialize, Serialize};
use store::query::stock::{self, Filter, MovementFilter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{MoneyInput, QuantityInput, StockStatusCode};
use crate::{product, warehouse};

pub(crate) use json::StockProduct;
use json::{MovementJson, PastStockJson, ReceivedJson, StockJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(past))
        .routes(routes!(receive))
        .routes(routes!(adjust))
        .routes(routes!(movements))
        .merge(place::routes())
        .merge(tag::routes())
        .merge(valuation::routes())
}

/// The filters of the list of stock.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StockQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
    /// `true`: only where nothing is free.
    pub low: Option<String>,
}

/// Lists what lies where. Sort: `product` (its code).
#[utoipa::path(get, path = "/stock", operation_id = "list_stock", tag = "stock", params(StockQuery, PageParams), responses((status = 200, body = Listed<StockJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<StockQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let low = yes_or_no(&mut fields, "/low", query.low.as_deref()) == Some(true);
    fields.done()?;
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", query.warehouse).await?;
    let filter = Filter { q: query.q, product, warehouse, low };
    let company = by.company_id;
    let sorts = Sorts { sorts: stock::SORTS, ties: stock::TIES, usual: "product" };
    list::answer(&web, &by, "stock", (&asked.page, asked.format), sorts, move |reader, page| {
        let found = stock::list(reader, company, &filter, page)?;
        let products: Vec<_> = found.rows.iter().map(|row| row.stock.product_id).collect();
        let on_the_way = stock::in_transit(reader, company, &products)?;
        let coming = |row: &stock::Listed| on_the_way.get(&(row.stock.product_id, row.stock.warehouse_id)).copied();
        Ok(found.map(|row| StockJson::with(coming(&row).unwrap_or_default(), row)))
    })
    .await
}

/// The filters of the list of past stock.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PastStockQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
    /// At the end of this day, in the company's time zone.
    pub on: Option<String>,
    /// At this moment, where no day is given; now where neither is.
    pub at: Option<String>,
}

/// Lists what lay where at a past moment, by the ledger, beside what lies there now. Sort: `product` (its code).
#[utoipa::path(get, path = "/stock/past", operation_id = "list_past_stock", tag = "stock", params(PastStockQuery, PageParams), responses((status = 200, body = Listed<PastStockJson>)))]
async fn past(State(web): State<Web>, by: By, asked: Asked<PastStockQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let day = fields.optional_date("/on", query.on.as_deref().filter(|day| !day.is_empty()));
    let at = fields.optional_instant("/at", query.at.as_deref());
    fields.done()?;
    let zone = crate::by::zone(&web, by.company_id).await?;
    // The last microsecond of the day.
    let end_of = |day: domain::Date| Instant::from_micros(Instant::start_of_in(day.plus_days(1), &zone).micros() - 1);
    let moment = day.map(end_of).or(at).unwrap_or_else(|| web.now());
    let product = product::filtered(&web, &by, "/product", query.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", query.warehouse).await?;
    let filter = Filter { q: query.q, product, warehouse, low: false };
    let company = by.company_id;
    let sorts = Sorts { sorts: stock::SORTS, ties: stock::TIES, usual: "product" };
    list::answer(&web, &by, "stock", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(stock::past(reader, company, &filter, moment, page)?.map(PastStockJson::from))
    })
    .await
}

/// Goods that came in.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Number of the paper that came with them.
    pub reference: String,
    /// Anything else.
    pub note: String,
    /// What came.
    pub lines: Vec<ReceiptLineInput>,
}

/// One product that came in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReceiptLineInput {
    /// Id or code of the product.
    pub product_id: String,
    /// How much, in its unit; of what has a serial number, one piece.
    pub quantity: QuantityInput,
    /// Id or code of the bin it goes into, or empty.
    pub bin: String,
    /// Number of its lot, or the serial number of the piece; where the product is tracked by them.
    pub lot: String,
    /// Status it lies in: `free` where left out.
    pub status: StockStatusCode,
    /// Day the lot was made, where it comes for the first time.
    pub made_on: String,
    /// Its last day; by the shelf life of the product where left out.
    pub expires_on: String,
    /// Number the supplier gave the lot.
    pub origin: String,
    /// What one unit cost, in the currency of the books; only from who may see costs.
    pub unit_cost: Option<MoneyInput>,
    /// What it was made of; it leaves the same warehouse.
    pub made_from: Vec<MaterialInput>,
}

/// What went into something that was made.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MaterialInput {
    /// Id or code of the product.
    pub product_id: String,
    /// How much, in its unit.
    pub quantity: QuantityInput,
    /// Id or code of the bin it lies in, or empty.
    pub bin: String,
    /// Number of its lot, or empty.
    pub lot: String,
}

impl ReceiptLineInput {
    fn read(self, place: usize, currency: Currency, fields: &mut Fields) -> ReceiptLine {
        let at = |field: &str| format!("/lines/{place}/{field}");
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let made_from = self.made_from.into_iter().enumerate().map(|(number, material)| Material {
            product: fields.required(&at(&format!("made_from/{number}/product_id")), &material.product_id, 100),
            quantity: fields.quantity(&at(&format!("made_from/{number}/quantity")), &material.quantity),
            spot: SaidSpot { bin: material.bin, lot: material.lot, status: StockStatus::Free },
        });
        let made_from = made_from.collect();
        ReceiptLine {
            made_from,
            product: fields.required(&at("product_id"), &self.product_id, 100),
            quantity: fields.quantity(&at("quantity"), &self.quantity),
            unit: self.quantity.unit().map(str::to_owned),
            spot: SaidSpot { bin: self.bin, lot: self.lot, status: fields.code_or(&at("status"), &self.status, StockStatus::Free) },
            days: LotDays {
                made_on: fields.optional_date(&at("made_on"), given(self.made_on).as_deref()),
                expires_on: fields.optional_date(&at("expires_on"), given(self.expires_on).as_deref()),
                origin: fields.text(&at("origin"), &self.origin, 60),
            },
            unit_cost: fields.optional_price(&at("unit_cost"), self.unit_cost.as_ref(), currency),
        }
    }
}

impl ReceiptInput {
    fn read(self, currency: Currency) -> Result<Receipt, Error> {
        let mut fields = Fields::new();
        let mut line = |(place, line): (usize, ReceiptLineInput)| line.read(place, currency, &mut fields);
        let lines = self.lines.into_iter().enumerate().map(&mut line).collect();
        let warehouse = fields.required("/warehouse_id", &self.warehouse_id, 100);
        fields.done()?;
        Ok(Receipt { warehouse, reference: self.reference, note: self.note, lines })
    }
}

/// Takes goods into a warehouse, all lines or none.
#[utoipa::path(post, path = "/stock/receive", operation_id = "receive_stock", tag = "stock", request_body = ReceiptInput, responses((status = 200, body = ReceivedJson)))]
async fn receive(State(web): State<Web>, by: By, body: Body<ReceiptInput>) -> Result<Json<ReceivedJson>, Error> {
    by.may(Act::ReceiveStock)?;
    if body.input.lines.iter().any(|line| line.unit_cost.is_some()) {
        by.may(Act::SeeCost)?;
    }
    let receipt = body.input.read(crate::customer::company(&web, &by).await?.currency)?;
    let received = web.app.command(&by, body.replay, move |work, by| receive_stock(work, by, &receipt)).await?;
    Ok(Json(received.into()))
}

/// What was counted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CountInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Id or code of the product.
    pub product_id: String,
    /// Id or code of the bin that was counted, or empty.
    pub bin: String,
    /// Number of the lot that was counted, or empty.
    pub lot: String,
    /// Status that was counted: `free` where left out.
    pub status: StockStatusCode,
    /// What lies there, in the product's unit.
    pub counted: QuantityInput,
    /// Why the books differ.
    pub reason: String,
}

impl CountInput {
    fn read(self) -> Result<Count, Error> {
        let mut fields = Fields::new();
        let count = Count {
            warehouse: fields.required("/warehouse_id", &self.warehouse_id, 100),
            product: fields.required("/product_id", &self.product_id, 100),
            spot: SaidSpot { bin: self.bin, lot: self.lot, status: fields.code_or("/status", &self.status, StockStatus::Free) },
            counted: fields.quantity("/counted", &self.counted),
            unit: self.counted.unit().map(str::to_owned),
            reason: fields.required("/reason", &self.reason, 500),
        };
        fields.done()?;
        Ok(count)
    }
}

/// Corrects what is on hand to what was counted.
#[utoipa::path(post, path = "/stock/adjust", operation_id = "adjust_stock", tag = "stock", request_body = CountInput, responses((status = 200, body = StockJson)))]
async fn adjust(State(web): State<Web>, by: By, body: Body<CountInput>) -> Result<Json<StockJson>, Error> {
    by.may(Act::AdjustStock)?;
    let count = body.input.read()?;
    let counted = web.app.command(&by, body.replay, move |work, by| adjust_stock(work, by, &count)).await?;
    Ok(Json(counted.into()))
}

/// The filters of the ledger.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MovementQuery {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Id or code of the product.
    pub product: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
    /// Id of the lot.
    pub lot: Option<String>,
}

/// Lists the ledger of what came and went; what is only reserved is seen on its order. Sort: `-at` (usual).
#[utoipa::path(get, path = "/stock/movements", operation_id = "list_movements", tag = "stock", params(MovementQuery, PageParams), responses((status = 200, body = Listed<MovementJson>)))]
async fn movements(State(web): State<Web>, by: By, asked: Asked<MovementQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let product = product::filtered(&web, &by, "/product", asked.filter.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", asked.filter.warehouse).await?;
    let mut fields = Fields::new();
    let lot = fields.optional_id("/lot", asked.filter.lot.as_deref());
    fields.done()?;
    let filter = MovementFilter { q: asked.filter.q, product, warehouse, lot };
    let company = by.company_id;
    let sorts = Sorts { sorts: stock::MOVEMENT_SORTS, ties: stock::MOVEMENT_TIES, usual: "-at" };
    list::answer(&web, &by, "movements", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(stock::movements(reader, company, &filter, page)?.map(MovementJson::from))
    })
    .await
}
