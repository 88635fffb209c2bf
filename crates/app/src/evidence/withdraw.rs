//! A proof that is taken back.

use domain::{Act, Actor, Evidence, EvidenceId, Order, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Takes a proof back; it stays on file with the reason, and opens no gate any more.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `evidence.already_withdrawn`; `invalid` without a reason.
///
/// Source: APR-05
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: EvidenceId, expected: Option<Version>, reason: &str) -> Outcome<Saved> {
    by.may(Act::WithdrawEvidence)?;
    let mut evidence = work.get::<Evidence>(id)?;
    on_version(expected, evidence.version, "evidence")?;
    let mut order = work.get::<Order>(evidence.order_id)?;

    let event = evidence.withdraw(&order, reason, by, work.now())?;

    work.save(&mut evidence);
    work.save(&mut order);
    work.record(by, event);
    Ok(Saved::new(id, evidence.version, &order.number))
}
