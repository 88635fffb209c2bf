//! Stock: what lies where, and the ledger of its movements (INV-01, INV-04).
//!
//! Stock only ever changes here, by [`post`]: a difference is counted and its movement appended in the same transaction, so the counters
//! are always the sum of the ledger.

pub mod adjust;
pub mod receive;

use domain::{Actor, MovementKind, ProductId, Quantity, Stock, StockMovement, WarehouseId};
use store::{Outcome, Row, UnitOfWork};

/// A change of stock and what causes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement<'a> {
    /// Of what.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Why.
    pub kind: MovementKind,
    /// Added to what is on hand; negative takes out.
    pub on_hand_delta: Quantity,
    /// Added to what is reserved; negative gives free.
    pub reserved_delta: Quantity,
    /// Kind of the paper behind it: `order`, `shipment`, `receipt`, `adjustment`.
    pub cause_kind: &'a str,
    /// Its id, 0 for none.
    pub cause_id: i64,
    /// Reference or reason.
    pub note: &'a str,
}

/// Counts a movement and appends it to the ledger. False: more would be reserved or issued than there is, and nothing has changed.
///
/// Before many of them, ask with [`want`].
///
/// # Errors
/// Leaves when the stock is not loaded yet.
///
/// Source: INV-02, INV-04
pub fn post(work: &mut UnitOfWork, by: &Actor, movement: &Movement<'_>) -> Outcome<bool> {
    let (product_id, warehouse_id) = (movement.product_id, movement.warehouse_id);
    let (on_hand, reserved) = (movement.on_hand_delta, movement.reserved_delta);
    if let Some(stock) = work.find::<Stock>((product_id, warehouse_id))? {
        if !work.count_held(&stock, &[on_hand.micro(), reserved.micro()], false) {
            return Ok(false);
        }
    } else {
        let stock = Stock { product_id, warehouse_id, on_hand_micro: on_hand, reserved_micro: reserved };
        if !stock.guard() {
            return Ok(false);
        }
        work.add(stock);
    }
    let entry = StockMovement {
        id: work.id(),
        product_id,
        warehouse_id,
        kind: movement.kind,
        on_hand_delta_micro: on_hand,
        reserved_delta_micro: reserved,
        cause_kind: movement.cause_kind.to_owned(),
        cause_id: movement.cause_id,
        note: movement.note.to_owned(),
        by: by.user_id,
        at: work.now(),
    };
    work.append(entry);
    Ok(true)
}

/// Asks for the stock of many products at once, before [`post`] or [`available`] of each.
pub fn want(work: &mut UnitOfWork, warehouse: WarehouseId, products: impl IntoIterator<Item = ProductId>) {
    work.want::<Stock>(products.into_iter().map(|product| (product, warehouse)));
}

/// What is on hand and not promised to anybody.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub fn available(work: &mut UnitOfWork, product: ProductId, warehouse: WarehouseId) -> Outcome<Quantity> {
    let stock = work.find::<Stock>((product, warehouse))?;
    Ok(stock.map_or(Quantity::ZERO, |stock| stock.on_hand_micro - stock.reserved_micro))
}
