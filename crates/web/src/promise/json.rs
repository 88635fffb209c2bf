//! Promises as they are answered.

use std::collections::BTreeMap;

use domain::promise::{self, Alternative, Binding, DemandSource, Promise, ScheduleLine, SupplySource};
use domain::{CustomerId, OrderId, Product, ProductId, Warehouse, WarehouseId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::stock::StockProduct;
use crate::value::{
    Coded, Named, Numbered, PromiseAlternativeCode, PromiseConstraintCode, PromiseDemandCode, PromiseReasonCode, PromiseSupplyCode,
    QuantityJson,
};

/// Where goods come from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseSource {
    /// What brings them.
    pub kind: PromiseSupplyCode,
    /// The document; `null`: none, as stock.
    pub document: Option<Numbered>,
}

impl PromiseSource {
    pub(super) fn of(source: &SupplySource) -> Self {
        let document = (source.id != 0).then(|| Numbered { id: OrderId::from_raw(source.id).to_string(), number: source.number.clone() });
        PromiseSource { kind: source.kind.into(), document }
    }
}

/// Who takes goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseTaker {
    /// How.
    pub kind: PromiseDemandCode,
    /// The order; `null`: none, as carts of the portal, or the caller may not see orders.
    pub order: Option<Numbered>,
    /// Its line.
    pub line_no: Option<i64>,
    /// For whom.
    pub customer: Option<Named>,
}

/// Whose orders they are, for those who may see orders.
pub(super) type Customers = BTreeMap<OrderId, (CustomerId, String)>;

impl PromiseTaker {
    /// `customers` is empty for who may not see orders.
    pub(super) fn of(source: &DemandSource, customers: &Customers) -> Self {
        let id = OrderId::from_raw(source.id);
        let known = customers.get(&id);
        PromiseTaker {
            kind: source.kind.into(),
            order: known.map(|_| Numbered { id: id.to_string(), number: source.number.clone() }),
            line_no: known.map(|_| source.line_no),
            customer: known.map(|(id, name)| Named { id: id.to_string(), name: name.clone() }),
        }
    }
}

/// Why something is not there earlier.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseBinding {
    /// What binds.
    pub constraint: PromiseConstraintCode,
    /// What has to come first.
    pub source: Option<PromiseSource>,
    /// The quota or work centre, or empty.
    pub code: String,
    /// The goods lie there, but this later demand needs them.
    pub kept_for: Option<PromiseTaker>,
}

impl PromiseBinding {
    fn of(binding: &Binding, customers: &Customers) -> Self {
        PromiseBinding {
            constraint: binding.constraint.into(),
            source: binding.source.as_ref().map(PromiseSource::of),
            code: binding.code.clone(),
            kept_for: binding.kept_for.as_ref().map(|taker| PromiseTaker::of(taker, customers)),
        }
    }
}

/// So much from one source.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromisePortion {
    /// From where.
    pub source: PromiseSource,
    /// How much.
    pub quantity: QuantityJson,
}

/// A part of a line with its days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseLine {
    /// How much.
    pub quantity: QuantityJson,
    /// The day the customer can be told.
    pub promised_on: String,
    /// Internal completion.
    pub ready_on: String,
    /// It leaves.
    pub ship_on: String,
    /// It arrives.
    pub arrive_on: String,
    /// From what it comes.
    pub sources: Vec<PromisePortion>,
    /// Why not earlier; `null`: as it was wished.
    pub binding: Option<PromiseBinding>,
}

impl PromiseLine {
    fn of(line: &ScheduleLine, unit: &str, customers: &Customers) -> Self {
        let portion = |portion: &promise::Portion| PromisePortion {
            source: PromiseSource::of(&portion.source),
            quantity: QuantityJson::of(portion.quantity, unit),
        };
        PromiseLine {
            quantity: QuantityJson::of(line.quantity, unit),
            promised_on: line.promised_on.to_string(),
            ready_on: line.dates.ready_on.to_string(),
            ship_on: line.dates.ship_on.to_string(),
            arrive_on: line.dates.arrive_on.to_string(),
            sources: line.sources.iter().map(portion).collect(),
            binding: line.binding.as_ref().map(|binding| PromiseBinding::of(binding, customers)),
        }
    }
}

/// What would be needed to meet a wish.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseNeed {
    /// The day by which goods would have to be ready.
    pub ready_by: String,
    /// How much more would have to be free on that day.
    pub short: QuantityJson,
    /// Days the way is too long, even for goods that are ready today.
    pub days_short: i64,
}

/// What can be promised.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Promised)]
pub struct PromiseJson {
    /// All of it on the wished day, or today where none was wished.
    pub met: bool,
    /// What is promised, by day.
    pub lines: Vec<PromiseLine>,
    /// What cannot be promised on any day.
    pub open: QuantityJson,
    /// Why it cannot.
    pub open_binding: Option<PromiseBinding>,
    /// What would be needed; `null`: the wish is met.
    pub need: Option<PromiseNeed>,
}

impl PromiseJson {
    pub(super) fn of(promise: &Promise, unit: &str, customers: &Customers) -> Self {
        PromiseJson {
            met: promise.is_met(),
            lines: promise.lines.iter().map(|line| PromiseLine::of(line, unit, customers)).collect(),
            open: QuantityJson::of(promise.open, unit),
            open_binding: promise.open_binding.as_ref().map(|binding| PromiseBinding::of(binding, customers)),
            need: promise.need.as_ref().map(|need| PromiseNeed {
                ready_by: need.ready_by.to_string(),
                short: QuantityJson::of(need.short, unit),
                days_short: need.days_short,
            }),
        }
    }
}

/// Another way to serve a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseWay {
    /// In what it differs from what was asked.
    pub kind: PromiseAlternativeCode,
    /// What makes it better.
    pub reason: PromiseReasonCode,
    /// Days the last of it is there earlier than what was asked; below zero: later; `null` where one of them cannot be promised in full.
    pub days_earlier: Option<i64>,
    /// The product.
    pub product: StockProduct,
    /// The warehouse.
    pub warehouse: Coded,
    /// Whether it comes in parts.
    pub split: bool,
    /// What would be promised.
    pub promise: PromiseJson,
}

impl PromiseWay {
    /// `None` where product or warehouse are not among those.
    pub(super) fn of(
        found: &Alternative,
        products: &BTreeMap<ProductId, Product>,
        warehouses: &BTreeMap<WarehouseId, Warehouse>,
        customers: &Customers,
    ) -> Option<Self> {
        let product = products.get(&found.product_id)?;
        Some(PromiseWay {
            kind: found.kind.into(),
            reason: found.reason.into(),
            days_earlier: found.days_earlier,
            product: shown(product),
            warehouse: place(warehouses.get(&found.warehouse_id)?),
            split: found.split,
            promise: PromiseJson::of(&found.promise, &product.unit, customers),
        })
    }
}

pub(crate) fn shown(product: &Product) -> StockProduct {
    let (code, name) = (product.code.clone(), product.name.clone());
    StockProduct { id: product.id.to_string(), code, name, spec: product.spec.clone(), unit: product.unit.clone() }
}

pub(super) fn place(warehouse: &Warehouse) -> Coded {
    Coded { id: warehouse.id.to_string(), code: warehouse.code.clone(), name: warehouse.name.clone() }
}
