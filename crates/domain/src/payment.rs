//! Payments and what they pay for.

use crate::codes::codes;
use crate::currency::Currency;
use crate::date::Date;
use crate::exchange_rate::Conversion;
use crate::id::{CustomerId, InvoiceId, OrderId, PaymentId, UserId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::refusal::rejections;

rejections! {
    /// Why a payment refuses.
    PaymentRejection {
        AlreadyReversed { number: String } => Conflict "payment.already_reversed",
        OrderClosed => Conflict "payment.order_closed",
        /// Some of it was paid back: the refund is reversed first.
        Refunded { number: String } => Conflict "payment.refunded",
        /// It is a rebate that was settled.
        OfRebate { number: String } => Conflict "payment.of_rebate",
        /// A rebate is not recorded by hand.
        RebateByHand => Invalid "payment.rebate_by_hand",
    }
}

codes! {
    /// How money came.
    PaymentMethod in "payment.method" {
        Bank = "bank",
        Cash = "cash",
        Wechat = "wechat",
        Alipay = "alipay",
        Card = "card",
        Cheque = "cheque",
        Other = "other",
        /// A rebate that was settled; made by that only (PRC-06).
        Rebate = "rebate",
    }
}

/// Money received for an order; of a refund, below zero, money paid back (CHG-04).
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// Key.
    pub id: PaymentId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// For which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// From whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Received.
    pub amount_minor: Money,
    /// Of that, allocated to invoices or paid back; of a refund, all of it.
    pub allocated_minor: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Day it came.
    pub paid_on: Date,
    /// What its currency was worth in the company's on that day; nothing where it is the company's own, or was not known (PRC-07).
    pub exchange_rate_nano: Option<Conversion>,
    /// Bank reference.
    pub reference: String,
    /// Note.
    pub note: String,
    /// Whether it was taken back.
    pub reversed: bool,
    /// Why it was taken back, or empty.
    pub reverse_reason: String,
    /// Who recorded it.
    pub created_by: UserId,
    /// When it was recorded.
    pub created_at: Instant,
}

/// The part of a payment that pays an invoice.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// Key, with the invoice.
    pub payment_id: PaymentId,
    /// Key, with the payment.
    pub invoice_id: InvoiceId,
    /// Order of both.
    pub order_id: OrderId,
    /// How much.
    pub amount_minor: Money,
}

impl Payment {
    /// Whether it is money paid back.
    pub fn is_refund(&self) -> bool {
        self.amount_minor.is_negative()
    }

    /// What is not allocated to an invoice yet; nothing of a reversed payment.
    pub fn free(&self) -> Money {
        if self.reversed { Money::ZERO } else { self.amount_minor - self.allocated_minor }
    }

    /// What it came to in the currency of the books, more (gain) or less (loss) than at the order's rate; nothing where a rate is missing or the
    /// order is in the currency of the books, zero where it was taken back.
    ///
    /// Source: PRC-07
    pub fn exchange_difference(&self, agreed: Option<Conversion>, currency: Currency, books: Currency) -> Option<Money> {
        let (came, agreed) = (self.exchange_rate_nano?, agreed?);
        if self.reversed {
            return Some(Money::ZERO);
        }
        Some(came.convert(self.amount_minor, currency, books)? - agreed.convert(self.amount_minor, currency, books)?)
    }
}
