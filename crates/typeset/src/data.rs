//! What a template reads: the facts of an order and its papers as text, exactly the figures that are stored, written as people read them.
//!
//! Nothing is calculated in a template. `docs/documents.md` lists what each kind of document has.

mod field;
mod paper;
mod sample;

use std::collections::BTreeMap;

use domain::totals::{amount_per, line_amount};
use domain::{
    Company, Currency, Customer, Date, DocumentKind, Language, Letterhead, Money, Order, OrderLine, Quantity, Quotation, UserId, Warehouse,
    capital, name_of, text,
};
use serde_json::{Value, json};

pub use field::{Field, fields};
pub use paper::{Entry, Statement, invoice, shipment, statement};
pub use sample::sample;

use crate::template::word;

/// What every document says, whatever it is about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// What it is.
    pub kind: DocumentKind,
    /// In which language.
    pub language: Language,
    /// The day it is made.
    pub made_on: Date,
    /// Who issues it.
    pub company: &'a Company,
    /// What its letterhead says.
    pub letterhead: &'a Letterhead,
    /// For whom.
    pub customer: &'a Customer,
}

/// An order and what belongs to it.
#[derive(Clone, Copy)]
pub struct OrderFacts<'a> {
    /// The head.
    pub order: &'a Order,
    /// The lines.
    pub lines: &'a [OrderLine],
    /// Where it ships from.
    pub warehouse: Option<&'a Warehouse>,
    /// Names of people.
    pub names: &'a BTreeMap<UserId, String>,
}

/// The data of a document about an order.
pub fn order(about: &About<'_>, facts: &OrderFacts<'_>) -> Value {
    let number = if facts.order.number.is_empty() { facts.order.id.to_string() } else { facts.order.number.clone() };
    let mut data = head(about, &number, facts.order.currency);
    data["order"] = order_head(about, facts);
    data["lines"] = facts.lines.iter().map(|line| order_line(facts.order, line, about.language)).collect();
    data["totals"] = order_totals(facts.order, facts.lines, about.language);
    data["prepayment"] = prepayment(facts.order);
    data
}

/// The data of a quotation; `facts` is the order it would be.
pub fn quotation(about: &About<'_>, facts: &OrderFacts<'_>, quotation: &Quotation) -> Value {
    let mut data = order(about, facts);
    let terms: Vec<&str> =
        [&quotation.delivery_terms, &quotation.terms].iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    data["quotation"] = json!({
        "version": quotation.revision.to_string(),
        "valid_until": quotation.valid_until.to_string(),
        "lead_time": if quotation.lead_days > 0 { quotation.lead_days.to_string() } else { String::new() },
        "terms": terms.join("\n"),
    });
    data
}

/// The logo, as templates know it.
pub const LOGO: &str = "logo";
/// The picture of the seal, as templates know it.
pub const SEAL: &str = "seal";

fn head(about: &About<'_>, number: &str, currency: Currency) -> Value {
    let (language, letterhead) = (about.language, about.letterhead);
    let english = language == Language::En;
    let first = |own: &str, usual: &str| if own.is_empty() { usual.to_owned() } else { own.to_owned() };
    let chinese = first(&letterhead.name, &about.company.name);
    let name = if english { first(&letterhead.name_en, &chinese) } else { chinese };
    let address = if english { first(&letterhead.address_en, &letterhead.address) } else { letterhead.address.clone() };
    let picture = |sha256: &str, name: &str| if sha256.is_empty() { Value::Null } else { Value::from(name) };
    let customer = about.customer;
    json!({
        "kind": about.kind,
        "language": language,
        "title": word(language, about.kind.as_str()).unwrap_or_default(),
        "number": number,
        "made_on": about.made_on.to_string(),
        "currency": currency.as_str(),
        "logo": picture(&letterhead.logo_sha256, LOGO),
        "seal": picture(&letterhead.seal_sha256, SEAL),
        "company": {
            "name": name,
            "address": address,
            "phone": letterhead.phone,
            "fax": letterhead.fax,
            "email": letterhead.email,
            "website": letterhead.website,
            "credit_code": letterhead.credit_code,
            "bank": letterhead.bank,
            "bank_account": letterhead.bank_account,
        },
        "customer": {
            "code": customer.code,
            "name": customer.name,
            "credit_code": customer.credit_code,
            "invoice_title": customer.invoice_title,
            "invoice_address": customer.invoice_address,
            "bank": customer.bank,
            "bank_account": customer.bank_account,
        },
    })
}

