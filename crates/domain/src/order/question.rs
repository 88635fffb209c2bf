//! Questions about an order, each about a field, and their answers (APR-04); a question about an effective order lets it rest (CHG-05).

use std::ops::Deref;

use crate::actor::Actor;
use crate::event::{Event, EventKind};
use crate::id::{OrderId, UserId};
use crate::instant::Instant;
use crate::order::step::checked_reason;
use crate::order::{Order, OrderRejection, OrderStatus};
use crate::refusal::{FieldError, Refusal};
use crate::rule::FieldRule;

/// A question about a field of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderQuestion {
    /// About which order.
    pub order_id: OrderId,
    /// Number of the question, from 1; key together with the order.
    pub no: i64,
    /// About which field: `required_on`, `lines/3/quantity`; empty: about the whole.
    pub field: String,
    /// What is asked.
    pub question: String,
    /// Who asks.
    pub asked_by: UserId,
    /// Since when.
    pub asked_at: Instant,
    /// The answer; empty until there is one.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// When.
    pub answered_at: Option<Instant>,
    /// Name of who answered; a person of the customer has no other trace here.
    pub answered_name: String,
    /// Whether the order rests until it is answered.
    pub holds: bool,
    /// Whether the customer sees it, and may answer it.
    pub for_customer: bool,
    /// When it was taken back.
    pub withdrawn_at: Option<Instant>,
    /// Why it was taken back, or empty.
    pub withdraw_reason: String,
}

/// A question that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// About which field; empty: about the whole.
    pub field: String,
    /// What is asked.
    pub question: String,
}

/// Questions at once at the most.
const MOST: usize = 50;

impl OrderQuestion {
    /// The questions that are asked with sending an order back; `before` is how many there were.
    ///
    /// # Errors
    /// `invalid` for a question without words, or too many.
    pub fn ask(order_id: OrderId, before: i64, asked: &[Asked], by: &Actor, now: Instant) -> Result<Vec<Self>, Refusal> {
        let mut errors = Vec::new();
        if asked.len() > MOST {
            errors.push(FieldError::new("/questions", FieldRule::TooMany { max: 50 }));
        }
        for (place, one) in asked.iter().enumerate() {
            let words = one.question.trim().chars().count();
            if words == 0 {
                errors.push(FieldError::new(format!("/questions/{place}/question"), FieldRule::Required));
            } else if words > 500 {
                errors.push(FieldError::new(format!("/questions/{place}/question"), FieldRule::TooLong { max: 500 }));
            }
            if one.field.chars().count() > 60 {
                errors.push(FieldError::new(format!("/questions/{place}/field"), FieldRule::TooLong { max: 60 }));
            }
        }
        Refusal::unless_valid(errors)?;
        let question = |(no, one): (i64, &Asked)| Self {
            order_id,
            no,
            field: one.field.trim().to_owned(),
            question: one.question.trim().to_owned(),
            asked_by: by.user_id,
            asked_at: now,
            answer: String::new(),
            answered_by: None,
            answered_at: None,
            answered_name: String::new(),
            holds: false,
            for_customer: false,
            withdrawn_at: None,
            withdraw_reason: String::new(),
        };
        Ok((before + 1..).zip(asked).map(question).collect())
    }

    /// Whether the order rests for it.
    pub fn is_awaited(&self) -> bool {
        self.holds && self.answered_at.is_none() && self.withdrawn_at.is_none()
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `QuestionSettled` where it is answered or taken back; `invalid` without a reason.
    pub fn withdraw(&mut self, reason: &str, now: Instant) -> Result<(), Refusal> {
        if !self.is_awaited() {
            return Err(OrderRejection::QuestionSettled.into());
        }
        checked_reason(reason)?.clone_into(&mut self.withdraw_reason);
        self.withdrawn_at = Some(now);
        Ok(())
    }

    /// Answers it; a later answer takes the place of an earlier one.
    ///
    /// # Errors
    /// `QuestionSettled` where it was taken back; `invalid` without words.
    pub fn answer(&mut self, answer: &str, by: &Actor, now: Instant) -> Result<(), Refusal> {
        if self.withdrawn_at.is_some() {
            return Err(OrderRejection::QuestionSettled.into());
        }
        let answer = answer.trim();
        if answer.is_empty() {
            return Err(Refusal::field("/answer", FieldRule::Required));
        }
        if answer.chars().count() > 500 {
            return Err(Refusal::field("/answer", FieldRule::TooLong { max: 500 }));
        }
        answer.clone_into(&mut self.answer);
        self.answered_by = Some(by.user_id);
        self.answered_at = Some(now);
        by.name.clone_into(&mut self.answered_name);
        Ok(())
    }
}

impl Order {
    /// Asks a question that lets an effective order rest until it is answered or taken back; `before` is how many questions there were.
    ///
    /// An order that is held by hand rests on for that reason.
    ///
    /// # Errors
    /// `NotEffective`; `invalid` without words.
    ///
    /// Source: CHG-05
    pub fn ask(
        &mut self,
        before: i64,
        asked: Asked,
        for_customer: bool,
        by: &Actor,
        now: Instant,
    ) -> Result<(OrderQuestion, Vec<Event>), Refusal> {
        if self.status != OrderStatus::Effective {
            return Err(OrderRejection::NotEffective { status: self.status }.into());
        }
        let mut made = OrderQuestion::ask(self.id, before, &[asked], by, now).map_err(without_place)?;
        let mut question = made.remove(0);
        question.holds = true;
        question.for_customer = for_customer;

        let mut events = vec![self.event(EventKind::QuestionAsked).because(&question.question)];
        if !self.held {
            events.push(self.rest_for(&question));
        }
        Ok((question, events))
    }

    /// Rests for a question.
    pub fn rest_for(&mut self, question: &OrderQuestion) -> Event {
        self.held = true;
        self.held_question_no = question.no;
        self.hold_reason.clone_from(&question.question);
        self.event(EventKind::OrderHeld).because(&question.question)
    }

    /// What follows where a question is answered or taken back for which the order rests: it goes on, or rests for the next one that is open.
    pub fn question_settled<Q: Deref<Target = OrderQuestion>>(&mut self, no: i64, questions: &[Q]) -> Option<Event> {
        if !self.held || self.held_question_no != no {
            return None;
        }
        if let Some(next) = questions.iter().find(|question| question.is_awaited()) {
            return Some(self.rest_for(next));
        }
        self.unhold();
        Some(self.event(EventKind::OrderResumed))
    }
}

/// One question is sent alone, so what is wrong with it is at its own field.
fn without_place(mut refusal: Refusal) -> Refusal {
    for error in &mut refusal.fields {
        error.pointer = error.pointer.replace("/questions/0", "");
    }
    refusal
}
