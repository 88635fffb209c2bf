//! Changing one's own order until the company has confirmed it.

use domain::{
    Act, Actor, Date, FieldError, FieldRule, Order, OrderId, OrderLine, OrderStatus, Quantity, Refusal, UnitPrice, Version, text,
};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::own_order;
use crate::order::{ChargeInput, LineInput, OrderInput, OrderState, edit, return_to_draft, submit};

/// What an order is to be.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// How much of which line; a line that is not named stays, none of it takes it away.
    pub quantities: Vec<(i64, Quantity)>,
    /// Who takes the goods; as it was where left out.
    pub receiver: Option<String>,
    /// Phone for the delivery.
    pub contact_phone: Option<String>,
    /// Where the goods go.
    pub delivery_address: Option<String>,
    /// When they are wanted.
    pub required_on: Option<Date>,
    /// The customer's own order number.
    pub customer_po: Option<String>,
    /// Note.
    pub notes: Option<String>,
}

/// Takes the order back, changes it and hands it in again, all at once: whoever has reviewed it looks again.
///
/// # Errors
/// `not-found` for orders of others; `stale`; `portal.confirmed` from the approval on; what submission checks, each at its field.
///
/// Source: INT-07
pub fn change(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, wish: &Wish) -> Outcome<OrderState> {
    work.want_of::<OrderLines>([id]);
    let order = own_order(work, by, id)?;
    if version.is_some_and(|version| version != order.version) {
        return Err(Refusal::stale("order").into());
    }
    order.check_open_to_customer()?;
    let lines = work.of::<OrderLines>(id)?;
    let lines: Vec<OrderLine> = lines.iter().map(|line| (**line).clone()).collect();
    let input = changed(&order, &lines, wish)?;
    if order.status != OrderStatus::Draft {
        let why = text(by.language, "portal.reason.changed", &[]);
        return_to_draft::return_to_draft(work, &by.allowed(&[Act::ReturnOrder]), id, None, &why, &[])?;
    }
    edit::edit(work, &by.allowed(&[Act::EditOrder]), id, None, &input)?;
    submit::submit(work, &by.allowed(&[Act::SubmitOrder]), id, None)
}

/// The order as it was said, with what is wished for.
fn changed(order: &Order, lines: &[OrderLine], wish: &Wish) -> Result<OrderInput, Refusal> {
    let wanted = |line: &OrderLine| {
        let said = wish.quantities.iter().find(|(line_no, _)| *line_no == line.line_no);
        said.map_or(line.quantity_micro, |(_, quantity)| *quantity)
    };
    let mut errors = Vec::new();
    for (place, (line_no, quantity)) in wish.quantities.iter().enumerate() {
        if !lines.iter().any(|line| line.line_no == *line_no) {
            errors.push(FieldError::new(format!("/lines/{place}/line_no"), FieldRule::Unknown { value: line_no.to_string() }));
        }
        if quantity.is_negative() {
            errors.push(FieldError::new(format!("/lines/{place}/quantity"), FieldRule::Negative));
        }
    }
    let kept: Vec<LineInput> = lines.iter().filter(|line| wanted(line).is_positive()).map(|line| said(line, wanted(line))).collect();
    if kept.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("/lines", FieldRule::Required));
    }
    Refusal::unless_valid(errors)?;
    let or = |wish: &Option<String>, was: &str| wish.clone().unwrap_or_else(|| was.to_owned());
    let exact = |amount: domain::Money| UnitPrice::from_micro(amount.minor() * 10_i64.pow(6 - order.currency.minor_digits()));
    Ok(OrderInput {
        customer: order.customer_id.to_string(),
        contact_name: Some(order.contact_name.clone()),
        contact_phone: Some(or(&wish.contact_phone, &order.contact_phone)),
        receiver: Some(or(&wish.receiver, &order.receiver)),
        delivery_address: Some(or(&wish.delivery_address, &order.delivery_address)),
        ordered_on: Some(order.ordered_on),
        required_on: wish.required_on.or(order.required_on),
        planned_ship_on: order.planned_ship_on,
        expected_on: order.expected_on,
        channel: Some(order.channel),
        category: Some(order.category),
        settlement: Some(order.settlement),
        deposit_rate: Some(order.deposit_rate),
        tax_inclusive: Some(order.tax_inclusive),
        rep: order.rep_id.map(|rep| rep.to_string()),
        warehouse: Some(order.warehouse_id.to_string()),
        external_number: order.external_number.clone(),
        customer_po: or(&wish.customer_po, &order.customer_po),
        packing: order.packing.clone(),
        transport: order.transport.clone(),
        freight: exact(order.freight_minor),
        discount: exact(order.discount_minor),
        charges: order.charges.iter().map(|charge| ChargeInput::of(charge, order.currency)).collect(),
        notes: or(&wish.notes, &order.notes),
        special_requirements: order.special_requirements.clone(),
        source: order.source.clone(),
        lines: kept,
        ..OrderInput::default()
    })
}

/// A line as it was said; a price that somebody of the company gave stays, others are the book's again.
fn said(line: &OrderLine, quantity: Quantity) -> LineInput {
    // What stays as it is stays in the unit it was said in.
    let sold = line.sold.as_ref().filter(|_| quantity == line.quantity_micro);
    let price = sold.map_or(line.unit_price_micro, |sold| sold.price);
    LineInput {
        product: line.product_id.to_string(),
        quantity: sold.map_or(quantity, |sold| sold.quantity),
        unit: sold.map(|sold| sold.unit.clone()).unwrap_or_default(),
        choices: line.configuration.choices.iter().map(|choice| choice.code.clone()).collect(),
        unit_price: line.price_source.is_typed().then_some(price),
        price_reason: line.price_reason.clone(),
        discount_rate: line.discount_rate,
        tax_rate: Some(line.tax_rate),
        required_on: line.required_on,
        note: line.note.clone(),
    }
}
