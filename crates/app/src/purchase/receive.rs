//! Goods of a purchase order that came in.

use domain::{Act, Actor, FieldError, MovementKind, ParseError, PurchaseArrival, PurchaseId, Quantity, Refusal, Stock, Version};
use store::{Outcome, UnitOfWork};

use super::{PurchaseState, keep, load, moment};
use crate::stock::{Movement, post, want};

/// Takes goods into the order's warehouse: every line is counted and written into the ledger, or none. Never more than was ordered with its tolerance,
/// whoever else receives at the same time: the order's version is raised with each receipt.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotOnItsWay`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01, INV-04
pub fn receive(
    work: &mut UnitOfWork,
    by: &Actor,
    id: PurchaseId,
    version: Option<Version>,
    said: &PurchaseArrival,
) -> Outcome<PurchaseState> {
    by.may(Act::ReceivePurchase)?;
    let (mut purchase, mut lines) = load(work, id, version)?;
    let at = moment(work)?;
    let house = purchase.warehouse_id;
    want(work, house, lines.iter().map(|line| line.product_id));

    let ids: Vec<domain::PurchaseReceiptId> = said.lines.iter().map(|_| work.id()).collect();
    let mut ids = ids.into_iter();
    let (receipts, event) = purchase.receive(&mut lines, said, || ids.next().unwrap_or_default(), by, at)?;

    for (place, receipt) in receipts.into_iter().enumerate() {
        let on_hand = work.find::<Stock>((receipt.product_id, house))?.map_or(Quantity::ZERO, |stock| stock.on_hand_micro);
        if receipt.quantity_micro > Quantity::MAX - on_hand {
            let error = FieldError::new(format!("/lines/{place}/quantity"), ParseError::new("number.too_large"));
            return Err(Refusal::invalid(vec![error]).into());
        }
        let movement = Movement {
            product_id: receipt.product_id,
            warehouse_id: house,
            kind: MovementKind::Receipt,
            on_hand_delta: receipt.quantity_micro,
            reserved_delta: Quantity::ZERO,
            spot: domain::Spot::PLAIN,
            unit_cost: None,
            cause_kind: "purchase_order",
            cause_id: id.raw(),
            note: &receipt.reference,
        };
        let fits = post(work, by, &movement)?;
        assert!(fits, "adding to what is on hand never takes from what is reserved");
        work.append(receipt);
    }
    Ok(keep(work, by, purchase, lines, event))
}
