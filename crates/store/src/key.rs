//! Keys of rows and owners of sets, in one small comparable form.

use std::sync::Arc;

use domain::{
    AbsenceId, AttachmentId, ChangeId, ClockId, CompanyId, ConfirmationId, ConsentId, ContractId, CreditReleaseId, CustomerId, DeliveryId,
    DocumentId, DocumentTemplateVersionId, EvidenceId, ExceptionId, ExchangeRateId, FollowUpId, ImportId, InquiryId, IntakePhraseId,
    InvoiceId, JobId, LinkId, MessageId, MovementId, NotificationId, OfferId, OrderId, OverrideId, PaymentId, PortalSessionId,
    PortalUserId, PriceId, ProductId, PromotionId, QuotationId, RebateId, RobotId, SessionId, ShipmentId, TaskEntryId, TaskId, TokenId,
    UserId, WarehouseId, WebhookId,
};
use domain::{BinId, LotId, PlaceId, SightingId, StockCountId, TransferId};

use crate::cell::{Cell, Column, Kind, Source, present};
use crate::fault::Fault;

/// A key without its company: what the identity map is keyed by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RawKey {
    /// One integer.
    One(i64),
    /// Two integers.
    Two(i64, i64),
    /// Three integers.
    Three(i64, i64, i64),
    /// One text.
    Text(Arc<str>),
}

impl RawKey {
    /// How many columns the key has.
    pub fn len(&self) -> usize {
        match self {
            RawKey::One(_) | RawKey::Text(_) => 1,
            RawKey::Two(..) => 2,
            RawKey::Three(..) => 3,
        }
    }

    /// Never: a key has at least one column.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Column `i` of the key.
    pub fn cell(&self, i: usize) -> Cell<'_> {
        match (self, i) {
            (RawKey::One(a) | RawKey::Two(a, _) | RawKey::Three(a, _, _), 0) => Cell::Int(*a),
            (RawKey::Two(_, b) | RawKey::Three(_, b, _), 1) => Cell::Int(*b),
            (RawKey::Three(_, _, c), 2) => Cell::Int(*c),
            (RawKey::Text(text), 0) => Cell::Text(text),
            _ => Cell::Null,
        }
    }
}

/// The key of a row, or the owner of a set, as its type.
pub trait Key: Clone {
    /// The comparable form.
    fn raw(&self) -> RawKey;
}

/// One integer part of a key.
pub trait KeyPart: Clone {
    /// The integer.
    fn part(&self) -> i64;
}

impl KeyPart for i64 {
    fn part(&self) -> i64 {
        *self
    }
}

impl Key for bool {
    fn raw(&self) -> RawKey {
        RawKey::One(i64::from(*self))
    }
}

impl Key for i64 {
    fn raw(&self) -> RawKey {
        RawKey::One(*self)
    }
}

impl Key for String {
    fn raw(&self) -> RawKey {
        RawKey::Text(self.as_str().into())
    }
}

impl Key for domain::Currency {
    fn raw(&self) -> RawKey {
        RawKey::Text(self.as_str().into())
    }
}

impl<A: KeyPart, B: KeyPart> Key for (A, B) {
    fn raw(&self) -> RawKey {
        RawKey::Two(self.0.part(), self.1.part())
    }
}

impl<A: KeyPart, B: KeyPart, C: KeyPart> Key for (A, B, C) {
    fn raw(&self) -> RawKey {
        RawKey::Three(self.0.part(), self.1.part(), self.2.part())
    }
}

/// An id that the process makes, in the order of time.
pub trait Id: Key + Copy {
    /// From the integer.
    fn of(raw: i64) -> Self;
}

macro_rules! ids {
    ($($id:ty),+ $(,)?) => {$(
        impl KeyPart for $id {
            fn part(&self) -> i64 {
                <$id>::raw(*self)
            }
        }
        impl Key for $id {
            fn raw(&self) -> RawKey {
                RawKey::One(<$id>::raw(*self))
            }
        }
        impl Id for $id {
            fn of(raw: i64) -> Self {
                <$id>::from_raw(raw)
            }
        }
        impl Column for $id {
            const KIND: Kind = Kind::Int;
            fn cell(&self) -> Cell<'_> {
                Cell::Int(<$id>::raw(*self))
            }
            fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
                Ok(<$id>::from_raw(present(source.int(i)?, i)?))
            }
        }
    )+};
}

ids! {
    AbsenceId, AttachmentId, ChangeId, ClockId, CompanyId, ConfirmationId, CreditReleaseId, CustomerId, DeliveryId, DocumentId,
    DocumentTemplateVersionId, EvidenceId, ExceptionId, ExchangeRateId, LinkId, OfferId,
    FollowUpId, ImportId, InquiryId,
    InvoiceId, JobId, MovementId, NotificationId, OrderId, OverrideId, PaymentId, PriceId, ContractId, ProductId, PromotionId, QuotationId, RebateId, RobotId, SessionId,
    ShipmentId, TaskEntryId, IntakePhraseId, TaskId, TokenId, UserId, WarehouseId, WebhookId,
    PortalUserId, PortalSessionId, MessageId, ConsentId,
    BinId, LotId, PlaceId, SightingId, StockCountId, TransferId,
    domain::PurchaseId, domain::PurchaseReceiptId, domain::QuotaId, domain::SupplierId,
}
