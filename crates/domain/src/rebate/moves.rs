//! The one table of moves of the rebate agreement: what may be done in which state, and by whom.

use RebateStatus::{Approved, Draft, Proposed, Settled, Withdrawn};

use super::{Rebate, RebateCredit, RebateInvoice, RebateRejection as No, RebateRule, RebateSettlement, RebateStatus, Turnover};
use crate::actor::Actor;
use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{InvoiceId, OrderId};
use crate::kept::Kept;
use crate::money::Money;
use crate::order::checked_reason;
use crate::permission::Act;
use crate::quantity::Quantity;
use crate::quotation::Moment;
use crate::refusal::Refusal;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// What may be done with a rebate agreement; the code is the step's name in the API.
    RebateVerb in "rebate.verb" {
        Approve = "approve",
        Edit = "edit",
        /// Withdraws a draft.
        Withdraw = "withdraw",
        /// Ends the period today.
        End = "end",
        /// Proposes the settlement.
        Propose = "propose",
        /// Approves the settlement and credits it.
        Settle = "settle",
        /// Sends the proposal back.
        Return = "return",
    }
}

impl RebateStatus {
    /// Whether its settlement is reckoned: nothing is invoiced into its period any more.
    pub fn is_closed(self) -> bool {
        matches!(self, Proposed | Settled)
    }
}

/// To whom a rebate goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RebateTo {
    /// Orders that are credited, in this turn, each up to what it has open.
    pub orders: Vec<OrderId>,
    /// Whether the customer is paid what they do not take.
    pub pay_rest: bool,
}

/// Something that may be done with a rebate agreement, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct RebateAction {
    /// What.
    pub verb: RebateVerb,
    /// Why not; nothing where it may be done.
    pub refusal: Option<Refusal>,
}

/// Every verb for this agreement and this actor.
pub fn rebate_actions(rebate: &Rebate, today: Date, by: &Actor) -> Vec<RebateAction> {
    RebateVerb::ALL.iter().map(|verb| RebateAction { verb: *verb, refusal: rebate.may(*verb, today, by).err() }).collect()
}

impl Rebate {
    /// Whether this actor may do this in the agreement's state.
    ///
    /// # Errors
    /// `denied`, `WrongState`; `Own` for who wrote it or changed it last, `OwnProposal` for who proposed its settlement; `Running` before its
    /// last day is over, `Over` after it.
    ///
    /// Source: PRC-06
    pub fn may(&self, verb: RebateVerb, today: Date, by: &Actor) -> Result<(), Refusal> {
        let (act, needed) = match verb {
            RebateVerb::Edit | RebateVerb::Withdraw => (Act::CreateRebate, Draft),
            RebateVerb::Approve => (Act::ApproveRebate, Draft),
            RebateVerb::End => (Act::ApproveRebate, Approved),
            RebateVerb::Propose => (Act::CreateRebate, Approved),
            RebateVerb::Settle | RebateVerb::Return => (Act::SettleRebate, Proposed),
        };
        by.may(act)?;
        if self.status != needed {
            return Err(No::WrongState { status: self.status }.into());
        }
        let until = self.valid_to;
        match verb {
            RebateVerb::Approve if [self.created_by, self.edited_by].contains(&by.user_id) => Err(No::Own.into()),
            RebateVerb::Settle if self.proposed_by == Some(by.user_id) => Err(No::OwnProposal.into()),
            RebateVerb::End if today > until => Err(No::Over { until }.into()),
            RebateVerb::Propose if today <= until => Err(No::Running { until }.into()),
            _ => Ok(()),
        }
    }

