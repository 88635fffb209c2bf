//! Warehouses, what lies in them, and the ledger of its movements.

use crate::codes::codes;
use crate::event::{Change, changes};
use crate::id::{MovementId, ProductId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::quantity::Quantity;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why the stock refuses.
    StockRejection {
        /// Less is free than is wanted; another order may just have taken it.
        Short { product: String, available: (Quantity, String), wanted: (Quantity, String) } => Conflict "stock.short",
        /// Counted less than is reserved for orders.
        BelowReserved { product: String, reserved: (Quantity, String) } => Conflict "stock.below_reserved",
        /// Counted just what is in the books.
        Unchanged => Conflict "stock.unchanged",
        WarehouseInactive { warehouse: String } => Conflict "stock.warehouse_inactive",
    }
}

codes! {
    /// Why stock changed.
    MovementKind in "stock.movement" {
        Receipt = "receipt",
        Issue = "issue",
        Reserve = "reserve",
        Release = "release",
        Adjust = "adjust",
        Opening = "opening",
        /// Shipped goods that came back.
        Return = "return",
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

impl Stock {
    /// Nothing of a product in a warehouse.
    pub const fn none(product_id: ProductId, warehouse_id: WarehouseId) -> Self {
        Self { product_id, warehouse_id, on_hand_micro: Quantity::ZERO, reserved_micro: Quantity::ZERO }
    }

    /// On hand and not reserved.
    pub fn available(&self) -> Quantity {
        self.on_hand_micro - self.reserved_micro
    }

    /// What a stock count changes: the difference from what is on hand.
    ///
    /// # Errors
    /// `Unchanged`; `BelowReserved` where less was counted than is reserved for orders.
    pub fn adjust(&self, counted: Quantity, product: &str, unit: &str) -> Result<Quantity, StockRejection> {
        if counted < self.reserved_micro {
            let reserved = (self.reserved_micro, unit.to_owned());
            return Err(StockRejection::BelowReserved { product: product.to_owned(), reserved });
        }
        let difference = counted - self.on_hand_micro;
        if difference.is_zero() { Err(StockRejection::Unchanged) } else { Ok(difference) }
    }
}

impl Warehouse {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 100, "/name");
        check.optional(&self.address, 300, "/address");
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |warehouse| warehouse.code.clone(),
            "name": |warehouse| warehouse.name.clone(),
            "address": |warehouse| warehouse.address.clone(),
            "active": |warehouse| warehouse.active,
        )
    }
}

/// What is wrong with a receipt of goods: one line at least, each above zero.
pub fn check_receipt(reference: &str, note: &str, quantities: &[Quantity]) -> Vec<FieldError> {
    let mut check = FieldCheck::default();
    check.optional(reference, 100, "/reference");
    check.optional(note, 500, "/note");
    check.that(!quantities.is_empty(), "/lines", FieldRule::Required);
    for (place, quantity) in quantities.iter().enumerate() {
        check.that(quantity.is_positive(), &format!("/lines/{place}/quantity"), FieldRule::NotPositive);
    }
    check.errors
}
