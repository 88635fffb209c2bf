//! A new inquiry.

use domain::{Act, Actor, Channel, Company, EventKind, Inquiry, InquiryId, InquiryStatus, Numbered, UserId, Version};
use store::{Outcome, UnitOfWork};

use super::{InquirySent, InquiryState, input, promise};
use crate::number;

/// Takes an inquiry; where an answer is promised with it, its clock starts.
///
/// # Errors
/// `denied`; `invalid` with every unknown reference at its field, and for a promise of a time that is over.
///
/// Source: INT-02, INT-01, INT-06
pub fn create(work: &mut UnitOfWork, by: &Actor, sent: &InquirySent) -> Outcome<InquiryState> {
    by.may(Act::CreateInquiry)?;
    work.want::<Company>([work.company()]);
    let company = work.get::<Company>(work.company())?;
    let (id, now): (InquiryId, _) = (work.id(), work.now());
    let mut inquiry = Inquiry {
        id,
        version: Version::FIRST,
        number: String::new(),
        status: InquiryStatus::Open,
        customer_id: None,
        customer_name: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        channel: Channel::Phone,
        received_at: now,
        taken_by: by.user_id,
        rep_id: None::<UserId>,
        said: String::new(),
        items: String::new(),
        blueprint_no: company.blueprint_no,
        missing_count: 0,
        vague_count: 0,
        answer_by: None,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        drop_reason: String::new(),
        quotation_id: None,
        order_id: None,
        created_at: now,
    };
    input::fill(work, by, &mut inquiry, sent)?;
    inquiry.number = number::draw(work, Numbered::Inquiry, &company, company.date_of(now))?;
    let event = inquiry.event(EventKind::InquiryCreated).with("customer", inquiry.customer_name.clone());
    work.record(by, event.with("missing", inquiry.missing_count).with("vague", inquiry.vague_count));
    if let Some(answer_by) = sent.answer_by {
        promise::record(work, by, &mut inquiry, answer_by, "")?;
    }
    Ok(InquiryState::of(&work.add(inquiry)))
}
