//! The second pair of eyes: review, return, approval, rejection (APR-01, APR-03).

use std::ops::{Deref, DerefMut};

use crate::account::{AccountDelta, CustomerAccount};
use crate::actor::Actor;
use crate::approval::{Approval, Decision, StandIn, open_steps, roles_detail, step_for, steps_of};
use crate::codes::Codes;
use crate::event::{Event, EventKind};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::order::step::{Stopped, checked_reason, give_back};
use crate::order::{Order, OrderLine, OrderRejection, OrderRule, OrderStatus, Signature, SlipRule};
use crate::refusal::{FieldError, GateRefusal, Refusal};
use crate::rules::{ChecklistItem, WantedStep};

/// What follows from an approval.
#[derive(Clone, Debug, PartialEq)]
pub struct Approved {
    /// What happened: the step; with the last one also the approval and that the order took effect.
    pub events: Vec<Event>,
    /// Place of the step that was decided; none where nobody is asked.
    pub step: Option<usize>,
    /// Whether the order is effective now.
    pub effective: bool,
    /// What the order claims of the customer's credit now.
    pub account: AccountDelta,
}

/// What an approval is decided on, beside the order.
#[derive(Clone, Debug)]
pub struct Approving<'a> {
    /// The customer's account, without this order.
    pub account: &'a CustomerAccount,
    /// Those absent in whose place the actor acts.
    pub stands_in: &'a [StandIn],
    /// The company's gates of this step that are shut.
    pub gates: Vec<GateRefusal>,
    /// Whether the customer signs, and how the promised date slips until then.
    pub signature: (Signature, SlipRule),
}

impl Order {
    /// Whether this actor may review the order: it is submitted, and somebody else entered it.
    ///
    /// # Errors
    /// `NotSubmitted`, `SamePerson`.
    pub fn check_review(&self, by: &Actor) -> Result<(), OrderRejection> {
        self.may_move(Verb::Review)?;
        if self.entered_by == by.user_id { Err(OrderRejection::SamePerson) } else { Ok(()) }
    }

