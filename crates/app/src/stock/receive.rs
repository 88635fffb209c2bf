//! Goods that came in.

use domain::{
    Act, Actor, Event, EventKind, FieldError, FieldRule, LotSource, MovementId, MovementKind, Product, Quantity, Refusal, Spot, Stock,
    StockRejection, Tracking, UnitPrice, Warehouse, check_receipt,
};
use serde::{Deserialize, Serialize};
use store::rows::PlacesOfSerial;
use store::{Held, Outcome, UnitOfWork};

use super::relocate::{must_be_there, promised};
use super::{LotDays, Movement, SaidSpot, learn, post, want};
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
    /// Into which bin, of which lot, in which status.
    pub spot: SaidSpot,
    /// What is said of a lot that comes for the first time.
    pub days: LotDays,
    /// What one unit cost, in the currency of the books, where known.
    pub unit_cost: Option<UnitPrice>,
    /// What it was made of; it leaves the same warehouse.
    pub made_from: Vec<Material>,
}

/// What went into something that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Id or code of the product.
    pub product: String,
    /// How much.
    pub quantity: Quantity,
    /// Where it lies, of which lot.
    pub spot: SaidSpot,
}

impl ReceiptLine {
    /// So much of a product, without bin, lot or cost.
    pub fn of(product: &str, quantity: Quantity) -> Self {
        let (spot, days) = (SaidSpot::default(), LotDays::default());
        Self { product: product.to_owned(), quantity, unit: None, spot, days, unit_cost: None, made_from: Vec::new() }
    }
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
    let spots = spots(work, receipt, &warehouse, &products)?;
    let id: MovementId = work.id();
    for (place, (line, product)) in receipt.lines.iter().zip(&products).enumerate() {
        let on_hand = work.find::<Stock>((product.id, warehouse.id))?.map_or(Quantity::ZERO, |stock| stock.on_hand_micro);
        if line.quantity > Quantity::MAX - on_hand {
            return Err(Refusal::field(format!("/lines/{place}/quantity"), domain::ParseError::new("number.too_large")).into());
        }
        let unit_cost = match line.unit_cost {
            Some(cost) => Some((cost, learn(work, product, line.quantity, cost)?)),
            None => None,
        };
        let movement = Movement {
            product_id: product.id,
            warehouse_id: warehouse.id,
            kind: MovementKind::Receipt,
            on_hand_delta: line.quantity,
            reserved_delta: Quantity::ZERO,
            spot: spots[place],
            unit_cost,
            cause_kind: "receipt",
            cause_id: id.raw(),
            note,
        };
        let fits = post(work, by, &movement)?;
        assert!(fits, "adding to what is on hand never takes from what is reserved");
        consume(work, by, &warehouse, (place, line), spots[place], id)?;
    }
    let event = Event::of(EventKind::StockReceived, "stock", id.raw(), reference)
        .with("warehouse", warehouse.name.as_str())
        .with("lines", receipt.lines.len())
        .with("note", note);
    work.record(by, event);
    Ok(Received { id, reference: reference.to_owned(), lines: i64::try_from(receipt.lines.len()).unwrap_or(i64::MAX) })
}

/// Takes out what a line was made of, and keeps which lots went into its lot.
fn consume(
    work: &mut UnitOfWork,
    by: &Actor,
    warehouse: &Warehouse,
    (place, line): (usize, &ReceiptLine),
    made: Spot,
    receipt: MovementId,
) -> Outcome<()> {
    let references: Vec<String> = line.made_from.iter().map(|material| material.product.clone()).collect();
    let found = product::by_id_or_code(work, &references)?;
    let mut errors = Vec::new();
    let mut spots = Vec::with_capacity(found.len());
    for (at, (product, material)) in found.iter().zip(&line.made_from).enumerate() {
        let prefix = format!("/lines/{place}/made_from/{at}");
        let Some(product) = product else {
            errors.push(unknown(format!("{prefix}/product_id"), &material.product));
            continue;
        };
        if !material.quantity.is_positive() {
            errors.push(FieldError::new(format!("{prefix}/quantity"), FieldRule::NotPositive));
        }
        spots.push(material.spot.known(work, (product, warehouse.id), &prefix, &mut errors)?);
    }
    Refusal::unless_valid(errors)?;
    want(work, warehouse.id, found.iter().flatten().map(|product| product.id));
    for ((product, material), spot) in found.iter().flatten().zip(&line.made_from).zip(spots) {
        must_be_there(work, product, warehouse, spot, material.quantity)?;
        let movement = Movement {
            product_id: product.id,
            warehouse_id: warehouse.id,
            kind: MovementKind::Consume,
            on_hand_delta: -material.quantity,
            reserved_delta: Quantity::ZERO,
            spot,
            unit_cost: None,
            cause_kind: "receipt",
            cause_id: receipt.raw(),
            note: "",
        };
        if !post(work, by, &movement)? {
            return Err(promised(work, product, warehouse, material.quantity)?.into());
        }
        if made.lot_id == domain::LotId::NONE || spot.lot_id == domain::LotId::NONE || made.lot_id == spot.lot_id {
            continue;
        }
        let key = (made.lot_id, spot.lot_id);
        if work.find::<LotSource>(key)?.is_some() {
            work.count::<LotSource>(key, &[material.quantity.micro()], false)?;
        } else {
            work.add(LotSource { lot_id: key.0, source_lot_id: key.1, quantity_micro: material.quantity });
        }
    }
    Ok(())
}

/// Where each line is put; a lot that comes for the first time is entered, and a serial number names one piece that is nowhere yet.
fn spots(work: &mut UnitOfWork, receipt: &Receipt, warehouse: &Warehouse, products: &[Held<Product>]) -> Outcome<Vec<Spot>> {
    let mut errors = Vec::new();
    let mut spots = Vec::with_capacity(products.len());
    for (place, (line, product)) in receipt.lines.iter().zip(products).enumerate() {
        let prefix = format!("/lines/{place}");
        let spot = line.spot.to_fill(work, (product, warehouse.id), &line.days, &prefix, &mut errors)?;
        if line.unit_cost.is_some_and(UnitPrice::is_negative) {
            errors.push(FieldError::new(format!("{prefix}/unit_cost"), FieldRule::Negative));
        }
        if product.tracking == Tracking::Serial {
            if line.quantity != Quantity::ONE {
                errors.push(FieldError::new(format!("{prefix}/quantity"), domain::Reason::from(StockRejection::OnePiece)));
            }
            let again = spots.iter().any(|other: &Spot| other.lot_id == spot.lot_id) && spot.lot_id != domain::LotId::NONE;
            let lies = spot.lot_id != domain::LotId::NONE
                && work.of::<PlacesOfSerial>(spot.lot_id)?.iter().any(|place| place.on_hand_micro.is_positive());
            if again || lies {
                let serial = line.spot.lot.trim().to_owned();
                errors.push(FieldError::new(format!("{prefix}/lot"), domain::Reason::from(StockRejection::SerialTwice { serial })));
            }
        }
        spots.push(spot);
    }
    Refusal::unless_valid(errors)?;
    Ok(spots)
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
