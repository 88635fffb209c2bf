//! The goods of a transfer arrive.

use domain::{Actor, LotId, MovementKind, Part, Quantity, Refusal, Spot, Transfer, TransferId, TransferVerb, Version};
use store::rows::TransferLines;
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::saved::{Saved, on_version};
use crate::stock::{self, Movement};

/// Puts what arrived into the warehouse it went to, into this bin or none; lots stay lots.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `transfer.wrong_state`; `invalid` where more arrives than is on its way, or the bin is not known.
///
/// Source: INV-04
pub fn receive(work: &mut UnitOfWork, by: &Actor, id: TransferId, version: Option<Version>, parts: &[Part], bin: &str) -> Outcome<Saved> {
    work.want_of::<TransferLines>([id]);
    let mut transfer = work.get::<Transfer>(id)?;
    on_version(version, transfer.version, "transfer")?;
    transfer.may(TransferVerb::Receive, by)?;
    let mut lines = work.of::<TransferLines>(id)?;
    stock::want(work, transfer.to_id, lines.iter().map(|line| line.product_id));
    let found = stock::bin(work, transfer.to_id, bin)?;
    let event = transfer.receive(&mut lines, parts, by)?;
    if found.is_none() && !bin.trim().is_empty() {
        return Err(Refusal::invalid(vec![unknown("/bin", bin)]).into());
    }
    let bin_id = found.map_or(domain::BinId::NONE, |bin| bin.id);
    for part in parts {
        let Some(line) = lines.iter().find(|line| line.line_no == part.line_no) else { continue };
        let lot_id: LotId = line.lot_id;
        let movement = Movement {
            product_id: line.product_id,
            warehouse_id: transfer.to_id,
            kind: MovementKind::TransferIn,
            on_hand_delta: part.quantity,
            reserved_delta: Quantity::ZERO,
            spot: Spot { bin_id, lot_id, ..Spot::PLAIN },
            unit_cost: None,
            cause_kind: "transfer",
            cause_id: transfer.id.raw(),
            note: &transfer.number,
        };
        let fits = stock::post(work, by, &movement)?;
        assert!(fits, "adding to what is on hand never takes from what is reserved");
    }
    work.save_changed(&mut lines);
    work.save(&mut transfer);
    work.record(by, event);
    Ok(Saved::new(id, transfer.version, &transfer.number))
}
