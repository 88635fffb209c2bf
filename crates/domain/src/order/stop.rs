//! Sideways: hold, resume, void, cancel.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::event::{Event, EventKind};
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::{Stopped, checked_reason, give_back};
use crate::order::{Order, OrderLine, OrderStatus};
use crate::refusal::{Detail, GateRefusal, MissingFact, Refusal};

impl Order {
    /// Lets the order rest: nothing is shipped or billed meanwhile.
    ///
    /// # Errors
    /// `NotOpen`, `AlreadyHeld`; `invalid` without a reason.
    pub fn hold(&mut self, reason: &str) -> Result<Event, Refusal> {
        self.may_move(Verb::Hold)?;
        let reason = checked_reason(reason)?;

        self.held = true;
        reason.clone_into(&mut self.hold_reason);
        Ok(self.event(EventKind::OrderHeld).because(reason))
    }

    /// Lets the order go on.
    ///
    /// # Errors
    /// `NotOpen`, `NotHeld`.
    pub fn resume(&mut self) -> Result<Event, Refusal> {
        self.may_move(Verb::Resume)?;

        self.unhold();
        Ok(self.event(EventKind::OrderResumed))
    }

    /// What stands in the way of voiding: money that was taken.
    pub fn void_gates(&self) -> Vec<GateRefusal> {
        self.paid_fact().map(|fact| self.untouched_gate("order.void.unpaid", vec![fact])).into_iter().collect()
    }

    /// Voids an order that is not effective yet; what was reserved is released, and the credit given back.
    ///
    /// # Errors
    /// `NotVoidable`; gate `order.void.unpaid` while money is recorded; `invalid` without a reason.
    pub fn void<L: DerefMut<Target = OrderLine>>(&mut self, lines: &mut [L], reason: &str) -> Result<Stopped, Refusal> {
        self.may_move(Verb::Void)?;
        Refusal::unless_open(self.void_gates())?;
        let reason = checked_reason(reason)?;

        let account = self.give_up_confirmation();
        self.status = OrderStatus::Void;
        self.unhold();
        let released = give_back(lines);
        self.derive(lines);
        Ok(Stopped { event: self.event(EventKind::OrderVoided).because(reason), released, step: None, account })
    }

    /// What stands in the way of cancelling: whatever is shipped, billed or paid.
    pub fn cancel_gates<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> Vec<GateRefusal> {
        let mut missing = Vec::new();
        let shipped = lines.iter().filter(|line| line.shipped_micro.is_positive()).count();
        if shipped > 0 {
            missing.push(MissingFact { fact: "shipped_lines", current: Detail::from(shipped), required: Detail::Int(0), label: None });
        }
        if !self.billed_minor.is_zero() {
            missing.push(MissingFact {
                fact: "billed",
                current: Detail::Money(self.billed_minor, self.currency),
                required: Detail::Money(Money::ZERO, self.currency),
                label: None,
            });
        }
        missing.extend(self.paid_fact());
        if missing.is_empty() { Vec::new() } else { vec![self.untouched_gate("order.cancel.untouched", missing)] }
    }

    fn paid_fact(&self) -> Option<MissingFact> {
        let fact = MissingFact {
            fact: "paid",
            current: Detail::Money(self.paid_minor, self.currency),
            required: Detail::Money(Money::ZERO, self.currency),
            label: None,
        };
        (!self.paid_minor.is_zero()).then_some(fact)
    }

    fn untouched_gate(&self, code: &'static str, missing: Vec<MissingFact>) -> GateRefusal {
        let details =
            vec![("paid", Detail::Money(self.paid_minor, self.currency)), ("billed", Detail::Money(self.billed_minor, self.currency))];
        GateRefusal { code: Cow::Borrowed(code), details, missing, override_by: Vec::new(), text: None }
    }

    /// Cancels an effective order on which nothing is shipped, billed or paid; what was reserved is released and
    /// the credit given back.
    ///
    /// # Errors
    /// `NotEffective`; gate `order.cancel.untouched`; `invalid` without a reason.
    pub fn cancel<L: DerefMut<Target = OrderLine>>(&mut self, lines: &mut [L], reason: &str) -> Result<Stopped, Refusal> {
        self.may_move(Verb::Cancel)?;
        Refusal::unless_open(self.cancel_gates(lines))?;
        let reason = checked_reason(reason)?;

        self.status = OrderStatus::Cancelled;
        self.unhold();
        let released = give_back(lines);
        self.derive(lines);
        let account = AccountDelta { open_orders: -self.payable_minor, ..AccountDelta::default() };
        Ok(Stopped { event: self.event(EventKind::OrderCancelled).because(reason), released, step: None, account })
    }
}
