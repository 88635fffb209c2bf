//! Quotations: what is offered to a customer until a day, approved before it goes out, in versions, won or lost with its reason (QUO-01).
//!
//! What is offered is priced and totalled as an order is, by the same code: a quotation is filled from an order that was never placed, and an order
//! made from it keeps its prices.

mod line;
mod moves;
mod step;

pub use line::*;
pub use moves::*;
pub use step::*;

use crate::charge::{Charge, charges_detail};
use crate::codes::{Channel, SalesCategory, Settlement, TaxRounding, codes};
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::exchange_rate::Conversion;
use crate::id::{CustomerId, InquiryId, OrderId, QuotationId, UserId, Version, WarehouseId};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::money::Money;
use crate::order::Order;
use crate::rate::Rate;
use crate::refusal::rejections;

codes! {
    /// The state of a quotation.
    QuotationStatus in "quotation.status" {
        Draft = "draft",
        /// Waits for the sales manager.
        Submitted = "submitted",
        /// May go out.
        Approved = "approved",
        /// The customer has it.
        Sent = "sent",
        Won = "won",
        Lost = "lost",
        /// Its last day is over; told by the day, never kept.
        Expired = "expired",
        /// By the sales manager.
        Rejected = "rejected",
        Withdrawn = "withdrawn",
        /// A newer version has taken its place.
        Superseded = "superseded",
    }
}

codes! {
    /// Why a customer took an offer, or did not.
    QuotationReason in "quotation.reason" {
        Price = "price",
        LeadTime = "lead_time",
        Quality = "quality",
        Terms = "terms",
        Service = "service",
        Competitor = "competitor",
        NoNeed = "no_need",
        /// We cannot make or buy it.
        CannotMake = "cannot_make",
        NoAnswer = "no_answer",
        /// Said in words.
        Other = "other",
    }
}

rejections! {
    /// Why a quotation refuses.
    QuotationRejection {
        NotDraft { status: QuotationStatus } => Conflict "quotation.not_draft",
        NotSubmitted { status: QuotationStatus } => Conflict "quotation.not_submitted",
        NotApproved { status: QuotationStatus } => Conflict "quotation.not_approved",
        NotSent { status: QuotationStatus } => Conflict "quotation.not_sent",
        NotOrderable { status: QuotationStatus } => Conflict "quotation.not_orderable",
        NotRevisable { status: QuotationStatus } => Conflict "quotation.not_revisable",
        Ended { status: QuotationStatus } => Conflict "quotation.ended",
        /// Its last day is over: only a new version can be won or ordered.
        Expired { valid_until: Date } => Conflict "quotation.expired",
        /// There is a newer version.
        NotLatest => Conflict "quotation.not_latest",
        /// Who wrote a quotation does not approve it.
        Own => Denied "quotation.own",
        /// An order was made from it that still lives.
        Ordered { order: String } => Conflict "quotation.ordered",
    }
}

