//! Warehouses, what lies in them, and the ledger of its movements.

use crate::codes::codes;
use crate::id::{MovementId, ProductId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::quantity::Quantity;

codes! {
    /// Why stock changed.
    MovementKind in "stock.movement" {
        Receipt = "receipt",
        Issue = "issue",
        Reserve = "reserve",
        Release = "release",
        Adjust = "adjust",
        Opening = "opening",
    }
}

/// A place goods lie in.
#[derive(Clone, Debug, PartialEq)]
pub struct Warehouse {
    /// Key.
    pub id: WarehouseId,
    /// Raised by every change.
    pub version: Version,
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether new orders may use it.
    pub active: bool,
}

/// What lies in a warehouse of one product; changed by differences only, under the guard on hand ≥ reserved ≥ 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    /// Key, with the warehouse.
    pub product_id: ProductId,
    /// Key, with the product.
    pub warehouse_id: WarehouseId,
    /// In the warehouse.
    pub on_hand_micro: Quantity,
    /// Of that, promised to orders.
    pub reserved_micro: Quantity,
}

/// One entry of the append-only stock ledger; the sum of all entries is [`Stock`].
#[derive(Clone, Debug, PartialEq)]
pub struct StockMovement {
    /// Key.
    pub id: MovementId,
    /// Of what.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Why.
    pub kind: MovementKind,
    /// Change of what is on hand.
    pub on_hand_delta_micro: Quantity,
    /// Change of what is reserved.
    pub reserved_delta_micro: Quantity,
    /// Kind of what caused it: `order`, `shipment`, `receipt`.
    pub cause_kind: String,
    /// Id of what caused it, 0 for none.
    pub cause_id: i64,
    /// Reference or reason.
    pub note: String,
    /// Who did it.
    pub by: UserId,
    /// When.
    pub at: Instant,
}
