//! An inquiry as it is sent.

use app::inquiry::{InquirySent, ItemSent};
use domain::intake::MESSAGE_MAX;
use domain::{AttachmentId, FieldRule, Instant, OrderId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::value::ChannelCode;

/// What is said to an item of the checklist.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InquiryItemInput)]
pub struct ItemInputJson {
    /// Code of the item.
    pub code: String,
    /// What is known, in words: 下周三, 500 个, 图号 DWG-2231.
    pub value: String,
    /// Id of a file of the inquiry that shows it.
    pub attachment_id: Option<String>,
}

/// The content of an inquiry.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InquiryInput)]
pub struct InquiryInputJson {
    /// Id or code of the customer; left out: one without a file yet, who has a name or a phone.
    pub customer_id: Option<String>,
    /// Name of a customer without a file.
    pub customer_name: Option<String>,
    /// Contact at the customer.
    pub contact_name: Option<String>,
    /// Phone of the contact.
    pub contact_phone: Option<String>,
    /// By which way; the customer's, or by phone.
    pub channel: Option<ChannelCode>,
    /// When it came in (RFC 3339); now.
    pub received_at: Option<String>,
    /// Sales representative.
    pub rep_id: Option<String>,
    /// What the customer said, in raw words. Up to 20,000 characters.
    pub said: Option<String>,
    /// What is said to the items of the checklist; those left out are empty.
    pub items: Vec<ItemInputJson>,
    /// When the customer is promised an answer (RFC 3339); only of a new inquiry.
    pub answer_by: Option<String>,
}

fn instant(fields: &mut Fields, pointer: &str, text: Option<&str>) -> Option<Instant> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    match Instant::parse(text) {
        Ok(instant) => Some(instant),
        Err(error) => {
            fields.wrong(pointer, error);
            None
        }
    }
}

/// Items at once at the most.
const MOST: usize = 300;

impl InquiryInputJson {
    /// What is said, read.
    pub(super) fn read(&self) -> Result<InquirySent, Error> {
        let mut fields = Fields::new();
        let mut text = |name: &str, value: &Option<String>, max| fields.text(name, value.as_deref().unwrap_or_default(), max);
        let (customer, customer_name) = (text("/customer_id", &self.customer_id, 200), text("/customer_name", &self.customer_name, 200));
        let contact = (text("/contact_name", &self.contact_name, 100), text("/contact_phone", &self.contact_phone, 50));
        let (rep, said) = (text("/rep_id", &self.rep_id, 100), text("/said", &self.said, MESSAGE_MAX));
        let channel = self.channel.as_ref().filter(|code| !code.0.is_empty()).map(|code| fields.code("/channel", code));
        let received_at = instant(&mut fields, "/received_at", self.received_at.as_deref());
        let answer_by = instant(&mut fields, "/answer_by", self.answer_by.as_deref());
        if self.items.len() > MOST {
            fields.wrong("/items", FieldRule::TooMany { max: 300 });
        }
        let items = self.items.iter().take(MOST).enumerate();
        let items = items.map(|(place, item)| ItemSent {
            code: fields.required(&format!("/items/{place}/code"), &item.code, 60),
            value: fields.text(&format!("/items/{place}/value"), &item.value, 1000),
            attachment_id: fields.optional_id::<AttachmentId>(&format!("/items/{place}/attachment_id"), item.attachment_id.as_deref()),
        });
        let items = items.collect();
        fields.done()?;
        let (contact_name, contact_phone) = contact;
        Ok(InquirySent { customer, customer_name, contact_name, contact_phone, channel, received_at, rep, said, items, answer_by })
    }
}

/// A promise of an answer.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InquiryPromise)]
pub struct PromisedJson {
    /// By when (RFC 3339).
    pub answer_by: String,
    /// What is to be answered.
    pub note: String,
}

impl PromisedJson {
    pub(super) fn read(&self) -> Result<(Instant, String), Error> {
        let mut fields = Fields::new();
        if self.answer_by.trim().is_empty() {
            fields.wrong("/answer_by", FieldRule::Required);
        }
        let answer_by = instant(&mut fields, "/answer_by", Some(&self.answer_by)).unwrap_or(Instant::from_micros(0));
        let note = fields.text("/note", &self.note, 500);
        fields.done()?;
        Ok((answer_by, note))
    }
}

/// What the customer was answered.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InquiryAnswer)]
pub struct AnsweredJson {
    /// In words.
    pub answer: String,
}

/// From which draft an order names the inquiry.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = InquiryOrder)]
pub struct OrderedJson {
    /// Id of a draft that was entered already; left out: one is made.
    pub order_id: Option<String>,
}

impl OrderedJson {
    pub(super) fn order_id(&self) -> Result<Option<OrderId>, Error> {
        let mut fields = Fields::new();
        let id = fields.optional_id::<OrderId>("/order_id", self.order_id.as_deref());
        fields.done()?;
        Ok(id)
    }
}
