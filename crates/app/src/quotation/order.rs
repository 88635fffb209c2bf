//! One click from a quotation to an order.

use domain::{Act, Actor, EventKind, Order, OrderId, OrderLine, Quotation, QuotationId, QuotationLine, QuotationVerb, UnitPrice, Version};
use store::rows::{Approvals, OrderLines, QuotationLines};
use store::{Held, Outcome, UnitOfWork};

use super::{QuotationState, keep, load, moment};
use crate::inquiry;
use crate::order::{ChargeInput, LineInput, OrderInput, draft};

/// Makes a draft of an order with the prices of the quotation; with that the customer has taken it.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `NotOrderable`; `Expired`: then it needs a new version; `Ordered` while an order made from it lives.
///
/// Source: QUO-01
pub fn order(work: &mut UnitOfWork, by: &Actor, id: QuotationId, version: Option<Version>) -> Outcome<QuotationState> {
    by.may(Act::CreateQuotation)?;
    by.may(Act::CreateOrder)?;
    work.want_of::<QuotationLines>([id]);
    let mut quotation = load(work, id, version)?;
    let at = moment(work)?;
    quotation.may(QuotationVerb::Order, at.today, by)?;
    let quoted = work.of::<QuotationLines>(id)?;
    inquiry::order::want(work, quotation.inquiry_id);
    let earlier = quotation.order_id.map_or(Ok(None), |earlier| work.find::<Order>(earlier))?;
    let new: OrderId = work.id();
    let event = quotation.ordered(new, earlier.as_deref(), by, at)?;

    let input = input_of(&quotation, &quoted);
    let named = draft::named(work, &input)?;
    let mut order = draft::head(work, by, new, &input, &named)?;
    order.quotation_id = Some(id);
    if quotation.lead_days > 0 {
        order.required_on = Some(at.today.plus_days(quotation.lead_days));
        order.promised_on = order.required_on;
    }
    let mut lines = draft::lines(work, &mut order, &input.lines, &named)?;
    order.total_up(&mut lines.iter_mut().collect::<Vec<&mut OrderLine>>())?;

    work.fresh::<OrderLines>(new);
    work.fresh::<Approvals>(new);
    let made = order
        .event(EventKind::OrderCreated)
        .with("customer", order.customer_name.clone())
        .with("payable", (order.payable_minor, order.currency));
    work.record(by, made);
    work.add(order);
    for line in lines {
        work.add(line);
    }
    inquiry::order::by_quotation(work, by, quotation.inquiry_id, new)?;
    Ok(keep(work, by, quotation, event))
}

/// The standard order form with what the quotation says.
fn input_of(quotation: &Quotation, lines: &[Held<QuotationLine>]) -> OrderInput {
    let exact = |minor: domain::Money| {
        let step = 10_i64.pow(6 - quotation.currency.minor_digits());
        UnitPrice::from_micro(minor.minor().saturating_mul(step))
    };
    let line = |line: &Held<QuotationLine>| LineInput {
        product: line.product_id.to_string(),
        quantity: line.quantity_micro,
        unit: String::new(),
        choices: Vec::new(),
        unit_price: Some(line.unit_price_micro),
        price_reason: line.price_reason.clone(),
        discount_rate: line.discount_rate,
        tax_rate: Some(line.tax_rate),
        required_on: None,
        note: line.note.clone(),
    };
    let some = |text: &str| Some(text.to_owned());
    OrderInput {
        customer: quotation.customer_id.to_string(),
        contact_name: some(&quotation.contact_name),
        contact_phone: some(&quotation.contact_phone),
        receiver: some(&quotation.receiver),
        delivery_address: some(&quotation.delivery_address),
        channel: Some(quotation.channel),
        category: Some(quotation.category),
        settlement: Some(quotation.settlement),
        deposit_rate: Some(quotation.deposit_rate),
        tax_inclusive: Some(quotation.tax_inclusive),
        rep: quotation.rep_id.map(|rep| rep.to_string()),
        warehouse: Some(quotation.warehouse_id.to_string()),
        packing: quotation.packing.clone(),
        freight: exact(quotation.freight_minor),
        discount: exact(quotation.discount_minor),
        charges: quotation.charges.iter().map(|charge| ChargeInput::of(charge, quotation.currency)).collect(),
        notes: quotation.notes.clone(),
        special_requirements: quotation.delivery_terms.clone(),
        inquiry_id: quotation.inquiry_id,
        lines: lines.iter().map(line).collect(),
        ..OrderInput::default()
    }
}
