//! What a customer owes or will owe (CRD-01), counted by differences.

use std::borrow::Cow;
use std::ops::{Add, AddAssign};

use crate::credit::GRACE_DAYS;
use crate::currency::Currency;
use crate::id::CustomerId;
use crate::money::Money;
use crate::refusal::{Detail, GateRefusal, MissingFact};

/// What a customer owes or will owe, counted by differences under a guard.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerAccount {
    /// Key.
    pub customer_id: CustomerId,
    /// Credit limit; [`Money::NO_LIMIT`] where none is set.
    pub limit_minor: Money,
    /// Payable of effective orders not yet billed.
    pub open_orders_minor: Money,
    /// Open part of invoices.
    pub open_invoices_minor: Money,
    /// Payments and deposits not yet allocated to invoices.
    pub unallocated_minor: Money,
    /// What finance lets the customer owe above the limit: the sum of its open releases.
    pub released_minor: Money,
    /// Days an invoice may be overdue before shipping stops.
    pub grace_days: i64,
    /// 1 while nothing more may be sold to the customer, else 0.
    pub blocked: i64,
    /// Where everything is counted since the file was merged into another one; [`CustomerId::NONE`]: here (PTY-03).
    pub merged_into: CustomerId,
}

/// What a step adds to a customer's account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountDelta {
    /// To the payable of effective orders not yet billed.
    pub open_orders: Money,
    /// To the open part of invoices.
    pub open_invoices: Money,
    /// To the payments not yet allocated.
    pub unallocated: Money,
}

impl AccountDelta {
    /// Whether it adds nothing.
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    /// By how much it raises the exposure.
    pub fn exposure(self) -> Money {
        self.open_orders + self.open_invoices - self.unallocated
    }
}

impl Add for AccountDelta {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            open_orders: self.open_orders + other.open_orders,
            open_invoices: self.open_invoices + other.open_invoices,
            unallocated: self.unallocated + other.unallocated,
        }
    }
}

impl AddAssign for AccountDelta {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl CustomerAccount {
    /// An account on which nothing has been counted.
    pub const fn new(customer_id: CustomerId, limit: Option<Money>) -> Self {
        Self {
            customer_id,
            limit_minor: match limit {
                Some(limit) => limit,
                None => Money::NO_LIMIT,
            },
            open_orders_minor: Money::ZERO,
            open_invoices_minor: Money::ZERO,
            unallocated_minor: Money::ZERO,
            released_minor: Money::ZERO,
            grace_days: GRACE_DAYS,
            blocked: 0,
            merged_into: CustomerId::NONE,
        }
    }

    /// The credit limit, if one is set.
    pub fn limit(&self) -> Option<Money> {
        (self.limit_minor < Money::NO_LIMIT).then_some(self.limit_minor)
    }

    /// The most the customer may owe now: the limit and what is released above it; nothing where there is no limit.
    pub fn most(&self) -> Option<Money> {
        self.limit().map(|limit| limit + self.released_minor)
    }

    /// Whether nothing more may be sold to the customer.
    pub const fn is_blocked(&self) -> bool {
        self.blocked != 0
    }

    /// Whether anything is counted on it.
    pub fn is_used(&self) -> bool {
        let counted = [self.open_orders_minor, self.open_invoices_minor, self.unallocated_minor, self.released_minor];
        counted.iter().any(|amount| !amount.is_zero())
    }

    /// Everything the customer owes or will owe.
    pub fn exposure(&self) -> Money {
        self.open_orders_minor + self.open_invoices_minor - self.unallocated_minor
    }

    /// What may still be ordered; nothing where there is no limit.
    pub fn free(&self) -> Option<Money> {
        self.most().map(|most| most - self.exposure())
    }

    /// The account with a step counted on it.
    #[must_use]
    pub fn with(&self, delta: AccountDelta) -> Self {
        Self {
            open_orders_minor: self.open_orders_minor + delta.open_orders,
            open_invoices_minor: self.open_invoices_minor + delta.open_invoices,
            unallocated_minor: self.unallocated_minor + delta.unallocated,
            ..self.clone()
        }
    }

    /// The gate that is shut when `payable` more would go over the credit limit (CRD-01).
    pub fn credit_gate(&self, payable: Money, currency: Currency) -> Option<GateRefusal> {
        let limit = self.most()?;
        let free = limit - self.exposure();
        if payable <= free {
            return None;
        }
        let money = |amount: Money| Detail::Money(amount, currency);
        Some(GateRefusal {
            code: Cow::Borrowed("order.over_credit_limit"),
            details: vec![
                ("limit", money(limit)),
                ("used", money(self.exposure())),
                ("payable", money(payable)),
                ("over", money(payable - free)),
            ],
            missing: vec![MissingFact { fact: "credit_free", current: money(free), required: money(payable), label: None }],
            override_by: vec!["finance".to_owned()],
            text: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_exact() {
        let mut account = CustomerAccount::new(CustomerId::from_raw(1), Some(Money::from_minor(100_000)));
        account.open_orders_minor = Money::from_minor(50_000);
        account.open_invoices_minor = Money::from_minor(30_000);
        account.unallocated_minor = Money::from_minor(10_000);
        assert_eq!(account.exposure().minor(), 70_000);
        assert_eq!(account.credit_gate(Money::from_minor(30_000), Currency::CNY), None);
        let gate = account.credit_gate(Money::from_minor(30_001), Currency::CNY).unwrap();
        assert_eq!(gate.missing[0].current, Detail::Money(Money::from_minor(30_000), Currency::CNY));
        let free = CustomerAccount::new(CustomerId::from_raw(1), None);
        assert_eq!(free.credit_gate(Money::MAX, Currency::CNY), None);
        assert_eq!(free.limit(), None);
    }
}
