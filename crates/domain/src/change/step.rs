//! The steps of a change order: made, submitted, approved, answered by the customer, applied.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

use super::gate::supply_gate;
use super::{
    ChangeApproval, ChangeItem, ChangeOrder, ChangeRejection, ChangeRule, ChangeSide, ChangeStatus, ChangeVerb, Effect, NeededStep,
    OrderVersion, Previewed, StockEffect,
};
use crate::account::CustomerAccount;
use crate::actor::Actor;
use crate::approval::{ApprovalStep, Decision, NotToSign, StandIn, StepState, open_places, place_for, roles_detail};
use crate::event::{Change, Event, EventKind};
use crate::evidence::Evidence;
use crate::id::{ChangeId, UserId, Version};
use crate::instant::Instant;
use crate::order::{Order, OrderLine, checked_reason};
use crate::quantity::Quantity;
use crate::refusal::{GateRefusal, Refusal};
use crate::rule::FieldRule;
use crate::rules::WantedStep;

/// Code of the signature that every change needs: that of the sales manager, whatever the matrix says (CHG-01).
pub const CHANGE_RULE: &str = "change";

/// Who gives it.
const CHANGE_ROLE: &str = "sales_manager";

/// What a change asks for, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeInput {
    /// Who wants it.
    pub side: ChangeSide,
    /// Why.
    pub reason: String,
    /// What is to change.
    pub items: Vec<ChangeItem>,
}

/// The signatures a change needs: those the matrix asks of the order as it will be and that the order has not had, and always the sales
/// manager's. `had` are the rules by which the order and its changes were signed already.
///
/// Source: CHG-01, APR-03
pub fn change_steps(wanted: Vec<WantedStep>, mut had: Vec<String>) -> Vec<NeededStep> {
    let mut steps: Vec<NeededStep> = Vec::new();
    for step in wanted {
        match had.iter().position(|rule| *rule == step.rule) {
            Some(place) => {
                had.swap_remove(place);
            }
            None => steps.push(step.into()),
        }
    }
    if !steps.iter().any(|step| step.roles.split(',').any(|role| role == CHANGE_ROLE)) {
        steps.insert(0, NeededStep { rule: CHANGE_RULE.to_owned(), stage: 0, roles: CHANGE_ROLE.to_owned() });
    }
    // Stages follow each other without holes.
    let stages: Vec<i64> = steps.iter().map(|step| step.stage).collect::<BTreeSet<_>>().into_iter().collect();
    for step in &mut steps {
        let place = stages.iter().position(|stage| *stage == step.stage).unwrap_or_default();
        step.stage = i64::try_from(place + 1).unwrap_or(1);
    }
    steps
}

/// What a preview comes to for those who decide (CHG-01).
pub fn effect_of<L: Deref<Target = OrderLine>>(
    order: &Order,
    lines: &[L],
    input: &ChangeInput,
    previewed: &Previewed,
    account: &CustomerAccount,
    steps: Vec<NeededStep>,
) -> Effect {
    let stock = stock_effects(lines, previewed);
    let asks_supply = stock.iter().any(|line| line.short > line.short_before);
    let promise = input.items.iter().any(ChangeItem::changes_promise);
    Effect {
        before: OrderVersion::of(order, lines),
        after: OrderVersion::of(&previewed.order, &previewed.lines.iter().collect::<Vec<_>>()),
        touched: previewed.touched.clone(),
        concerned: previewed.concerned.clone(),
        stock,
        owed_more: previewed.account.exposure(),
        exposure: account.exposure(),
        limit: account.most(),
        steps,
        asks_customer: promise || asks_supply || input.side == ChangeSide::Company,
        asks_supply,
        contract: Vec::new(),
    }
}

fn stock_effects<L: Deref<Target = OrderLine>>(lines: &[L], previewed: &Previewed) -> Vec<StockEffect> {
    let line_no = |line: &OrderLine| line.line_no;
    let mut all: Vec<&OrderLine> = previewed.lines.iter().collect();
    all.extend(lines.iter().map(|line| &**line).filter(|line| previewed.dropped.contains(&line.line_no)));
    let mut effects = Vec::new();
    for line in all {
        let no = line_no(line);
        let before = lines.iter().map(|known| &**known).find(|known| known.line_no == no);
        let after = previewed.lines.iter().find(|known| known.line_no == no);
        let reserves: Quantity = previewed.reserves.iter().filter(|one| one.line_no == no).map(|one| one.quantity).sum();
        let short = after.map_or(Quantity::ZERO, OrderLine::open_to_reserve);
        let short_before = before.map_or(Quantity::ZERO, OrderLine::open_to_reserve);
        let given = previewed.gives_back.iter().filter(|one| one.line_no == no);
        // A product that was swapped is given back as what it was.
        let gives_back: Quantity = given.map(|one| one.quantity).sum();
        let touched = previewed.touched.contains(&no);
        if touched && (gives_back.is_positive() || reserves.is_positive() || short.is_positive() || short_before.is_positive()) {
            let (product_code, name, unit) = (line.product_code.clone(), line.name.clone(), line.unit.clone());
            effects.push(StockEffect { line_no: no, product_code, name, unit, gives_back, reserves, short, short_before });
        }
    }
    effects
}

