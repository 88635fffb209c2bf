//! Putting a contract in force.

use domain::{Act, Actor, ContractId, Version};
use store::rows::ContractLines;
use store::{Outcome, UnitOfWork};

use super::{ContractState, keep, load, moment};

/// Puts a contract in force; from now on orders are checked against it and call off its frame lines.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotDraft`, `Over`; `Own` for who entered it or changed it last; `invalid` with everything that is wrong.
///
/// Source: QUO-02
pub fn enforce(work: &mut UnitOfWork, by: &Actor, id: ContractId, version: Option<Version>) -> Outcome<ContractState> {
    by.may(Act::EnforceContract)?;
    work.want_of::<ContractLines>([id]);
    let mut contract = load(work, id, version)?;
    let at = moment(work)?;
    let lines = work.of::<ContractLines>(id)?;

    let (calls, event) = contract.enforce(&lines, by, at)?;

    for call in calls {
        work.add(call);
    }
    Ok(keep(work, by, contract, event))
}
