//! The steps of a quotation.

use std::ops::Deref;

use super::{Quotation, QuotationLine, QuotationReason, QuotationRejection, QuotationStatus, QuotationVerb};
use crate::actor::Actor;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{OrderId, QuotationId, UserId, Version};
use crate::instant::Instant;
use crate::order::{Order, OrderLine, OrderStatus, SubmitFacts, checked_reason};
use crate::refusal::{FieldError, Refusal};
use crate::rule::{FieldCheck, FieldRule};

/// When something is done, as an instant and as the company's day.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The instant.
    pub now: Instant,
    /// The company's day.
    pub today: Date,
}

impl Quotation {
    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "quotation", self.id.raw(), &self.number).with("revision", self.revision)
    }

    fn to_author(&self, event: Event) -> Event {
        let users = [Some(self.created_by), self.submitted_by];
        let mut known: Vec<UserId> = users.into_iter().flatten().collect();
        known.dedup();
        event.told(known.into_iter().map(|user| (user, "")))
    }

    /// Everything that stands in the way of submission, each at its field: what an order is checked for, without what only an order needs.
    ///
    /// `order` and `lines` are what the quotation would be as an order.
    pub fn check_submit<L: Deref<Target = OrderLine>>(
        &self,
        order: &Order,
        lines: &[L],
        facts: &SubmitFacts<'_>,
        today: Date,
    ) -> Vec<FieldError> {
        let open = |error: &FieldError| match error.pointer.as_str() {
            "/required_on" => false,
            "/delivery_address" => !self.delivery_address.is_empty(),
            "/contact_phone" => !self.contact_phone.is_empty(),
            _ => true,
        };
        let mut errors: Vec<FieldError> = order.check_submit(lines, facts).into_iter().filter(open).collect();
        for error in errors.iter_mut().filter(|error| error.pointer == "/ordered_on") {
            "/quoted_on".clone_into(&mut error.pointer);
        }
        let mut check = FieldCheck::default();
        let first = self.quoted_on.max(today);
        check.that(self.valid_until >= first, "/valid_until", FieldRule::Before { date: first });
        check.that((0..=3650).contains(&self.lead_days), "/lead_days", FieldRule::OutOfRange { min: 0, max: 3650 });
        errors.extend(check.errors);
        errors
    }

    /// Submits a draft to the sales manager.
    ///
    /// # Errors
    /// `denied`, `NotDraft`; `invalid` with `errors`.
    pub fn submit(&mut self, errors: Vec<FieldError>, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Submit, at.today, by)?;
        Refusal::unless_valid(errors)?;

        self.status = QuotationStatus::Submitted;
        self.submitted_by = Some(by.user_id);
        self.submitted_at = Some(at.now);
        (self.decided_by, self.decided_at, self.decision_note) = (None, None, String::new());
        Ok(self.event(EventKind::QuotationSubmitted).with("customer", self.customer_name.clone()).with("payable", self.payable()))
    }

    fn payable(&self) -> (crate::money::Money, crate::currency::Currency) {
        (self.payable_minor, self.currency)
    }

    fn decided(&mut self, status: QuotationStatus, note: &str, by: &Actor, at: Moment) {
        self.status = status;
        self.decided_by = Some(by.user_id);
        self.decided_at = Some(at.now);
        note.clone_into(&mut self.decision_note);
    }

    /// Lets it go out.
    ///
    /// # Errors
    /// `denied`, `NotSubmitted`, `Expired`; `Own` for who wrote or submitted it.
    ///
    /// Source: QUO-01
    pub fn approve(&mut self, note: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Approve, at.today, by)?;
        self.decided(QuotationStatus::Approved, note.trim(), by, at);
        Ok(self.to_author(self.event(EventKind::QuotationApproved).with("payable", self.payable())))
    }

    /// Gives it back to who wrote it.
    ///
    /// # Errors
    /// `denied`, `NotSubmitted`, `Own`; `invalid` without a reason.
    pub fn send_back(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Return, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.decided(QuotationStatus::Draft, reason, by, at);
        Ok(self.to_author(self.event(EventKind::QuotationReturned).because(reason)))
    }

    /// Ends it with the sales manager's no.
    ///
    /// # Errors
    /// `denied`, `NotSubmitted`, `Own`; `invalid` without a reason.
    pub fn reject(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Reject, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.decided(QuotationStatus::Rejected, reason, by, at);
        Ok(self.to_author(self.event(EventKind::QuotationRejected).because(reason)))
    }

    /// Notes that the customer has it, and how it went out.
    ///
    /// # Errors
    /// `denied`, `NotApproved`, `Expired`.
    pub fn send(&mut self, note: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Send, at.today, by)?;
        self.status = QuotationStatus::Sent;
        self.sent_by = Some(by.user_id);
        self.sent_at = Some(at.now);
        note.trim().clone_into(&mut self.sent_note);
        Ok(self.event(EventKind::QuotationSent).with("customer", self.customer_name.clone()).with("valid_until", self.valid_until))
    }

    fn end(&mut self, status: QuotationStatus, reason: Option<QuotationReason>, note: &str, by: &Actor, at: Moment) {
        self.status = status;
        self.reason = reason;
        self.ended_by = Some(by.user_id);
        self.ended_at = Some(at.now);
        note.clone_into(&mut self.end_note);
    }

    /// Records that the customer takes it.
    ///
    /// # Errors
    /// `denied`, `NotSent`; `Expired`: then it needs a new version.
    pub fn win(&mut self, reason: Option<QuotationReason>, note: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Win, at.today, by)?;
        self.end(QuotationStatus::Won, reason, note.trim(), by, at);
        Ok(self.event(EventKind::QuotationWon).with("payable", self.payable()).because(note.trim()))
    }

    /// Records that nothing comes of it, and why; also before it goes out, where it cannot be made or not in time.
    ///
    /// # Errors
    /// `denied`, `Ended`; `invalid` where the reason is another one and not said in words.
    pub fn lose(&mut self, reason: QuotationReason, note: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Lose, at.today, by)?;
        let note = note.trim();
        if reason == QuotationReason::Other && note.is_empty() {
            return Err(Refusal::field("/note", FieldRule::Required));
        }
        self.end(QuotationStatus::Lost, Some(reason), note, by, at);
        Ok(self.event(EventKind::QuotationLost).with("why", reason).because(note))
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `denied`, `Ended`; `invalid` without a reason.
    pub fn withdraw(&mut self, reason: &str, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Withdraw, at.today, by)?;
        let reason = checked_reason(reason)?;
        self.end(QuotationStatus::Withdrawn, None, reason, by, at);
        Ok(self.event(EventKind::QuotationWithdrawn).because(reason))
    }

    /// The next version, a draft with the same content that is valid as many days from today as this one was. What is still out is superseded by it.
    ///
    /// # Errors
    /// `denied`, `NotRevisable`, `NotLatest`.
    ///
    /// Source: QUO-01
    pub fn revise<L: Deref<Target = QuotationLine>>(
        &mut self,
        id: QuotationId,
        lines: &[L],
        by: &Actor,
        at: Moment,
    ) -> Result<(Self, Vec<QuotationLine>, Event), Refusal> {
        self.may(QuotationVerb::Revise, at.today, by)?;
        let next = Self {
            id,
            version: Version::FIRST,
            revision: self.revision + 1,
            latest: true,
            status: QuotationStatus::Draft,
            quoted_on: at.today,
            valid_until: at.today.plus_days(self.quoted_on.days_until(self.valid_until).max(1)),
            created_by: by.user_id,
            created_at: at.now,
            submitted_by: None,
            submitted_at: None,
            decided_by: None,
            decided_at: None,
            decision_note: String::new(),
            sent_by: None,
            sent_at: None,
            sent_note: String::new(),
            reason: None,
            ended_by: None,
            ended_at: None,
            end_note: String::new(),
            order_id: None,
            ..self.clone()
        };
        let lines = lines.iter().map(|line| QuotationLine { quotation_id: id, ..(**line).clone() }).collect();
        self.latest = false;
        if matches!(self.status, QuotationStatus::Approved | QuotationStatus::Sent) {
            self.status = QuotationStatus::Superseded;
        }
        let event = self.event(EventKind::QuotationRevised).with("next", next.revision);
        Ok((next, lines, event))
    }

    /// Notes the order that is made from it; with that the customer has taken it. `earlier` is the order that was made from it before.
    ///
    /// # Errors
    /// `denied`, `NotOrderable`; `Expired`: then it needs a new version; `Ordered` while an order made from it lives.
    ///
    /// Source: QUO-01
    pub fn ordered(&mut self, order: OrderId, earlier: Option<&Order>, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        self.may(QuotationVerb::Order, at.today, by)?;
        if let Some(earlier) = earlier.filter(|order| order.lives()) {
            return Err(QuotationRejection::Ordered { order: earlier.shown_number() }.into());
        }
        if self.status == QuotationStatus::Sent {
            self.end(QuotationStatus::Won, None, "", by, at);
        }
        self.order_id = Some(order);
        Ok(self.event(EventKind::QuotationOrdered).with("order", order.to_string()).with("payable", self.payable()))
    }
}

impl Order {
    /// Whether it was neither rejected, voided nor cancelled.
    pub fn lives(&self) -> bool {
        !matches!(self.status, OrderStatus::Rejected | OrderStatus::Void | OrderStatus::Cancelled)
    }

    /// Its number, or its id as long as it has none.
    pub fn shown_number(&self) -> String {
        if self.number.is_empty() { self.id.to_string() } else { self.number.clone() }
    }
}
