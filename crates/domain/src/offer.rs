//! A quotation as its customer is sent it: the document, the link, and what the customer answers (QUO-01).

use crate::actor::Actor;
use crate::codes::codes;
use crate::confirmation::SignatureWay;
use crate::date::Date;
use crate::event::{Event, EventKind};
use crate::id::{AttachmentId, CustomerId, LinkId, OfferId, QuotationId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::quotation::{Moment, Quotation, QuotationReason, QuotationStatus, QuotationVerb};
use crate::refusal::{FieldError, Refusal, rejections};
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// What became of a quotation that the customer was sent.
    OfferStatus in "offer.status" {
        /// With the customer.
        Sent = "sent",
        Accepted = "accepted",
        Declined = "declined",
        /// It was sent again, or a newer version of the quotation took its place.
        Superseded = "superseded",
        /// The quotation was taken back; told by the quotation, never kept.
        Withdrawn = "withdrawn",
        /// Its last day is over; told by the day, never kept.
        Expired = "expired",
        /// Won or lost otherwise, as on the phone; told by the quotation, never kept.
        Closed = "closed",
    }
}

codes! {
    /// How a quotation goes to its customer.
    OfferWay in "offer.way" {
        /// An e-mail with a link.
        Email = "email",
        /// The link is handed over by somebody.
        Link = "link",
    }
}

rejections! {
    /// Why the answer to a quotation that was sent is refused.
    OfferRejection {
        AlreadyAccepted => Conflict "offer.already_accepted",
        AlreadyDeclined => Conflict "offer.already_declined",
        /// It was sent again, or there is a newer version.
        Superseded => Conflict "offer.superseded",
        Withdrawn => Conflict "offer.withdrawn",
        /// Won or lost otherwise.
        Closed => Conflict "offer.closed",
        /// Its last day is over.
        Expired { valid_until: Date } => Conflict "offer.expired",
        /// What was accepted is not what was sent.
        OtherDocument => Conflict "offer.other_document",
        /// The box was not ticked.
        NotConsented => Invalid "offer.not_consented",
        /// Nobody is known to send it to.
        NoAddress => Invalid "offer.no_address",
        /// The quotation was changed while its document was made.
        Changed => Conflict "offer.changed",
    }
}

/// The longest text of a question or of a reason, in characters.
pub const ANSWER_MAX: i64 = 1000;

/// A version of a quotation as its customer was sent it. Its document is never replaced: sent again, it is the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Key.
    pub id: OfferId,
    /// Raised by every change.
    pub version: Version,
    /// Which version of which quotation.
    pub quotation_id: QuotationId,
    /// Number of the quotation.
    pub quotation_number: String,
    /// Which version of the quotation it is.
    pub revision: i64,
    /// Which of this version's, from 1.
    pub no: i64,
    /// What became of it, as it is kept: see [`Offer::status_on`].
    pub status: OfferStatus,
    /// How it went.
    pub way: OfferWay,
    /// E-mail address, or empty.
    pub sent_to: String,
    /// Of the document and the page.
    pub language: Language,
    /// The customer's link.
    pub link_id: LinkId,
    /// The document.
    pub document_id: AttachmentId,
    /// Hex SHA-256 of the document.
    pub document_sha256: String,
    /// Who sent it.
    pub sent_by: UserId,
    /// When.
    pub sent_at: Instant,
    /// When the customer first opened it: the proof that it was received.
    pub opened_at: Option<Instant>,
    /// When the customer accepted or declined.
    pub answered_at: Option<Instant>,
    /// Name of who accepted or declined.
    pub signer: String,
    /// How it was signed.
    pub signed_way: Option<SignatureWay>,
    /// Network address of who answered.
    pub answered_from: String,
    /// The picture of the signature.
    pub signature_id: Option<AttachmentId>,
    /// Hex SHA-256 of the signature's picture.
    pub signature_sha256: String,
    /// Why it was declined.
    pub reason: Option<QuotationReason>,
    /// Why it was declined, in the customer's words.
    pub remark: String,
    /// What the customer asked last.
    pub question: String,
    /// When.
    pub asked_at: Option<Instant>,
}

/// What is said of a quotation to be sent.
#[derive(Clone, Copy, Debug)]
pub struct OfferInput<'a> {
    /// Its id.
    pub id: OfferId,
    /// How many of this version were sent before.
    pub before: i64,
    /// How it goes.
    pub way: OfferWay,
    /// E-mail address.
    pub sent_to: &'a str,
    /// Of the document and the page.
    pub language: Language,
    /// The document and its hex SHA-256.
    pub document: (AttachmentId, &'a str),
}

/// What is said by who accepts.
#[derive(Clone, Copy, Debug)]
pub struct AcceptInput<'a> {
    /// Name of who signs.
    pub signer: &'a str,
    /// How.
    pub way: SignatureWay,
    /// Whether the box was ticked.
    pub consent: bool,
    /// Hex SHA-256 of the document that the page showed.
    pub document_sha256: &'a str,
    /// The picture of the signature and its hex SHA-256.
    pub signature: (AttachmentId, &'a str),
}

