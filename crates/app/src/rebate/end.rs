//! Ending a rebate agreement early, withdrawing a draft, sending a settlement back: the steps that need a reason.

use domain::{Actor, RebateId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::saved::Saved;

/// Ends the period with today.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`, `Over`; `invalid` without a reason.
///
/// Source: PRC-06
pub fn end(work: &mut UnitOfWork, by: &Actor, id: RebateId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    let event = rebate.end(reason, by, at)?;
    Ok(keep(work, by, rebate, event))
}

/// Gives a draft up.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`; `invalid` without a reason.
///
/// Source: PRC-06
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: RebateId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    let event = rebate.withdraw(reason, by, at)?;
    Ok(keep(work, by, rebate, event))
}

/// Sends a proposed settlement back.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`; `invalid` without a reason.
///
/// Source: PRC-06
pub fn send_back(work: &mut UnitOfWork, by: &Actor, id: RebateId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    let event = rebate.send_back(reason, by, at)?;
    Ok(keep(work, by, rebate, event))
}