    /// Puts it in force.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `invalid` with everything that is wrong.
    pub fn approve(&mut self, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(RebateVerb::Approve, at.today, by)?;
        Refusal::unless_valid(self.check())?;
        self.status = Approved;
        self.approved_by = Some(by.user_id);
        self.approved_at = Some(at.now);
        Ok(self.event(EventKind::RebateApproved))
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `invalid` without a reason.
    pub fn withdraw(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(RebateVerb::Withdraw, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.status = Withdrawn;
        reason.clone_into(&mut self.end_reason);
        Ok(self.event(EventKind::RebateWithdrawn).because(reason))
    }

    /// Ends its period with today; what was invoiced until then is settled from tomorrow on. One that has not begun is withdrawn.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `invalid` without a reason.
    pub fn end(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(RebateVerb::End, at.today, by)?;
        let reason = checked_reason(reason)?;
        reason.clone_into(&mut self.end_reason);
        if at.today < self.valid_from {
            self.status = Withdrawn;
            return Ok(self.event(EventKind::RebateWithdrawn).because(reason));
        }
        self.valid_to = at.today;
        Ok(self.event(EventKind::RebateEnded).because(reason))
    }

    /// Proposes to credit these orders, in this turn, with what these invoices come to, and to pay the rest where `pay_rest` says so. Where no tier
    /// is reached it is proposed to give nothing.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `TooLarge`; `invalid` where something is to be given and nothing says to whom.
    ///
    /// Source: PRC-06
    pub fn propose(&mut self, invoices: Vec<RebateInvoice>, to: RebateTo, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(RebateVerb::Propose, at.today, by)?;
        let RebateTo { orders, pay_rest } = to;
        let amount = self.accrue(turnover(&invoices))?.rebate;
        if amount.is_positive() && orders.is_empty() && !pay_rest {
            return Err(Refusal::field("/orders", FieldRule::Required));
        }
        self.status = Proposed;
        self.proposed_by = Some(by.user_id);
        self.return_reason.clear();
        self.settlement = Kept::of(RebateSettlement { amount, invoices, orders, pay_rest, ..RebateSettlement::default() });
        Ok(self.event(EventKind::RebateProposed).with("amount", (amount, self.currency)))
    }

    /// Sends a proposal back.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `invalid` without a reason.
    pub fn send_back(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(RebateVerb::Return, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.status = Approved;
        reason.clone_into(&mut self.return_reason);
        self.settlement = Kept::of(RebateSettlement::default());
        Ok(self.event(EventKind::RebateReturned).because(reason))
    }

    /// Whether the proposal may be credited: what was invoiced in the period is what it rests on.
    ///
    /// # Errors
    /// As [`Rebate::may`]; `Changed`.
    ///
    /// Source: PRC-06
    pub fn check_settle(&self, now: &[RebateInvoice], by: &Actor, at: Moment) -> Result<(), Refusal> {
        self.may(RebateVerb::Settle, at.today, by)?;
        if self.settlement.invoices == now {
            return Ok(());
        }
        let amount = self.accrue(turnover(now))?.rebate;
        Err(No::Changed { before: (self.settlement.amount, self.currency), now: (amount, self.currency) }.into())
    }

    /// Settles it with what was credited; the customer is paid the rest, by the remittance `reference`, where that was proposed.
    ///
    /// # Errors
    /// `NoRoom` where the orders took less and nobody is paid; `invalid` where somebody is and nothing says by which remittance.
    ///
    /// Source: PRC-06
    pub fn settle(&mut self, credits: Vec<RebateCredit>, reference: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        let credited: Money = credits.iter().map(|credit| credit.amount).sum();
        let amount = self.settlement.amount;
        let (paid, reference) = (amount - credited, reference.trim());
        if paid.is_positive() && !self.settlement.pay_rest {
            return Err(No::NoRoom { missing: (paid, self.currency) }.into());
        }
        if paid.is_positive() && reference.is_empty() {
            return Err(Refusal::field("/reference", RebateRule::NoReference));
        }
        let mut check = FieldCheck::default();
        check.optional(reference, 200, "/reference");
        Refusal::unless_valid(check.errors)?;
        self.status = Settled;
        self.settled_by = Some(by.user_id);
        self.settled_at = Some(at.now);
        self.settlement = Kept::of(RebateSettlement { credits, paid, reference: reference.to_owned(), ..(*self.settlement).clone() });
        Ok(self.event(EventKind::RebateSettled).with("amount", (amount, self.currency)))
    }

    /// Whether an invoice of this day in this currency would come after its settlement was reckoned.
    pub fn is_closed_for(&self, day: Date, currency: Currency) -> bool {
        self.status.is_closed() && self.currency == currency && self.valid_from <= day && day <= self.valid_to
    }

    /// Whether its settlement rests on an invoice.
    pub fn rests_on(&self, invoice: InvoiceId) -> bool {
        self.status == Settled && self.settlement.invoices.iter().any(|one| one.invoice_id == invoice)
    }
}

/// What invoices come to together.
pub fn turnover(invoices: &[RebateInvoice]) -> Turnover {
    let quantity = invoices.iter().map(|one| one.quantity.micro()).sum();
    Turnover { amount: invoices.iter().map(|one| one.amount).sum(), quantity: Quantity::from_micro(quantity) }
}
