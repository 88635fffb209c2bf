//! Reservations over HTTP: who has what of a product, who waits for it, and giving it to another.

use app::reservation::distribute::distribute as distribute_stock;
use app::reservation::reassign::{Reassign, reassign as reassign_stock};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, FieldRule, Language, OrderId, Product, Quantity, Refusal, Reservation, Warehouse, WarehouseId};
use serde::{Deserialize, Serialize};
use store::query::reservation::{self as query, Kept, Short, Wanting};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::state::OrderStateJson;
use crate::order::step::{self, Stepped};
use crate::order::which;
use crate::state::Web;
use crate::stock::StockProduct;
use crate::value::{Coded, Named, Numbered, OrderStatusCode, QuantityInput, QuantityJson, ReservationKindCode};
use crate::{product, warehouse};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(of_product)).routes(routes!(of_order)).routes(routes!(reassign)).routes(routes!(distribute))
}

/// What lies of a product in a warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReservedPlace {
    /// Where.
    pub warehouse: Coded,
    /// In it.
    pub on_hand: QuantityJson,
    /// Of that, what nobody may have.
    pub held: QuantityJson,
    /// Of that, reserved.
    pub reserved: QuantityJson,
    /// Free.
    pub available: QuantityJson,
}

/// A line of an order that has goods or waits for them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReservationLine {
    /// The order.
    pub order: Numbered,
    /// Its state.
    pub status: OrderStatusCode,
    /// How soon it gets scarce goods: 9 before all others, 1 after them.
    pub priority: i64,
    /// For whom.
    pub customer: Named,
    /// Number of its line.
    pub line_no: i64,
    /// The day it should leave.
    pub needed_on: Option<String>,
}

impl ReservationLine {
    fn of(line: Wanting) -> Self {
        let Wanting { order_id, number, status, priority, customer: (customer, name), line_no, needed_on } = line;
        ReservationLine {
            order: Numbered { id: order_id.to_string(), number },
            status: status.into(),
            priority,
            customer: Named { id: customer.to_string(), name },
            line_no,
            needed_on: needed_on.map(|day| day.to_string()),
        }
    }
}

/// A reservation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Reservation)]
pub struct ReservationJson {
    /// For whom.
    pub line: ReservationLine,
    /// Where the goods are.
    pub warehouse: Coded,
    /// How much.
    pub quantity: QuantityJson,
    /// How firmly.
    pub kind: ReservationKindCode,
    /// When it is free again unless the order has taken effect by then; `null`: never.
    pub expires_at: Option<String>,
    /// Since when.
    pub reserved_at: String,
    /// Why it cannot be given to another order; `null`: it can.
    pub fixed: Option<String>,
}

/// A line that lacks goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReservationWanted {
    /// Which.
    pub line: ReservationLine,
    /// Where its order's goods come from first.
    pub warehouse: Coded,
    /// How much it lacks.
    pub missing: QuantityJson,
}

/// Who has what of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProductReservations {
    /// The product.
    pub product: StockProduct,
    /// What lies where.
    pub warehouses: Vec<ReservedPlace>,
    /// What is reserved, the most urgent first.
    pub reservations: Vec<ReservationJson>,
    /// Who waits, the most urgent first: by priority, then by the day it should leave, then by when it was handed in.
    pub waiting: Vec<ReservationWanted>,
    /// What carts of the portal hold.
    pub in_carts: QuantityJson,
    /// Whether the caller may give goods to other orders.
    pub may_move: bool,
}

/// Names of warehouses.
struct Houses(Vec<Warehouse>);

impl Houses {
    fn coded(&self, id: WarehouseId) -> Coded {
        let found = self.0.iter().find(|one| one.id == id);
        let (code, name) = found.map(|one| (one.code.clone(), one.name.clone())).unwrap_or_default();
        Coded { id: id.to_string(), code, name }
    }
}

fn shown(kept: Kept, houses: &Houses, unit: &str, language: Language) -> ReservationJson {
    let Reservation { warehouse_id, quantity_micro, kind, expires_at, reserved_at, .. } = kept.reservation;
    let effective = kept.line.status == domain::OrderStatus::Effective;
    let hard = kind == domain::ReservationKind::Hard;
    let fixed = hard.then(|| Refusal::from(domain::ReservationRejection::Hard { order: kept.line.number.clone() }).message(language));
    ReservationJson {
        line: ReservationLine::of(kept.line),
        warehouse: houses.coded(warehouse_id),
        quantity: QuantityJson::of(quantity_micro, unit),
        kind: kind.into(),
        expires_at: expires_at.filter(|_| !effective).map(|at| at.to_string()),
        reserved_at: reserved_at.to_string(),
        fixed,
    }
}

