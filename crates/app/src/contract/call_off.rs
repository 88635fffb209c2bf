//! Brings the counters of a contract's frame lines up to what an order calls off now (QUO-04).

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use domain::{Contract, ContractCall, ContractId, ContractLine, ContractRejection, Order, OrderLine, Quantity};
use store::{Held, Outcome, UnitOfWork};

/// What these lines have called off so far, by the contract's lines.
pub(crate) fn called_by<L: Deref<Target = OrderLine>>(lines: &[L]) -> BTreeMap<i64, Quantity> {
    let mut called = BTreeMap::new();
    for line in lines.iter().filter(|line| line.contract_line > 0) {
        *called.entry(line.contract_line).or_default() += line.called_micro;
    }
    called
}

/// After a step of an order: what its lines call off now is counted, what they do not any more is given back. Nothing where it has no contract.
///
/// # Errors
/// `contract.above_remaining` where another order was quicker; `contract.called_when_ended`.
///
/// Source: QUO-04
pub(crate) fn settle<L: DerefMut<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &mut [L]) -> Outcome<()> {
    if order.contract_id.is_none() {
        return Ok(());
    }
    let before = called_by(lines);
    settle_from(work, order, before, lines)
}

/// As [`settle`], where other lines had called off `before`.
///
/// # Errors
/// As [`settle`].
pub(crate) fn settle_from<L: DerefMut<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &Order,
    before: BTreeMap<i64, Quantity>,
    lines: &mut [L],
) -> Outcome<()> {
    let Some(id) = order.contract_id else { return Ok(()) };
    let concerned = || lines.iter().map(|line| line.contract_line).chain(before.keys().copied()).filter(|no| *no > 0);
    let mut counters: BTreeMap<i64, Held<ContractCall>> = BTreeMap::new();
    work.want::<ContractCall>(concerned().map(|no| (id, no)));
    for no in concerned().collect::<Vec<i64>>() {
        if let Some(counter) = work.find::<ContractCall>((id, no))? {
            counters.insert(no, counter);
        }
    }
    let mut more = before.into_iter().map(|(no, called)| (no, -called)).collect::<BTreeMap<i64, Quantity>>();
    let mut now = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        let called = if counters.contains_key(&line.contract_line) { line.calls_off(order) } else { Quantity::ZERO };
        *more.entry(line.contract_line).or_default() += called;
        now.push(called);
    }
    for (no, counter) in &counters {
        let delta = more.get(no).copied().unwrap_or(Quantity::ZERO);
        if delta != Quantity::ZERO && !work.count_held(counter, &[0, delta.micro(), 0], delta.is_positive()) {
            return refuse(work, id, counter, delta);
        }
    }
    for (line, called) in lines.iter_mut().zip(now) {
        if line.called_micro != called {
            line.called_micro = called;
        }
    }
    Ok(())
}

fn refuse(work: &mut UnitOfWork, id: ContractId, counter: &ContractCall, wanted: Quantity) -> Outcome<()> {
    if counter.ended != 0 {
        let contract = work.get::<Contract>(id)?.number.clone();
        return Err(ContractRejection::CalledWhenEnded { contract }.into());
    }
    let line = work.get::<ContractLine>((id, counter.line_no))?;
    let of = |quantity: Quantity| (quantity, line.unit.clone());
    let (remaining, wanted) = (of(counter.remaining()), of(wanted));
    Err(ContractRejection::AboveRemaining { product: line.name.clone(), remaining, wanted }.into())
}
