//! What is read in an inquiry without effect: how its checklist stands, and what it would be as an order.

use app::inquiry::{InquirySent, asked};
use app::order::{LineInput, OrderInput};
use domain::intake::{Line, Reading, Settled, read};
use domain::{Actor, Channel, Company, Customer, Date, Inquiry, InquiryId, InquiryItem, InquiryItemKind, InquiryMark, InquiryValue};
use domain::{Instant, marked};
use store::query::{customer, intake, order as rules};
use store::{Fault, Reader};

use super::json::CheckJson;
use crate::by::By;
use crate::error::Error;
use crate::state::Web;

/// How the checklist stands of what is typed.
pub(super) fn checked(reader: &Reader<'_>, by: &Actor, sent: &InquirySent, now: Instant) -> Result<CheckJson, Fault> {
    let company = by.company_id;
    let Some(settings) = reader.get::<Company>(company, company)? else { return Ok(CheckJson::default()) };
    let id = if sent.customer.is_empty() { None } else { customer::id_of(reader, company, &sent.customer)? };
    let buyer = id.map_or(Ok(None), |id| reader.get::<Customer>(company, id))?;
    let rules = rules::rules(reader, company, settings.blueprint_no)?;
    let channel = sent.channel.or(buyer.as_ref().map(|buyer| buyer.channel)).unwrap_or(Channel::Phone);
    let asked = asked(&rules, buyer.as_ref(), &settings, channel, by, now);
    let value = |item: &app::inquiry::ItemSent| InquiryValue {
        code: item.code.clone(),
        value: item.value.clone(),
        attachment_id: item.attachment_id,
    };
    let values: Vec<InquiryValue> = sent.items.iter().map(value).collect();
    let day = settings.date_of(sent.received_at.unwrap_or(now));
    let items = marked(&asked, &values, &sent.said, day);
    Ok(CheckJson::of(&items, &sent.said, day, by.language))
}

/// The inquiry as an order: its customer, and what free-text intake reads in the raw words. Lines that are not certain are left to the person.
pub(super) async fn drafted(web: &Web, by: &By, id: InquiryId) -> Result<OrderInput, Error> {
    let (company, language) = (by.company_id, by.language);
    let found = web.app.store.read(move |reader| {
        let Some(inquiry) = reader.get::<Inquiry>(company, id)? else { return Ok(None) };
        let day = reader.get::<Company>(company, company)?.map(|settings| settings.date_of(inquiry.received_at));
        let Some(day) = day else { return Ok(None) };
        let reading = read(&inquiry.said, day);
        let found = intake::candidates(reader, company, &reading.asked())?;
        let settled = reading.settle(&found.customers, &found.products, &found.learned);
        Ok(Some(input(&inquiry, &reading, &settled, language)))
    });
    found.await?.ok_or_else(|| Error::not_found("inquiry"))
}

fn input(inquiry: &Inquiry, reading: &Reading, settled: &Settled, language: domain::Language) -> OrderInput {
    let items = inquiry.items();
    let filled = |item: &&InquiryItem| item.mark == InquiryMark::Filled;
    let date = items.iter().filter(filled).find(|item| item.kind == InquiryItemKind::Date);
    let required_on = date.and_then(|item| Date::parse(&item.meaning).ok());
    // Items that are fields of an order are those; the others say what else is wanted.
    let of = |code: &str| items.iter().filter(filled).find(|item| item.code == code).map(|item| item.value.clone());
    let or = |own: &str, read: Option<String>| if own.is_empty() { read } else { Some(own.to_owned()) };
    let wanted = items.iter().filter(filled).filter(|item| {
        let said = matches!(item.kind, InquiryItemKind::Text | InquiryItemKind::Drawing);
        said && !item.value.is_empty() && !matches!(item.code.as_str(), "delivery_address" | "packing" | "customer_po")
    });
    let wanted: Vec<String> = wanted.map(|item| format!("{}：{}", item.text.of(language), item.value)).collect();
    let read = |text: &Option<domain::intake::Found<String>>| text.as_ref().map(|found| found.value.clone());
    OrderInput {
        customer: inquiry.customer_id.map(|id| id.to_string()).unwrap_or_default(),
        contact_name: or(&inquiry.contact_name, read(&settled.contact_name)),
        contact_phone: or(&inquiry.contact_phone, read(&reading.contact_phone)),
        delivery_address: of("delivery_address").or(read(&reading.delivery_address)),
        customer_po: of("customer_po").or(read(&reading.customer_po)).unwrap_or_default(),
        packing: of("packing").or(read(&reading.packing)).unwrap_or_default().chars().take(200).collect(),
        channel: Some(inquiry.channel),
        rep: inquiry.rep_id.map(|id| id.to_string()),
        required_on: required_on.or(reading.required_on.as_ref().map(|found| found.value)),
        special_requirements: wanted.join("\n").chars().take(4000).collect(),
        lines: settled.lines.iter().filter_map(line).collect(),
        ..OrderInput::default()
    }
}

/// Surer than this, a product that was read is taken.
const SURE: u8 = 60;

fn line(line: &Line) -> Option<LineInput> {
    let (product, confidence) = line.product.best?;
    let quantity = line.quantity.as_ref().filter(|quantity| quantity.value.is_positive() && !line.vague)?;
    (confidence >= SURE).then(|| LineInput {
        product: product.to_string(),
        quantity: quantity.value,
        unit: line.sold_unit.clone(),
        ..LineInput::default()
    })
}