/// Who has what of a product, and who waits for it.
#[utoipa::path(get, path = "/products/{id}/reservations", tag = "reservations", operation_id = "list_product_reservations",
    params(("id" = String, Path, description = "Id or code of the product")),
    responses((status = 200, body = ProductReservations), (status = "default", body = Problem)))]
async fn of_product(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<ProductReservations>, Error> {
    by.may(Act::ViewStock)?;
    by.may(Act::ViewOrder)?;
    let id = product::id_of(&web, &by, reference).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(product) = reader.get::<Product>(company, id)? else { return Ok(None) };
        let kept = query::of_product(reader, company, id)?;
        let waiting = query::waiting(reader, company, id)?;
        let there = (query::stock_of(reader, company, id)?, query::in_carts(reader, company, id)?);
        Ok(Some((product, kept, waiting, there, query::warehouses(reader, company)?)))
    });
    let (product, kept, waiting, (stock, carts), houses) = found.await?.ok_or_else(|| Error::not_found("product"))?;
    let (houses, unit, language) = (Houses(houses), product.unit.clone(), by.language);
    let quantity = |quantity: Quantity| QuantityJson::of(quantity, &unit);
    let place = |stock: &domain::Stock| ReservedPlace {
        warehouse: houses.coded(stock.warehouse_id),
        on_hand: quantity(stock.on_hand_micro),
        held: quantity(stock.held_micro),
        reserved: quantity(stock.reserved_micro),
        available: quantity(stock.available()),
    };
    let wanted = |short: Short| ReservationWanted {
        line: ReservationLine::of(short.line),
        warehouse: houses.coded(short.warehouse_id),
        missing: quantity(short.missing),
    };
    Ok(Json(ProductReservations {
        warehouses: stock.iter().map(place).collect(),
        reservations: kept.into_iter().map(|kept| shown(kept, &houses, &unit, language)).collect(),
        waiting: waiting.into_iter().map(wanted).collect(),
        in_carts: quantity(carts),
        may_move: by.may(Act::MoveReservation).is_ok(),
        product: crate::promise::json::shown(&product),
    }))
}

/// What a line of an order has in a warehouse, and what is free there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderReservedLine {
    /// Number of the line.
    pub line_no: i64,
    /// Reserved for it there.
    pub reserved: QuantityJson,
    /// How firmly; `null`: nothing is.
    pub kind: Option<ReservationKindCode>,
    /// When it is free again unless the order has taken effect by then.
    pub expires_at: Option<String>,
    /// Free there.
    pub available: QuantityJson,
}

/// What an order has in a warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderReservedPlace {
    /// Where.
    pub warehouse: Coded,
    /// Whether it is the order's own.
    pub own: bool,
    /// Its lines that still need goods or have some there.
    pub lines: Vec<OrderReservedLine>,
}

/// What an order has reserved where, and where more is free: its own warehouse first. Warehouses with neither are left out.
#[utoipa::path(get, path = "/orders/{id}/reservations", tag = "reservations", operation_id = "list_order_reservations",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = Vec<OrderReservedPlace>), (status = "default", body = Problem)))]
async fn of_order(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<OrderReservedPlace>>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &reference).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(order) = reader.get::<domain::Order>(company, id)? else { return Ok(None) };
        let lines = store::query::order::lines(reader, company, id)?;
        let kept = query::of_order(reader, company, id)?;
        Ok(Some((order, lines, kept, query::stock_for(reader, company, id)?, query::warehouses(reader, company)?)))
    });
    let (order, lines, kept, stock, houses) = found.await?.ok_or_else(|| Error::not_found("order"))?;
    let mut places: Vec<&Warehouse> = houses.iter().collect();
    places.sort_by_key(|one| one.id != order.warehouse_id);
    let effective = order.status == domain::OrderStatus::Effective;
    let mut all = Vec::new();
    for place in places {
        let own = place.id == order.warehouse_id;
        let mut shown = Vec::new();
        for line in &lines {
            let there = kept.iter().find(|one| (one.line_no, one.warehouse_id) == (line.line_no, place.id));
            let free = stock.iter().find(|one| (one.product_id, one.warehouse_id) == (line.product_id, place.id));
            let free = free.map_or(Quantity::ZERO, domain::Stock::available).or_zero();
            let offers = line.shippable().is_positive() && free.is_positive();
            if there.is_some() || own || offers {
                shown.push(OrderReservedLine {
                    line_no: line.line_no,
                    reserved: QuantityJson::of(there.map_or(Quantity::ZERO, |one| one.quantity_micro), &line.unit),
                    kind: there.map(|one| one.kind.into()),
                    expires_at: there.and_then(|one| one.expires_at).filter(|_| !effective).map(|at| at.to_string()),
                    available: QuantityJson::of(free, &line.unit),
                });
            }
        }
        if !shown.is_empty() {
            let warehouse = Coded { id: place.id.to_string(), code: place.code.clone(), name: place.name.clone() };
            all.push(OrderReservedPlace { warehouse, own, lines: shown });
        }
    }
    Ok(Json(all))
}

