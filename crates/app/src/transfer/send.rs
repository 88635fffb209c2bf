//! The goods of a transfer leave.

use domain::{
    Actor, Company, FieldError, LotId, MovementKind, Quantity, Refusal, Spot, StockStatus, Transfer, TransferId, TransferLine,
    TransferRejection, Version,
};
use store::rows::{PlacesFilled, TransferLines};
use store::{Held, Outcome, UnitOfWork};

use crate::order::draft;
use crate::saved::{Saved, on_version};
use crate::stock::{self, Movement};

/// Takes the goods out of the warehouse they leave; they are on their way. A line of several lots becomes a line of each.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `transfer.wrong_state`; `invalid` with every line of which less is free than is to be sent.
///
/// Source: INV-04
pub fn send(work: &mut UnitOfWork, by: &Actor, id: TransferId, version: Option<Version>) -> Outcome<Saved> {
    work.want_of::<TransferLines>([id]);
    work.want::<Company>([work.company()]);
    let mut transfer = work.get::<Transfer>(id)?;
    on_version(version, transfer.version, "transfer")?;
    let mut lines = work.of::<TransferLines>(id)?;
    stock::want(work, transfer.from_id, lines.iter().map(|line| line.product_id));
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let now = work.now();
    let event = transfer.send(by, now)?;
    let mut errors = Vec::new();
    let mut next = lines.iter().map(|line| line.line_no).max().unwrap_or_default();
    for (place, line) in lines.iter_mut().enumerate() {
        let taken = taken(work, &transfer, line, today)?;
        let Some(taken) = taken else {
            errors.push(missing(work, &transfer, line, place)?);
            continue;
        };
        if !leave(work, by, &transfer, line, &taken)? {
            errors.push(missing(work, &transfer, line, place)?);
            continue;
        }
        split(work, line, &taken, &mut next);
    }
    Refusal::unless_valid(errors)?;
    work.save_changed(&mut lines);
    work.save(&mut transfer);
    work.record(by, event);
    Ok(Saved::new(id, transfer.version, &transfer.number))
}

/// Where a line is taken from: of its lot, or what expires first.
fn taken(work: &mut UnitOfWork, transfer: &Transfer, line: &TransferLine, today: domain::Date) -> Outcome<Option<Vec<(Spot, Quantity)>>> {
    if line.lot_id == LotId::NONE {
        return stock::take(work, line.product_id, transfer.from_id, line.quantity_micro, today, &[]);
    }
    let mut left = line.quantity_micro;
    let mut parts = Vec::new();
    for place in work.of::<PlacesFilled>((line.product_id, transfer.from_id))? {
        if place.lot_id == line.lot_id && place.status == StockStatus::Free && left.is_positive() {
            let part = place.on_hand_micro.min(left);
            left -= part;
            parts.push((place.spot(), part));
        }
    }
    Ok(left.is_zero().then_some(parts))
}

fn leave(work: &mut UnitOfWork, by: &Actor, transfer: &Transfer, line: &TransferLine, taken: &[(Spot, Quantity)]) -> Outcome<bool> {
    for (spot, quantity) in taken {
        let movement = Movement {
            product_id: line.product_id,
            warehouse_id: transfer.from_id,
            kind: MovementKind::TransferOut,
            on_hand_delta: -*quantity,
            reserved_delta: Quantity::ZERO,
            spot: *spot,
            unit_cost: None,
            cause_kind: "transfer",
            cause_id: transfer.id.raw(),
            note: &transfer.number,
        };
        if !stock::post(work, by, &movement)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A line is of one lot once it is sent: what was taken of further lots stands on lines of their own.
fn split(work: &mut UnitOfWork, line: &mut Held<TransferLine>, taken: &[(Spot, Quantity)], next: &mut i64) {
    let mut lots: Vec<(LotId, Quantity)> = Vec::new();
    for (spot, quantity) in taken {
        match lots.iter_mut().find(|(lot, _)| *lot == spot.lot_id) {
            Some((_, sum)) => *sum += *quantity,
            None => lots.push((spot.lot_id, *quantity)),
        }
    }
    let Some(((lot_id, quantity), further)) = lots.split_first() else { return };
    for (lot_id, quantity_micro) in further {
        *next += 1;
        let row = TransferLine { line_no: *next, lot_id: *lot_id, quantity_micro: *quantity_micro, ..(**line).clone() };
        work.add(row);
    }
    if (line.lot_id, line.quantity_micro) != (*lot_id, *quantity) {
        line.lot_id = *lot_id;
        line.quantity_micro = *quantity;
    }
}

fn missing(work: &mut UnitOfWork, transfer: &Transfer, line: &TransferLine, place: usize) -> Outcome<FieldError> {
    let free = stock::available(work, line.product_id, transfer.from_id)?.or_zero();
    let reason = TransferRejection::NotThere { product: line.name.clone(), there: (free, line.unit.clone()) };
    Ok(FieldError::new(format!("/lines/{place}/quantity"), domain::Reason::from(reason)))
}