    /// Reviews a submitted order; a new round of approval begins, whose steps are handed back to be added. Where the matrix asks for nobody, the
    /// order is to take effect at once: [`Order::approve_by_itself`].
    ///
    /// # Errors
    /// `NotSubmitted`, `SamePerson`; `invalid` at `/checklist` unless each item is ticked.
    ///
    /// Source: APR-01
    pub fn review<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        ticked: &Codes,
        checklist: &[ChecklistItem],
        wanted: Vec<WantedStep>,
        by: &Actor,
    ) -> Result<(Event, Vec<Approval>), Refusal> {
        self.check_review(by)?;
        let open = checklist.iter().filter(|item| !ticked.contains(&item.code)).count();
        let mut errors = Vec::new();
        if open > 0 {
            let count = i64::try_from(open).unwrap_or(i64::MAX);
            errors.push(FieldError::new("/checklist", OrderRule::ChecklistOpen { count }));
        }
        if ticked.iter().any(|item| checklist.iter().all(|known| known.code != item)) {
            errors.push(FieldError::new("/checklist", OrderRule::ChecklistUnknown));
        }
        Refusal::unless_valid(errors)?;

        self.status = OrderStatus::Reviewed;
        self.reviewed_by = Some(by.user_id);
        self.approval_round += 1;
        self.derive(lines);
        Ok((self.event(EventKind::OrderReviewed), steps_of(self, wanted)))
    }

    /// Takes the next step of the approval; with the last one the order is approved and takes effect by itself.
    ///
    /// `steps` are the order's approvals of any round.
    ///
    /// # Errors
    /// `NotReviewed`; `OwnOrder`, `ApprovedBefore`, `NotYourStep`; gate `order.over_credit_limit` and those handed in.
    ///
    /// Source: APR-03, CRD-01
    pub fn approve<L: Deref<Target = OrderLine>, A: DerefMut<Target = Approval>>(
        &mut self,
        lines: &[L],
        steps: &mut [A],
        asked: &Approving<'_>,
        note: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<Approved, Refusal> {
        self.may_move(Verb::Approve)?;
        let Approving { account, stands_in, gates, signature } = asked;
        let (step, decided_for) = step_for(self, steps, by, stands_in)?;
        let mut gates = gates.clone();
        gates.extend(account.credit_gate(self.payable_minor, self.currency));
        Refusal::unless_open(gates)?;

        steps[step].decide(Decision::Approved, by, now, note.trim());
        steps[step].decided_for = decided_for;
        let role = roles_detail(&steps[step].role);
        let mut approved = Approved { events: Vec::new(), step: Some(step), effective: false, account: AccountDelta::default() };
        if !open_steps(self, steps).is_empty() {
            approved.events.push(self.event(EventKind::OrderStepApproved).because(note.trim()).with("role", role));
            return Ok(approved);
        }
        let event = self.event(EventKind::OrderApproved).because(note.trim()).with("role", role);
        self.all_approved(lines, event, *signature, now, approved)
    }

    /// A reviewed order whose company's matrix asks nobody to approve it takes effect with the review.
    ///
    /// # Errors
    /// `NotReviewed`; gate `order.over_credit_limit`.
    ///
    /// Source: APR-03, CRD-01
    pub fn approve_by_itself<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        account: &CustomerAccount,
        signature: (Signature, SlipRule),
        now: Instant,
    ) -> Result<Approved, Refusal> {
        self.may_move(Verb::Approve)?;
        Refusal::unless_open(account.credit_gate(self.payable_minor, self.currency).into_iter().collect())?;
        let event = self.event(EventKind::OrderApproved);
        let approved = Approved { events: Vec::new(), step: None, effective: false, account: AccountDelta::default() };
        self.all_approved(lines, event, signature, now, approved)
    }

    /// With the last approval the order claims the credit; it takes effect by itself, unless the customer signs first.
    fn all_approved<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        event: Event,
        (signature, slip): (Signature, SlipRule),
        now: Instant,
        mut approved: Approved,
    ) -> Result<Approved, Refusal> {
        self.status = OrderStatus::Approved;
        self.signature = signature;
        self.slip = slip;
        approved.events.push(event.with("payable", (self.payable_minor, self.currency)));
        if signature == Signature::Asked {
            self.derive(lines);
        } else {
            approved.events.push(self.take_effect(lines, now)?);
            approved.effective = true;
        }
        approved.account.open_orders = self.payable_minor - self.billed_minor;
        Ok(approved)
    }

    /// The order binds us from here on.
    fn take_effect<L: Deref<Target = OrderLine>>(&mut self, lines: &[L], now: Instant) -> Result<Event, Refusal> {
        self.may_move(Verb::TakeEffect)?;
        Ok(self.begin_effect(lines, now))
    }

    /// As `take_effect`, for a step whose move was checked already.
    pub(super) fn begin_effect<L: Deref<Target = OrderLine>>(&mut self, lines: &[L], now: Instant) -> Event {
        self.status = OrderStatus::Effective;
        self.effective_at = Some(now);
        self.promised_on = self.promised_on.or(self.required_on);
        self.derive(lines);
        self.event(EventKind::OrderTookEffect)
    }

    /// Sends an order that has not taken effect back to its enterer; what was reserved is released, and the credit given back.
    ///
    /// # Errors
    /// `NotUnderReview`; `invalid` without a reason.
    pub fn return_to_draft<L: DerefMut<Target = OrderLine>, A: DerefMut<Target = Approval>>(
        &mut self,
        lines: &mut [L],
        steps: &mut [A],
        reason: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<Stopped, Refusal> {
        self.may_move(Verb::Return)?;
        let reason = checked_reason(reason)?;

        let account = self.give_up_confirmation();
        let step = self.decide_open_step(steps, Decision::Returned, by, now, reason);
        self.status = OrderStatus::Draft;
        self.reviewed_by = None;
        let released = give_back(lines);
        self.derive(lines);
        Ok(Stopped { event: self.event(EventKind::OrderReturned).because(reason), released, step, account })
    }

    /// Rejects a reviewed order for good; it may be copied to a new draft.
    ///
    /// # Errors
    /// `NotReviewed`; `invalid` without a reason.
    pub fn reject<L: DerefMut<Target = OrderLine>, A: DerefMut<Target = Approval>>(
        &mut self,
        lines: &mut [L],
        steps: &mut [A],
        reason: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<Stopped, Refusal> {
        self.may_move(Verb::Reject)?;
        let reason = checked_reason(reason)?;

        let step = self.decide_open_step(steps, Decision::Rejected, by, now, reason);
        self.status = OrderStatus::Rejected;
        self.unhold();
        let released = give_back(lines);
        self.derive(lines);
        Ok(Stopped { event: self.event(EventKind::OrderRejected).because(reason), released, step, account: AccountDelta::default() })
    }

    fn decide_open_step<A: DerefMut<Target = Approval>>(
        &self,
        steps: &mut [A],
        decision: Decision,
        by: &Actor,
        now: Instant,
        note: &str,
    ) -> Option<usize> {
        if self.status != OrderStatus::Reviewed {
            return None;
        }
        // Of several that are open, the one of a role of who decides.
        let open = open_steps(self, steps);
        let place = open.iter().copied().find(|place| steps[*place].is_for(by)).or(open.first().copied())?;
        steps[place].decide(decision, by, now, note);
        Some(place)
    }
}
