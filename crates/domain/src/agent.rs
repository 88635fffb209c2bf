//! Agents and distributors: customers through whom others order, and what they earn by it (PTY-06).

use crate::codes::codes;
use crate::date::Date;
use crate::decimal::divide_rounded;
use crate::event::{Change, changes};
use crate::id::{CustomerId, OrderId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why agents and their end customers are refused.
    AgentRejection {
        /// The customer has terms already.
        Already { agent: String } => Invalid "agent.already",
        /// Whoever orders through an agent is none.
        IsEndCustomer { customer: String, agent: String } => Invalid "agent.is_end_customer",
        /// An agent orders through nobody.
        IsAgent { customer: String } => Invalid "agent.is_agent",
        /// No customer is its own agent.
        Itself => Invalid "agent.itself",
        /// A customer orders through one agent at a time.
        OtherAgent { customer: String, agent: String } => Invalid "agent.other_agent",
        /// It has no agent, or another one.
        NotItsCustomer { customer: String } => Invalid "agent.not_its_customer",
        /// Its terms are out of use.
        Inactive { agent: String } => Conflict "agent.inactive",
        /// One of two files is an agent's, the other an end customer's.
        Merge => Conflict "agent.merge",
    }
}

codes! {
    /// What a commission is counted by.
    CommissionBasis in "commission_basis" {
        /// By what was invoiced, on the day of the invoice.
        Invoiced = "invoiced",
        /// By what was paid of an invoice, on the day of the payment, and not before the invoice.
        Paid = "paid",
    }
}

/// A customer file that is an agent's, with its terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// The customer file; key.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Whether it earns by new orders, and its people may act for its end customers.
    pub active: bool,
    /// Share of the net amount, 0 % to 100 %.
    pub commission_bp: Rate,
    /// What it is counted by.
    pub basis: CommissionBasis,
    /// What else was agreed.
    pub notes: String,
    /// Since when there are terms.
    pub created_at: Instant,
}

/// A customer that orders through an agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentCustomer {
    /// The end customer; key: it has one agent.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// Through whom.
    pub agent_id: CustomerId,
    /// Since which day.
    pub since: Date,
}

/// The agent of an order with its terms on the day the order was submitted; later terms change nothing of it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderAgent {
    /// The order; key.
    pub order_id: OrderId,
    /// The agent.
    pub agent_id: CustomerId,
    /// Share of the net amount.
    pub commission_bp: Rate,
    /// What it is counted by.
    pub basis: CommissionBasis,
}

impl Agent {
    /// What is wrong with its terms, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.that(self.commission_bp.is_share(), "/commission_rate", FieldRule::NotAShare);
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "commission_rate": |agent| agent.commission_bp,
            "commission_basis": |agent| agent.basis,
            "active": |agent| agent.active,
            "notes": |agent| agent.notes.clone(),
        )
    }
}

/// A part of an invoice between two amounts that are counted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommissionPart {
    /// The invoice without tax; below zero where something is given back.
    pub net: Money,
    /// The invoice with tax.
    pub gross: Money,
    /// Counted of it before, with tax.
    pub before: Money,
    /// Counted of it now, with tax.
    pub amount: Money,
    /// Share of the net amount.
    pub rate: Rate,
}

impl CommissionPart {
    /// Its net amount. The parts of an invoice sum up to the net amount of the invoice.
    pub fn net(&self) -> Money {
        self.between(Rate::WHOLE)
    }

    /// What is earned by it, rounded half away from zero to the minor unit. The parts of an invoice sum up to what is earned by the whole.
    ///
    /// Source: PTY-06, PRC-04
    pub fn commission(&self) -> Money {
        self.between(self.rate)
    }

    fn between(&self, rate: Rate) -> Money {
        self.upto(self.before + self.amount, rate) - self.upto(self.before, rate)
    }

    /// The share of what is counted up to an amount, rounded once.
    fn upto(&self, counted: Money, rate: Rate) -> Money {
        let (mut counted, mut gross) = (i128::from(counted.minor()), i128::from(self.gross.minor()));
        if gross < 0 {
            (counted, gross) = (-counted, -gross);
        }
        if gross == 0 {
            // Nothing is to be paid of it: it counts as a whole.
            (counted, gross) = (1, 1);
        }
        let exact = i128::from(self.net.minor()) * i128::from(rate.bp()) * counted;
        let rounded = divide_rounded(exact, gross * i128::from(Rate::WHOLE.bp()));
        // No part is larger than its whole, which is an amount.
        Money::from_minor(rounded.and_then(|minor| i64::try_from(minor).ok()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(net: i64, gross: i64, before: i64, amount: i64, bp: i64) -> CommissionPart {
        let [net, gross, before, amount] = [net, gross, before, amount].map(Money::from_minor);
        CommissionPart { net, gross, before, amount, rate: Rate::from_bp(bp) }
    }

    #[test]
    fn what_is_earned_is_rounded_half_away_from_zero() {
        let check = |(net, gross): (i64, i64), bp: i64, earned: i64| {
            assert_eq!(part(net, gross, 0, gross, bp).commission(), Money::from_minor(earned), "{net} {bp}");
        };
        check((44_248, 50_000), 500, 2_212);
        check((10, 11), 500, 1);
        check((9, 10), 500, 0);
        check((-10, -11), 500, -1);
        check((-44_248, -50_000), 500, -2_212);
        check((Money::MAX.minor(), Money::MAX.minor()), 10_000, Money::MAX.minor());
    }

    #[test]
    fn parts_sum_up_to_the_whole() {
        let whole = part(44_248, 50_000, 0, 50_000, 333);
        for step in [1_i64, 7, 333, 16_667, 49_999] {
            let (mut at, mut net, mut earned) = (0, Money::ZERO, Money::ZERO);
            while at < 50_000 {
                let amount = step.min(50_000 - at);
                let one = part(44_248, 50_000, at, amount, 333);
                net += one.net();
                earned += one.commission();
                at += amount;
            }
            assert_eq!((net, earned), (whole.net(), whole.commission()), "{step}");
        }
    }
}