fn shown(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn order_head(about: &About<'_>, facts: &OrderFacts<'_>) -> Value {
    let (order, language) = (facts.order, about.language);
    let name = |id: Option<UserId>| id.and_then(|id| facts.names.get(&id)).cloned().unwrap_or_default();
    json!({
        "number": order.number,
        "status": name_of(language, order.status),
        "ordered_on": order.ordered_on.to_string(),
        "required_on": shown(order.required_on),
        "promised_on": shown(order.promised_on),
        "planned_ship_on": shown(order.planned_ship_on),
        "expected_on": shown(order.expected_on),
        "delivered_on": shown(order.delivered_on),
        "customer_po": order.customer_po,
        "external_number": order.external_number,
        "contact": order.contact_name,
        "phone": order.contact_phone,
        "receiver": order.receiver,
        "delivery_address": order.delivery_address,
        "channel": name_of(language, order.channel),
        "category": name_of(language, order.category),
        "settlement": name_of(language, order.settlement),
        "tax_inclusive": order.tax_inclusive,
        "exchange_rate": order.exchange_rate_nano.map(domain::Conversion::decimal).unwrap_or_default(),
        "warehouse": facts.warehouse.map(|warehouse| warehouse.name.clone()).unwrap_or_default(),
        "packing": order.packing,
        "transport": order.transport,
        "special_requirements": order.special_requirements,
        "notes": order.notes,
        "rep": name(order.rep_id),
        "entered_by": name(Some(order.entered_by)),
        "reviewed_by": name(order.reviewed_by),
    })
}

fn percent(rate: domain::Rate) -> String {
    format!("{}%", rate.decimal())
}

fn order_line(order: &Order, line: &OrderLine, language: Language) -> Value {
    let money = |amount: Money| amount.grouped(order.currency);
    // As priced: the amounts of the lines add up to the goods of the order.
    let amount = if line.is_closed_short() {
        amount_per(line.charged(), line.sold_price(), line.per(), line.discount_rate, order.currency)
    } else {
        line_amount(line.sold_quantity().0, line.sold_price(), line.discount_rate, order.currency)
    };
    let given_up = format!("{} {} {}", text(language, "event_name.OrderClosedShort", &[]), line.closed_micro.grouped(), line.unit);
    let note = [line.note.clone(), if line.is_closed_short() { given_up } else { String::new() }];
    let to_ship = line.open_to_ship();
    let free = if line.is_free() { format!(" ({})", name_of(language, line.price_source)) } else { String::new() };
    let name = format!("{}{free}", line.name);
    let tolerance = |rate: domain::Rate| if rate.is_zero() { String::new() } else { percent(rate) };
    json!({
        "no": line.line_no.to_string(),
        "code": line.product_code,
        "name": name,
        "spec": line.spec,
        "unit": line.sold_quantity().1,
        "quantity": line.sold_quantity().0.grouped(),
        "unit_price": line.sold_price().grouped(),
        "discount_rate": percent(line.discount_rate),
        "tax_rate": percent(line.tax_rate),
        "amount": amount.map(money).unwrap_or_default(),
        "net": money(line.net_minor),
        "tax": money(line.tax_minor),
        "gross": money(line.gross_minor),
        "required_on": shown(line.required_on),
        "note": note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "),
        "over_tolerance": tolerance(line.over_tolerance),
        "under_tolerance": tolerance(line.under_tolerance),
        "reserved": line.reserved_micro.grouped(),
        "shipped": line.shipped_micro.grouped(),
        "to_ship": to_ship.grouped(),
        "is_open": to_ship > Quantity::ZERO,
    })
}

fn order_totals(order: &Order, lines: &[OrderLine], language: Language) -> Value {
    let money = |amount: Money| amount.grouped(order.currency);
    let charge = |charge: &domain::Charge| {
        json!({
            "name": charge.shown(language),
            "amount": money(charge.signed()),
            "tax_rate": percent(charge.tax_rate),
            "net": money(charge.net),
            "tax": money(charge.tax),
            "gross": money(charge.gross()),
        })
    };
    let of_charges: Money = order.charges.iter().map(domain::Charge::gross).sum();
    let of_lines = lines.iter().fold(of_charges, |sum, line| sum + line.gross_minor);
    json!({
        "goods": money(order.goods_minor),
        "freight": money(order.freight_minor),
        "freight_gross": money(order.payable_minor - of_lines),
        "charges": order.charges.iter().map(charge).collect::<Vec<_>>(),
        "discount": money(order.discount_minor),
        "has_discount": !order.discount_minor.is_zero(),
        "net": money(order.net_minor),
        "tax": money(order.tax_minor),
        "payable": money(order.payable_minor),
        "payable_capital": in_words(order.payable_minor, order.currency),
        "billed": money(order.billed_minor),
        "paid": money(order.paid_minor),
        "open": money(order.open()),
        "open_capital": in_words(order.open(), order.currency),
    })
}

fn in_words(amount: Money, currency: Currency) -> String {
    capital(amount, currency).unwrap_or_default()
}

fn prepayment(order: &Order) -> Value {
    let Some(asked) = order.prepayment() else { return Value::Null };
    let money = |amount: Money| amount.grouped(order.currency);
    json!({
        "share": percent(asked.share),
        "asked": money(asked.asked),
        "asked_capital": in_words(asked.asked, order.currency),
        "received": money(asked.received),
        "outstanding": money(asked.open),
        "outstanding_capital": in_words(asked.open, order.currency),
        "due_on": shown(asked.due_on),
    })
}
