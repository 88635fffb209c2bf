//! Goods thrown away.

use domain::{Act, Actor, Event, EventKind, FieldError, FieldRule, MovementId, MovementKind, Quantity, Refusal};
use store::{Outcome, UnitOfWork};

use super::relocate::{Moved, must_be_there, named, promised};
use super::{Movement, SaidSpot, post};

/// What is thrown away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scrap {
    /// Id or code of the warehouse.
    pub warehouse: String,
    /// Id or code of the product.
    pub product: String,
    /// How much.
    pub quantity: Quantity,
    /// The unit, where one was said: it must be the product's.
    pub unit: Option<String>,
    /// Where it lies.
    pub from: SaidSpot,
    /// Why.
    pub reason: String,
}

/// Takes goods out of the books for good.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `stock.not_there`; `stock.short` where orders have it.
///
/// Source: INV-04
pub fn scrap(work: &mut UnitOfWork, by: &Actor, said: &Scrap) -> Outcome<Moved> {
    by.may(Act::ScrapStock)?;
    let (product, warehouse, mut errors) = named(work, &said.product, &said.warehouse, said.quantity, said.unit.as_deref())?;
    let spot = said.from.known(work, (&product, warehouse.id), "", &mut errors)?;
    let reason = said.reason.trim();
    if reason.is_empty() {
        errors.push(FieldError::new("/reason", FieldRule::Required));
    } else if reason.chars().count() > 500 {
        errors.push(FieldError::new("/reason", FieldRule::TooLong { max: 500 }));
    }
    Refusal::unless_valid(errors)?;
    must_be_there(work, &product, &warehouse, spot, said.quantity)?;
    let id: MovementId = work.id();
    let movement = Movement {
        product_id: product.id,
        warehouse_id: warehouse.id,
        kind: MovementKind::Scrap,
        on_hand_delta: -said.quantity,
        reserved_delta: Quantity::ZERO,
        spot,
        unit_cost: None,
        cause_kind: "scrap",
        cause_id: id.raw(),
        note: reason,
    };
    if !post(work, by, &movement)? {
        return Err(promised(work, &product, &warehouse, said.quantity)?.into());
    }
    let event = Event::of(EventKind::StockScrapped, "stock", id.raw(), &product.code)
        .because(reason)
        .with("product", product.name.as_str())
        .with("warehouse", warehouse.name.as_str())
        .with("quantity", (said.quantity, product.unit.clone()))
        .with("lot", said.from.lot.trim());
    work.record(by, event);
    Ok(Moved { id })
}
