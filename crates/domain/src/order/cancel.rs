//! Cancelling an effective order: what it costs, by the stage it has come to, and what is billed for it (CHG-04).

use std::ops::{Deref, DerefMut};

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{InvoiceId, Version};
use crate::instant::Instant;
use crate::invoice::{Invoice, InvoiceKind, InvoiceStatus};
use crate::lifecycle::Verb;
use crate::money::Money;
use crate::order::step::{Freed, checked_reason, give_back};
use crate::order::{Order, OrderLine, OrderRule, OrderStatus};
use crate::refusal::{Detail, FieldError, GateRefusal, MissingFact, Refusal};
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// How far an order has come when it is cancelled.
    CancelStage in "cancel_stage" {
        /// It has taken effect, and nothing is reserved for it.
        Confirmed = "confirmed",
        /// Goods are reserved for it.
        Reserved = "reserved",
    }
}

impl CancelStage {
    /// The stage of an effective order by its lines.
    pub fn of<L: Deref<Target = OrderLine>>(lines: &[L]) -> Self {
        if lines.iter().any(|line| line.reserved_micro.is_positive()) { Self::Reserved } else { Self::Confirmed }
    }
}

/// What cancelling costs the customer, in the order's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CancelCost {
    /// Code of the rule that says so; empty: none does.
    pub rule: String,
    /// What the rule says.
    pub proposed: Money,
    /// What is charged: that, or less where it is waived.
    pub charged: Money,
    /// Why less is charged than the rule says, or empty.
    pub waive_reason: String,
}

impl CancelCost {
    /// What is charged where the rule `rule` proposes a cost and somebody says how much it is to be; nothing said: what is proposed.
    ///
    /// # Errors
    /// `invalid` for a cost below zero or above what is proposed, and for less without a reason.
    pub fn settle(rule: &str, proposed: Money, said: Option<Money>, waive_reason: &str) -> Result<Self, Refusal> {
        let charged = said.unwrap_or(proposed);
        let mut check = FieldCheck::default();
        check.that(!charged.is_negative(), "/cost", FieldRule::Negative);
        check.optional(waive_reason, 500, "/waive_reason");
        check.that(charged >= proposed || !waive_reason.trim().is_empty(), "/waive_reason", FieldRule::Required);
        Refusal::unless_valid(check.errors)?;
        let waive_reason = if charged < proposed { waive_reason.trim() } else { "" };
        Ok(Self { rule: rule.to_owned(), proposed, charged, waive_reason: waive_reason.to_owned() })
    }

    /// Whether less is charged than the rule says.
    pub fn is_waived(&self) -> bool {
        self.charged < self.proposed
    }
}

/// The paper that a cost is billed by; used only where something is charged.
#[derive(Clone, Copy, Debug)]
pub struct CostPaper<'a> {
    /// Id of the invoice.
    pub id: InvoiceId,
    /// Its number.
    pub number: &'a str,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day to pay.
    pub due_on: Date,
}

/// What follows from cancelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Cancelled {
    /// What happened.
    pub events: Vec<Event>,
    /// What the stock gets back.
    pub released: Vec<Freed>,
    /// What moves on the customer's account.
    pub account: AccountDelta,
    /// What the cost is billed by.
    pub invoice: Option<Invoice>,
}

impl Order {
    /// What stands in the way of cancelling: whatever is shipped or billed, and exceptions that wait for an answer.
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
        let untouched = (!missing.is_empty()).then(|| self.untouched_gate("order.cancel.untouched", missing));
        self.exception_gate().into_iter().chain(untouched).collect()
    }

    /// Cancels an effective order of which nothing is shipped or billed: what was reserved is released, the credit given back, and the cost billed.
    ///
    /// What was paid pays the cost; the rest is a refund due. [`Order::settle`] is to follow. Without a `paper` nothing is charged.
    ///
    /// # Errors
    /// `NotEffective`; gate `order.cancel.untouched`; `invalid` without a reason, and for a cost above what the customer was to pay.
    ///
    /// Source: CHG-04
    pub fn cancel<L: DerefMut<Target = OrderLine>>(
        &mut self,
        lines: &mut [L],
        cost: &CancelCost,
        paper: Option<CostPaper<'_>>,
        reason: &str,
        (by, now): (&Actor, Instant),
    ) -> Result<Cancelled, Refusal> {
        self.may_move(Verb::Cancel)?;
        Refusal::unless_open(self.cancel_gates(lines))?;
        let reason = checked_reason(reason)?;
        let most = cost.proposed.min(self.payable_minor);
        if cost.charged > most {
            let rule = OrderRule::AboveCost { most: (most, self.currency) };
            return Err(Refusal::invalid(vec![FieldError::new("/cost", rule)]));
        }

        self.status = OrderStatus::Cancelled;
        self.unhold();
        let released = give_back(lines);
        let mut account = AccountDelta { open_orders: -self.payable_minor, ..AccountDelta::default() };
        let mut events = vec![self.event(EventKind::OrderCancelled).because(reason)];
        let invoice = paper.filter(|_| cost.charged.is_positive()).map(|paper| self.cost_invoice(&paper, cost.charged, by, now));
        if let Some(invoice) = &invoice {
            self.cancel_cost_minor = invoice.gross_minor;
            self.billed_minor += invoice.gross_minor;
            account.open_invoices += invoice.gross_minor;
        }
        self.cancel_rule.clone_from(&cost.rule);
        if cost.proposed.is_positive() {
            let money = |amount: Money| (amount, self.currency);
            let event = self.event(EventKind::CancellationCharged).because(&cost.waive_reason).with("rule", cost.rule.as_str());
            events.push(event.with("cost", money(cost.charged)).with("proposed", money(cost.proposed)));
        }
        self.derive(lines);
        Ok(Cancelled { events, released, account, invoice })
    }

    /// The paper of a cost: compensation, not a sale, so there is no tax on it.
    fn cost_invoice(&self, paper: &CostPaper<'_>, cost: Money, by: &Actor, now: Instant) -> Invoice {
        Invoice {
            id: paper.id,
            version: Version::FIRST,
            number: paper.number.to_owned(),
            order_id: self.id,
            order_number: self.number.clone(),
            customer_id: self.customer_id,
            customer_name: self.customer_name.clone(),
            kind: InvoiceKind::Cancellation,
            status: InvoiceStatus::Open,
            issued_on: paper.issued_on,
            due_on: paper.due_on,
            net_minor: cost,
            tax_minor: Money::ZERO,
            gross_minor: cost,
            freight_minor: Money::ZERO,
            discount_minor: Money::ZERO,
            charges: crate::kept::Kept::default(),
            paid_minor: Money::ZERO,
            created_by: by.user_id,
            created_at: now,
            void_reason: String::new(),
        }
    }

    /// What the customer is to pay in all: payable, or what cancelling costs.
    pub fn owed(&self) -> Money {
        if self.status == OrderStatus::Cancelled { self.cancel_cost_minor } else { self.payable_minor }
    }
}