impl Offer {
    /// What became of it, with what its quotation and the day make of it.
    pub fn status_on(&self, quotation: &Quotation, today: Date) -> OfferStatus {
        if self.status != OfferStatus::Sent {
            return self.status;
        }
        match quotation.status {
            QuotationStatus::Sent if quotation.is_valid_on(today) => OfferStatus::Sent,
            QuotationStatus::Sent => OfferStatus::Expired,
            QuotationStatus::Superseded => OfferStatus::Superseded,
            QuotationStatus::Won | QuotationStatus::Lost => OfferStatus::Closed,
            _ => OfferStatus::Withdrawn,
        }
    }

    /// Whether the customer may answer it now.
    ///
    /// # Errors
    /// `AlreadyAccepted`, `AlreadyDeclined`, `Superseded`, `Withdrawn`, `Closed`, `Expired`.
    pub fn check_open(&self, quotation: &Quotation, today: Date) -> Result<(), OfferRejection> {
        Err(match self.status_on(quotation, today) {
            OfferStatus::Sent => return Ok(()),
            OfferStatus::Accepted => OfferRejection::AlreadyAccepted,
            OfferStatus::Declined => OfferRejection::AlreadyDeclined,
            OfferStatus::Superseded => OfferRejection::Superseded,
            OfferStatus::Withdrawn => OfferRejection::Withdrawn,
            OfferStatus::Closed => OfferRejection::Closed,
            OfferStatus::Expired => OfferRejection::Expired { valid_until: quotation.valid_until },
        })
    }

    /// Another one takes its place; true: it was with the customer.
    pub fn supersede(&mut self) -> bool {
        let open = self.status == OfferStatus::Sent;
        if open {
            self.status = OfferStatus::Superseded;
        }
        open
    }

    fn answered(&mut self, status: OfferStatus, by: &Actor, now: Instant) {
        self.status = status;
        self.answered_at = Some(now);
        by.address.clone_into(&mut self.answered_from);
    }

    /// Whether this very answer was given before: the same acceptance again changes nothing.
    pub fn is_accepted_as(&self, input: &AcceptInput<'_>) -> bool {
        self.status == OfferStatus::Accepted && self.signer == input.signer.trim() && self.document_sha256 == input.document_sha256
    }

    /// What is wrong with an acceptance.
    ///
    /// # Errors
    /// As [`Offer::check_open`]; `OtherDocument`; `invalid` at `/signer` and `/consent`.
    pub fn check_accept(&self, quotation: &Quotation, input: &AcceptInput<'_>, today: Date) -> Result<(), Refusal> {
        self.check_open(quotation, today)?;
        if input.document_sha256 != self.document_sha256 {
            return Err(OfferRejection::OtherDocument.into());
        }
        let mut check = FieldCheck::default();
        check.required(input.signer, 100, "/signer");
        let mut errors = check.errors;
        if !input.consent {
            errors.push(FieldError::new("/consent", OfferRejection::NotConsented));
        }
        if input.way == SignatureWay::Paper {
            errors.push(FieldError::new("/way", FieldRule::UnknownChoice { value: input.way.as_str().to_owned() }));
        }
        Refusal::unless_valid(errors)
    }

    /// The customer asks something before answering.
    ///
    /// # Errors
    /// As [`Offer::check_open`]; `invalid` at `/text`.
    pub fn ask(&mut self, quotation: &Quotation, text: &str, at: Moment) -> Result<(), Refusal> {
        self.check_open(quotation, at.today)?;
        let mut check = FieldCheck::default();
        check.required(text, ANSWER_MAX, "/text");
        Refusal::unless_valid(check.errors)?;
        text.trim().clone_into(&mut self.question);
        self.asked_at = Some(at.now);
        Ok(())
    }
}

impl Quotation {
    /// Whether people of a customer see it: it is the customer's, and was sent.
    ///
    /// Source: QUO-01, INT-07
    pub fn is_seen_by(&self, customer: CustomerId) -> bool {
        self.customer_id == customer && self.sent_at.is_some()
    }

    /// Who of the company is told what the customer does with it.
    fn to_seller(&self, event: Event) -> Event {
        let mut known: Vec<UserId> = [self.rep_id, Some(self.created_by)].into_iter().flatten().collect();
        known.dedup();
        event.told(known.into_iter().map(|user| (user, "")))
    }

