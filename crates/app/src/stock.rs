//! Stock: what lies where, and the ledger of its movements (INV-01, INV-04).
//!
//! Stock only ever changes here, by [`post`]: a difference is counted and its movement appended in the same transaction, so the counters
//! are always the sum of the ledger.

pub mod adjust;
mod cost;
pub mod read_tags;
pub mod receive;
pub mod relocate;
pub mod scrap;
mod spot;

use domain::{
    Actor, Date, Lot, LotId, MovementKind, ProductId, Quantity, Spot, Stock, StockMovement, StockPlace, StockStatus, UnitPrice,
    WarehouseId, free_of_lot, take_named_lots,
};
use store::rows::{PlacesFilled, PlacesOfLot};
use store::{Held, Outcome, Row, UnitOfWork};

pub use cost::learn;
pub use spot::{LotDays, SaidSpot, bin, lot};

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
    /// In which bin, of which lot, in which status.
    pub spot: Spot,
    /// What one unit cost, and the average it makes, where goods came in with a cost.
    pub unit_cost: Option<(UnitPrice, UnitPrice)>,
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
    let (product_id, warehouse_id, spot) = (movement.product_id, movement.warehouse_id, movement.spot);
    let (on_hand, reserved) = (movement.on_hand_delta, movement.reserved_delta);
    let in_place = if spot.is_plain() { Quantity::ZERO } else { on_hand };
    let held = if spot.status == StockStatus::Free { Quantity::ZERO } else { on_hand };
    let place = if in_place.is_zero() { None } else { Some(place_of(work, product_id, warehouse_id, spot)?) };
    if place.as_ref().is_some_and(|place| (there_of(place.as_ref()) + in_place).is_negative()) {
        return Ok(false);
    }
    if let Some(stock) = work.find::<Stock>((product_id, warehouse_id))? {
        if !work.count_held(&stock, &[on_hand.micro(), reserved.micro(), held.micro(), in_place.micro()], false) {
            return Ok(false);
        }
    } else {
        let stock =
            Stock { product_id, warehouse_id, on_hand_micro: on_hand, reserved_micro: reserved, held_micro: held, placed_micro: in_place };
        if !stock.guard() {
            return Ok(false);
        }
        work.add(stock);
    }
    match place {
        None => {}
        Some(Some(place)) => {
            let counted = work.count_held(&place, &[in_place.micro()], false);
            assert!(counted, "what lies in the place was looked at before");
        }
        Some(None) => {
            let Spot { bin_id, lot_id, status } = spot;
            let id = work.id();
            work.add(StockPlace { id, product_id, warehouse_id, bin_id, lot_id, status, on_hand_micro: in_place });
        }
    }
    write_down(work, by, movement);
    Ok(true)
}

fn there_of(place: Option<&Held<StockPlace>>) -> Quantity {
    place.map_or(Quantity::ZERO, |place| place.on_hand_micro)
}

/// Appends a movement to the ledger.
fn write_down(work: &mut UnitOfWork, by: &Actor, movement: &Movement<'_>) {
    let entry = StockMovement {
        id: work.id(),
        product_id: movement.product_id,
        warehouse_id: movement.warehouse_id,
        kind: movement.kind,
        on_hand_delta_micro: movement.on_hand_delta,
        reserved_delta_micro: movement.reserved_delta,
        bin_id: movement.spot.bin_id,
        lot_id: movement.spot.lot_id,
        status: movement.spot.status,
        unit_cost_micro: movement.unit_cost.map(|(own, _)| own),
        average_cost_micro: movement.unit_cost.map(|(_, average)| average),
        cause_kind: movement.cause_kind.to_owned(),
        cause_id: movement.cause_id,
        note: movement.note.to_owned(),
        by: by.user_id,
        at: work.now(),
    };
    work.append(entry);
}

/// What of a product lies at this place, where anything ever did.
///
/// # Errors
/// Leaves when the places are not loaded yet.
pub fn place_of(work: &mut UnitOfWork, product: ProductId, warehouse: WarehouseId, spot: Spot) -> Outcome<Option<Held<StockPlace>>> {
    Ok(work.of::<PlacesOfLot>((product, warehouse, spot.lot_id))?.into_iter().find(|place| place.spot() == spot))
}

/// How much lies at this place; for the plain one, what has no place.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub fn there(work: &mut UnitOfWork, product: ProductId, warehouse: WarehouseId, spot: Spot) -> Outcome<Quantity> {
    if spot.is_plain() {
        return Ok(work.find::<Stock>((product, warehouse))?.map_or(Quantity::ZERO, |stock| stock.plain()));
    }
    Ok(there_of(place_of(work, product, warehouse, spot)?.as_ref()))
}

/// Where a quantity is taken from on this day: so much of each named lot, of the rest what expires first; nothing where so much is not there. What is without bins and lots, as
/// most of it, is not looked up.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
///
/// Source: INV-01, first expired first out
pub fn take(
    work: &mut UnitOfWork,
    product: ProductId,
    warehouse: WarehouseId,
    quantity: Quantity,
    day: Date,
    named: &[(String, Quantity)],
) -> Outcome<Option<Vec<(Spot, Quantity)>>> {
    let Some(stock) = work.find::<Stock>((product, warehouse))? else { return Ok(None) };
    if stock.placed_micro.is_zero() {
        return Ok(named.is_empty().then(|| vec![(Spot::PLAIN, quantity)]));
    }
    let lying = lying(work, product, warehouse)?;
    let (taken, missing) = take_named_lots(&lying, stock.plain(), quantity, day, named);
    Ok(missing.is_zero().then_some(taken))
}

/// How much of a named lot may leave on this day.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub fn free_of(work: &mut UnitOfWork, product: ProductId, warehouse: WarehouseId, lot: &str, day: Date) -> Outcome<Quantity> {
    Ok(free_of_lot(&lying(work, product, warehouse)?, lot, day))
}

/// What lies in which place, with its lot.
fn lying(work: &mut UnitOfWork, product: ProductId, warehouse: WarehouseId) -> Outcome<Vec<(StockPlace, Option<Lot>)>> {
    let places = work.of::<PlacesFilled>((product, warehouse))?;
    let lots: Vec<LotId> = places.iter().map(|place| place.lot_id).filter(|lot| *lot != LotId::NONE).collect();
    work.want::<Lot>(lots.iter().copied());
    let mut lying = Vec::with_capacity(places.len());
    for place in places {
        let lot = if place.lot_id == LotId::NONE { None } else { Some((*work.get::<Lot>(place.lot_id)?).clone()) };
        lying.push(((*place).clone(), lot));
    }
    Ok(lying)
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
    Ok(stock.map_or(Quantity::ZERO, |stock| stock.available()))
}
