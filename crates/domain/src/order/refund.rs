//! Money paid back to the customer: what was paid above what is owed (CHG-04, CHG-05).
//!
//! A refund is a payment below zero. It is set off against payments on account, so that what was paid back pays no invoice.

use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::date::Date;
use crate::event::EventKind;
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::checked_reason;
use crate::order::{Order, OrderRejection, OrderRule, OrderStatus, PaymentInput, Settled};
use crate::payment::{Allocation, Payment, PaymentRejection};
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};

impl Order {
    /// What was paid above what is owed; zero where it was not, and while the order is neither effective nor cancelled.
    pub fn refund_due(&self) -> Money {
        let firm = matches!(self.status, OrderStatus::Effective | OrderStatus::Cancelled);
        if firm { (-self.open()).max(Money::ZERO) } else { Money::ZERO }
    }

    /// Whether money is to be paid back.
    ///
    /// # Errors
    /// `NotRefundable`, `NothingToRefund`.
    pub fn check_refund(&self) -> Result<(), OrderRejection> {
        self.may_move(Verb::RecordRefund)?;
        if self.refund_due().is_positive() { Ok(()) } else { Err(OrderRejection::NothingToRefund) }
    }

    /// Records money that was paid back; it is taken from payments on account, the newest first.
    ///
    /// # Errors
    /// `NotRefundable`, `NothingToRefund`; `invalid` for an amount that is not above zero or above what is due, a day after today.
    ///
    /// Source: CHG-04
    pub fn record_refund<P: DerefMut<Target = Payment>>(
        &mut self,
        payments: &mut [P],
        input: &PaymentInput<'_>,
        by: &Actor,
        now: Instant,
        today: Date,
    ) -> Result<(Payment, Settled), Refusal> {
        self.check_refund()?;
        let mut check = FieldCheck::default();
        check.that(input.amount.is_positive(), "/amount", FieldRule::NotPositive);
        if input.amount > self.refund_due() {
            let rule = OrderRule::AboveRefundDue { due: (self.refund_due(), self.currency) };
            check.errors.push(FieldError::new("/amount", rule));
        }
        check.that(input.paid_on <= today, "/paid_on", FieldRule::After { date: today });
        check.optional(input.reference, 100, "/reference");
        check.optional(input.note, 500, "/note");
        Refusal::unless_valid(check.errors)?;

        let mut left = input.amount;
        for place in newest_first(payments) {
            let payment = &mut payments[place];
            let taken = payment.free().min(left).max(Money::ZERO);
            payment.allocated_minor += taken;
            left -= taken;
        }
        debug_assert!(left.is_zero(), "what is due is on account");
        self.paid_minor -= input.amount;
        let event = self.event(EventKind::RefundRecorded).with("payment", input.number);
        let event = event.with("amount", (input.amount, self.currency)).with("method", input.method);
        let account = AccountDelta { unallocated: -input.amount, ..AccountDelta::default() };
        let paid = self.payment(input, by, now);
        let refund = Payment { amount_minor: -input.amount, allocated_minor: -input.amount, ..paid };
        Ok((refund, Settled { event, account }))
    }

    /// Takes back a refund that was recorded wrongly: what it took is on account again.
    ///
    /// `payments` are the others of the order. [`Order::settle`] is to follow.
    ///
    /// # Errors
    /// `AlreadyReversed`, `OrderClosed`; `invalid` without a reason.
    pub fn reverse_refund<P: DerefMut<Target = Payment>, A: Deref<Target = Allocation>>(
        &mut self,
        refund: &mut Payment,
        payments: &mut [P],
        allocations: &[A],
        reason: &str,
    ) -> Result<Settled, Refusal> {
        if refund.reversed {
            return Err(PaymentRejection::AlreadyReversed { number: refund.number.clone() }.into());
        }
        if self.status == OrderStatus::Closed {
            return Err(PaymentRejection::OrderClosed.into());
        }
        let reason = checked_reason(reason)?;

        let amount = -refund.amount_minor;
        let mut left = amount;
        for place in newest_first(payments) {
            let payment = &mut payments[place];
            if payment.reversed || payment.is_refund() {
                continue;
            }
            let given: Money = allocations.iter().filter(|one| one.payment_id == payment.id).map(|one| one.amount_minor).sum();
            let back = (payment.allocated_minor - given).min(left).max(Money::ZERO);
            payment.allocated_minor -= back;
            left -= back;
        }
        debug_assert!(left.is_zero(), "what a refund took can be given back");
        refund.reversed = true;
        reason.clone_into(&mut refund.reverse_reason);
        self.paid_minor += amount;
        let event = self.event(EventKind::PaymentReversed).because(reason).with("payment", refund.number.clone());
        let event = event.with("amount", (refund.amount_minor, self.currency));
        Ok(Settled { event, account: AccountDelta { unallocated: amount, ..AccountDelta::default() } })
    }
}

fn newest_first<P: Deref<Target = Payment>>(payments: &[P]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..payments.len()).collect();
    places.sort_by_key(|place| (payments[*place].paid_on, payments[*place].id));
    places.reverse();
    places
}