/// One version of a quotation; amounts are in its currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Key.
    pub id: QuotationId,
    /// Raised by every change.
    pub version: Version,
    /// Document number, the same for all its versions.
    pub number: String,
    /// Which version, from 1.
    pub revision: i64,
    /// Whether there is no newer version.
    pub latest: bool,
    /// State; what the day makes of it says [`Quotation::status_on`].
    pub status: QuotationStatus,
    /// To whom.
    pub customer_id: CustomerId,
    /// Code of the customer when it was written.
    pub customer_code: String,
    /// Name of the customer when it was written.
    pub customer_name: String,
    /// Contact at the customer.
    pub contact_name: String,
    /// Phone of the contact.
    pub contact_phone: String,
    /// Who would take the goods.
    pub receiver: String,
    /// Where the goods would go.
    pub delivery_address: String,
    /// Where the inquiry came from.
    pub channel: Channel,
    /// Sales category.
    pub category: SalesCategory,
    /// How it would be paid.
    pub settlement: Settlement,
    /// Of every amount.
    pub currency: Currency,
    /// What its currency is worth in the company's on its day; nothing where it is the company's own (PRC-07).
    pub exchange_rate_nano: Option<Conversion>,
    /// Share of payable asked for in advance.
    pub deposit_rate: Rate,
    /// Whether prices, freight and discount contain tax.
    pub tax_inclusive: bool,
    /// How tax is rounded.
    pub tax_rounding: TaxRounding,
    /// Sales representative.
    pub rep_id: Option<UserId>,
    /// Where the goods would come from.
    pub warehouse_id: WarehouseId,
    /// Its day.
    pub quoted_on: Date,
    /// Last day on which the customer may take it.
    pub valid_until: Date,
    /// Days from order to delivery; 0 where nothing is promised.
    pub lead_days: i64,
    /// Delivery terms, in words.
    pub delivery_terms: String,
    /// Packing.
    pub packing: String,
    /// Further terms, in words.
    pub terms: String,
    /// Notes, not for the customer.
    pub notes: String,
    /// Sum of the lines as priced, before the discount: with tax when prices contain it, else without.
    pub goods_minor: Money,
    /// Freight, with tax as prices are.
    pub freight_minor: Money,
    /// Discount, with tax as prices are.
    pub discount_minor: Money,
    /// Further charges and allowances.
    pub charges: Kept<Vec<Charge>>,
    /// Without tax.
    pub net_minor: Money,
    /// Tax.
    pub tax_minor: Money,
    /// What the customer would pay.
    pub payable_minor: Money,
    /// Of payable, to be paid in advance.
    pub deposit_minor: Money,
    /// Number of lines.
    pub line_count: i64,
    /// Who wrote it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Who submitted it.
    pub submitted_by: Option<UserId>,
    /// When.
    pub submitted_at: Option<Instant>,
    /// Who approved, returned or rejected it.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Instant>,
    /// What was said to it.
    pub decision_note: String,
    /// Who sent it.
    pub sent_by: Option<UserId>,
    /// When.
    pub sent_at: Option<Instant>,
    /// How it was sent.
    pub sent_note: String,
    /// Why the customer took it or did not.
    pub reason: Option<QuotationReason>,
    /// Who recorded its end.
    pub ended_by: Option<UserId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// What was said at its end.
    pub end_note: String,
    /// The order that was made from it last.
    pub order_id: Option<OrderId>,
    /// The inquiry it was made from (INT-02).
    pub inquiry_id: Option<InquiryId>,
}

/// What a quotation says beside what an order says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotationTerms {
    /// Last day; [`VALID_DAYS`] after its own where left out.
    pub valid_until: Option<Date>,
    /// Days from order to delivery.
    pub lead_days: i64,
    /// Delivery terms, in words.
    pub delivery_terms: String,
    /// Further terms, in words.
    pub terms: String,
}

/// Days for which a quotation is valid where nobody says otherwise.
pub const VALID_DAYS: i64 = 30;

impl Quotation {
    /// A draft with what a priced order says.
    pub fn draft(id: QuotationId, number: &str, order: &Order, terms: &QuotationTerms, by: UserId, now: Instant) -> Self {
        let mut quotation = Self {
            id,
            version: Version::FIRST,
            number: number.to_owned(),
            revision: 1,
            latest: true,
            status: QuotationStatus::Draft,
            customer_id: order.customer_id,
            customer_code: String::new(),
            customer_name: String::new(),
            contact_name: String::new(),
            contact_phone: String::new(),
            receiver: String::new(),
            delivery_address: String::new(),
            channel: order.channel,
            category: order.category,
            settlement: order.settlement,
            currency: order.currency,
            exchange_rate_nano: None,
            deposit_rate: order.deposit_rate,
            tax_inclusive: order.tax_inclusive,
            tax_rounding: order.tax_rounding,
            rep_id: None,
            warehouse_id: order.warehouse_id,
            quoted_on: order.ordered_on,
            valid_until: order.ordered_on,
            lead_days: 0,
            delivery_terms: String::new(),
            packing: String::new(),
            terms: String::new(),
            notes: String::new(),
            goods_minor: Money::ZERO,
            freight_minor: Money::ZERO,
            discount_minor: Money::ZERO,
            charges: Kept::default(),
            net_minor: Money::ZERO,
            tax_minor: Money::ZERO,
            payable_minor: Money::ZERO,
            deposit_minor: Money::ZERO,
            line_count: 0,
            created_by: by,
            created_at: now,
            submitted_by: None,
            submitted_at: None,
            decided_by: None,
            decided_at: None,
            decision_note: String::new(),
            sent_by: None,
            sent_at: None,
            sent_note: String::new(),
            reason: None,
            ended_by: None,
            ended_at: None,
            end_note: String::new(),
            order_id: None,
            inquiry_id: order.inquiry_id,
        };
        quotation.fill(order, terms);
        quotation
    }

