//! The inquiry memo: what a customer asked for in raw words, before it is an order, with the company's checklist of what must be known, and the
//! answer that was promised (INT-02, INT-06).

mod item;
mod moves;
mod step;

pub use item::*;
pub use moves::*;

use crate::codes::{Channel, codes};
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{CustomerId, InquiryId, OrderId, QuotationId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::rejections;

codes! {
    /// The state of an inquiry.
    InquiryStatus in "inquiry.status" {
        /// Something may be missing or vague still.
        Open = "open",
        /// Nothing required is missing or vague.
        Clarified = "clarified",
        /// A quotation was made from it.
        Quoted = "quoted",
        /// An order was made from it.
        Ordered = "ordered",
        /// Nothing comes of it, for a reason.
        Dropped = "dropped",
    }
}

rejections! {
    /// Why an inquiry refuses.
    InquiryRejection {
        NotOpen { status: InquiryStatus } => Conflict "inquiry.not_open",
        Dropped => Conflict "inquiry.dropped",
        Ended { status: InquiryStatus } => Conflict "inquiry.ended",
        NotQuotable { status: InquiryStatus } => Conflict "inquiry.not_quotable",
        /// An item that must be known is not.
        ItemMissing { item: String } => Invalid "inquiry.item_missing",
        /// An item is vague: what it says is not what it must be resolved to.
        ItemVague { item: String, said: String } => Invalid "inquiry.item_vague",
        /// The rules ask for no such item.
        UnknownItem { code: String } => Invalid "inquiry.unknown_item",
        /// Only a customer with a file gets a quotation or an order.
        NoCustomer => Invalid "inquiry.no_customer",
        /// An order was made from it that still lives.
        HasOrder { order: String } => Conflict "inquiry.has_order",
        /// The order is no draft of its customer.
        NotItsOrder => Invalid "inquiry.not_its_order",
        /// A time that is over cannot be promised.
        InThePast => Invalid "inquiry.in_the_past",
    }
}

/// An inquiry.
#[derive(Clone, Debug, PartialEq)]
pub struct Inquiry {
    /// Key.
    pub id: InquiryId,
    /// Raised by every change.
    pub version: Version,
    /// Document number.
    pub number: String,
    /// State.
    pub status: InquiryStatus,
    /// Who asked; nobody where there is no file of the customer yet.
    pub customer_id: Option<CustomerId>,
    /// Name of who asked.
    pub customer_name: String,
    /// Contact at the customer.
    pub contact_name: String,
    /// Phone of the contact.
    pub contact_phone: String,
    /// By which way.
    pub channel: Channel,
    /// When it came in.
    pub received_at: Instant,
    /// Who took it.
    pub taken_by: UserId,
    /// Sales representative.
    pub rep_id: Option<UserId>,
    /// What the customer said, in raw words.
    pub said: String,
    /// The checklist, a JSON list of [`InquiryItem`].
    pub items: String,
    /// Version of the company's rules whose checklist it has; 0: those that come with the product.
    pub blueprint_no: i64,
    /// Required items that are missing.
    pub missing_count: i64,
    /// Items that are vague.
    pub vague_count: i64,
    /// When the customer was promised an answer.
    pub answer_by: Option<Instant>,
    /// What the customer was answered last.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// When.
    pub answered_at: Option<Instant>,
    /// Why nothing comes of it.
    pub drop_reason: String,
    /// The quotation that was made from it last.
    pub quotation_id: Option<QuotationId>,
    /// The order that was made from it last.
    pub order_id: Option<OrderId>,
    /// When it was written down.
    pub created_at: Instant,
}

impl Inquiry {
    /// Something of this kind happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of(kind, "inquiry", self.id.raw(), &self.number)
    }

    /// The checklist.
    pub fn items(&self) -> Vec<InquiryItem> {
        serde_json::from_str(&self.items).unwrap_or_default()
    }

    /// Takes a checklist that was marked, and counts what is open in it.
    pub fn take_items(&mut self, items: &[InquiryItem]) {
        let count = |mark: InquiryMark| i64::try_from(items.iter().filter(|item| item.mark == mark).count()).unwrap_or(i64::MAX);
        (self.missing_count, self.vague_count) = (count(InquiryMark::Missing), count(InquiryMark::Vague));
        self.items = serde_json::to_string(items).expect("items are plain data");
    }

    /// Whether nothing required is missing and nothing is vague.
    pub fn is_clear(&self) -> bool {
        self.missing_count == 0 && self.vague_count == 0
    }

    /// Whether an answer is promised and not given yet.
    pub fn owes_answer(&self) -> bool {
        self.status != InquiryStatus::Dropped && self.answer_by.is_some() && self.answered_at.is_none()
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let mut all = changes!(before, self;
            "customer": |one| one.customer_name.clone(),
            "contact_name": |one| one.contact_name.clone(),
            "contact_phone": |one| one.contact_phone.clone(),
            "channel": |one| one.channel,
            "received_at": |one| one.received_at,
            "said": |one| one.said.clone(),
            "status": |one| one.status,
        );
        let (old, new) = (before.items(), self.items());
        let value = |items: &[InquiryItem], code: &str| {
            items.iter().find(|item| item.code == code).map(|item| item.value.clone()).unwrap_or_default()
        };
        for (place, item) in (1..).zip(&new) {
            all.extend(Change::between(format!("items/{place}/value"), value(&old, &item.code), item.value.clone()));
        }
        all
    }
}

#[cfg(test)]
mod tests;
