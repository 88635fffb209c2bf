//! The confirmation of an order: sent, slipping while it is out, signed (CNF-01…CNF-04).

use std::ops::Deref;

use crate::account::AccountDelta;
use crate::actor::Actor;
use crate::calendar::WorkCalendar;
use crate::confirmation::{
    CORRECTION_MAX, Confirmation, ConfirmationRejection, ConfirmationStatus, ConfirmationWay, CopyCheck, SignatureWay,
};
use crate::date::Date;
use crate::event::{Change, Event, EventKind};
use crate::id::{AttachmentId, ConfirmationId, LinkId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::lifecycle::Verb;
use crate::order::{Order, OrderLine, OrderRejection, OrderStatus, Signature, SlipRule, checked_reason};
use crate::refusal::{Detail, FieldError, Refusal};
use crate::rule::FieldCheck;

/// How the promised date of an order stands while its signed confirmation is not back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The date that was promised when the confirmation was sent.
    pub original: Date,
    /// By how many days it has slipped.
    pub days: i64,
    /// The date that is promised now.
    pub current: Date,
}

/// What is said of a confirmation to be sent.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmationInput<'a> {
    /// Id of the confirmation.
    pub id: ConfirmationId,
    /// Which version of the order it is of.
    pub order_revision: i64,
    /// How it goes.
    pub way: ConfirmationWay,
    /// E-mail address or fax number.
    pub sent_to: &'a str,
    /// Of the document and the page.
    pub language: Language,
    /// The customer's link.
    pub link_id: Option<LinkId>,
    /// The document.
    pub document: (AttachmentId, &'a str),
    /// The day, in the company's zone.
    pub today: Date,
}

/// What is said by who signs.
#[derive(Clone, Copy, Debug)]
pub struct SignInput<'a> {
    /// Name of who signs.
    pub signer: &'a str,
    /// How.
    pub way: SignatureWay,
    /// Hex SHA-256 of the picture of the signature, or of the signed paper.
    pub signature_sha256: &'a str,
    /// Network address of who signs.
    pub address: &'a str,
    /// The calendar `office`, by which working days are counted.
    pub calendar: &'a WorkCalendar,
    /// The day, in the company's zone.
    pub today: Date,
}

/// What follows from a signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Signed {
    /// What happened: the signature, and with it that the order took effect.
    pub events: Vec<Event>,
    /// Whether the order took effect with it.
    pub effective: bool,
}

impl Order {
    /// How the promised date stands on a day while the signed confirmation is not back: from the day after sending it slips one day for each, or one
    /// working day for each working day. Derived anew each time, so that nothing has to run at night.
    ///
    /// Source: CNF-03
    pub fn slip(&self, today: Date, calendar: &WorkCalendar) -> Option<Slip> {
        if self.status != OrderStatus::AwaitingSignature {
            return None;
        }
        let (sent, original) = (self.slips_from_on?, self.promised_on.or(self.required_on)?);
        let since = sent.days_until(today).max(0);
        let works = |day: Date| calendar.always || !calendar.hours_on(day).is_empty();
        let (days, current) = match self.slip {
            SlipRule::None => return None,
            SlipRule::Calendar => (since, original.plus_days(since)),
            SlipRule::Working => {
                let days = (1..=since).filter(|day| works(sent.plus_days(*day))).count();
                let days = i64::try_from(days).unwrap_or(i64::MAX);
                (days, after_working_days(original, days, works))
            }
        };
        Some(Slip { original, days, current })
    }

    /// Whether the confirmation may be sent.
    ///
    /// # Errors
    /// `NotToConfirm`, `Held`, `AlreadySigned`.
    pub fn check_confirmation(&self) -> Result<(), OrderRejection> {
        self.may_move(Verb::SendConfirmation)?;
        if self.signature == Signature::Signed { Err(OrderRejection::AlreadySigned) } else { Ok(()) }
    }

    /// Whether a signature may be recorded.
    ///
    /// # Errors
    /// `NotAwaitingSignature`, `NoConfirmation`, `AlreadySigned`.
    pub fn check_signature(&self, verb: Verb) -> Result<(), OrderRejection> {
        self.may_move(verb)?;
        match self.signature {
            Signature::Signed => Err(OrderRejection::AlreadySigned),
            _ if self.confirmation_no == 0 => Err(OrderRejection::NoConfirmation),
            _ => Ok(()),
        }
    }

