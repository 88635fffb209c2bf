//! Contracts: written, put in force, kept signed, ended; what an order has agreed and calls off (QUO-02, QUO-04).

mod call_off;
mod input;

pub mod attach;
pub mod create;
pub mod edit;
pub mod end;
pub mod enforce;
pub mod withdraw;

use domain::{
    Actor, Agreed, Company, Contract, ContractCall, ContractId, ContractStatus, Customer, CustomerId, Date, Event, Moment, Order,
    OrderLine, Version,
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use store::rows::{ContractByNumber, ContractLines, CustomerContracts};
use store::{Held, Outcome, UnitOfWork};

pub(crate) use call_off::{called_by, settle, settle_from};
pub use input::{ContractLineSent, ContractSent};

use crate::order::draft;
use crate::saved::on_version;

/// A contract after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractState {
    /// Its id.
    pub id: ContractId,
    /// Its number.
    pub number: String,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: ContractStatus,
}

impl ContractState {
    fn of(contract: &Contract) -> Self {
        ContractState { id: contract.id, number: contract.number.clone(), version: contract.version.raw(), status: contract.status }
    }
}

/// The contract, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: ContractId, version: Option<Version>) -> Outcome<Held<Contract>> {
    work.want::<Company>([work.company()]);
    let contract = work.get::<Contract>(id)?;
    on_version(version, contract.version, "contract")?;
    Ok(contract)
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: draft::today(work, &company) })
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &Actor, mut contract: Held<Contract>, event: Event) -> ContractState {
    work.save(&mut contract);
    work.record(by, event);
    ContractState::of(&contract)
}

/// The contract with this id or this number.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub(crate) fn by_id_or_number(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Contract>>> {
    let reference = reference.trim();
    if let Ok(id) = reference.parse::<ContractId>()
        && let Some(found) = work.find::<Contract>(id)?
    {
        return Ok(Some(found));
    }
    work.one::<ContractByNumber>(reference.to_owned())
}

/// The contract that an order is placed under, as the order sees it; `lines` are what the order has kept so far.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: QUO-02
pub(crate) fn agreed<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &[L]) -> Outcome<Option<Agreed>> {
    let Some(id) = order.contract_id else { return Ok(None) };
    work.want_of::<ContractLines>([id]);
    work.want::<Customer>([order.customer_id]);
    let contract = work.get::<Contract>(id)?;
    let own = work.of::<ContractLines>(id)?;
    let frames = || own.iter().filter(|line| line.quantity_micro.is_some()).map(|line| (id, line.line_no));
    work.want::<ContractCall>(frames());
    let mut remaining = std::collections::BTreeMap::new();
    for key in frames() {
        // A draft has no counters yet.
        if let Some(call) = work.find::<ContractCall>(key)? {
            remaining.insert(key.1, call.remaining_for(lines));
        }
    }
    let terms_days = work.get::<Customer>(order.customer_id)?.terms_days;
    let lines = own.iter().map(|line| (**line).clone()).collect();
    Ok(Some(Agreed { contract: (*contract).clone(), lines, remaining, terms_days }))
}

/// The contract to propose for an order of this day: the only one in force with the customer.
///
/// # Errors
/// Leaves when the customer's contracts are not loaded yet.
///
/// Source: QUO-02
pub(crate) fn proposed(work: &mut UnitOfWork, customer: CustomerId, on: Date) -> Outcome<Option<Contract>> {
    let all = work.of::<CustomerContracts>(customer)?;
    let mut covering = all.iter().filter(|contract| contract.covers(on));
    let first = covering.next();
    Ok(if covering.next().is_none() { first.map(|contract| (**contract).clone()) } else { None })
}
