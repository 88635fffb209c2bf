//! Payments and what they pay for.

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, InvoiceId, OrderId, PaymentId, UserId, Version};
use crate::instant::Instant;
use crate::money::Money;
use crate::refusal::rejections;

rejections! {
    /// Why a payment refuses.
    PaymentRejection {
        AlreadyReversed { number: String } => Conflict "payment.already_reversed",
        OrderClosed => Conflict "payment.order_closed",
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
    }
}

/// Money received for an order.
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
    /// Of that, allocated to invoices.
    pub allocated_minor: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Day it came.
    pub paid_on: Date,
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
    /// What is not allocated to an invoice yet; nothing of a reversed payment.
    pub fn free(&self) -> Money {
        if self.reversed { Money::ZERO } else { self.amount_minor - self.allocated_minor }
    }
}
