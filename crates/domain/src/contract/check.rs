//! What a contract says when an order is submitted, each at its field (QUO-02, QUO-04).

use std::ops::Deref;

use super::{Agreed, ContractDifference, ContractRule, ContractStatus, ContractTerm};
use crate::order::{Order, OrderLine};
use crate::refusal::FieldError;

impl ContractDifference {
    /// Where the order says it.
    fn pointer<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> String {
        let place = self.line_no.and_then(|no| lines.iter().position(|line| line.line_no == no));
        match (self.term(), place) {
            (ContractTerm::Price, Some(place)) => format!("/lines/{place}/unit_price"),
            (ContractTerm::Product, Some(place)) => format!("/lines/{place}/product_id"),
            (ContractTerm::Period, _) => "/ordered_on".to_owned(),
            (ContractTerm::Settlement, _) => "/settlement".to_owned(),
            (ContractTerm::Deposit, _) => "/deposit_rate".to_owned(),
            (ContractTerm::Tax, _) => "/tax_inclusive".to_owned(),
            (ContractTerm::LeadTime, _) => "/required_on".to_owned(),
            _ => "/contract_id".to_owned(),
        }
    }
}

impl Agreed {
    /// Everything in which the order does not fit its contract: it is not in force, the order departs where the contract binds, or departs without a
    /// reason, or takes more of a frame line than remains.
    ///
    /// Source: QUO-02, QUO-04
    pub fn check_order<L: Deref<Target = OrderLine>>(&self, order: &Order, lines: &[L]) -> Vec<FieldError> {
        let contract = self.contract.number.clone();
        let mut errors = Vec::new();
        if self.contract.customer_id != order.customer_id {
            errors.push(FieldError::new("/contract_id", ContractRule::OtherCustomer { contract: contract.clone() }));
            return errors;
        }
        if self.contract.status != ContractStatus::InForce {
            let rule = ContractRule::NotYetInForce { contract, status: self.contract.status };
            return vec![FieldError::new("/contract_id", rule)];
        }
        let differences = self.differences(order, lines);
        for one in differences.iter().filter(|one| one.binding) {
            errors.push(FieldError::new(one.pointer(lines), self.binding(one)));
        }
        let free = differences.iter().filter(|one| !one.binding).count();
        if free > 0 && order.contract_reason.trim().is_empty() {
            let count = i64::try_from(free).unwrap_or(i64::MAX);
            errors.push(FieldError::new("/contract_reason", ContractRule::NoReason { contract, count }));
        }
        for (place, left) in self.too_much(lines) {
            let remaining = (left, lines[place].unit.clone());
            errors.push(FieldError::new(format!("/lines/{place}/quantity"), ContractRule::TooMuch { remaining }));
        }
        errors
    }

    /// That the contract binds where the order departs from it.
    pub fn binding(&self, one: &ContractDifference) -> ContractRule {
        let (agreed, ordered) = (one.agreed.detail(), one.ordered.detail());
        ContractRule::Binding { contract: self.contract.number.clone(), term: one.term(), agreed, ordered }
    }

    /// What is wrong with a changed order: it departs, where the contract binds, in something that it did not before, or takes more than remains. Where
    /// the contract does not bind, the reason of the change is reason enough.
    ///
    /// Source: QUO-02, CHG-01
    pub fn check_change<L, M>(&self, before: (&Order, &[L]), after: (&Order, &[M])) -> (Vec<ContractDifference>, Vec<FieldError>)
    where
        L: Deref<Target = OrderLine>,
        M: Deref<Target = OrderLine>,
    {
        let known = self.differences(before.0, before.1);
        let new: Vec<ContractDifference> = self.differences(after.0, after.1).into_iter().filter(|one| !known.contains(one)).collect();
        let mut errors: Vec<FieldError> =
            new.iter().filter(|one| one.binding).map(|one| FieldError::new("/changes", self.binding(one))).collect();
        for (place, left) in self.too_much(after.1) {
            let remaining = (left, after.1[place].unit.clone());
            errors.push(FieldError::new("/changes", ContractRule::TooMuch { remaining }));
        }
        (new, errors)
    }
}
