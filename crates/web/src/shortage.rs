//! Shortages over HTTP: which orders lack goods, what may be offered, what the customer chose (INV-03).

use app::evidence::add::NewEvidence;
use app::shortage::choose::{Choice, choose as choose_shortage};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Currency, Date, FieldRule, Money, OrderId, OrderLine, Quantity, Refusal, ShortageChoice, ShortageOffer, ShortageSaid};
use serde::{Deserialize, Serialize};
use store::query::shortage::{self as query, Found};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::evidence::EvidenceInputJson;
use crate::fields::Fields;
use crate::order::{today, which};
use crate::state::Web;
use crate::stock::StockProduct;
use crate::value::{
    Coded, CompensationCode, MoneyInput, MoneyJson, Named, Numbered, OrderStatusCode, QuantityJson, ShortageBlockCode, ShortageOptionCode,
};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(of_order)).routes(routes!(choose))
}

/// An order with lines that are short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShortageRow {
    /// The order.
    pub order: Numbered,
    /// Its state.
    pub status: OrderStatusCode,
    /// For whom.
    pub customer: Named,
    /// The day that is promised.
    pub promised_on: Option<String>,
    /// Lines that are short.
    pub lines: i64,
    /// Of those, with a choice of the customer.
    pub chosen: i64,
    /// When the customer is to be asked at the latest; `null`: nobody waits for an answer.
    pub due_at: Option<String>,
}

/// Lists orders with lines that are short, the day that is promised first; five hundred at the most.
#[utoipa::path(get, path = "/shortages", tag = "shortages", operation_id = "list_shortages",
    responses((status = 200, body = Vec<ShortageRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Vec<ShortageRow>>, Error> {
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| query::list(reader, company)).await?;
    let row = |row: query::Listed| ShortageRow {
        order: Numbered { id: row.order_id.to_string(), number: row.number },
        status: row.status.into(),
        customer: Named { id: row.customer.0.to_string(), name: row.customer.1 },
        promised_on: row.promised_on.map(|day| day.to_string()),
        lines: row.lines,
        chosen: row.chosen,
        due_at: row.due_at.map(|at| at.to_string()),
    };
    Ok(Json(found.into_iter().map(row).collect()))
}

/// A way out of a shortage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShortageWay {
    /// Which.
    pub option: ShortageOptionCode,
    /// How much of what is missing it covers.
    pub quantity: QuantityJson,
    /// The day everything is with the customer; `null`: it has to be said.
    pub on: Option<String>,
    /// What it costs more; `null`: not known, or the caller may not see costs.
    pub extra_cost: Option<MoneyJson>,
    /// The substitute.
    pub product: Option<StockProduct>,
    /// The warehouse it comes from.
    pub warehouse: Option<Coded>,
    /// Who delivers it.
    pub supplier: Option<Coded>,
    /// Why it is not open; `null`: it is.
    pub block: Option<ShortageBlockCode>,
    /// Whether it can be chosen; where only the day is not known, it may be said.
    pub open: bool,
}

/// What a customer chose.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ShortageChoice)]
pub struct ChoiceJson {
    /// Number of the choice of its line, from 1.
    pub choice_no: i64,
    /// What was missing then.
    pub short: QuantityJson,
    /// What was chosen.
    pub option: ShortageOptionCode,
    /// How much of it that covers.
    pub quantity: QuantityJson,
    /// The day the customer was told.
    pub promised_on: String,
    /// What they get for it.
    pub compensation: CompensationCode,
    /// How much that is.
    pub compensation_amount: MoneyJson,
    /// Id of what proves it.
    pub evidence_id: String,
    /// Id of the change order it made.
    pub change_id: Option<String>,
    /// Id of the purchase order it made.
    pub purchase_id: Option<String>,
    /// Id of the transfer it made.
    pub transfer_id: Option<String>,
    /// Id of the task it made.
    pub task_id: Option<String>,
    /// Note.
    pub note: String,
    /// When it was written down.
    pub created_at: String,
}

/// A line that is short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShortageLine {
    /// Its number.
    pub line_no: i64,
    /// The product.
    pub product: StockProduct,
    /// Ordered.
    pub ordered: QuantityJson,
    /// Of that, there.
    pub reserved: QuantityJson,
    /// Missing.
    pub short: QuantityJson,
    /// The day the customer asks for.
    pub wanted_on: Option<String>,
    /// Every way out, with its day and cost.
    pub ways: Vec<ShortageWay>,
    /// What was chosen, newest first.
    pub choices: Vec<ChoiceJson>,
}

/// What an order lacks, and what may be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderShortage {
    /// The order.
    pub order: Numbered,
    /// Its version, for choosing.
    pub version: i64,
    /// Its state.
    pub status: OrderStatusCode,
    /// For whom.
    pub customer: Named,
    /// The day that is promised.
    pub promised_on: Option<String>,
    /// The freight, which may be waived.
    pub freight: MoneyJson,
    /// Lines that are short, or were when the customer chose.
    pub lines: Vec<ShortageLine>,
    /// Whether the caller may write a choice down now.
    pub may_choose: bool,
    /// Why not; `null`: they may.
    pub why_not: Option<String>,
}

