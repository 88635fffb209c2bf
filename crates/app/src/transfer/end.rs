//! Transfers that end before everything arrived.

use domain::{Actor, Transfer, TransferId, Version};
use store::rows::TransferLines;
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Writes off what did not arrive.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `transfer.wrong_state`; `invalid` without a reason.
///
/// Source: INV-04
pub fn close(work: &mut UnitOfWork, by: &Actor, id: TransferId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    work.want_of::<TransferLines>([id]);
    let mut transfer = work.get::<Transfer>(id)?;
    on_version(version, transfer.version, "transfer")?;
    let mut lines = work.of::<TransferLines>(id)?;
    let event = transfer.close(&mut lines, reason, by)?;
    work.save_changed(&mut lines);
    work.save(&mut transfer);
    work.record(by, event);
    Ok(Saved::new(id, transfer.version, &transfer.number))
}

/// Gives a draft up.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `transfer.wrong_state`; `invalid` without a reason.
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: TransferId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut transfer = work.get::<Transfer>(id)?;
    on_version(version, transfer.version, "transfer")?;
    let event = transfer.cancel(reason, by)?;
    work.save(&mut transfer);
    work.record(by, event);
    Ok(Saved::new(id, transfer.version, &transfer.number))
}
