//! Ids: opaque, sortable by creation, one type for each kind of row so that they cannot be mixed up.

use std::fmt;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::decimal::ParseError;

/// What every id can do; generic code (the store, the id source) speaks to this.
pub trait Id: Copy + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// From the number in the table.
    fn from_raw(raw: i64) -> Self;
    /// The number in the table.
    fn raw(self) -> i64;
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn write(raw: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bits = raw.cast_unsigned();
    let mut text = [b'0'; 13];
    for (place, letter) in text.iter_mut().enumerate() {
        *letter = ALPHABET[(bits >> (60 - 5 * place) & 31) as usize];
    }
    f.write_str(std::str::from_utf8(&text).expect("the alphabet is ASCII"))
}

/// Reads thirteen characters of Crockford's base 32, forgiving capitals and the letters I, L and O.
fn read(text: &str) -> Result<i64, ParseError> {
    let error = ParseError::new("id.not_an_id");
    let letters = <[u8; 13]>::try_from(text.as_bytes()).map_err(|_| error)?;
    let mut bits: i64 = 0;
    for (place, letter) in letters.into_iter().enumerate() {
        let letter = match letter.to_ascii_lowercase() {
            b'i' | b'l' => b'1',
            b'o' => b'0',
            other => other,
        };
        let digit = ALPHABET.iter().position(|known| *known == letter).ok_or(error)?;
        if place == 0 && digit > 7 {
            return Err(error);
        }
        bits = bits << 5 | i64::try_from(digit).expect("a digit is below 32");
    }
    Ok(bits)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        ///
        /// Shown as thirteen characters of Crockford's base 32, which sort as the numbers do.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// No row at all.
            pub const NONE: Self = Self(0);

            /// From the number in the table.
            pub const fn from_raw(raw: i64) -> Self {
                Self(raw)
            }

            /// The number in the table.
            pub const fn raw(self) -> i64 {
                self.0
            }

            /// Whether it names no row.
            pub const fn is_none(self) -> bool {
                self.0 == 0
            }
        }

        impl Id for $name {
            fn from_raw(raw: i64) -> Self {
                Self(raw)
            }

            fn raw(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                read(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// Id of a company, the first key of every row.
    CompanyId;
    /// Id of a user.
    UserId;
    /// Id of a browser session.
    SessionId;
    /// Id of an API token.
    TokenId;
    /// Id of a customer.
    CustomerId;
    /// Id of a product.
    ProductId;
    /// Id of an entry of the price book.
    PriceId;
    /// Id of an exchange rate.
    ExchangeRateId;
    /// Id of a warehouse.
    WarehouseId;
    /// Id of an entry of the stock ledger.
    MovementId;
    /// Id of a place within a warehouse.
    BinId;
    /// Id of a lot or a piece with a serial number.
    LotId;
    /// Id of what lies in one bin, of one lot, in one status.
    PlaceId;
    /// Id of what a reader saw of a tag.
    SightingId;
    /// Id of a transfer between warehouses.
    TransferId;
    /// Id of a stock count.
    StockCountId;
    /// Id of a supplier.
    SupplierId;
    /// Id of a purchase order.
    PurchaseId;
    /// Id of a line of goods that came in for a purchase order.
    PurchaseReceiptId;
    /// Id of a sales order.
    OrderId;
    /// Id of a delivery note.
    ShipmentId;
    /// Id of an invoice.
    InvoiceId;
    /// Id of a change order.
    ChangeId;
    /// Id of a contract.
    ContractId;
    /// Id of a promotion.
    PromotionId;
    /// Id of a rebate agreement.
    RebateId;
    /// Id of a quota.
    QuotaId;
    /// Id of a quotation.
    QuotationId;
    /// Id of an inquiry.
    InquiryId;
    /// Id of a payment.
    PaymentId;
    /// Id of a follow-up.
    FollowUpId;
    /// Id of an exception of an order.
    ExceptionId;
    /// Id of an override.
    OverrideId;
    /// Id of an attachment.
    AttachmentId;
    /// Id of a proof of a fact.
    EvidenceId;
    /// Id of an order confirmation.
    ConfirmationId;
    /// Id of a quotation as its customer was sent it.
    OfferId;
    /// Id of a link for people outside.
    LinkId;
    /// Id of credit released above a limit.
    CreditReleaseId;
    /// Id of an import of a workbook.
    ImportId;
    /// Id of a job.
    JobId;
    /// Id of a clock.
    ClockId;
    /// Id of an absence.
    AbsenceId;
    /// Id of something a person is told.
    NotificationId;
    /// Id of a message that goes out.
    DeliveryId;
    /// Id of a webhook.
    WebhookId;
    /// Id of the robot of a group chat.
    RobotId;
    /// Id of a document that was made.
    DocumentId;
    /// Id of a version of a template of documents.
    DocumentTemplateVersionId;
    /// Id of words that were learned.
    IntakePhraseId;
    /// Id of a task.
    TaskId;
    /// Id of something said about a task.
    TaskEntryId;
    /// Id of a person of a customer who signs in at the portal.
    PortalUserId;
    /// Id of a browser session of the portal.
    PortalSessionId;
    /// Id of a message between a customer and the company.
    MessageId;
    /// Id of a consent of a person of a customer.
    ConsentId;
}

/// How often a row was replaced; a change is written only over the version it was decided on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(i64);

impl Version {
    /// The version of a new row.
    pub const FIRST: Self = Self(1);

    /// From the number in the table.
    pub const fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    /// The number in the table.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// The version after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_out_and_come_back() {
        for raw in [0, 1, 31, 32, 1_763_000_000_000_000, i64::MAX, -1] {
            let id = OrderId::from_raw(raw);
            assert_eq!(id.to_string().len(), 13);
            if raw >= 0 {
                assert_eq!(id.to_string().parse(), Ok(id));
            }
        }
        assert_eq!(OrderId::from_raw(33).to_string(), "0000000000011");
        assert_eq!("00000000000Il".parse(), Ok(OrderId::from_raw(33)));
        for bad in ["", "0", "000000000001u", "z000000000000", "SO2026000123", "00000000000000"] {
            assert_eq!(bad.parse::<OrderId>(), Err(ParseError::new("id.not_an_id")), "{bad}");
        }
    }

    #[test]
    fn texts_sort_as_numbers_do() {
        let texts: Vec<_> = [1, 40, 41, 1 << 33, i64::MAX].map(|raw| OrderId::from_raw(raw).to_string()).into();
        assert!(texts.is_sorted());
    }
}