fn quantity(quantity: Quantity, line: &OrderLine) -> QuantityJson {
    QuantityJson::of(quantity, &line.unit)
}

fn way(found: &Found, houses: &[domain::Warehouse], line: &OrderLine, offer: &ShortageOffer, costs: bool) -> ShortageWay {
    let supplier = offer.supplier_id.and_then(|id| found.suppliers.iter().find(|one| one.id == id));
    let currency = supplier.map_or(Currency::CNY, |supplier| supplier.currency);
    let coded = |id: String, code: &str, name: &str| Coded { id, code: code.to_owned(), name: name.to_owned() };
    ShortageWay {
        option: offer.option.into(),
        quantity: quantity(offer.quantity, line),
        on: offer.on.map(|day| day.to_string()),
        extra_cost: offer.extra_cost.filter(|cost| costs || *cost == Money::ZERO).map(|cost| MoneyJson::of(cost, currency)),
        product: offer.product_id.and_then(|id| found.products.get(&id)).map(crate::promise::json::shown),
        warehouse: offer
            .warehouse_id
            .and_then(|id| houses.iter().find(|one| one.id == id))
            .map(|one| coded(one.id.to_string(), &one.code, &one.name)),
        supplier: supplier.map(|one| coded(one.id.to_string(), &one.code, &one.name)),
        block: offer.block.map(Into::into),
        open: offer.block.is_none_or(|block| block == domain::ShortageBlock::NoSupply),
    }
}

fn chosen(choice: &ShortageChoice, line: &OrderLine, currency: Currency) -> ChoiceJson {
    ChoiceJson {
        choice_no: choice.choice_no,
        short: quantity(choice.short_micro, line),
        option: choice.option_code.into(),
        quantity: quantity(choice.quantity_micro, line),
        promised_on: choice.promised_on.to_string(),
        compensation: choice.compensation.into(),
        compensation_amount: MoneyJson::of(choice.compensation_minor, currency),
        evidence_id: choice.evidence_id.to_string(),
        change_id: choice.change_id.map(|id| id.to_string()),
        purchase_id: choice.purchase_id.map(|id| id.to_string()),
        transfer_id: choice.transfer_id.map(|id| id.to_string()),
        task_id: choice.task_id.map(|id| id.to_string()),
        note: choice.note.clone(),
        created_at: choice.created_at.to_string(),
    }
}

async fn found(web: &Web, by: &By, id: OrderId, today: Date) -> Result<(Found, Vec<domain::Warehouse>), Error> {
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let found = query::of_order(reader, company, id, today)?;
        Ok((found, store::query::reservation::warehouses(reader, company)?))
    });
    let (found, houses) = read.await?;
    Ok((found.ok_or_else(|| Error::not_found("order"))?, houses))
}

/// What an order lacks, every way out of it with its day and cost, and what was chosen.
#[utoipa::path(get, path = "/orders/{id}/shortage", tag = "shortages", operation_id = "get_order_shortage",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = OrderShortage), (status = "default", body = Problem)))]
async fn of_order(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<OrderShortage>, Error> {
    by.may(Act::ViewOrder)?;
    let (id, today) = (which(&web, &by, &reference).await?, today(&web, &by).await?);
    let (found, houses) = found(&web, &by, id, today).await?;
    let costs = by.may(Act::SeeCost).is_ok();
    let order = &found.order;
    let line = |line: &OrderLine| {
        let short = if order.needs_goods() { line.open_to_reserve().or_zero() } else { Quantity::ZERO };
        let mut choices: Vec<ChoiceJson> = found
            .choices
            .iter()
            .filter(|choice| choice.line_no == line.line_no)
            .map(|choice| chosen(choice, line, order.currency))
            .collect();
        choices.reverse();
        if !short.is_positive() && choices.is_empty() {
            return None;
        }
        let offers = if short.is_positive() { found.offers(line, today) } else { Vec::new() };
        Some(ShortageLine {
            line_no: line.line_no,
            product: StockProduct {
                id: line.product_id.to_string(),
                code: line.product_code.clone(),
                name: line.name.clone(),
                spec: line.spec.clone(),
                unit: line.unit.clone(),
            },
            ordered: quantity(line.quantity_micro, line),
            reserved: quantity(line.reserved_micro, line),
            short: quantity(short, line),
            wanted_on: line.required_on.or(order.required_on).map(|day| day.to_string()),
            ways: offers.iter().map(|offer| way(&found, &houses, line, offer, costs)).collect(),
            choices,
        })
    };
    let denied = by.actor.may(Act::ChooseShortage).err();
    let closed = (!order.needs_goods()).then(|| Refusal::from(domain::ShortageRejection::NotEffective));
    let why_not = denied.or(closed).map(|refusal| refusal.message(by.language));
    Ok(Json(OrderShortage {
        order: Numbered { id: order.id.to_string(), number: order.number.clone() },
        version: order.version.raw(),
        status: order.status.into(),
        customer: Named { id: order.customer_id.to_string(), name: order.customer_name.clone() },
        promised_on: order.promised_on.map(|day| day.to_string()),
        freight: MoneyJson::of(order.freight_minor, order.currency),
        lines: found.lines.iter().filter_map(line).collect(),
        may_choose: why_not.is_none(),
        why_not,
    }))
}

/// What a customer chose.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShortageChoiceInput {
    /// Of which line.
    pub line_no: i64,
    /// What.
    pub option: ShortageOptionCode,
    /// Id of the substitute; the first that is offered where left out.
    pub product_id: Option<String>,
    /// Id of the other warehouse; the first that is offered where left out.
    pub warehouse_id: Option<String>,
    /// Id of the supplier; the first that is offered where left out.
    pub supplier_id: Option<String>,
    /// The day the customer was told; that of the offer where left out.
    pub promised_on: Option<String>,
    /// What they get for it; left out: nothing.
    pub compensation: Option<CompensationCode>,
    /// An amount off, in the order's currency, where that is it.
    pub discount: Option<MoneyInput>,
    /// What proves it, as of other evidence; what it proves may be left out.
    pub evidence: EvidenceInputJson,
    /// Note.
    pub note: String,
}

