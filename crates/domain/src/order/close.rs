//! Closing an order, and opening it again (SVC-04).

use std::borrow::Cow;
use std::ops::Deref;

use crate::account::CustomerAccount;
use crate::event::{Event, EventKind};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::checked_reason;
use crate::order::{Order, OrderLine, OrderStatus, Service};
use crate::refusal::{Detail, GateRefusal, MissingFact, Refusal};

impl Order {
    /// Every gate that keeps the order from being closed, each with its figures (SVC-04): delivered, billed,
    /// settled, satisfied, and no exception open.
    pub fn close_gates<L: Deref<Target = OrderLine>>(&self, lines: &[L]) -> Vec<GateRefusal> {
        let gate = |code, details, fact| GateRefusal {
            code: Cow::Borrowed(code),
            details,
            missing: vec![fact],
            override_by: Vec::new(),
            text: None,
        };
        let money = |amount: Money| Detail::Money(amount, self.currency);
        let mut gates: Vec<GateRefusal> = self.exception_gate().into_iter().collect();

        let delivered = lines.iter().filter(|line| line.is_delivered()).count();
        if delivered < lines.len() {
            let details = vec![
                ("delivered", Detail::from(delivered)),
                ("lines", Detail::from(lines.len())),
                ("open", Detail::from(lines.len() - delivered)),
            ];
            let (current, required) = (Detail::from(delivered), Detail::from(lines.len()));
            gates.push(gate("order.close.delivered", details, MissingFact { fact: "delivered_lines", current, required, label: None }));
        }
        if self.billed_minor != self.payable_minor {
            let details = vec![("open", money(self.payable_minor - self.billed_minor))];
            let (current, required) = (money(self.billed_minor), money(self.payable_minor));
            gates.push(gate("order.close.billed", details, MissingFact { fact: "billed", current, required, label: None }));
        }
        if self.paid_minor != self.payable_minor {
            // Goods that came short within the tolerance are charged less, so too much may have been paid.
            let (code, name, amount) = if self.open().is_positive() {
                ("order.close.settled", "open", self.open())
            } else {
                ("order.close.overpaid", "excess", -self.open())
            };
            let (current, required) = (money(self.paid_minor), money(self.payable_minor));
            gates.push(gate(code, vec![(name, money(amount))], MissingFact { fact: "paid", current, required, label: None }));
        }
        if !matches!(self.service, Service::Satisfied | Service::Waived) {
            let details = vec![("service", Detail::from(self.service))];
            let (current, required) = (Detail::from(self.service), Detail::from(Service::Satisfied));
            gates.push(gate("order.close.satisfied", details, MissingFact { fact: "service", current, required, label: None }));
        }
        gates
    }

    /// Closes an order that is delivered, billed, settled and satisfied.
    ///
    /// # Errors
    /// `NotEffective`, `Held`; every gate of [`Order::close_gates`].
    ///
    /// Source: SVC-04
    pub fn close<L: Deref<Target = OrderLine>>(&mut self, lines: &[L], now: Instant) -> Result<Event, Refusal> {
        self.may_move(Verb::Close)?;
        Refusal::unless_open(self.close_gates(lines))?;

        self.status = OrderStatus::Closed;
        self.closed_at = Some(now);
        self.derive(lines);
        Ok(self.event(EventKind::OrderClosed))
    }

    /// Opens a closed order again; there is no way around the credit limit by closing and opening (CRD-01).
    ///
    /// # Errors
    /// `NotClosed`; gate `order.over_credit_limit` where the customer is over it already; `invalid` without a reason.
    pub fn reopen<L: Deref<Target = OrderLine>>(&mut self, lines: &[L], account: &CustomerAccount, reason: &str) -> Result<Event, Refusal> {
        self.may_move(Verb::Reopen)?;
        let reason = checked_reason(reason)?;
        Refusal::unless_open(account.credit_gate(Money::ZERO, self.currency).into_iter().collect())?;

        self.status = OrderStatus::Effective;
        self.closed_at = None;
        self.derive(lines);
        Ok(self.event(EventKind::OrderReopened).because(reason))
    }
}
