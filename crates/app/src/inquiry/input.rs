//! What a person or a program says of an inquiry.

use domain::{
    Actor, Attachment, AttachmentId, Channel, Company, Customer, FieldError, FieldRule, Inquiry, InquiryRejection, InquiryValue, Instant,
    Refusal, marked,
};
use store::{Held, Outcome, UnitOfWork};

use super::asked;
use crate::order::draft;
use crate::{blueprint, customer};

/// What is said to an item of the checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemSent {
    /// Code of the item.
    pub code: String,
    /// What is known, in words.
    pub value: String,
    /// The file that shows it.
    pub attachment_id: Option<AttachmentId>,
}

/// An inquiry as it is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InquirySent {
    /// Id or code of the customer; empty: one without a file yet.
    pub customer: String,
    /// Name of a customer without a file.
    pub customer_name: String,
    /// Contact at the customer.
    pub contact_name: String,
    /// Phone of the contact.
    pub contact_phone: String,
    /// By which way; that of the customer, or by phone.
    pub channel: Option<Channel>,
    /// When it came in; now.
    pub received_at: Option<Instant>,
    /// Id or name of the sales representative; who keeps the customer.
    pub rep: String,
    /// What the customer said, in raw words.
    pub said: String,
    /// What is said to the items of the checklist; those left out are empty.
    pub items: Vec<ItemSent>,
    /// When the customer is promised an answer; only of a new inquiry.
    pub answer_by: Option<Instant>,
}

/// Writes what was said into an inquiry, and marks its checklist.
///
/// # Errors
/// `invalid` with every unknown reference at its field.
pub(super) fn fill(work: &mut UnitOfWork, by: &Actor, inquiry: &mut Inquiry, sent: &InquirySent) -> Outcome<()> {
    work.want::<Company>([work.company()]);
    work.want::<Attachment>(sent.items.iter().filter_map(|item| item.attachment_id));
    let rules = blueprint::numbered(work, inquiry.blueprint_no)?;
    let mut errors = Vec::new();
    let customer = buyer(work, sent, &mut errors)?;
    let rep_id = match sent.rep.trim() {
        "" => customer.as_ref().and_then(|customer| customer.owner_id),
        reference => {
            let found = draft::rep(work, reference)?;
            if found.is_none() {
                errors.push(FieldError::new("/rep_id", FieldRule::Unknown { value: reference.to_owned() }));
            }
            found
        }
    };
    let now = work.now();
    let company = work.get::<Company>(work.company())?;
    inquiry.customer_id = customer.as_ref().map(|customer| customer.id);
    inquiry.customer_name = customer.as_ref().map_or_else(|| sent.customer_name.trim().to_owned(), |customer| customer.name.clone());
    inquiry.contact_name = sent.contact_name.trim().to_owned();
    inquiry.contact_phone = sent.contact_phone.trim().to_owned();
    inquiry.channel = sent.channel.or(customer.as_ref().map(|customer| customer.channel)).unwrap_or(Channel::Phone);
    inquiry.received_at = sent.received_at.unwrap_or(inquiry.received_at);
    inquiry.rep_id = rep_id;
    inquiry.said = sent.said.trim_end().to_owned();
    let values = values(work, inquiry, &rules.inquiry, &sent.items, &mut errors)?;
    Refusal::unless_valid(errors)?;
    let asked = asked(&rules, customer.as_deref(), &company, inquiry.channel, by, now);
    let items = marked(&asked, &values, &inquiry.said, company.date_of(inquiry.received_at));
    inquiry.take_items(&items);
    Ok(())
}

/// The customer, where it has a file; one without has a name or a phone at least.
fn buyer(work: &mut UnitOfWork, sent: &InquirySent, errors: &mut Vec<FieldError>) -> Outcome<Option<Held<Customer>>> {
    if sent.customer.trim().is_empty() {
        if sent.customer_name.trim().is_empty() && sent.contact_phone.trim().is_empty() {
            errors.push(FieldError::new("/customer_name", FieldRule::Required));
        }
        return Ok(None);
    }
    let found = customer::by_id_or_code(work, &sent.customer)?;
    if found.is_none() {
        errors.push(FieldError::new("/customer_id", FieldRule::Unknown { value: sent.customer.clone() }));
    }
    Ok(found)
}

/// What is said to the items, whose codes the rules know; files are those of this inquiry.
fn values(
    work: &mut UnitOfWork,
    inquiry: &Inquiry,
    rules: &[domain::InquiryRule],
    sent: &[ItemSent],
    errors: &mut Vec<FieldError>,
) -> Outcome<Vec<InquiryValue>> {
    let mut values = Vec::with_capacity(sent.len());
    for (place, item) in sent.iter().enumerate() {
        let known = item.code.starts_with("said.") || rules.iter().any(|rule| rule.code == item.code);
        if !known {
            let rule = InquiryRejection::UnknownItem { code: item.code.clone() };
            errors.push(FieldError::new(format!("/items/{place}/code"), rule));
        }
        if let Some(id) = item.attachment_id {
            let file = work.find::<Attachment>(id)?;
            if file.is_none_or(|file| (file.subject_kind.as_str(), file.subject_id) != ("inquiry", inquiry.id.raw())) {
                let rule = FieldRule::Unknown { value: id.to_string() };
                errors.push(FieldError::new(format!("/items/{place}/attachment_id"), rule));
            }
        }
        values.push(InquiryValue { code: item.code.clone(), value: item.value.clone(), attachment_id: item.attachment_id });
    }
    Ok(values)
}