/// Place of the signature this actor may give now, and in whose place.
///
/// # Errors
/// `OwnChange` for who made it or entered the order, `ApprovedBefore`, `NotYourStep`.
pub fn change_step_for<A: Deref<Target = ChangeApproval>>(
    change: &ChangeOrder,
    order: &Order,
    steps: &[A],
    by: &Actor,
    stands_in: &[StandIn],
) -> Result<(usize, Option<UserId>), ChangeRejection> {
    place_for(change.round, &[change.created_by, order.entered_by], steps, by, stands_in).map_err(|why| match why {
        NotToSign::Own => ChangeRejection::OwnChange,
        NotToSign::Before => ChangeRejection::ApprovedBefore,
        NotToSign::NoneOpen => ChangeRejection::NotYourStep { role: roles_detail(CHANGE_ROLE) },
        NotToSign::NotYours(first) => ChangeRejection::NotYourStep { role: roles_detail(&steps[first].role) },
    })
}

/// Places of a change's signatures that may be given now.
pub fn open_change_steps<A: Deref<Target = ChangeApproval>>(change: &ChangeOrder, steps: &[A]) -> Vec<usize> {
    open_places(change.round, steps)
}

/// What follows from a decision about a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// What happened.
    pub event: Event,
    /// Whether everything is there to apply it.
    pub complete: bool,
}

/// What the customer said.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerAnswer<'a> {
    /// Yes or no.
    pub accepted: bool,
    /// What was said; of a no the reason.
    pub note: &'a str,
    /// What proves the yes.
    pub evidence: Option<&'a Evidence>,
}

impl ApprovalStep for ChangeApproval {
    fn state(&self) -> StepState<'_> {
        StepState { round: self.round, stage: self.stage, role: &self.role, decided_by: self.decided_by }
    }
}

impl ChangeApproval {
    fn decide(&mut self, decision: Decision, by: &Actor, decided_for: Option<UserId>, note: &str, now: Instant) {
        self.decision = Some(decision);
        self.decided_by = Some(by.user_id);
        self.decided_for = decided_for;
        self.decided_at = Some(now);
        note.clone_into(&mut self.note);
    }
}

impl ChangeOrder {
    /// A draft of a change of an order that has taken effect.
    ///
    /// # Errors
    /// `invalid` without a reason.
    pub fn draft(
        id: ChangeId,
        number: &str,
        order: &Order,
        input: &ChangeInput,
        by: &Actor,
        now: Instant,
    ) -> Result<(Self, Event), Refusal> {
        let reason = checked_reason(&input.reason)?.to_owned();
        let change = Self {
            id,
            version: Version::FIRST,
            number: number.to_owned(),
            order_id: order.id,
            order_number: order.number.clone(),
            customer_id: order.customer_id,
            customer_name: order.customer_name.clone(),
            status: ChangeStatus::Draft,
            side: input.side,
            reason,
            items: written(&input.items),
            effect: String::new(),
            round: 0,
            revision: 0,
            created_by: by.user_id,
            created_at: now,
            submitted_at: None,
            answered_at: None,
            answered_by: None,
            evidence_id: None,
            ended_by: None,
            ended_at: None,
            end_reason: String::new(),
        };
        let event = change.event(order, EventKind::ChangeCreated).because(&change.reason);
        Ok((change, event))
    }

    /// What it asks for, as it was said.
    pub fn input(&self) -> ChangeInput {
        ChangeInput { side: self.side, reason: self.reason.clone(), items: self.items() }
    }

    fn event(&self, order: &Order, kind: EventKind) -> Event {
        order.event(kind).with("change", self.number.as_str())
    }

    /// Changes a draft.
    ///
    /// # Errors
    /// `denied`, `NotDraft`; `invalid` without a reason.
    pub fn edit(&mut self, order: &Order, input: &ChangeInput, by: &Actor) -> Result<Event, Refusal> {
        self.may(ChangeVerb::Edit, by)?;
        let reason = checked_reason(&input.reason)?;

        reason.clone_into(&mut self.reason);
        self.side = input.side;
        self.items = written(&input.items);
        Ok(self.event(order, EventKind::ChangeEdited).because(&self.reason))
    }

