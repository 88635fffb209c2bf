//! The sales order: the promise to sell, and the rules of its life.

mod actions;
mod cancel;
mod close;
mod close_short;
mod confirm;
mod draft;
mod exception;
mod invoice;
mod line;
mod pay;
mod prepay;
mod priority;
mod question;
mod refund;
mod rejection;
mod review;
mod ship;
mod step;
mod stop;
mod submit;
mod tracks;

pub use actions::*;
pub use cancel::{CancelCost, CancelStage, Cancelled, CostPaper};
pub use close_short::ClosedShort;
pub use confirm::{ConfirmationInput, SignInput, Signed, Slip};
pub use exception::{Answered as ExceptionAnswered, ExceptionAnswer};
pub use invoice::{Billed, InvoiceInput, unbilled_parts};
pub use pay::{PaymentInput, Settled, allocate};
pub use prepay::Prepayment;
pub use question::{Asked, OrderQuestion};
pub use rejection::*;
pub use review::{Approved, Approving};
pub use ship::{Counted, DeliverInput, Delivered, Issue, ShipInput, Shipped};
pub use step::{Free, Freed, Part, Reserved, Stopped, checked_reason, give_back, take_free};
pub use submit::{MAX_LINES, SubmitFacts};
pub use tracks::{Tone, TrackFacts, TrackView, Tracks, Waiting, derive};

