//! Sideways: hold, resume, void.

use std::borrow::Cow;
use std::ops::DerefMut;

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

    fn paid_fact(&self) -> Option<MissingFact> {
        let fact = MissingFact {
            fact: "paid",
            current: Detail::Money(self.paid_minor, self.currency),
            required: Detail::Money(Money::ZERO, self.currency),
            label: None,
        };
        (!self.paid_minor.is_zero()).then_some(fact)
    }

    pub(super) fn untouched_gate(&self, code: &'static str, missing: Vec<MissingFact>) -> GateRefusal {
        let details =
            vec![("paid", Detail::Money(self.paid_minor, self.currency)), ("billed", Detail::Money(self.billed_minor, self.currency))];
        GateRefusal { code: Cow::Borrowed(code), details, missing, override_by: Vec::new(), text: None }
    }
}
