//! Invoices.

use crate::charge::Charge;
use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, InvoiceId, OrderId, UserId, Version};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::rejections;

rejections! {
    /// Why an invoice refuses.
    InvoiceRejection {
        AlreadyVoid { number: String } => Conflict "invoice.already_void",
        OrderClosed => Conflict "invoice.order_closed",
        /// A settled rebate rests on it.
        Rebated { number: String, rebate: String } => Conflict "invoice.rebated",
        /// The settlement of a rebate for its day is reckoned already.
        RebateClosed { rebate: String, until: Date } => Invalid "invoice.rebate_closed",
    }
}

codes! {
    /// Kind of invoice.
    InvoiceKind in "invoice.kind" {
        /// 增值税专用发票.
        Special = "special",
        /// 增值税普通发票.
        Ordinary = "ordinary",
        /// 数电票.
        Electronic = "electronic",
        /// What cancelling an order costs; made by cancelling only (CHG-04).
        Cancellation = "cancellation",
    }
}

codes! {
    /// State of an invoice.
    InvoiceStatus in "invoice.status" {
        Open = "open",
        PartPaid = "part_paid",
        Paid = "paid",
        Void = "void",
    }
}

/// An invoice; amounts are in its order's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Key.
    pub id: InvoiceId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// Of which order.
    pub order_id: OrderId,
    /// Number of the order.
    pub order_number: String,
    /// To whom.
    pub customer_id: CustomerId,
    /// Name of the customer.
    pub customer_name: String,
    /// Kind.
    pub kind: InvoiceKind,
    /// State.
    pub status: InvoiceStatus,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day to pay.
    pub due_on: Date,
    /// Without tax: lines, freight and discount together.
    pub net_minor: Money,
    /// Tax.
    pub tax_minor: Money,
    /// With tax.
    pub gross_minor: Money,
    /// Freight within it, as entered on the order.
    pub freight_minor: Money,
    /// Order discount within it, as entered on the order.
    pub discount_minor: Money,
    /// Charges and allowances within it.
    pub charges: Kept<Vec<Charge>>,
    /// Allocated payments.
    pub paid_minor: Money,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Instant,
    /// Why it is void, or empty.
    pub void_reason: String,
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq)]
pub struct InvoiceLine {
    /// Key, with the number.
    pub invoice_id: InvoiceId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// Number of the order's line.
    pub order_line_no: i64,
    /// Name of the product.
    pub name: String,
    /// Specification.
    pub spec: String,
    /// Unit.
    pub unit: String,
    /// Billed.
    pub quantity_micro: Quantity,
    /// Tax.
    pub tax_rate: Rate,
    /// Without tax.
    pub net_minor: Money,
    /// Tax.
    pub tax_minor: Money,
    /// With tax.
    pub gross_minor: Money,
}

impl Invoice {
    /// What is still to be paid; nothing of a void invoice.
    pub fn open(&self) -> Money {
        if self.status == InvoiceStatus::Void { Money::ZERO } else { self.gross_minor - self.paid_minor }
    }

    /// Sets the state to what is paid.
    pub(crate) fn settle(&mut self) {
        if self.status == InvoiceStatus::Void {
            return;
        }
        self.status = if self.paid_minor >= self.gross_minor {
            InvoiceStatus::Paid
        } else if self.paid_minor.is_positive() {
            InvoiceStatus::PartPaid
        } else {
            InvoiceStatus::Open
        };
    }

    /// Whether it should have been paid already.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.open().is_positive() && self.due_on < today
    }
}
