//! Stock as it is answered.

use app::export::List;
use app::stock::adjust::Counted;
use app::stock::receive::Received;
use domain::{Instant, OrderId, Quantity, Stock};
use serde::Serialize;
use store::query::stock::{Listed, Moved, Past};
use utoipa::ToSchema;

use crate::export::{self, Cell, Column, Tabular};
use crate::value::{Coded, MovementKindCode, QuantityJson, StockStatusCode};

/// A product as stock shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StockProduct {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
}

/// What lies in one warehouse of one product.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockRow)]
pub struct StockJson {
    /// Of what.
    pub product: StockProduct,
    /// Where.
    pub warehouse: Coded,
    /// In the warehouse.
    pub on_hand: QuantityJson,
    /// Of that, promised to orders.
    pub reserved: QuantityJson,
    /// Of what is on hand, what nobody may have: in inspection, damaged or blocked.
    pub held: QuantityJson,
    /// What is free.
    pub available: QuantityJson,
    /// On its way here from other warehouses.
    pub in_transit: QuantityJson,
    /// Whether some of it lies in bins, lots or statuses of its own.
    pub placed: bool,
}

impl StockJson {
    fn of(product: StockProduct, warehouse: Coded, stock: &Stock) -> Self {
        let quantity = |quantity| QuantityJson::of(quantity, &product.unit);
        StockJson {
            on_hand: quantity(stock.on_hand_micro),
            reserved: quantity(stock.reserved_micro),
            held: quantity(stock.held_micro),
            available: quantity(stock.available()),
            in_transit: quantity(Quantity::ZERO),
            placed: !stock.placed_micro.is_zero(),
            product,
            warehouse,
        }
    }

    /// A row with what is on its way to its warehouse.
    pub(super) fn with(in_transit: Quantity, row: Listed) -> Self {
        let shown = StockJson::from(row);
        StockJson { in_transit: QuantityJson::of(in_transit, &shown.product.unit), ..shown }
    }
}

/// What lay in one warehouse of one product at a moment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PastStockRow)]
pub struct PastStockJson {
    /// Of what.
    pub product: StockProduct,
    /// Where.
    pub warehouse: Coded,
    /// In the warehouse at the moment.
    pub on_hand: QuantityJson,
    /// What came since, less what went.
    pub since: QuantityJson,
    /// In the warehouse now.
    pub now: QuantityJson,
}

impl From<Past> for PastStockJson {
    fn from(row: Past) -> Self {
        let StockJson { product, warehouse, on_hand: now, .. } = StockJson::from(row.listed.clone());
        let quantity = |quantity| QuantityJson::of(quantity, &product.unit);
        let (on_hand, since) = (quantity(row.on_hand), quantity(row.listed.stock.on_hand_micro - row.on_hand));
        PastStockJson { product, warehouse, on_hand, since, now }
    }
}

impl Tabular for PastStockJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "product", cell: |row| Cell::from(&row.product.code) },
        Column { name: "name", cell: |row| Cell::from(&row.product.name) },
        Column { name: "spec", cell: |row| Cell::from(&row.product.spec) },
        Column { name: "warehouse", cell: |row| Cell::from(&row.warehouse.code) },
        Column { name: "on_hand", cell: |row| Cell::from(&row.on_hand.value) },
        Column { name: "since", cell: |row| Cell::from(&row.since.value) },
        Column { name: "now", cell: |row| Cell::from(&row.now.value) },
        Column { name: "unit", cell: |row| Cell::from(&row.product.unit) },
    ];
}

impl From<Listed> for StockJson {
    fn from(row: Listed) -> Self {
        let Listed { stock, product_code, product_name, spec, unit, warehouse_code, warehouse_name } = row;
        let product = StockProduct { id: stock.product_id.to_string(), code: product_code, name: product_name, spec, unit };
        let warehouse = Coded { id: stock.warehouse_id.to_string(), code: warehouse_code, name: warehouse_name };
        StockJson::of(product, warehouse, &stock)
    }
}

