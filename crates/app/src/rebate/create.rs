//! A new rebate agreement.

use domain::{Act, Actor, EventKind};
use store::{Outcome, UnitOfWork};

use super::RebateInput;
use crate::saved::Saved;

/// Writes a draft; nothing accrues by it yet.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PRC-06
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &RebateInput) -> Outcome<Saved> {
    by.may(Act::CreateRebate)?;
    let (id, now) = (work.id(), work.now());
    let rebate = input.rebate(work, id, by, now)?;
    let rebate = work.add(rebate);
    work.record(by, rebate.event(EventKind::RebateCreated));
    Ok(Saved::new(rebate.id, rebate.version, &rebate.number))
}
