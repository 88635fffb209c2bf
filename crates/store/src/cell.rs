//! The three types both engines share, and how the product's values become them.

use domain::{
    AttachmentKind, BlueprintState, ChangeSide, ChangeStatus, Channel, ClockState, Code, Codes, ConfirmationStatus, ConfirmationWay,
    Conversion, Currency, Date, Decision, EvidenceKind, Finance, FollowUpStatus, Fulfilment, Grade, Instant, InvoiceKind, InvoiceStatus,
    Kept, Language, LinkPurpose, Money, MovementKind, OrderStatus, PaymentMethod, PriceSource, ProductKind, Quantity, QuotationReason,
    QuotationStatus, Rate, ReservationKind, RuleText, SalesCategory, Selector, Service, Settlement, ShipmentStatus, Signature,
    SignatureWay, SkillLevels, SlipRule, StockCountStatus, StockStatus, Supply, TaskCause, TaskEntryKind, TaskStatus, TaxCategory,
    TaxRounding, TimeSpan, Tracking, TransferStatus, UnitPrice, Verb, Version, WorkerKind, notify,
};

use crate::fault::Fault;

/// A borrowed column value on its way to a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// The SQL type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `BIGINT`
    Int,
    /// `TEXT`
    Text,
    /// `BLOB` or `BYTEA`
    Blob,
}

/// A row read from a statement.
pub trait Source {
    /// The integer in column `i`; `None` for NULL.
    fn int(&self, i: usize) -> Result<Option<i64>, Fault>;
    /// The text in column `i`; `None` for NULL.
    fn text(&self, i: usize) -> Result<Option<&str>, Fault>;
    /// The bytes in column `i`; `None` for NULL.
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault>;
}

/// A value that is stored in one column.
pub trait Column: Sized {
    /// The SQL type.
    const KIND: Kind;
    /// The value for a statement.
    fn cell(&self) -> Cell<'_>;
    /// The value in column `i` of `source`.
    ///
    /// # Errors
    /// `Broken` where the stored value has no meaning.
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault>;
}

/// A value that must be there.
pub fn present<T>(value: Option<T>, i: usize) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::Broken(format!("column {i} is null")))
}

impl Column for i64 {
    const KIND: Kind = Kind::Int;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(*self)
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        present(source.int(i)?, i)
    }
}

impl Column for bool {
    const KIND: Kind = Kind::Int;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(present(source.int(i)?, i)? != 0)
    }
}

impl Column for String {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(present(source.text(i)?, i)?.to_owned())
    }
}

impl Column for Vec<u8> {
    const KIND: Kind = Kind::Blob;
    fn cell(&self) -> Cell<'_> {
        Cell::Blob(self)
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(present(source.blob(i)?, i)?.to_owned())
    }
}

impl<C: Column> Column for Option<C> {
    const KIND: Kind = C::KIND;
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, Column::cell)
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        let null = match C::KIND {
            Kind::Int => source.int(i)?.is_none(),
            Kind::Text => source.text(i)?.is_none(),
            Kind::Blob => source.blob(i)?.is_none(),
        };
        if null { Ok(None) } else { C::read(source, i).map(Some) }
    }
}

macro_rules! int_columns {
    ($($type:ty: $from:ident, $to:ident;)+) => {$(
        impl Column for $type {
            const KIND: Kind = Kind::Int;
            fn cell(&self) -> Cell<'_> {
                Cell::Int(self.$to())
            }
            fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
                Ok(<$type>::$from(present(source.int(i)?, i)?))
            }
        }
    )+};
}

int_columns! {
    Money: from_minor, minor;
    Quantity: from_micro, micro;
    UnitPrice: from_micro, micro;
    Conversion: from_nano, nano;
    Rate: from_bp, bp;
    Instant: from_micros, micros;
    TimeSpan: from_micros, micros;
    Version: from_raw, raw;
}

macro_rules! code_columns {
    ($($type:ty),+ $(,)?) => {$(
        impl Column for $type {
            const KIND: Kind = Kind::Text;
            fn cell(&self) -> Cell<'_> {
                Cell::Text(self.as_str())
            }
            fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
                let text = present(source.text(i)?, i)?;
                <$type>::parse(text).ok_or_else(|| Fault::Broken(format!("{text:?} is no {}", stringify!($type))))
            }
        }
    )+};
}

code_columns! {
    AttachmentKind, BlueprintState, ChangeSide, ChangeStatus, Channel, ClockState, ConfirmationStatus, ConfirmationWay, Decision,
    EvidenceKind, Finance, FollowUpStatus, Fulfilment, Grade, LinkPurpose, Signature, SignatureWay, SlipRule, domain::CheckState, domain::GradeSource, domain::ConsentPurpose,
    domain::ContractStatus, domain::PromotionStatus, domain::RebateBasis, domain::RebateStatus, domain::KeyKind, domain::MergeState, domain::PairState,
    InvoiceKind, InvoiceStatus, Language, MovementKind, StockStatus, StockCountStatus, TransferStatus, ReservationKind,
    domain::OfferStatus, domain::OfferWay,
    OrderStatus, PaymentMethod, PriceSource, ProductKind, QuotationReason, QuotationStatus, SalesCategory, Service, Settlement,
    ShipmentStatus, Supply, TaskCause, TaskEntryKind, TaskStatus, TaxCategory, TaxRounding, Tracking, Verb, WorkerKind,
    domain::DocumentKind, domain::DocumentSubject, domain::InquiryStatus, domain::intake::LearnedKind, notify::DeliveryState, notify::Digest,
    notify::MailSecurity,
    notify::NotifyChannel, notify::RobotProvider, domain::CommissionBasis, domain::ExceptionKind, domain::ExceptionStatus, domain::ReturnedGoods,
    domain::PurchaseCause, domain::PurchaseStatus, domain::promise::Constraint, domain::promise::Jeopardy, domain::promise::JeopardyReason,
    domain::promise::SupplyKind, domain::Compensation, domain::ShortageOption, domain::SlackState,
}

impl Column for SkillLevels {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(SkillLevels::parse(present(source.text(i)?, i)?))
    }
}

impl Column for Date {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        let text = present(source.text(i)?, i)?;
        Date::parse(text).map_err(|_| Fault::Broken(format!("{text:?} is no date")))
    }
}

impl Column for Currency {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        let text = present(source.text(i)?, i)?;
        Currency::parse(text).map_err(|_| Fault::Broken(format!("{text:?} is no currency")))
    }
}

impl<C: Code> Column for Selector<C> {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        let text = present(source.text(i)?, i)?;
        Selector::parse(text).ok_or_else(|| Fault::Broken(format!("{text:?} is no {}", C::GROUP)))
    }
}

impl<T: Default + serde::de::DeserializeOwned> Column for Kept<T> {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        let text = present(source.text(i)?, i)?;
        Kept::parse(text).ok_or_else(|| Fault::Broken(format!("{text:?} is not what is kept there")))
    }
}

impl Column for RuleText {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(RuleText::new(present(source.text(i)?, i)?))
    }
}

impl Column for Codes {
    const KIND: Kind = Kind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.as_str())
    }
    fn read(source: &dyn Source, i: usize) -> Result<Self, Fault> {
        Ok(Codes::parse(present(source.text(i)?, i)?))
    }
}