    /// Sends it to the customer with a link to answer by.
    ///
    /// # Errors
    /// `denied`, `NotApproved`, `Expired`; `invalid` at `/to` for an e-mail without address.
    ///
    /// Source: QUO-01
    pub fn offer(&mut self, link: LinkId, input: &OfferInput<'_>, by: &Actor, at: Moment) -> Result<(Offer, Event), Refusal> {
        self.may(QuotationVerb::Offer, at.today, by)?;
        let mailed = input.way == OfferWay::Email;
        let mut check = FieldCheck::default();
        check.email(input.sent_to, "/to");
        let mut errors = check.errors;
        if mailed && input.sent_to.is_empty() {
            errors.push(FieldError::new("/to", OfferRejection::NoAddress));
        }
        Refusal::unless_valid(errors)?;

        self.status = QuotationStatus::Sent;
        self.sent_by = Some(by.user_id);
        self.sent_at = Some(at.now);
        input.sent_to.clone_into(&mut self.sent_note);
        let (document_id, sha256) = input.document;
        let offer = Offer {
            id: input.id,
            version: Version::FIRST,
            quotation_id: self.id,
            quotation_number: self.number.clone(),
            revision: self.revision,
            no: input.before + 1,
            status: OfferStatus::Sent,
            way: input.way,
            sent_to: input.sent_to.to_owned(),
            language: input.language,
            link_id: link,
            document_id,
            document_sha256: sha256.to_owned(),
            sent_by: by.user_id,
            sent_at: at.now,
            opened_at: None,
            answered_at: None,
            signer: String::new(),
            signed_way: None,
            answered_from: String::new(),
            signature_id: None,
            signature_sha256: String::new(),
            reason: None,
            remark: String::new(),
            question: String::new(),
            asked_at: None,
        };
        let event = self.event(EventKind::QuotationSent).with("customer", self.customer_name.clone()).with("valid_until", self.valid_until);
        let event = event.with("payable", (self.payable_minor, self.currency)).with("no", offer.no).with("way", input.way);
        Ok((offer, event.with("sent_to", input.sent_to).with("sha256", sha256)))
    }

    /// The customer opens what was sent for the first time.
    pub fn opened(&self, offer: &mut Offer, agent: &str, now: Instant) -> Option<Event> {
        if offer.opened_at.is_some() {
            return None;
        }
        offer.opened_at = Some(now);
        Some(self.event(EventKind::QuotationOpened).with("no", offer.no).with("agent", agent))
    }

    /// The customer accepts, by the link or at the portal: with that the quotation is won, and an order can be made from it.
    ///
    /// # Errors
    /// As [`Offer::check_accept`].
    ///
    /// Source: QUO-01
    pub fn accept(&mut self, offer: &mut Offer, input: &AcceptInput<'_>, by: &Actor, at: Moment) -> Result<Event, Refusal> {
        offer.check_accept(self, input, at.today)?;
        let (signature_id, sha256) = input.signature;
        offer.answered(OfferStatus::Accepted, by, at.now);
        input.signer.trim().clone_into(&mut offer.signer);
        offer.signed_way = Some(input.way);
        offer.signature_id = Some(signature_id);
        sha256.clone_into(&mut offer.signature_sha256);
        self.answered(QuotationStatus::Won, None, "", at);
        let event = self
            .event(EventKind::QuotationAccepted)
            .with("customer", self.customer_name.clone())
            .with("payable", (self.payable_minor, self.currency))
            .with("signer", offer.signer.as_str())
            .with("signature", input.way)
            .with("no", offer.no)
            .with("document_sha256", offer.document_sha256.as_str())
            .with("signature_sha256", sha256);
        Ok(self.to_seller(event))
    }

    /// The customer declines, by the link or at the portal: with that the quotation is lost.
    ///
    /// # Errors
    /// As [`Offer::check_open`]; `invalid` at `/signer`, and at `/note` where the reason is another one and not said in words.
    ///
    /// Source: QUO-01
    pub fn decline(
        &mut self,
        offer: &mut Offer,
        (reason, note, signer): (QuotationReason, &str, &str),
        by: &Actor,
        at: Moment,
    ) -> Result<Event, Refusal> {
        offer.check_open(self, at.today)?;
        let note = note.trim();
        let mut check = FieldCheck::default();
        check.required(signer, 100, "/signer");
        check.optional(note, ANSWER_MAX, "/note");
        check.that(reason != QuotationReason::Other || !note.is_empty(), "/note", FieldRule::Required);
        Refusal::unless_valid(check.errors)?;

        offer.answered(OfferStatus::Declined, by, at.now);
        signer.trim().clone_into(&mut offer.signer);
        offer.reason = Some(reason);
        note.clone_into(&mut offer.remark);
        self.answered(QuotationStatus::Lost, Some(reason), note, at);
        let event = self.event(EventKind::QuotationDeclined).with("customer", self.customer_name.clone()).with("why", reason);
        Ok(self.to_seller(event.with("signer", offer.signer.as_str()).with("no", offer.no).because(note)))
    }

    /// Its end by the customer's own word: nobody of the company recorded it.
    fn answered(&mut self, status: QuotationStatus, reason: Option<QuotationReason>, note: &str, at: Moment) {
        self.status = status;
        self.reason = reason;
        self.ended_by = None;
        self.ended_at = Some(at.now);
        note.clone_into(&mut self.end_note);
    }
}

#[cfg(test)]
mod tests;
