//! Inquiry memos: one file a verb.

pub mod answer;
pub mod clarify;
mod clock;
pub mod create;
pub mod drop;
pub mod edit;
mod input;
pub mod order;
pub mod promise;
pub mod quote;

use domain::{Actor, Blueprint, Channel, Company, Customer, Event, Facts, Inquiry, InquiryId, InquiryRule, InquiryStatus, Instant, Order};
use domain::{OrderId, QuotationId, Version, WarehouseId};
use serde::{Deserialize, Serialize};
use store::{Held, Outcome, UnitOfWork};

pub use input::{InquirySent, ItemSent};

use crate::saved::on_version;

/// An inquiry after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryState {
    /// Its id.
    pub id: InquiryId,
    /// Its number.
    pub number: String,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: InquiryStatus,
    /// Required items that are missing.
    pub missing: i64,
    /// Items that are vague.
    pub vague: i64,
    /// The quotation that was made from it last.
    pub quotation_id: Option<QuotationId>,
    /// The order that was made from it last.
    pub order_id: Option<OrderId>,
}

impl InquiryState {
    fn of(inquiry: &Inquiry) -> Self {
        InquiryState {
            id: inquiry.id,
            number: inquiry.number.clone(),
            version: inquiry.version.raw(),
            status: inquiry.status,
            missing: inquiry.missing_count,
            vague: inquiry.vague_count,
            quotation_id: inquiry.quotation_id,
            order_id: inquiry.order_id,
        }
    }
}

/// The inquiry, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: InquiryId, version: Option<Version>) -> Outcome<Held<Inquiry>> {
    work.want::<Company>([work.company()]);
    let inquiry = work.get::<Inquiry>(id)?;
    on_version(version, inquiry.version, "inquiry")?;
    Ok(inquiry)
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &Actor, mut inquiry: Held<Inquiry>, event: Event) -> InquiryState {
    work.save(&mut inquiry);
    work.record(by, event);
    InquiryState::of(&inquiry)
}

/// The items that the rules ask of an inquiry; of a customer without a file all of them, for nothing is known of it.
///
/// Source: INT-02
pub fn asked<'a>(
    rules: &'a Blueprint,
    customer: Option<&Customer>,
    company: &Company,
    channel: Channel,
    by: &Actor,
    now: Instant,
) -> Vec<&'a InquiryRule> {
    let today = company.date_of(now);
    // What it would be as an order, of which conditions know the channel.
    let order =
        customer.map(|customer| Order { channel, ..Order::draft(OrderId::NONE, customer, company, WarehouseId::NONE, by, (now, today)) });
    let facts = order.as_ref().map(|order| Facts { customer, ..Facts::of(order, today, now, company.currency) });
    rules.asked_of_inquiry(facts.as_ref())
}
