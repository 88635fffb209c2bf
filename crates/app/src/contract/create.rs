//! A new contract.

use domain::{Act, Actor, Company, Contract, ContractId, EventKind, Numbered};
use store::rows::ContractLines;
use store::{Outcome, UnitOfWork};

use super::{ContractSent, ContractState, input, moment};
use crate::number;

/// Makes a draft.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: QUO-02, QUO-04, INT-10
pub fn create(work: &mut UnitOfWork, by: &Actor, sent: &ContractSent) -> Outcome<ContractState> {
    by.may(Act::CreateContract)?;
    let id: ContractId = work.id();
    work.want::<Company>([work.company()]);
    let named = input::named(work, id, sent)?;
    let company = work.get::<Company>(work.company())?;
    let at = moment(work)?;
    let mut contract = Contract::draft(id, "", &named.customer, &sent.terms, by.user_id, at);
    input::check(&contract, &named.lines)?;
    contract.number = number::draw(work, Numbered::Contract, &company, at.today)?;
    contract.line_count = i64::try_from(named.lines.len()).unwrap_or(i64::MAX);

    work.fresh::<ContractLines>(id);
    work.record(by, contract.event(EventKind::ContractCreated));
    let contract = work.add(contract);
    for line in named.lines {
        work.add(line);
    }
    Ok(ContractState::of(&contract))
}
