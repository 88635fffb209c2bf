//! Warehouses, what lies in them, and the ledger of its movements.

mod bin;
mod cost;
mod lot;
mod place;
mod sighting;

pub use bin::*;
pub use cost::*;
pub use lot::*;
pub use place::*;
pub use sighting::*;

use crate::codes::codes;
use crate::event::{Change, changes};
use crate::id::{BinId, LotId, MovementId, ProductId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::quantity::Quantity;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

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
        /// So much does not lie in this bin, of this lot, in this status.
        NotThere { product: String, there: (Quantity, String), wanted: (Quantity, String) } => Conflict "stock.not_there",
        /// It lies in bins or lots: a count has to say which it means.
        WhichPlace { product: String } => Conflict "stock.which_place",
        /// Moved to where it is already.
        SamePlace => Conflict "stock.same_place",
        /// What has a serial number comes piece by piece.
        OnePiece => Invalid "stock.one_piece",
        /// A serial number names one piece.
        SerialTwice { serial: String } => Conflict "stock.serial_twice",
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
        /// From one bin or status to another of the same warehouse; two entries.
        Move = "move",
        /// Thrown away.
        Scrap = "scrap",
        /// Went into something that was made.
        Consume = "consume",
        /// Left for another warehouse.
        TransferOut = "transfer_out",
        /// Arrived from another warehouse.
        TransferIn = "transfer_in",
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
    /// Where the goods of its orders come from as far as it has too few itself, in this order (INV-02).
    pub also_from: Kept<Vec<WarehouseId>>,
}

/// What lies in a warehouse of one product; changed by differences only, under the guard on hand ≥ reserved + held, on hand ≥ placed, each ≥ 0.
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
    /// Of what is on hand, what nobody may have: in inspection, damaged or blocked.
    pub held_micro: Quantity,
    /// Of what is on hand, what has a bin, a lot or a status: the sum of its [`StockPlace`]s. The rest just lies there.
    pub placed_micro: Quantity,
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
    /// In which bin; none: 0.
    pub bin_id: BinId,
    /// Of which lot; none: 0.
    pub lot_id: LotId,
    /// In which status.
    pub status: StockStatus,
    /// What one unit cost, in the currency of the books, where goods came in with a cost. Confidential.
    pub unit_cost_micro: Option<UnitPrice>,
    /// What one unit of the product was worth on average afterwards, where that changed. Confidential.
    pub average_cost_micro: Option<UnitPrice>,
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
        let zero = Quantity::ZERO;
        Self { product_id, warehouse_id, on_hand_micro: zero, reserved_micro: zero, held_micro: zero, placed_micro: zero }
    }

    /// On hand, not held back and not reserved.
    pub fn available(&self) -> Quantity {
        self.on_hand_micro - self.held_micro - self.reserved_micro
    }

    /// On hand without a bin, a lot or a status of its own.
    pub fn plain(&self) -> Quantity {
        self.on_hand_micro - self.placed_micro
    }

    /// Whether the counters are possible.
    pub fn holds(&self) -> bool {
        let least = [self.reserved_micro, self.held_micro, self.placed_micro].into_iter().all(|counter| !counter.is_negative());
        least && self.on_hand_micro >= self.reserved_micro + self.held_micro && self.on_hand_micro >= self.placed_micro
    }

    /// What a count of what lies there without bin, lot or status changes: the difference from the books.
    ///
    /// # Errors
    /// `Unchanged`; `BelowReserved` where less would be left than is reserved for orders; `WhichPlace` where it all lies in bins or lots.
    pub fn adjust(&self, counted: Quantity, product: &str, unit: &str) -> Result<Quantity, StockRejection> {
        if self.placed_micro.is_positive() && self.plain().is_zero() {
            return Err(StockRejection::WhichPlace { product: product.to_owned() });
        }
        self.differ(counted - self.plain(), product, unit)
    }

    /// The difference of a count, where what is left still covers what is reserved.
    ///
    /// # Errors
    /// `Unchanged`, `BelowReserved`.
    pub fn differ(&self, difference: Quantity, product: &str, unit: &str) -> Result<Quantity, StockRejection> {
        if self.available() + difference < Quantity::ZERO {
            let reserved = (self.reserved_micro, unit.to_owned());
            return Err(StockRejection::BelowReserved { product: product.to_owned(), reserved });
        }
        if difference.is_zero() { Err(StockRejection::Unchanged) } else { Ok(difference) }
    }
}

impl Warehouse {
    /// The most other warehouses that help one out.
    pub const MOST_OTHERS: usize = 20;

    /// Where goods for its orders come from: itself, then those that help it out.
    pub fn sources(&self) -> impl Iterator<Item = WarehouseId> {
        std::iter::once(self.id).chain(self.also_from.iter().copied())
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 100, "/name");
        check.optional(&self.address, 300, "/address");
        let max = Self::MOST_OTHERS;
        check.that(self.also_from.len() <= max, "/also_from", FieldRule::TooMany { max: i64::try_from(max).unwrap_or(i64::MAX) });
        for (place, id) in self.also_from.iter().enumerate() {
            let repeated = *id == self.id || self.also_from[..place].contains(id);
            check.that(!repeated, &format!("/also_from/{place}"), FieldRule::Repeated);
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |warehouse| warehouse.code.clone(),
            "name": |warehouse| warehouse.name.clone(),
            "address": |warehouse| warehouse.address.clone(),
            "active": |warehouse| warehouse.active,
            "also_from": |warehouse| warehouse.also_from.as_str().to_owned(),
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