    /// Takes what a priced order says.
    pub fn fill(&mut self, order: &Order, terms: &QuotationTerms) {
        self.customer_id = order.customer_id;
        self.customer_code.clone_from(&order.customer_code);
        self.customer_name.clone_from(&order.customer_name);
        self.contact_name.clone_from(&order.contact_name);
        self.contact_phone.clone_from(&order.contact_phone);
        self.receiver.clone_from(&order.receiver);
        self.delivery_address.clone_from(&order.delivery_address);
        self.channel = order.channel;
        self.category = order.category;
        self.settlement = order.settlement;
        self.currency = order.currency;
        self.exchange_rate_nano = order.exchange_rate_nano;
        self.deposit_rate = order.deposit_rate;
        self.tax_inclusive = order.tax_inclusive;
        self.tax_rounding = order.tax_rounding;
        self.rep_id = order.rep_id;
        self.warehouse_id = order.warehouse_id;
        self.quoted_on = order.ordered_on;
        self.packing.clone_from(&order.packing);
        self.notes.clone_from(&order.notes);
        self.goods_minor = order.goods_minor;
        self.freight_minor = order.freight_minor;
        self.discount_minor = order.discount_minor;
        self.charges = order.charges.clone();
        self.net_minor = order.net_minor;
        self.tax_minor = order.tax_minor;
        self.payable_minor = order.payable_minor;
        self.deposit_minor = order.deposit_minor;
        self.line_count = order.line_count;
        self.valid_until = terms.valid_until.unwrap_or_else(|| order.ordered_on.plus_days(VALID_DAYS));
        self.lead_days = terms.lead_days;
        self.delivery_terms.clone_from(&terms.delivery_terms);
        self.terms.clone_from(&terms.terms);
    }

    /// The order that it would be: `base` with what the quotation says.
    #[must_use]
    pub fn as_order(&self, base: Order) -> Order {
        Order {
            customer_id: self.customer_id,
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
            receiver: self.receiver.clone(),
            delivery_address: self.delivery_address.clone(),
            channel: self.channel,
            category: self.category,
            settlement: self.settlement,
            currency: self.currency,
            exchange_rate_nano: self.exchange_rate_nano,
            deposit_rate: self.deposit_rate,
            tax_inclusive: self.tax_inclusive,
            tax_rounding: self.tax_rounding,
            rep_id: self.rep_id,
            warehouse_id: self.warehouse_id,
            ordered_on: self.quoted_on,
            packing: self.packing.clone(),
            notes: self.notes.clone(),
            goods_minor: self.goods_minor,
            freight_minor: self.freight_minor,
            discount_minor: self.discount_minor,
            charges: self.charges.clone(),
            net_minor: self.net_minor,
            tax_minor: self.tax_minor,
            payable_minor: self.payable_minor,
            deposit_minor: self.deposit_minor,
            line_count: self.line_count,
            ..base
        }
    }

    /// Whether the customer may still take it.
    pub fn is_valid_on(&self, today: Date) -> bool {
        today <= self.valid_until
    }

    /// Its state on a day: what is approved or sent expires.
    pub fn status_on(&self, today: Date) -> QuotationStatus {
        let runs = matches!(self.status, QuotationStatus::Approved | QuotationStatus::Sent);
        if runs && !self.is_valid_on(today) { QuotationStatus::Expired } else { self.status }
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "customer": |one| one.customer_name.clone(),
            "contact_name": |one| one.contact_name.clone(),
            "contact_phone": |one| one.contact_phone.clone(),
            "delivery_address": |one| one.delivery_address.clone(),
            "settlement": |one| one.settlement,
            "deposit_rate": |one| one.deposit_rate,
            "tax_inclusive": |one| one.tax_inclusive,
            "quoted_on": |one| one.quoted_on,
            "valid_until": |one| one.valid_until,
            "lead_days": |one| one.lead_days,
            "delivery_terms": |one| one.delivery_terms.clone(),
            "packing": |one| one.packing.clone(),
            "terms": |one| one.terms.clone(),
            "notes": |one| one.notes.clone(),
            "freight": |one| (one.freight_minor, one.currency),
            "discount": |one| (one.discount_minor, one.currency),
            "charges": |one| charges_detail(&one.charges, one.currency),
            "payable": |one| (one.payable_minor, one.currency),
            "line_count": |one| one.line_count,
        )
    }
}

#[cfg(test)]
mod tests;
