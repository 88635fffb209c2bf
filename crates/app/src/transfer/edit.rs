//! A changed draft.

use domain::{Actor, EventKind, Transfer, TransferId, TransferVerb, Version};
use store::rows::TransferLines;
use store::{Outcome, UnitOfWork};

use super::TransferInput;
use crate::saved::{Saved, on_version};

/// Replaces the content of a draft.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `transfer.wrong_state`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-04
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: TransferId, version: Option<Version>, input: &TransferInput) -> Outcome<Saved> {
    work.want_of::<TransferLines>([id]);
    let mut held = work.get::<Transfer>(id)?;
    on_version(version, held.version, "transfer")?;
    held.may(TransferVerb::Edit, by)?;
    let (transfer, lines) = input.transfer(work, id, held.created_by, held.created_at)?;
    for line in work.of::<TransferLines>(id)? {
        work.remove(&line);
    }
    *held = Transfer { version: held.version, number: held.number.clone(), ..transfer };
    let count = lines.len();
    for line in lines {
        work.add(line);
    }
    work.save(&mut held);
    work.record(by, held.event(EventKind::TransferEdited).with("lines", count));
    Ok(Saved::new(id, held.version, &held.number))
}