    /// Sends the confirmation; an approved order waits for the signature from here on. Those sent before are superseded by it: see
    /// [`Confirmation::end`].
    ///
    /// # Errors
    /// As `check_confirmation`; `invalid` at `/to` for an e-mail without address.
    ///
    /// Source: CNF-01, CNF-03
    pub fn send_confirmation<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        before: i64,
        input: &ConfirmationInput<'_>,
        by: &Actor,
        now: Instant,
    ) -> Result<(Confirmation, Event), Refusal> {
        self.check_confirmation()?;
        let mut check = FieldCheck::default();
        let mailed = input.way == ConfirmationWay::Email;
        check.optional(input.sent_to, 200, "/to");
        if mailed {
            check.email(input.sent_to, "/to");
        }
        let mut errors = check.errors;
        if mailed && input.sent_to.is_empty() {
            errors.push(FieldError::new("/to", ConfirmationRejection::NoAddress));
        }
        Refusal::unless_valid(errors)?;

        if self.status == OrderStatus::Approved {
            self.status = OrderStatus::AwaitingSignature;
        }
        if self.status == OrderStatus::AwaitingSignature && self.slip != SlipRule::None {
            // Sent again it does not begin anew.
            self.slips_from_on = self.slips_from_on.or(Some(input.today));
        }
        self.confirmation_no = before + 1;
        self.derive(lines);
        let (document_id, sha256) = input.document;
        let confirmation = Confirmation {
            id: input.id,
            version: Version::FIRST,
            order_id: self.id,
            order_number: self.number.clone(),
            order_revision: input.order_revision,
            no: self.confirmation_no,
            status: ConfirmationStatus::Sent,
            way: input.way,
            sent_to: input.sent_to.to_owned(),
            language: input.language,
            link_id: input.link_id,
            document_id,
            document_sha256: sha256.to_owned(),
            sent_by: by.user_id,
            sent_at: now,
            promised_on: self.promised_on.or(self.required_on),
            opened_at: None,
            signed_at: None,
            signer: String::new(),
            signed_way: None,
            signed_from: String::new(),
            signature_sha256: String::new(),
            evidence_id: None,
            slipped_days: 0,
            remark: String::new(),
        };
        let event = self
            .event(EventKind::OrderConfirmationSent)
            .with("no", self.confirmation_no)
            .with("way", input.way)
            .with("revision", input.order_revision);
        let event = event.with("sent_to", input.sent_to).with("sha256", sha256);
        Ok((confirmation, event))
    }

    /// The customer signs, on the page or on paper: an order that waited for it takes effect, with the date it has slipped to.
    ///
    /// # Errors
    /// As `check_signature` and [`Confirmation::check_open`]; `invalid` at `/signer`.
    ///
    /// Source: CNF-02, CNF-03, CNF-04
    pub fn sign<L: Deref<Target = OrderLine>>(
        &mut self,
        lines: &[L],
        confirmation: &mut Confirmation,
        input: &SignInput<'_>,
        now: Instant,
    ) -> Result<Signed, Refusal> {
        confirmation.check_open()?;
        let verb = if input.way == SignatureWay::Paper { Verb::RecordSignedCopy } else { Verb::Sign };
        self.check_signature(verb)?;
        let mut check = FieldCheck::default();
        check.required(input.signer, 100, "/signer");
        Refusal::unless_valid(check.errors)?;

        let slip = self.slip(input.today, input.calendar).filter(|slip| slip.days > 0);
        self.signature = Signature::Signed;
        self.slips_from_on = None;
        confirmation.status = ConfirmationStatus::Signed;
        confirmation.signed_at = Some(now);
        input.signer.trim().clone_into(&mut confirmation.signer);
        confirmation.signed_way = Some(input.way);
        input.address.clone_into(&mut confirmation.signed_from);
        input.signature_sha256.clone_into(&mut confirmation.signature_sha256);
        let mut event = self
            .event(EventKind::OrderSigned)
            .with("signer", input.signer.trim())
            .with("signature", input.way)
            .with("no", confirmation.no)
            .with("document_sha256", confirmation.document_sha256.as_str())
            .with("signature_sha256", input.signature_sha256);
        if let Some(slip) = slip {
            confirmation.slipped_days = slip.days;
            self.promised_on = Some(slip.current);
            event = event.with("slipped_days", slip.days);
            event = event.changing(Change::between("promised_on", Some(slip.original), Some(slip.current)));
        }
        let mut events = vec![event];
        let effective = self.status == OrderStatus::AwaitingSignature;
        if effective {
            events.push(self.begin_effect(lines, now));
        }
        Ok(Signed { events, effective })
    }

    /// The customer asks for something else instead of signing.
    ///
    /// # Errors
    /// As `sign`; `invalid` at `/text`.
    pub fn ask_correction(&self, confirmation: &mut Confirmation, text: &str) -> Result<Event, Refusal> {
        confirmation.check_open()?;
        self.check_signature(Verb::Sign)?;
        let mut check = FieldCheck::default();
        check.required(text, CORRECTION_MAX, "/text");
        Refusal::unless_valid(check.errors)?;

        confirmation.status = ConfirmationStatus::Correction;
        text.trim().clone_into(&mut confirmation.remark);
        Ok(self.event(EventKind::OrderCorrectionAsked).because(text.trim()).with("no", confirmation.no))
    }

    /// The signed paper did not pass the check: the customer is asked again.
    ///
    /// # Errors
    /// As `sign`; `invalid` without a reason.
    ///
    /// Source: CNF-02
    pub fn refuse_signed_copy(&self, confirmation: &mut Confirmation, failed: &[CopyCheck], reason: &str) -> Result<Event, Refusal> {
        confirmation.check_open()?;
        self.check_signature(Verb::RecordSignedCopy)?;
        let reason = checked_reason(reason)?;

        reason.clone_into(&mut confirmation.remark);
        let failed = failed.iter().map(|item| Detail::from(*item)).collect();
        Ok(self.event(EventKind::OrderSignedCopyRefused).because(reason).with("failed", Detail::AnyOf(failed)).with("no", confirmation.no))
    }

    /// A change made the next version of the order: what the customer was sent or has signed is of an earlier one. Where the company asks such orders to
    /// be signed, the signature for the new version is owed; the order stays effective and its promised date does not slip.
    ///
    /// Source: CNF-01, CNF-02, CHG-01
    pub fn confirm_anew(&mut self, asked: Signature) {
        let owed = self.signature == Signature::Owed || asked != Signature::None;
        self.signature = if owed { Signature::Owed } else { Signature::None };
        self.confirmation_no = 0;
    }

    /// What the customer's account gets back where an order that was approved goes back or ends before it took effect.
    pub(super) fn give_up_confirmation(&mut self) -> AccountDelta {
        let claimed = matches!(self.status, OrderStatus::Approved | OrderStatus::AwaitingSignature);
        self.signature = Signature::None;
        self.slip = SlipRule::None;
        self.slips_from_on = None;
        self.confirmation_no = 0;
        let open_orders = if claimed { self.billed_minor - self.payable_minor } else { crate::money::Money::ZERO };
        AccountDelta { open_orders, ..AccountDelta::default() }
    }
}

