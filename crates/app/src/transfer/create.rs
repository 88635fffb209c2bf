//! A new transfer.

use domain::{Act, Actor, EventKind};
use store::rows::TransferLines;
use store::{Outcome, UnitOfWork};

use super::TransferInput;
use crate::saved::Saved;

/// Draws a transfer up; nothing moves yet.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-04
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &TransferInput) -> Outcome<Saved> {
    by.may(Act::TransferStock)?;
    draw_up(work, by, input)
}

/// The same without asking for a permission: who calls it has decided that it is to be.
///
/// # Errors
/// `invalid` with everything that is wrong at its field.
pub(crate) fn draw_up(work: &mut UnitOfWork, by: &Actor, input: &TransferInput) -> Outcome<Saved> {
    let (id, now) = (work.id(), work.now());
    let (mut transfer, lines) = input.transfer(work, id, by.user_id, now)?;
    transfer.number = format!("DB{:06}", work.draw("transfer")?);
    let transfer = work.add(transfer);
    work.fresh::<TransferLines>(id);
    let count = lines.len();
    for line in lines {
        work.add(line);
    }
    work.record(by, transfer.event(EventKind::TransferCreated).with("lines", count));
    Ok(Saved::new(transfer.id, transfer.version, &transfer.number))
}
