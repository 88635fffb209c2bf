//! Approving a rebate agreement.

use domain::{Act, Actor, RebateId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::saved::Saved;

/// Approves an agreement: it runs by its dates.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`; `Own` for who wrote it or changed it last.
///
/// Source: PRC-06
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: RebateId, version: Option<Version>) -> Outcome<Saved> {
    by.may(Act::ApproveRebate)?;
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    let event = rebate.approve(by, at)?;
    Ok(keep(work, by, rebate, event))
}
