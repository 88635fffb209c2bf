//! Goods moved within a warehouse: to another bin, or into another status.

use domain::{
    Act, Actor, Event, EventKind, FieldError, FieldRule, MovementId, MovementKind, Product, Quantity, Refusal, Spot, StockRejection,
    Warehouse,
};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

use super::{Movement, SaidSpot, post, there};
use crate::field::unknown;
use crate::{product, warehouse};

/// What is moved, from where to where. What is of a lot stays of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relocation {
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
    /// Id or code of the bin it goes to, or empty.
    pub to_bin: String,
    /// The status it goes to.
    pub to_status: domain::StockStatus,
    /// Why; needed where the status changes.
    pub reason: String,
}

/// What changed within the stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// What its movements name as their cause.
    pub id: MovementId,
}

/// Moves goods within a warehouse. What is reserved must stay covered by free goods.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `stock.not_there`, `stock.same_place`; `stock.short` where what goes out of the free
/// status is promised to orders.
///
/// Source: INV-01, INV-04
pub fn relocate(work: &mut UnitOfWork, by: &Actor, said: &Relocation) -> Outcome<Moved> {
    by.may(Act::MoveStock)?;
    let (product, warehouse, mut errors) = named(work, &said.product, &said.warehouse, said.quantity, said.unit.as_deref())?;
    let to_said = SaidSpot { bin: said.to_bin.clone(), lot: said.from.lot.clone(), status: said.to_status };
    let from = said.from.known(work, (&product, warehouse.id), "", &mut errors)?;
    let mut to_errors = Vec::new();
    let to = to_said.known(work, (&product, warehouse.id), "/to", &mut to_errors)?;
    // The lot is told at where it comes from.
    let at_bin = |error: FieldError| FieldError { pointer: "/to_bin".to_owned(), ..error };
    errors.extend(to_errors.into_iter().filter(|error| error.pointer == "/to/bin").map(at_bin));
    let reason = said.reason.trim();
    if from.status != to.status && reason.is_empty() {
        errors.push(FieldError::new("/reason", FieldRule::Required));
    }
    if reason.chars().count() > 500 {
        errors.push(FieldError::new("/reason", FieldRule::TooLong { max: 500 }));
    }
    Refusal::unless_valid(errors)?;
    if from == to {
        return Err(StockRejection::SamePlace.into());
    }
    must_be_there(work, &product, &warehouse, from, said.quantity)?;
    let id: MovementId = work.id();
    // In before out: what is reserved stays covered by another bin.
    for (spot, delta) in [(to, said.quantity), (from, -said.quantity)] {
        let movement = Movement {
            product_id: product.id,
            warehouse_id: warehouse.id,
            kind: MovementKind::Move,
            on_hand_delta: delta,
            reserved_delta: Quantity::ZERO,
            spot,
            unit_cost: None,
            cause_kind: "relocation",
            cause_id: id.raw(),
            note: reason,
        };
        if !post(work, by, &movement)? {
            return Err(promised(work, &product, &warehouse, said.quantity)?.into());
        }
    }
    let event = Event::of(EventKind::StockMoved, "stock", id.raw(), &product.code)
        .because(reason)
        .with("product", product.name.as_str())
        .with("warehouse", warehouse.name.as_str())
        .with("quantity", (said.quantity, product.unit.clone()))
        .with("from_status", from.status.as_str())
        .with("to_status", to.status.as_str())
        .with("from_bin", said.from.bin.trim())
        .with("to_bin", said.to_bin.trim())
        .with("lot", said.from.lot.trim());
    work.record(by, event);
    Ok(Moved { id })
}

/// Refuses where less lies at the place than is wanted.
///
/// # Errors
/// `stock.not_there`.
pub(super) fn must_be_there(work: &mut UnitOfWork, product: &Product, warehouse: &Warehouse, spot: Spot, wanted: Quantity) -> Outcome<()> {
    let lies = there(work, product.id, warehouse.id, spot)?;
    if lies >= wanted {
        return Ok(());
    }
    let (there, wanted) = ((lies, product.unit.clone()), (wanted, product.unit.clone()));
    Err(StockRejection::NotThere { product: product.name.clone(), there, wanted }.into())
}

/// It lies there, but orders have it.
pub(super) fn promised(work: &mut UnitOfWork, product: &Product, warehouse: &Warehouse, wanted: Quantity) -> Outcome<StockRejection> {
    let free = super::available(work, product.id, warehouse.id)?;
    let (available, wanted) = ((free, product.unit.clone()), (wanted, product.unit.clone()));
    Ok(StockRejection::Short { product: product.name.clone(), available, wanted })
}

/// The product and the warehouse that are meant, and what is wrong with the quantity.
///
/// # Errors
/// `invalid` where one of them is not known.
pub(super) fn named(
    work: &mut UnitOfWork,
    product_said: &str,
    warehouse_said: &str,
    quantity: Quantity,
    unit: Option<&str>,
) -> Outcome<(Held<Product>, Held<Warehouse>, Vec<FieldError>)> {
    let found = product::by_id_or_code(work, &[product_said.to_owned()]);
    let warehouse = warehouse::by_id_or_code(work, warehouse_said)?;
    let product = found?.pop().flatten();
    let mut errors = Vec::new();
    if !quantity.is_positive() {
        errors.push(FieldError::new("/quantity", FieldRule::NotPositive));
    }
    if let (Some(said), Some(product)) = (unit, &product)
        && said != product.unit
    {
        errors.push(FieldError::new("/quantity", FieldRule::WrongUnit { unit: product.unit.clone() }));
    }
    if product.is_none() {
        errors.push(unknown("/product_id", product_said));
    }
    if warehouse.is_none() {
        errors.push(unknown("/warehouse_id", warehouse_said));
    }
    match (product, warehouse) {
        (Some(product), Some(warehouse)) => Ok((product, warehouse, errors)),
        _ => Err(Refusal::invalid(errors).into()),
    }
}