/// The working day so many working days after a day.
fn after_working_days(from: Date, days: i64, works: impl Fn(Date) -> bool) -> Date {
    let (mut day, mut left) = (from, days);
    // A calendar has a working day in a year, or every day is one.
    let mut looked = 0;
    while left > 0 && looked < 366 * (days + 1) {
        day = day.plus_days(1);
        looked += 1;
        left -= i64::from(works(day));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{actor, draft, now, today};

    fn awaiting(slip: SlipRule) -> Order {
        let (mut order, _) = draft(&[("10", "10.00")]);
        order.status = OrderStatus::AwaitingSignature;
        order.signature = Signature::Asked;
        order.slip = slip;
        order.slips_from_on = Some(today());
        order.promised_on = Some(today().plus_days(6));
        order.confirmation_no = 1;
        order
    }

    fn sent(order: &mut Order) -> Confirmation {
        let (_, lines) = draft(&[("10", "10.00")]);
        let input = ConfirmationInput {
            id: ConfirmationId::from_raw(1),
            order_revision: 1,
            way: ConfirmationWay::Link,
            sent_to: "",
            language: Language::ZhCn,
            link_id: None,
            document: (AttachmentId::from_raw(3), "ab"),
            today: today(),
        };
        order.send_confirmation(&lines, 0, &input, &actor(2, "customer_service"), now()).unwrap().0
    }

    fn signing<'a>(calendar: &'a WorkCalendar, day: Date) -> SignInput<'a> {
        SignInput { signer: "王经理", way: SignatureWay::Drawn, signature_sha256: "cd", address: "1.2.3.4", calendar, today: day }
    }

    #[test]
    fn the_promise_slips_one_day_for_each_from_the_day_after_sending() {
        let (order, calendar) = (awaiting(SlipRule::Calendar), WorkCalendar::always());
        let check = |after: i64, days: i64| {
            let slip = order.slip(today().plus_days(after), &calendar).unwrap();
            assert_eq!((slip.days, slip.current), (days, today().plus_days(6 + days)), "{after}");
        };
        check(-1, 0);
        check(0, 0);
        check(1, 1);
        check(2, 2);
        check(40, 40);
        assert_eq!(awaiting(SlipRule::None).slip(today().plus_days(9), &calendar), None);
    }

    #[test]
    fn by_working_days_a_weekend_costs_nothing() {
        let office = WorkCalendar::workdays("Asia/Shanghai", &["09:00-18:00".parse_span()]);
        // A Saturday, like the day it is sent; promised for the Friday after.
        let order = awaiting(SlipRule::Working);
        let slip = |after: i64| order.slip(today().plus_days(after), &office).unwrap();
        assert_eq!((slip(1).days, slip(1).current), (0, today().plus_days(6)));
        assert_eq!((slip(2).days, slip(2).current), (1, today().plus_days(9)), "Monday: the Friday becomes the Monday after");
        assert_eq!((slip(3).days, slip(3).current), (2, today().plus_days(10)));
    }

    trait ParseSpan {
        fn parse_span(&self) -> crate::calendar::HourSpan;
    }

    impl ParseSpan for str {
        fn parse_span(&self) -> crate::calendar::HourSpan {
            crate::calendar::HourSpan::parse(self).unwrap()
        }
    }

    #[test]
    fn signed_on_the_third_day_the_slipped_date_is_the_promise() {
        let (mut order, calendar) = (awaiting(SlipRule::Calendar), WorkCalendar::always());
        let mut confirmation = sent(&mut order);
        let (_, lines) = draft(&[("10", "10.00")]);
        let signed = order.sign(&lines, &mut confirmation, &signing(&calendar, today().plus_days(2)), now()).unwrap();
        assert!(signed.effective);
        assert_eq!(
            (order.status, order.signature, order.promised_on),
            (OrderStatus::Effective, Signature::Signed, Some(today().plus_days(8)))
        );
        assert_eq!((confirmation.status, confirmation.slipped_days), (ConfirmationStatus::Signed, 2));
        assert!(signed.events[0].data.contains("\"slipped_days\":2"), "{}", signed.events[0].data);
        assert_eq!(order.slip(today().plus_days(9), &calendar), None);
        let again = order.sign(&lines, &mut confirmation, &signing(&calendar, today()), now()).unwrap_err();
        assert_eq!(again.code, "confirmation.already_signed");
    }

    #[test]
    fn sending_again_does_not_begin_anew_and_an_owed_signature_does_not_slip() {
        let mut order = awaiting(SlipRule::Calendar);
        order.slips_from_on = Some(today().plus_days(-3));
        sent(&mut order);
        assert_eq!(order.slips_from_on, Some(today().plus_days(-3)));
        let (mut owed, calendar) = (awaiting(SlipRule::Calendar), WorkCalendar::always());
        (owed.status, owed.signature, owed.slips_from_on) = (OrderStatus::Effective, Signature::Owed, None);
        let mut confirmation = sent(&mut owed);
        assert_eq!((owed.status, owed.slips_from_on), (OrderStatus::Effective, None));
        let (_, lines) = draft(&[("10", "10.00")]);
        let signed = owed.sign(&lines, &mut confirmation, &signing(&calendar, today().plus_days(5)), now()).unwrap();
        assert!(!signed.effective && signed.events.len() == 1);
        assert_eq!((owed.signature, owed.promised_on), (Signature::Signed, Some(today().plus_days(6))));
    }

    #[test]
    fn a_changed_order_owes_the_signature_for_its_new_version() {
        let after = |before: Signature, asked: Signature| {
            let mut order = awaiting(SlipRule::Calendar);
            (order.status, order.signature, order.slips_from_on) = (OrderStatus::Effective, before, None);
            order.confirm_anew(asked);
            assert_eq!((order.status, order.confirmation_no, order.promised_on), (OrderStatus::Effective, 0, Some(today().plus_days(6))));
            assert_eq!(order.check_signature(Verb::Sign), Err(OrderRejection::NoConfirmation));
            assert_eq!(order.check_confirmation(), Ok(()));
            order.signature
        };
        assert_eq!(after(Signature::Signed, Signature::Asked), Signature::Owed);
        assert_eq!(after(Signature::Signed, Signature::Owed), Signature::Owed);
        assert_eq!(after(Signature::Owed, Signature::None), Signature::Owed);
        assert_eq!(after(Signature::Signed, Signature::None), Signature::None, "signed though nobody asked");
        assert_eq!(after(Signature::None, Signature::None), Signature::None);
    }

    #[test]
    fn what_was_superseded_or_withdrawn_is_not_signed() {
        let (mut order, calendar) = (awaiting(SlipRule::None), WorkCalendar::always());
        let mut confirmation = sent(&mut order);
        let (_, lines) = draft(&[("10", "10.00")]);
        for (status, code) in
            [(ConfirmationStatus::Superseded, "confirmation.superseded"), (ConfirmationStatus::Withdrawn, "confirmation.withdrawn")]
        {
            confirmation.status = status;
            let refused = order.sign(&lines, &mut confirmation, &signing(&calendar, today()), now()).unwrap_err();
            assert_eq!(refused.code, code);
            assert!(order.ask_correction(&mut confirmation, "数量不对").is_err());
        }
        assert!(!confirmation.end(ConfirmationStatus::Superseded));
    }
}