use crate::charge::Charge;
use crate::codes::{Channel, SalesCategory, Settlement, TaxRounding, codes};
use crate::configuration::Configuration;
use crate::currency::Currency;
use crate::date::Date;
use crate::exchange_rate::Conversion;
use crate::id::{ContractId, CustomerId, InquiryId, OrderId, ProductId, PromotionId, QuotationId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::money::Money;
use crate::price::PriceSource;
use crate::product_unit::SoldAs;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

codes! {
    /// The commercial track of an order (lifecycle "Commercial track").
    OrderStatus in "order.status" {
        Draft = "draft",
        Submitted = "submitted",
        Reviewed = "reviewed",
        /// Every approval is in; the order takes effect by itself, or its confirmation is sent.
        Approved = "approved",
        /// The confirmation is with the customer (CNF-02).
        AwaitingSignature = "awaiting_signature",
        Effective = "effective",
        Closed = "closed",
        Rejected = "rejected",
        Void = "void",
        Cancelled = "cancelled",
    }
}

codes! {
    /// The supply track: whether the goods are there.
    Supply in "order.supply" {
        None = "none",
        /// Nothing could be reserved for lines that need something.
        Short = "short",
        PartReserved = "part_reserved",
        Reserved = "reserved",
        /// Everything is shipped.
        Ready = "ready",
    }
}

codes! {
    /// The fulfilment track: where the goods are.
    Fulfilment in "order.fulfilment" {
        None = "none",
        PartShipped = "part_shipped",
        Shipped = "shipped",
        PartDelivered = "part_delivered",
        Delivered = "delivered",
    }
}

codes! {
    /// The finance track: where the money is.
    Finance in "order.finance" {
        Unbilled = "unbilled",
        PartBilled = "part_billed",
        Billed = "billed",
        PartPaid = "part_paid",
        Settled = "settled",
        /// More was paid than is owed (CHG-04, CHG-05).
        RefundDue = "refund_due",
    }
}

codes! {
    /// The service track: whether the customer is content (SVC-04).
    Service in "order.service" {
        None = "none",
        FollowUpDue = "follow_up_due",
        Satisfied = "satisfied",
        Dissatisfied = "dissatisfied",
        Waived = "waived",
    }
}

codes! {
    /// Whether the customer signs the confirmation of an order (CNF-02, CNF-04).
    Signature in "order.signature" {
        /// Nobody asks for it.
        None = "none",
        /// The order takes effect with it.
        Asked = "asked",
        /// The order has taken effect; the signed copy is owed.
        Owed = "owed",
        Signed = "signed",
    }
}

codes! {
    /// How the promised date slips while the signed confirmation is not back (CNF-03).
    SlipRule in "order.slip" {
        None = "none",
        /// One day for each day.
        Calendar = "calendar",
        /// One working day for each working day, by the calendar `office`.
        Working = "working",
    }
}

/// The head of a sales order; amounts are in its currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Key.
    pub id: OrderId,
    /// Raised by every change of the order or of what belongs to it.
    pub version: Version,
    /// Document number, drawn at the first submission; empty before.
    pub number: String,
    /// Commercial track.
    pub status: OrderStatus,
    /// Whether it rests: no release, shipment or invoice meanwhile.
    pub held: bool,
    /// Why it rests.
    pub hold_reason: String,
    /// Number of the question it rests for; 0: for none, it was held by hand or is not held (CHG-05).
    pub held_question_no: i64,
    /// Who buys.
    pub customer_id: CustomerId,
    /// Code of the customer when the order was made.
    pub customer_code: String,
    /// Name of the customer when the order was made.
    pub customer_name: String,
    /// Contact at the customer.
    pub contact_name: String,
    /// Phone of the contact.
    pub contact_phone: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Where the goods go.
    pub delivery_address: String,
    /// Where the order came from.
    pub channel: Channel,
    /// Sales category.
    pub category: SalesCategory,
    /// How it is paid.
    pub settlement: Settlement,
    /// Of every amount of the order.
    pub currency: Currency,
    /// What its currency is worth in the company's, taken with its prices and kept; nothing where it is the company's own (PRC-07).
    pub exchange_rate_nano: Option<Conversion>,
    /// Share of payable asked for in advance.
    pub deposit_rate: Rate,
    /// Whether prices, freight and discount contain tax.
    pub tax_inclusive: bool,
    /// How tax is rounded, kept from the company's setting when the order was made.
    pub tax_rounding: TaxRounding,
    /// Sales representative.
    pub rep_id: Option<UserId>,
    /// Where the goods come from.
    pub warehouse_id: WarehouseId,
    /// Number in the system it came from, unique in its channel.
    pub external_number: String,
    /// Number of the customer's purchase order.
    pub customer_po: String,
    /// Day of the order.
    pub ordered_on: Date,
    /// Day the customer asks for.
    pub required_on: Option<Date>,
    /// Day we promised.
    pub promised_on: Option<Date>,
    /// Day we plan to ship.
    pub planned_ship_on: Option<Date>,
    /// Day the goods are expected to arrive.
    pub expected_on: Option<Date>,
    /// Day the last delivery was signed for.
    pub delivered_on: Option<Date>,
    /// Packing.
    pub packing: String,
    /// Transport.
    pub transport: String,
    /// Notes.
    pub notes: String,
    /// Special requirements.
    pub special_requirements: String,
    /// Sum of the lines as priced, before the order discount: with tax when prices contain it, else without.
    pub goods_minor: Money,
    /// Freight as entered: with tax when prices contain it, else without.
    pub freight_minor: Money,
    /// Order discount as entered: with tax when prices contain it, else without.
    pub discount_minor: Money,
    /// Further charges and allowances, with what they come to (PRC-03).
    pub charges: Kept<Vec<Charge>>,
    /// Promotions it is counted at as a use of theirs.
    pub promotions_used: Kept<Vec<PromotionId>>,
    /// Promotions that are not wanted for it.
    pub promotions_declined: Kept<Vec<PromotionId>>,
    /// Without tax.
    pub net_minor: Money,
    /// Tax.
    pub tax_minor: Money,
    /// What the customer pays: net + tax.
    pub payable_minor: Money,
    /// Of payable, to be paid in advance.
    pub deposit_minor: Money,
    /// Sum of the invoices that are not void.
    pub billed_minor: Money,
    /// Sum of the payments that are not reversed, less what was paid back.
    pub paid_minor: Money,
    /// What cancelling it costs the customer; zero where it is not cancelled, or costs nothing (CHG-04).
    pub cancel_cost_minor: Money,
    /// The rule that said what cancelling costs, or empty.
    pub cancel_rule: String,
    /// Number of lines.
    pub line_count: i64,
    /// Who entered it; may neither review nor approve it.
    pub entered_by: UserId,
    /// Who reviewed it.
    pub reviewed_by: Option<UserId>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last submitted.
    pub submitted_at: Option<Instant>,
    /// When it took effect.
    pub effective_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// The blueprint it was made under and keeps; 0: the one that comes with the product.
    pub blueprint_no: i64,
    /// Raised by each review, so that approvals of an earlier round count no more.
    pub approval_round: i64,
    /// Supply track, derived.
    pub supply: Supply,
    /// Fulfilment track, derived.
    pub fulfilment: Fulfilment,
    /// Finance track, derived.
    pub finance: Finance,
    /// Service track, derived.
    pub service: Service,
    /// Earliest due date of an open invoice.
    pub overdue_on: Option<Date>,
    /// When the follow-up is due.
    pub follow_up_due_on: Option<Date>,
    /// Import or batch it came with, or empty.
    pub source: String,
    /// Whether the customer signs the confirmation.
    pub signature: Signature,
    /// Number of the confirmation that was sent last; 0: none is with the customer.
    pub confirmation_no: i64,
    /// How the promised date slips while the signed confirmation is not back.
    pub slip: SlipRule,
    /// Day on which the confirmation was first sent, while the promised date slips.
    pub slips_from_on: Option<Date>,
    /// The quotation it was made from, whose prices it keeps while that is valid (QUO-01).
    pub quotation_id: Option<QuotationId>,
    /// The contract it is placed under and checked against (QUO-02).
    pub contract_id: Option<ContractId>,
    /// Why it departs from its contract.
    pub contract_reason: String,
    /// The inquiry it was made from (INT-02).
    pub inquiry_id: Option<InquiryId>,
    /// Exceptions of it that wait for an answer; until then it does not end (CHG-05).
    pub open_exceptions: i64,
    /// How soon it gets goods that are scarce: 9 before all others, 1 after them (INV-02).
    pub priority: i64,
}

