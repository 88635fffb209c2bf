//! Giving a draft of a contract up.

use domain::{Act, Actor, ContractId, Version};
use store::{Outcome, UnitOfWork};

use super::{ContractState, keep, load, moment};

/// Gives a draft up.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`; `invalid` without a reason.
///
/// Source: QUO-02
pub fn withdraw(work: &mut UnitOfWork, by: &Actor, id: ContractId, version: Option<Version>, reason: &str) -> Outcome<ContractState> {
    by.may(Act::CreateContract)?;
    let mut contract = load(work, id, version)?;
    let at = moment(work)?;

    let event = contract.withdraw(reason, by, at)?;

    Ok(keep(work, by, contract, event))
}
