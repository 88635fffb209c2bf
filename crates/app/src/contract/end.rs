//! Ending a contract.

use domain::{Act, Actor, ContractCall, ContractId, Version};
use store::rows::ContractLines;
use store::{Held, Outcome, UnitOfWork};

use super::{ContractState, keep, load, moment};

/// Ends a contract; where something remains to be called off, only with a yes to that. Nobody calls off between the question and the answer unnoticed:
/// the counters are held until the commit.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotInForce`, `Remains`; `invalid` without a reason.
///
/// Source: QUO-04
pub fn end(
    work: &mut UnitOfWork,
    by: &Actor,
    id: ContractId,
    version: Option<Version>,
    (reason, confirmed): (&str, bool),
) -> Outcome<ContractState> {
    by.may(Act::EnforceContract)?;
    work.want_of::<ContractLines>([id]);
    let mut contract = load(work, id, version)?;
    let at = moment(work)?;
    let lines = work.of::<ContractLines>(id)?;
    let frames: Vec<_> = lines.iter().filter(|line| line.quantity_micro.is_some()).map(|line| (id, line.line_no)).collect();
    work.want::<ContractCall>(frames.iter().copied());
    let mut calls: Vec<Held<ContractCall>> = Vec::new();
    for key in frames {
        work.pin::<ContractCall>(key)?;
        calls.extend(work.find::<ContractCall>(key)?);
    }

    let event = contract.end(&lines, &calls, confirmed, reason, by, at)?;

    for call in calls {
        work.count_held(&call, &[0, 0, 1], false);
    }
    Ok(keep(work, by, contract, event))
}
