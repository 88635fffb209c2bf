//! Overrides: a gate that somebody with the right to it let an order pass, with a reason and, where the rule says so, the day by which what was
//! missing is brought (the word "Gate" at the top of the requirements; KPI-05).

use crate::actor::Actor;
use crate::event::{Event, EventKind};
use crate::id::{OrderId, OverrideId, UserId, Version};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::order::{Order, checked_reason};
use crate::refusal::{Detail, FieldError, GateRefusal, Refusal, rejections};
use crate::rule::FieldRule;
use crate::rules::Gate;

rejections! {
    /// Why a gate is not overridden, or what is owed for it not taken.
    OverrideRejection {
        /// Nobody may, or none of the roles that may.
        NotYours { roles: Detail } => Denied "override.not_yours",
        /// Nobody may override it.
        Nobody => Conflict "override.nobody",
        /// There is no such gate in the order's rules.
        UnknownGate { gate: String } => Invalid "override.unknown_gate",
        /// It lets the order through already.
        GateOpen => Conflict "override.gate_open",
        /// Overridden already and not used yet.
        Already => Conflict "override.already",
        /// Who entered an order does not let it pass its gates.
        OwnOrder => Denied "override.own_order",
        NothingOwed => Conflict "override.nothing_owed",
        AlreadyBackfilled => Conflict "override.already_backfilled",
        BackfillTooLate { latest: Instant } => Invalid "override.backfill_too_late",
    }
}

/// A gate that was overridden for an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Key.
    pub id: OverrideId,
    /// Raised by every change.
    pub version: Version,
    /// For which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Code of the gate, in the rules the order was made under.
    pub gate: String,
    /// Before which step; it holds for one.
    pub verb: Verb,
    /// What the gate said, in the language of the one who overrode it.
    pub said: String,
    /// The role it was done in.
    pub role: String,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub by: UserId,
    /// When.
    pub at: Instant,
    /// When the order went through.
    pub used_at: Option<Instant>,
    /// By when what was missing is to be brought; nothing is owed where there is none.
    pub due_at: Option<Instant>,
    /// Who brought it.
    pub backfilled_by: Option<UserId>,
    /// When.
    pub backfilled_at: Option<Instant>,
    /// What was brought.
    pub backfill_note: String,
}

/// Where an override stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// Nothing has to be brought.
    Nothing,
    /// It has to be brought yet, and there is time.
    Open,
    /// It should have been brought already.
    Late,
    /// It was brought in time.
    InTime,
    /// It was brought, too late.
    TooLate,
}

impl Owed {
    /// The code of its text `owed.<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Open => "open",
            Self::Late => "late",
            Self::InTime => "in_time",
            Self::TooLate => "too_late",
        }
    }

    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Nothing, Self::Open, Self::Late, Self::InTime, Self::TooLate];
}

impl Override {
    /// What is owed for it.
    pub fn owed(&self, now: Instant) -> Owed {
        match (self.due_at, self.backfilled_at) {
            (None, _) => Owed::Nothing,
            (Some(due), Some(at)) if at <= due => Owed::InTime,
            (Some(_), Some(_)) => Owed::TooLate,
            (Some(due), None) if now <= due => Owed::Open,
            (Some(_), None) => Owed::Late,
        }
    }

    /// Whether it still opens the gate before this step.
    pub fn opens(&self, gate: &str, verb: Verb) -> bool {
        self.gate == gate && self.verb == verb && self.used_at.is_none()
    }