impl From<Counted> for StockJson {
    fn from(row: Counted) -> Self {
        let stock = Stock {
            on_hand_micro: Quantity::from_micro(row.on_hand_micro),
            reserved_micro: Quantity::from_micro(row.reserved_micro),
            held_micro: Quantity::from_micro(row.held_micro),
            ..Stock::none(row.product_id, row.warehouse_id)
        };
        let product =
            StockProduct { id: row.product_id.to_string(), code: row.product_code, name: row.product_name, spec: row.spec, unit: row.unit };
        let warehouse = Coded { id: row.warehouse_id.to_string(), code: row.warehouse_code, name: row.warehouse_name };
        StockJson::of(product, warehouse, &stock)
    }
}

impl Tabular for StockJson {
    const LIST: Option<List> = Some(List::Stock);

    fn key(&self) -> (i64, i64) {
        (export::id(&self.product.id), export::id(&self.warehouse.id))
    }
}

/// What a receipt answers with.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Received)]
pub struct ReceivedJson {
    /// Id of the receipt: the cause of its movements.
    pub id: String,
    /// Number of the paper that came with the goods.
    pub reference: String,
    /// How many lines were taken in.
    pub lines: i64,
}

impl From<Received> for ReceivedJson {
    fn from(received: Received) -> Self {
        ReceivedJson { id: received.id.to_string(), reference: received.reference, lines: received.lines }
    }
}

/// The paper behind a movement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Cause {
    /// `order`, `shipment`, `receipt`, `adjustment`, `relocation`, `scrap`, `transfer`, `stock_count`, `exception`, `import`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its number, or empty.
    pub number: String,
}

/// An entry of the ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockMovement)]
pub struct MovementJson {
    /// Its id.
    pub id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Name of who did it.
    pub by: String,
    /// Why.
    pub kind: MovementKindCode,
    /// Of what.
    pub product: Coded,
    /// Where.
    pub warehouse: Coded,
    /// Code of the bin, or empty.
    pub bin: String,
    /// Number of the lot or the piece, or empty.
    pub lot: String,
    /// Its id, where there is one.
    pub lot_id: Option<String>,
    /// Status it lies in, or lay.
    pub status: StockStatusCode,
    /// Change of what is on hand.
    pub on_hand_delta: QuantityJson,
    /// Change of what is reserved.
    pub reserved_delta: QuantityJson,
    /// The paper behind it.
    pub cause: Option<Cause>,
    /// Reference or reason.
    pub note: String,
}

impl From<Moved> for MovementJson {
    fn from(row: Moved) -> Self {
        let movement = row.movement;
        // Ids of every noun are written alike.
        let cause =
            || Cause { kind: movement.cause_kind.clone(), id: OrderId::from_raw(movement.cause_id).to_string(), number: row.cause_number };
        MovementJson {
            id: movement.id.to_string(),
            at: movement.at,
            by: row.by_name,
            kind: movement.kind.into(),
            product: Coded { id: movement.product_id.to_string(), code: row.product_code, name: row.product_name },
            warehouse: Coded { id: movement.warehouse_id.to_string(), code: row.warehouse_code, name: row.warehouse_name },
            bin: row.bin,
            lot: row.lot,
            lot_id: (movement.lot_id != domain::LotId::NONE).then(|| movement.lot_id.to_string()),
            status: movement.status.into(),
            on_hand_delta: QuantityJson::of(movement.on_hand_delta_micro, &row.unit),
            reserved_delta: QuantityJson::of(movement.reserved_delta_micro, &row.unit),
            cause: (movement.cause_id != 0).then(cause),
            note: movement.note.clone(),
        }
    }
}

impl Tabular for MovementJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "at", cell: |row| row.at.into() },
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "product", cell: |row| Cell::from(&row.product.code) },
        Column { name: "product_name", cell: |row| Cell::from(&row.product.name) },
        Column { name: "warehouse", cell: |row| Cell::from(&row.warehouse.code) },
        Column { name: "bin", cell: |row| Cell::from(&row.bin) },
        Column { name: "lot", cell: |row| Cell::from(&row.lot) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "on_hand_delta", cell: |row| Cell::Number(row.on_hand_delta.value.clone()) },
        Column { name: "reserved_delta", cell: |row| Cell::Number(row.reserved_delta.value.clone()) },
        Column { name: "unit", cell: |row| Cell::from(&row.on_hand_delta.unit) },
        Column { name: "cause", cell: |row| row.cause.as_ref().map_or(Cell::Empty, |cause| Cell::from(&cause.number)) },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
        Column { name: "by", cell: |row| Cell::from(&row.by) },
    ];
}