/// What came of a choice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShortageChosen {
    /// The order.
    pub order: Numbered,
    /// Its version now.
    pub version: i64,
    /// Number of the choice of its line.
    pub choice_no: i64,
    /// Number of the change order, which waits for its approval.
    pub change: Option<String>,
    /// Number of the rush purchase order, a draft.
    pub purchase: Option<String>,
    /// Number of the transfer, a draft.
    pub transfer: Option<String>,
    /// Number of the task.
    pub task: Option<String>,
    /// Whether a choice is written down for every line that is short.
    pub settled: bool,
}

fn said(fields: &mut Fields, input: &ShortageChoiceInput, currency: Currency) -> ShortageSaid {
    let mut id = |pointer: &str, text: &Option<String>| -> Option<i64> {
        let text = text.as_deref().filter(|text| !text.is_empty())?;
        let found = text.parse::<OrderId>().ok().map(OrderId::raw);
        if found.is_none() {
            fields.wrong(pointer, FieldRule::Unknown { value: text.to_owned() });
        }
        found
    };
    let product = id("/product_id", &input.product_id);
    let warehouse = id("/warehouse_id", &input.warehouse_id);
    let supplier = id("/supplier_id", &input.supplier_id);
    ShortageSaid {
        line_no: input.line_no,
        option: fields.code("/option", &input.option),
        product_id: product.map(domain::ProductId::from_raw),
        warehouse_id: warehouse.map(domain::WarehouseId::from_raw),
        supplier_id: supplier.map(domain::SupplierId::from_raw),
        promised_on: fields.optional_date("/promised_on", input.promised_on.as_deref().filter(|day| !day.is_empty())),
        compensation: input.compensation.as_ref().map_or(domain::Compensation::None, |code| fields.code("/compensation", code)),
        discount: fields.money_or("/discount", input.discount.as_ref(), currency, Money::ZERO),
        file: None,
        note: fields.text("/note", &input.note, 500),
    }
}

/// Writes down what a customer chose about a line that is short, with what proves it, and makes what follows from it: the change order, the rush purchase, the
/// transfer, the task. Either all of it, or nothing.
#[utoipa::path(post, path = "/orders/{id}/shortage/choose", tag = "shortages", operation_id = "choose_shortage", request_body = ShortageChoiceInput,
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = ShortageChosen), (status = "default", body = Problem)))]
async fn choose(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<ShortageChoiceInput>,
) -> Result<Json<ShortageChosen>, Error> {
    by.may(Act::ChooseShortage)?;
    let Body { input, replay } = body;
    let (id, today) = (which(&web, &by, &reference).await?, today(&web, &by).await?);
    let (found, _) = found(&web, &by, id, today).await?;
    let mut fields = Fields::new();
    let said = said(&mut fields, &input, found.order.currency);
    let evidence: NewEvidence = crate::evidence::read(&mut fields, "/evidence", input.evidence);
    fields.done()?;
    let line = found.lines.iter().find(|line| line.line_no == said.line_no);
    let offers = line.map(|line| found.offers(line, today)).unwrap_or_default();
    let choice = Choice { said, offers, looked_at: found.order.version, today, evidence };
    let done = web.app.command(&by, replay, move |work, by| choose_shortage(work, by, id, &choice)).await?;
    Ok(Json(ShortageChosen {
        order: Numbered { id: id.to_string(), number: done.order },
        version: done.order_version,
        choice_no: done.choice_no,
        change: done.change,
        purchase: done.purchase,
        transfer: done.transfer,
        task: done.task,
        settled: done.settled,
    }))
}
