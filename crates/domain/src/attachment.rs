//! Attachments: photos, scans and files kept as evidence.

use crate::codes::codes;
use crate::id::{AttachmentId, OrderId, UserId};
use crate::instant::Instant;
use crate::refusal::rejections;

rejections! {
    /// Why a file is not taken.
    AttachmentRejection {
        TooLarge { max_mib: i64 } => Invalid "attachment.too_large",
        Empty => Invalid "attachment.empty",
        /// By its content, whatever its name says.
        WrongType => Invalid "attachment.wrong_type",
        BadName => Invalid "attachment.bad_name",
    }
}

/// The largest file, in bytes.
pub const ATTACHMENT_MAX: usize = 10 * 1024 * 1024;

codes! {
    /// What an attachment proves.
    AttachmentKind in "attachment.kind" {
        ProofOfDelivery = "proof_of_delivery",
        SignedOrder = "signed_order",
        Contract = "contract",
        /// A quotation as the customer was sent it.
        Quotation = "quotation",
        /// The confirmation of an order as the customer was sent it.
        Confirmation = "confirmation",
        /// A signature drawn or a seal put by the customer.
        Signature = "signature",
        Photo = "photo",
        /// The e-mail or chat message that an order was read from.
        Message = "message",
        /// Notes of a call.
        CallNote = "call_note",
        Fax = "fax",
        Drawing = "drawing",
        Other = "other",
    }
}

/// A stored file; its content is found by hash.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Key.
    pub id: AttachmentId,
    /// Order it belongs to.
    pub order_id: Option<OrderId>,
    /// Kind of row it is evidence for: `order`, `shipment`.
    pub subject_kind: String,
    /// Id of that row.
    pub subject_id: i64,
    /// What it proves.
    pub kind: AttachmentKind,
    /// Name it was uploaded under.
    pub filename: String,
    /// Type, found from its content.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of the content.
    pub sha256: String,
    /// Who uploaded it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}
