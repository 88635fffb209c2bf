//! The steps of an inquiry.

use super::{Inquiry, InquiryMark, InquiryRejection as No, InquiryStatus, InquiryVerb};
use crate::actor::Actor;
use crate::event::{Event, EventKind};
use crate::id::{OrderId, QuotationId, UserId};
use crate::instant::Instant;
use crate::language::Language;
use crate::order::{Order, OrderStatus, checked_reason};
use crate::refusal::{FieldError, Refusal};
use crate::rule::FieldRule;

/// Characters of an answer at the most.
const ANSWER_MAX: usize = 2_000;

impl Inquiry {
    /// Who hears of what others do with it: who took it, and the representative.
    fn to_owners(&self, event: Event) -> Event {
        let mut known: Vec<UserId> = [Some(self.taken_by), self.rep_id].into_iter().flatten().collect();
        known.dedup();
        event.told(known.into_iter().map(|user| (user, "")))
    }

    /// Every item that is missing or vague, at its place.
    pub fn open_items(&self, language: Language) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (place, item) in self.items().iter().enumerate() {
            let (pointer, name) = (format!("/items/{place}/value"), item.text.of(language).to_owned());
            match item.mark {
                InquiryMark::Missing => errors.push(FieldError::new(pointer, No::ItemMissing { item: name })),
                InquiryMark::Vague => {
                    let said = if item.said.is_empty() { item.value.clone() } else { item.said.clone() };
                    errors.push(FieldError::new(pointer, No::ItemVague { item: name, said }));
                }
                InquiryMark::Filled | InquiryMark::Blank => {}
            }
        }
        errors
    }

    /// After its content changed: what was clear and is not any more is open again.
    pub fn reopen_if_unclear(&mut self) {
        if self.status == InquiryStatus::Clarified && !self.is_clear() {
            self.status = InquiryStatus::Open;
        }
    }

    /// Says that nothing required is missing or vague.
    ///
    /// # Errors
    /// `denied`, `NotOpen`; `invalid` with every item that is missing or vague.
    ///
    /// Source: INT-02
    pub fn clarify(&mut self, by: &Actor) -> Result<Event, Refusal> {
        self.may(InquiryVerb::Clarify, by)?;
        self.status = InquiryStatus::Clarified;
        Ok(self.event(EventKind::InquiryClarified))
    }

    /// Promises an answer by a time; an answer that was given before is history then.
    ///
    /// # Errors
    /// `denied`, `Dropped`; `invalid` for a time that is over.
    ///
    /// Source: INT-06
    pub fn promise(&mut self, answer_by: Instant, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(InquiryVerb::Promise, by)?;
        if answer_by <= now {
            return Err(Refusal::field("/answer_by", No::InThePast));
        }
        self.answer_by = Some(answer_by);
        (self.answered_by, self.answered_at) = (None, None);
        Ok(self.event(EventKind::InquiryPromised).with("answer_by", answer_by))
    }

    /// Records what the customer was answered.
    ///
    /// # Errors
    /// `denied`, `Dropped`; `invalid` without words.
    ///
    /// Source: INT-06
    pub fn answer(&mut self, answer: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(InquiryVerb::Answer, by)?;
        let answer = answer.trim();
        if answer.is_empty() {
            return Err(Refusal::field("/answer", FieldRule::Required));
        }
        if answer.chars().count() > ANSWER_MAX {
            return Err(Refusal::field("/answer", FieldRule::TooLong { max: 2_000 }));
        }
        answer.clone_into(&mut self.answer);
        (self.answered_by, self.answered_at) = (Some(by.user_id), Some(now));
        Ok(self.to_owners(self.event(EventKind::InquiryAnswered).with("answer", answer)))
    }

    /// Ends it: nothing comes of it.
    ///
    /// # Errors
    /// `denied`, `Ended`; `invalid` without a reason.
    pub fn drop_it(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(InquiryVerb::Drop, by)?;
        let reason = checked_reason(reason)?;
        self.status = InquiryStatus::Dropped;
        reason.clone_into(&mut self.drop_reason);
        Ok(self.to_owners(self.event(EventKind::InquiryDropped).because(reason)))
    }

    /// Notes the quotation that is made from it.
    ///
    /// # Errors
    /// `denied`, `NotQuotable`; `invalid` where the customer has no file yet.
    pub fn quoted(&mut self, quotation: QuotationId, number: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(InquiryVerb::Quote, by)?;
        self.status = InquiryStatus::Quoted;
        self.quotation_id = Some(quotation);
        Ok(self.event(EventKind::InquiryQuoted).with("quotation", number))
    }

    /// Whether an order may be made from it; `earlier` is the one that was made before.
    ///
    /// # Errors
    /// `denied`, `Dropped`; `HasOrder` while an order made from it lives; `invalid` where the customer has no file yet.
    pub fn may_order(&self, earlier: Option<&Order>, by: &Actor) -> Result<(), Refusal> {
        self.may(InquiryVerb::Order, by)?;
        match earlier.filter(|order| order.lives()) {
            Some(earlier) => Err(No::HasOrder { order: earlier.shown_number() }.into()),
            None => Ok(()),
        }
    }

    /// Notes the order that is made from it.
    pub fn ordered(&mut self, order: OrderId) -> Event {
        self.status = InquiryStatus::Ordered;
        self.order_id = Some(order);
        self.event(EventKind::InquiryOrdered).with("order", order.to_string())
    }

    /// Whether an order that was entered may name it: a draft of its customer that names none.
    ///
    /// # Errors
    /// `invalid` at `/order_id`.
    pub fn may_be_named_by(&self, order: &Order) -> Result<(), Refusal> {
        let free = order.status == OrderStatus::Draft && order.inquiry_id.is_none_or(|id| id == self.id);
        if free && Some(order.customer_id) == self.customer_id {
            return Ok(());
        }
        Err(Refusal::field("/order_id", No::NotItsOrder))
    }
}