    /// Submits it with what comes of it now; a new round of approval begins, whose steps are handed back to be added.
    ///
    /// # Errors
    /// `denied`, `NotToSubmit`; `AnotherOpen` while another change of the order is decided; `NotMoved` where it was submitted with the same effect.
    ///
    /// Source: CHG-01
    pub fn submit<C: Deref<Target = Self>>(
        &mut self,
        order: &Order,
        others: &[C],
        effect: &Effect,
        by: &Actor,
        now: Instant,
    ) -> Result<(Event, Vec<ChangeApproval>), Refusal> {
        self.may(ChangeVerb::Submit, by)?;
        if let Some(other) = others.iter().find(|other| other.id != self.id && other.status.is_open()) {
            return Err(ChangeRejection::AnotherOpen { number: other.number.clone() }.into());
        }
        if self.status.is_open() && self.effect().is_some_and(|known| known.does_the_same_as(effect)) {
            return Err(ChangeRejection::NotMoved.into());
        }

        self.status = ChangeStatus::Submitted;
        self.submitted_at = Some(now);
        self.round += 1;
        self.effect = serde_json::to_string(effect).expect("an effect is plain data");
        let step = |(step, needed): (i64, &NeededStep)| ChangeApproval {
            change_id: self.id,
            round: self.round,
            step,
            stage: needed.stage,
            rule: needed.rule.clone(),
            role: needed.roles.clone(),
            decision: None,
            decided_by: None,
            decided_for: None,
            decided_at: None,
            note: String::new(),
        };
        let steps = (1..).zip(&effect.steps).map(step).collect();
        let payable = (effect.after.payable, order.currency);
        Ok((self.event(order, EventKind::ChangeSubmitted).because(&self.reason).with("payable", payable), steps))
    }

