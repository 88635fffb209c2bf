//! Questions that go back to who entered an order, each about a field, and their answers (APR-04).

use crate::actor::Actor;
use crate::id::{OrderId, UserId};
use crate::instant::Instant;
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
        };
        Ok((before + 1..).zip(asked).map(question).collect())
    }

    /// Answers it; a later answer takes the place of an earlier one.
    ///
    /// # Errors
    /// `invalid` without words.
    pub fn answer(&mut self, answer: &str, by: &Actor, now: Instant) -> Result<(), Refusal> {
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
        Ok(())
    }
}
