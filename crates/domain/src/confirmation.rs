//! The confirmation of an order: the document that the customer is sent and signs (CNF-01, CNF-02).

use crate::codes::codes;
use crate::date::Date;
use crate::id::{AttachmentId, ConfirmationId, EvidenceId, LinkId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::refusal::rejections;

codes! {
    /// What became of a confirmation.
    ConfirmationStatus in "confirmation.status" {
        /// With the customer.
        Sent = "sent",
        /// The customer asks for something else.
        Correction = "correction",
        Signed = "signed",
        /// A later one took its place.
        Superseded = "superseded",
        /// The order went back, or ended.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// How a confirmation goes to the customer (CNF-01).
    ConfirmationWay in "confirmation.way" {
        /// An e-mail with a link.
        Email = "email",
        /// The link is handed over by somebody.
        Link = "link",
        /// Printed, and sent by fax or by hand.
        Print = "print",
    }
}

codes! {
    /// How the customer signed.
    SignatureWay in "confirmation.signature" {
        /// By hand on the page.
        Drawn = "drawn",
        /// The picture of a seal.
        Seal = "seal",
        /// The name, typed.
        Typed = "typed",
        /// On paper, that came back.
        Paper = "paper",
    }
}

codes! {
    /// What is looked at on a signed paper that came back (CNF-02).
    CopyCheck in "confirmation.check" {
        Legible = "legible",
        /// Signature and stamp are there.
        Stamped = "stamped",
        AllPages = "all_pages",
        /// Amounts, quantities and dates are those that were sent.
        SameContent = "same_content",
        /// Who signed may sign for the customer.
        Authorised = "authorised",
        Dated = "dated",
    }
}

rejections! {
    /// Why a confirmation refuses.
    ConfirmationRejection {
        AlreadySigned => Conflict "confirmation.already_signed",
        /// A later version was sent.
        Superseded => Conflict "confirmation.superseded",
        /// The order went back, or ended.
        Withdrawn => Conflict "confirmation.withdrawn",
        /// What was signed is not what was sent.
        OtherDocument => Conflict "confirmation.other_document",
        /// The box was not ticked.
        NotConsented => Invalid "confirmation.not_consented",
        /// Neither png nor jpeg, or too large.
        NotASignature { max_kib: i64 } => Invalid "confirmation.not_a_signature",
        NotAPdf => Invalid "confirmation.not_a_pdf",
        /// Each item is answered.
        NotChecked => Invalid "confirmation.not_checked",
        /// Nobody is known to send it to.
        NoAddress => Invalid "confirmation.no_address",
        /// The order has no goods or was changed while it was made.
        Changed => Conflict "confirmation.changed",
    }
}

/// The largest picture of a signature, in bytes.
pub const SIGNATURE_MAX: usize = 512 * 1024;

/// The longest text of a correction, in characters.
pub const CORRECTION_MAX: i64 = 2000;

/// A confirmation that was sent. Its document is never replaced: what changes is sent as the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    /// Key.
    pub id: ConfirmationId,
    /// Raised by every change.
    pub version: Version,
    /// Of which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// Which version of the order it is of: 1 as it was approved, one more with each change.
    pub order_revision: i64,
    /// Which of the order's, from 1.
    pub no: i64,
    /// What became of it.
    pub status: ConfirmationStatus,
    /// How it went.
    pub way: ConfirmationWay,
    /// E-mail address or fax number, or empty.
    pub sent_to: String,
    /// Of the document and the page.
    pub language: Language,
    /// The customer's link; nothing where it went on paper alone.
    pub link_id: Option<LinkId>,
    /// The document.
    pub document_id: AttachmentId,
    /// Hex SHA-256 of the document.
    pub document_sha256: String,
    /// Who sent it.
    pub sent_by: UserId,
    /// When.
    pub sent_at: Instant,
    /// The date it promises.
    pub promised_on: Option<Date>,
    /// When the customer first opened it.
    pub opened_at: Option<Instant>,
    /// When it was signed.
    pub signed_at: Option<Instant>,
    /// Who signed.
    pub signer: String,
    /// How.
    pub signed_way: Option<SignatureWay>,
    /// Network address of who signed on the page.
    pub signed_from: String,
    /// Hex SHA-256 of the signature's picture, or of the signed paper.
    pub signature_sha256: String,
    /// The proof.
    pub evidence_id: Option<EvidenceId>,
    /// By how many days the promised date slipped until then.
    pub slipped_days: i64,
    /// What the customer asked for, or why a signed paper was sent back.
    pub remark: String,
}

impl Confirmation {
    /// Whether the customer may sign it now.
    ///
    /// # Errors
    /// `AlreadySigned`, `Superseded`, `Withdrawn`.
    pub fn check_open(&self) -> Result<(), ConfirmationRejection> {
        match self.status {
            ConfirmationStatus::Sent | ConfirmationStatus::Correction => Ok(()),
            ConfirmationStatus::Signed => Err(ConfirmationRejection::AlreadySigned),
            ConfirmationStatus::Superseded => Err(ConfirmationRejection::Superseded),
            ConfirmationStatus::Withdrawn => Err(ConfirmationRejection::Withdrawn),
        }
    }

    /// It does not count any more: a later one was sent, or the order went back or ended. A signed one stays signed.
    pub fn end(&mut self, status: ConfirmationStatus) -> bool {
        let open = self.check_open().is_ok();
        if open {
            self.status = status;
        }
        open
    }
}
