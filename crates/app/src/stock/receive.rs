//! Goods that came in.

use domain::{
    Act, Actor, Event, EventKind, FieldError, FieldRule, MovementId, MovementKind, Product, Quantity, Refusal, Stock, StockRejection,
    Warehouse, check_receipt,
};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

use super::{Movement, post, want};
use crate::field::unknown;
use crate::{product, warehouse};

/// Goods that came into a warehouse, under one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Id or code of the warehouse.
    pub warehouse: String,
    /// Number of the paper that came with them.
    pub reference: String,
    /// Anything else.
    pub note: String,
    /// What came.
    pub lines: Vec<ReceiptLine>,
}

/// One product that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLine {
    /// Id or code of the product.
    pub product: String,
    /// How much.
    pub quantity: Quantity,
    /// The unit, where one was said: it must be the product's.
    pub unit: Option<String>,
}

/// What a receipt answers with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The receipt: what its movements name as their cause.
    pub id: MovementId,
    /// Number of the paper that came with the goods.
    pub reference: String,
    /// How many lines were taken in.
    pub lines: i64,
}

/// Takes goods into a warehouse: every line is counted and written into the ledger, or none.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `stock.warehouse_inactive`.
///
/// Source: INV-04
pub fn receive(work: &mut UnitOfWork, by: &Actor, receipt: &Receipt) -> Outcome<Received> {
    by.may(Act::ReceiveStock)?;
    let (reference, note) = (receipt.reference.trim(), receipt.note.trim());
    let quantities: Vec<Quantity> = receipt.lines.iter().map(|line| line.quantity).collect();
    let errors = check_receipt(reference, note, &quantities);
    let (warehouse, products) = named(work, receipt, errors)?;
    want(work, warehouse.id, products.iter().map(|product| product.id));
    let id: MovementId = work.id();
    for (place, (line, product)) in receipt.lines.iter().zip(&products).enumerate() {
        let on_hand = work.find::<Stock>((product.id, warehouse.id))?.map_or(Quantity::ZERO, |stock| stock.on_hand_micro);
        if line.quantity > Quantity::MAX - on_hand {
            return Err(Refusal::field(format!("/lines/{place}/quantity"), domain::ParseError::new("number.too_large")).into());
        }
        let movement = Movement {
            product_id: product.id,
            warehouse_id: warehouse.id,
            kind: MovementKind::Receipt,
            on_hand_delta: line.quantity,
            reserved_delta: Quantity::ZERO,
            cause_kind: "receipt",
            cause_id: id.raw(),
            note,
        };
        let fits = post(work, by, &movement)?;
        assert!(fits, "adding to what is on hand never takes from what is reserved");
    }
    let event = Event::of(EventKind::StockReceived, "stock", id.raw(), reference)
        .with("warehouse", warehouse.name.as_str())
        .with("lines", receipt.lines.len())
        .with("note", note);
    work.record(by, event);
    Ok(Received { id, reference: reference.to_owned(), lines: i64::try_from(receipt.lines.len()).unwrap_or(i64::MAX) })
}

/// Looks up what the receipt names; everything that is wrong is told at once.
fn named(work: &mut UnitOfWork, receipt: &Receipt, mut errors: Vec<FieldError>) -> Outcome<(Held<Warehouse>, Vec<Held<Product>>)> {
    let references: Vec<String> = receipt.lines.iter().map(|line| line.product.clone()).collect();
    let found = product::by_id_or_code(work, &references);
    let warehouse = warehouse::by_id_or_code(work, &receipt.warehouse)?;
    let mut products = Vec::new();
    for (place, (product, line)) in found?.into_iter().zip(&receipt.lines).enumerate() {
        let Some(product) = product else {
            errors.push(unknown(format!("/lines/{place}/product_id"), &line.product));
            continue;
        };
        if line.unit.as_ref().is_some_and(|unit| *unit != product.unit) {
            errors.push(FieldError::new(format!("/lines/{place}/quantity"), FieldRule::WrongUnit { unit: product.unit.clone() }));
        }
        products.push(product);
    }
    let Some(warehouse) = warehouse else {
        errors.push(unknown("/warehouse_id", &receipt.warehouse));
        return Err(Refusal::invalid(errors).into());
    };
    Refusal::unless_valid(errors)?;
    if !warehouse.active {
        return Err(StockRejection::WarehouseInactive { warehouse: warehouse.name.clone() }.into());
    }
    Ok((warehouse, products))
}
