//! Stock over HTTP.

mod json;

use app::stock::adjust::{Count, adjust as adjust_stock};
use app::stock::receive::{Receipt, ReceiptLine, receive as receive_stock};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{Act, Instant};
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
use crate::value::QuantityInput;
use crate::{product, warehouse};

use json::{MovementJson, PastStockJson, ReceivedJson, StockJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(past))
        .routes(routes!(receive))
        .routes(routes!(adjust))
        .routes(routes!(movements))
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
        Ok(stock::list(reader, company, &filter, page)?.map(StockJson::from))
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
    /// How much, in its unit.
    pub quantity: QuantityInput,
}

impl ReceiptInput {
    fn read(self) -> Result<Receipt, Error> {
        let mut fields = Fields::new();
        let mut line = |(place, line): (usize, ReceiptLineInput)| ReceiptLine {
            product: fields.required(&format!("/lines/{place}/product_id"), &line.product_id, 100),
            quantity: fields.quantity(&format!("/lines/{place}/quantity"), &line.quantity),
            unit: line.quantity.unit().map(str::to_owned),
        };
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
    let receipt = body.input.read()?;
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
}

/// Lists the ledger of what came and went; what is only reserved is seen on its order. Sort: `-at` (usual).
#[utoipa::path(get, path = "/stock/movements", operation_id = "list_movements", tag = "stock", params(MovementQuery, PageParams), responses((status = 200, body = Listed<MovementJson>)))]
async fn movements(State(web): State<Web>, by: By, asked: Asked<MovementQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let product = product::filtered(&web, &by, "/product", asked.filter.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", asked.filter.warehouse).await?;
    let filter = MovementFilter { q: asked.filter.q, product, warehouse };
    let company = by.company_id;
    let sorts = Sorts { sorts: stock::MOVEMENT_SORTS, ties: stock::MOVEMENT_TIES, usual: "-at" };
    list::answer(&web, &by, "movements", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(stock::movements(reader, company, &filter, page)?.map(MovementJson::from))
    })
    .await
}