/// Which goods go to which order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReassignInput {
    /// Id or number of the order they are taken of.
    pub from_order_id: String,
    /// Number of its line.
    pub from_line_no: i64,
    /// Id or code of the warehouse they lie in.
    pub warehouse_id: String,
    /// Id or number of the order that gets them.
    pub to_order_id: String,
    /// Number of its line.
    pub to_line_no: i64,
    /// How much.
    pub quantity: QuantityInput,
    /// Why; shown at both orders.
    pub reason: String,
}

async fn order_at(web: &Web, by: &By, pointer: &str, reference: &str) -> Result<OrderId, Error> {
    let unknown = || Refusal::field(pointer, FieldRule::Unknown { value: reference.to_owned() });
    crate::order::named(web, by, reference, store::query::order::id_of).await?.ok_or_else(|| unknown().into())
}

/// Gives goods that one order has reserved to another; answers with the order that gets them.
#[utoipa::path(post, path = "/reservations/reassign", tag = "reservations", operation_id = "reassign_reservation", request_body = ReassignInput,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
async fn reassign(State(web): State<Web>, by: By, body: Body<ReassignInput>) -> Stepped {
    by.may(Act::MoveReservation)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let quantity = fields.quantity("/quantity", &input.quantity);
    fields.done()?;
    let (from, to) = (
        order_at(&web, &by, "/from_order_id", &input.from_order_id).await?,
        order_at(&web, &by, "/to_order_id", &input.to_order_id).await?,
    );
    let warehouse_id = warehouse::filtered(&web, &by, "/warehouse_id", Some(input.warehouse_id)).await?;
    let warehouse_id = warehouse_id.ok_or_else(|| Refusal::field("/warehouse_id", FieldRule::Required))?;
    let said =
        Reassign { from, from_line: input.from_line_no, warehouse_id, to, to_line: input.to_line_no, quantity, reason: input.reason };
    step::run(&web, &by, replay, move |work, by| reassign_stock(work, by, &said)).await
}

/// Which orders got goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Distribution {
    /// Their numbers, in the order in which they got some.
    pub orders: Vec<String>,
}

/// Reserves what is free of a product for the orders that wait for it, the most urgent first.
#[utoipa::path(post, path = "/products/{id}/distribute", tag = "reservations", operation_id = "distribute_product", request_body = Empty,
    params(("id" = String, Path, description = "Id or code of the product")),
    responses((status = 200, body = Distribution), (status = "default", body = Problem)))]
async fn distribute(State(web): State<Web>, by: By, Path(reference): Path<String>, body: Body<Empty>) -> Result<Json<Distribution>, Error> {
    by.may(Act::MoveReservation)?;
    let id = product::id_of(&web, &by, reference).await?;
    let company = by.company_id;
    let waiting = web.app.store.read(move |reader| query::waiting(reader, company, id)).await?;
    let mut orders: Vec<OrderId> = Vec::new();
    for short in waiting.into_iter().take(MOST_ORDERS) {
        if !orders.contains(&short.line.order_id) {
            orders.push(short.line.order_id);
        }
    }
    let done = web.app.command(&by, body.replay, move |work, by| distribute_stock(work, by, id, &orders)).await?;
    Ok(Json(Distribution { orders: done.orders }))
}

/// So many lines are looked at by one distribution; who waits behind them gets goods by the next.
const MOST_ORDERS: usize = 500;