    /// Gives the next signature. With the last one it is complete, or the customer is asked.
    ///
    /// `now_does` is what comes of it now; `agreed` says whether who makes or buys the goods has agreed since it was submitted; `gates` are
    /// further gates that are shut.
    ///
    /// # Errors
    /// `denied`, `NotSubmitted`; `OwnChange`, `ApprovedBefore`, `NotYourStep`; `Moved`; gate `change.supply_agreed` and those handed in.
    ///
    /// Source: CHG-01, CHG-03
    pub fn approve<A: DerefMut<Target = ChangeApproval>>(
        &mut self,
        order: &Order,
        steps: &mut [A],
        asked: &ChangeApproving<'_>,
        note: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<(Decided, usize), Refusal> {
        self.may(ChangeVerb::Approve, by)?;
        let (step, decided_for) = change_step_for(self, order, steps, by, asked.stands_in)?;
        self.still_does(asked.now_does)?;
        let mut gates = asked.gates.clone();
        gates.extend(supply_gate(self, asked.agreed));
        Refusal::unless_open(gates)?;

        let signed = &mut *steps[step];
        signed.decide(Decision::Approved, by, decided_for, note.trim(), now);
        let role = roles_detail(&signed.role);
        let open = !open_change_steps(self, steps).is_empty();
        let complete = !open && !asked.now_does.asks_customer;
        let kind = if open { EventKind::ChangeStepApproved } else { EventKind::ChangeApproved };
        if !open && !complete {
            self.status = ChangeStatus::Answering;
        }
        let event = self.event(order, kind).because(note.trim()).with("role", role);
        Ok((Decided { event, complete }, step))
    }

    /// Refuses where it would do something else than what was submitted.
    fn still_does(&self, now_does: &Effect) -> Result<(), ChangeRejection> {
        let same = self.effect().is_some_and(|known| known.does_the_same_as(now_does));
        if same { Ok(()) } else { Err(ChangeRejection::Moved) }
    }

    /// Ends it with a no of those who approve; the order stands as it is.
    ///
    /// # Errors
    /// `denied`, `NotSubmitted`; `OwnChange`, `ApprovedBefore`, `NotYourStep`; `invalid` without a reason.
    pub fn reject<A: DerefMut<Target = ChangeApproval>>(
        &mut self,
        order: &Order,
        steps: &mut [A],
        stands_in: &[StandIn],
        reason: &str,
        by: &Actor,
        now: Instant,
    ) -> Result<(Event, usize), Refusal> {
        self.may(ChangeVerb::Reject, by)?;
        let (step, decided_for) = change_step_for(self, order, steps, by, stands_in)?;
        let reason = checked_reason(reason)?;

        steps[step].decide(Decision::Rejected, by, decided_for, reason, now);
        self.end(ChangeStatus::Rejected, reason, by, now);
        Ok((self.event(order, EventKind::ChangeRejected).because(reason), step))
    }

    /// Records what the customer said. A no ends it, and the order stands as it is; a yes needs the customer's own paper, given since it was
    /// submitted and not used for another change.
    ///
    /// # Errors
    /// `denied`, `NotAnswering`; `Moved`; `invalid` without what proves the yes, or without the reason of a no.
    ///
    /// Source: CHG-03
    pub fn answer<C: Deref<Target = Self>>(
        &mut self,
        order: &Order,
        others: &[C],
        answer: &CustomerAnswer<'_>,
        now_does: Option<&Effect>,
        by: &Actor,
        now: Instant,
    ) -> Result<Decided, Refusal> {
        self.may(ChangeVerb::Answer, by)?;
        if !answer.accepted {
            let note = answer.note.trim();
            if note.is_empty() {
                return Err(Refusal::field("/note", FieldRule::Required));
            }
            self.answered_by = Some(by.user_id);
            self.answered_at = Some(now);
            self.end(ChangeStatus::Refused, note, by, now);
            return Ok(Decided { event: self.event(order, EventKind::ChangeRefused).because(note), complete: false });
        }
        let Some(evidence) = answer.evidence else { return Err(Refusal::field("/evidence_id", FieldRule::Required)) };
        let used = others.iter().any(|other| other.id != self.id && other.evidence_id == Some(evidence.id));
        if evidence.order_id != self.order_id || used || !evidence.satisfies(super::ANSWER_PROOF) {
            return Err(Refusal::field("/evidence_id", ChangeRule::NotTheAnswer));
        }
        if self.submitted_at.is_none_or(|submitted| evidence.created_at < submitted) {
            return Err(Refusal::field("/evidence_id", ChangeRule::OldEvidence));
        }
        self.still_does(now_does.ok_or(ChangeRejection::Moved)?)?;

        self.answered_by = Some(by.user_id);
        self.answered_at = Some(now);
        self.evidence_id = Some(evidence.id);
        let event = self.event(order, EventKind::ChangeAccepted).because(answer.note.trim());
        Ok(Decided { event: event.with("evidence", evidence.id.to_string()), complete: true })
    }

    /// Takes it back; the order stands as it is.
    ///
    /// # Errors
    /// `denied`, `Ended`; `invalid` without a reason.
    pub fn withdraw(&mut self, order: &Order, reason: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(ChangeVerb::Withdraw, by)?;
        let reason = checked_reason(reason)?;

        self.end(ChangeStatus::Withdrawn, reason, by, now);
        Ok(self.event(order, EventKind::ChangeWithdrawn).because(reason))
    }

    /// Notes that the order was changed by it: the next of its versions.
    pub fn applied<L: Deref<Target = OrderLine>>(
        &mut self,
        order: &Order,
        lines: &[L],
        previewed: &Previewed,
        earlier: usize,
        by: &Actor,
        now: Instant,
    ) -> Event {
        self.revision = i64::try_from(earlier).unwrap_or(i64::MAX - 2) + 2;
        self.end(ChangeStatus::Applied, "", by, now);
        let event = self.event(&previewed.order, EventKind::OrderChanged).because(&self.reason);
        event.with("revision", self.revision).changing(changes(order, lines, previewed))
    }

    fn end(&mut self, status: ChangeStatus, reason: &str, by: &Actor, now: Instant) {
        self.status = status;
        self.ended_by = Some(by.user_id);
        self.ended_at = Some(now);
        reason.clone_into(&mut self.end_reason);
    }
}

/// What an approval of a change is decided on.
#[derive(Clone, Debug)]
pub struct ChangeApproving<'a> {
    /// What comes of it now.
    pub now_does: &'a Effect,
    /// Whether who makes or buys the goods has agreed.
    pub agreed: bool,
    /// Those absent in whose place the actor acts.
    pub stands_in: &'a [StandIn],
    /// Further gates that are shut.
    pub gates: Vec<GateRefusal>,
}

fn written(items: &[ChangeItem]) -> String {
    serde_json::to_string(items).expect("items are plain data")
}

/// What a change changed, field by field; lines that came begin at nothing, lines that are gone end there.
fn changes<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L], previewed: &Previewed) -> Vec<Change> {
    let mut changes = previewed.order.changes_from(order);
    changes.extend(Change::between("promised_on", order.promised_on, previewed.order.promised_on));
    let none = |line: &OrderLine| OrderLine { quantity_micro: Quantity::ZERO, ..line.clone() };
    for line in &previewed.lines {
        match lines.iter().find(|known| known.line_no == line.line_no) {
            Some(known) => changes.extend(line.changes_from(known)),
            None => changes.extend(line.changes_from(&none(line))),
        }
    }
    for gone in lines.iter().filter(|line| previewed.dropped.contains(&line.line_no)) {
        changes.extend(none(gone).changes_from(gone));
    }
    changes
}