/// A line of a sales order and what has been counted on it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine {
    /// Key, with the number.
    pub order_id: OrderId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What is sold.
    pub product_id: ProductId,
    /// Code of the product when the line was made.
    pub product_code: String,
    /// Name of the product when the line was made.
    pub name: String,
    /// Specification of the product when the line was made.
    pub spec: String,
    /// Unit.
    pub unit: String,
    /// Ordered.
    pub quantity_micro: Quantity,
    /// Agreed price of one unit; of a line that is sold in a further unit, what that comes to, rounded to six decimals.
    pub unit_price_micro: UnitPrice,
    /// The further unit it is sold in, with quantity and price as they were said; its money is theirs. Nothing in the base unit (CAT-01).
    pub sold: Kept<Option<SoldAs>>,
    /// What was chosen of a configurable product (CAT-02).
    pub configuration: Kept<Configuration>,
    /// The standard it leaves the factory by, as it was when the line was made.
    pub quality_standard: String,
    /// What the price book said.
    pub book_price_micro: Option<UnitPrice>,
    /// Where the agreed price came from.
    pub price_source: PriceSource,
    /// The rule of the price book that gave what the book said, as [`crate::BookRule::kept`]; empty where the book said nothing.
    pub book_rule: String,
    /// What the customer paid for it before, in the same currency and with or without tax alike (PRC-02).
    pub last_price_micro: Option<UnitPrice>,
    /// Day of the order in which the customer paid that.
    pub last_price_on: Option<Date>,
    /// Why the price is another one than the book's or the last.
    pub price_reason: String,
    /// What one unit cost when the line was priced, in the currency of the books, or not known. Confidential.
    pub unit_cost_micro: Option<UnitPrice>,
    /// The floor price of one unit when the line was priced, without tax in the currency of the books, if it has one. Confidential.
    pub unit_floor_micro: Option<UnitPrice>,
    /// Discount of the line.
    pub discount_rate: Rate,
    /// Tax.
    pub tax_rate: Rate,
    /// Without tax, after the line's share of the order discount; lines and freight add up to the order.
    pub net_minor: Money,
    /// Tax, after the line's share of the order discount.
    pub tax_minor: Money,
    /// With tax, after the line's share of the order discount.
    pub gross_minor: Money,
    /// Reserved in the warehouse and not yet shipped.
    pub reserved_micro: Quantity,
    /// Shipped.
    pub shipped_micro: Quantity,
    /// Delivered and accepted or refused.
    pub delivered_micro: Quantity,
    /// Of the delivered, what did not stay with the customer, until the exception about it is answered (CHG-05).
    pub refused_micro: Quantity,
    /// On invoices that are not void.
    pub billed_micro: Quantity,
    /// Closed short: ordered, and given up (CHG-05).
    pub closed_micro: Quantity,
    /// Why it was closed short, or empty.
    pub closed_reason: String,
    /// How much more than ordered may be shipped.
    pub over_tolerance: Rate,
    /// How much less than ordered still completes the line.
    pub under_tolerance: Rate,
    /// Day the customer asks for this line, where it differs.
    pub required_on: Option<Date>,
    /// Note.
    pub note: String,
    /// Number of the contract's line for its product; 0: there is none.
    pub contract_line: i64,
    /// Called off of the frame line of its contract (QUO-04).
    pub called_micro: Quantity,
}
