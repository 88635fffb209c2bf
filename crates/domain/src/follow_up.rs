//! Follow-ups: asking the customer after delivery whether all is well (SVC-04).

use crate::actor::Actor;
use crate::codes::codes;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{CustomerId, FollowUpId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::lifecycle::Verb;
use crate::order::{Fulfilment, Order, OrderRejection, Service, checked_reason};
use crate::refusal::Refusal;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// State of a follow-up.
    FollowUpStatus in "follow_up.status" {
        Due = "due",
        Satisfied = "satisfied",
        Dissatisfied = "dissatisfied",
        Waived = "waived",
    }
}

/// A follow-up.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Key.
    pub id: FollowUpId,
    /// Raised by every change.
    pub version: Version,
    /// After which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// With whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Day it is due.
    pub due_on: Date,
    /// State.
    pub status: FollowUpStatus,
    /// 1 (bad) to 5 (good), once asked.
    pub score: Option<i64>,
    /// What the customer said, or why it was waived.
    pub comment: String,
    /// Who did it.
    pub done_by: Option<UserId>,
    /// When.
    pub done_at: Option<Instant>,
}

/// The lowest score of a satisfied customer.
const SATISFIED_FROM: i64 = 3;

impl FollowUp {
    /// The follow-up that begins with full delivery.
    pub(crate) fn after(order: &Order, id: FollowUpId, due_on: Date) -> Self {
        Self {
            id,
            version: Version::FIRST,
            order_id: order.id,
            order_number: order.number.clone(),
            customer_id: order.customer_id,
            customer_name: order.customer_name.clone(),
            due_on,
            status: FollowUpStatus::Due,
            score: None,
            comment: String::new(),
            done_by: None,
            done_at: None,
        }
    }

    fn done(&mut self, status: FollowUpStatus, comment: &str, by: &Actor, now: Instant) {
        self.status = status;
        comment.clone_into(&mut self.comment);
        self.done_by = Some(by.user_id);
        self.done_at = Some(now);
    }
}

impl Order {
    /// The follow-up that begins now that all is delivered, if it does: once, and `days` after the last delivery.
    pub fn begin_follow_up(&mut self, id: FollowUpId, delivered_on: Date, days: i64) -> Option<(FollowUp, Event)> {
        if self.fulfilment != Fulfilment::Delivered {
            return None;
        }
        self.delivered_on = Some(self.delivered_on.map_or(delivered_on, |on| on.max(delivered_on)));
        if self.service != Service::None {
            return None;
        }
        let follow_up = FollowUp::after(self, id, delivered_on.plus_days(days));
        self.service = Service::FollowUpDue;
        self.follow_up_due_on = Some(follow_up.due_on);
        let event = self.event(EventKind::FollowUpCreated).with("due_on", follow_up.due_on);
        Some((follow_up, event))
    }

    /// Whether a follow-up waits to be done: it is due, or the customer was not satisfied yet.
    ///
    /// # Errors
    /// `NotEffective`, `NoFollowUp` before full delivery, `FollowUpDone`.
    pub fn check_follow_up(&self, verb: Verb) -> Result<(), OrderRejection> {
        self.may_move(verb)?;
        match self.service {
            Service::FollowUpDue | Service::Dissatisfied => Ok(()),
            Service::None => Err(OrderRejection::NoFollowUp),
            Service::Satisfied | Service::Waived => Err(OrderRejection::FollowUpDone),
        }
    }

    /// Records what the customer said: 1 (bad) to 5 (good); from 3 on the customer is satisfied.
    ///
    /// # Errors
    /// As [`Order::check_follow_up`]; `invalid` for a score outside 1 to 5.
    ///
    /// Source: SVC-04
    pub fn follow_up(&mut self, follow_up: &mut FollowUp, score: i64, comment: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.check_follow_up(Verb::FollowUp)?;
        let mut check = FieldCheck::default();
        check.that((1..=5).contains(&score), "/score", FieldRule::OutOfRange { min: 1, max: 5 });
        check.optional(comment, 2000, "/comment");
        Refusal::unless_valid(check.errors)?;

        let satisfied = score >= SATISFIED_FROM;
        let status = if satisfied { FollowUpStatus::Satisfied } else { FollowUpStatus::Dissatisfied };
        follow_up.done(status, comment.trim(), by, now);
        follow_up.score = Some(score);
        self.service = if satisfied { Service::Satisfied } else { Service::Dissatisfied };
        Ok(self.event(EventKind::FollowUpCompleted).because(comment.trim()).with("score", score))
    }

    /// Does without asking the customer.
    ///
    /// # Errors
    /// As [`Order::check_follow_up`]; `invalid` without a reason.
    pub fn waive_follow_up(&mut self, follow_up: &mut FollowUp, reason: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.check_follow_up(Verb::WaiveFollowUp)?;
        let reason = checked_reason(reason)?;

        follow_up.done(FollowUpStatus::Waived, reason, by, now);
        self.service = Service::Waived;
        Ok(self.event(EventKind::FollowUpWaived).because(reason))
    }
}