    /// Takes what was owed as brought.
    ///
    /// # Errors
    /// `NothingOwed`, `AlreadyBackfilled`; `invalid` without a note.
    pub fn backfill(&mut self, note: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        if self.due_at.is_none() {
            return Err(OverrideRejection::NothingOwed.into());
        }
        if self.backfilled_at.is_some() {
            return Err(OverrideRejection::AlreadyBackfilled.into());
        }
        let note = note.trim();
        if note.is_empty() || note.chars().count() > 500 {
            let rule = if note.is_empty() { FieldRule::Required } else { FieldRule::TooLong { max: 500 } };
            return Err(Refusal::invalid(vec![FieldError::new("/note", rule)]));
        }
        self.backfilled_by = Some(by.user_id);
        self.backfilled_at = Some(now);
        note.clone_into(&mut self.backfill_note);
        let event = Event::of_order(EventKind::GateBackfilled, self.order_id, &self.order_number).because(note);
        Ok(event.with("gate", self.gate.as_str()).with("late", self.owed(now) == Owed::TooLate))
    }
}

/// What somebody wants to override.
#[derive(Clone, Debug, PartialEq)]
pub struct OverrideInput<'a> {
    /// Key of the override to be.
    pub id: OverrideId,
    /// Before which step.
    pub verb: Verb,
    /// Why.
    pub reason: &'a str,
    /// By when what is missing will be brought; as late as the rule allows where nothing is said.
    pub backfill_by: Option<Instant>,
}

impl Order {
    /// Lets the order pass a gate that is shut, once.
    ///
    /// `refusal` is what the gate says now; `before` are the order's overrides.
    ///
    /// # Errors
    /// `GateOpen`, `Nobody`, `NotYours`, `OwnOrder`, `Already`; `invalid` without a reason, or for a day of backfill the rule does not allow.
    ///
    /// Source: the word "Gate" in the requirements, s0 14(2)
    pub fn override_gate<'a>(
        &self,
        gate: &Gate,
        refusal: Option<&GateRefusal>,
        before: impl IntoIterator<Item = &'a Override>,
        input: &OverrideInput<'_>,
        by: &Actor,
        now: Instant,
    ) -> Result<(Override, Event), Refusal> {
        let refusal = refusal.ok_or(OverrideRejection::GateOpen)?;
        if gate.override_by.is_empty() {
            return Err(OverrideRejection::Nobody.into());
        }
        let Some(role) = gate.override_by.iter().find(|role| by.has_role(role)) else {
            let roles = gate.override_by.iter().map(|role| crate::approval::role_detail(role)).collect();
            return Err(OverrideRejection::NotYours { roles: Detail::AnyOf(roles) }.into());
        };
        if self.entered_by == by.user_id {
            return Err(OverrideRejection::OwnOrder.into());
        }
        if before.into_iter().any(|done| done.opens(&gate.code, input.verb)) {
            return Err(OverrideRejection::Already.into());
        }
        let reason = checked_reason(input.reason)?;
        let due_at = due(gate, input, now)?;

        let done = Override {
            id: input.id,
            version: Version::FIRST,
            order_id: self.id,
            order_number: self.number.clone(),
            customer_name: self.customer_name.clone(),
            gate: gate.code.clone(),
            verb: input.verb,
            said: refusal.message(by.language),
            role: role.clone(),
            reason: reason.to_owned(),
            by: by.user_id,
            at: now,
            used_at: None,
            due_at,
            backfilled_by: None,
            backfilled_at: None,
            backfill_note: String::new(),
        };
        let event = self.event(EventKind::GateOverridden).because(reason).with("gate", gate.code.as_str()).with("verb", input.verb);
        let event = event.with("role", crate::approval::role_detail(role)).with("due_at", due_at);
        Ok((done, event))
    }
}

/// By when what is missing is to be brought.
fn due(gate: &Gate, input: &OverrideInput<'_>, now: Instant) -> Result<Option<Instant>, Refusal> {
    let Some(seconds) = gate.backfill_seconds else { return Ok(None) };
    let latest = now.plus_seconds(seconds);
    match input.backfill_by {
        None => Ok(Some(latest)),
        Some(by) if by > latest || by <= now => Err(Refusal::field("/backfill_by", OverrideRejection::BackfillTooLate { latest })),
        Some(by) => Ok(Some(by)),
    }
}
