//! Submitting: checked, numbered, stock reserved as far as there is any.

use std::ops::DerefMut;

use domain::{
    Act, Actor, Company, CustomerAccount, Event, Numbered, Order, OrderId, OrderLine, Product, ProductId, Reason, SubmitFacts, Verb,
    Version, Warehouse, take_free,
};
use store::rows::OrderLines;
use store::{Held, Outcome, UnitOfWork};

use super::{OrderState, draft, gate, load};
use crate::agent;
use crate::contract;
use crate::credit;
use crate::customer::follow;
use crate::exchange_rate;
use crate::number;
use crate::promotion;
use crate::quota;
use crate::quotation;
use crate::reservation;
use crate::stock;

/// Submits a draft for review.
///
/// # Errors
/// `NotDraft`; `stale`; `invalid` with every missing or impossible field (APR-02); gate `customer.blocked`.
///
/// Source: APR-02, INT-10, INV-02
pub fn submit(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>) -> Outcome<OrderState> {
    by.may(Act::SubmitOrder)?;
    work.want_of::<OrderLines>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let products: Vec<ProductId> = lines.iter().map(|line| line.product_id).collect();
    work.want::<Product>(products.iter().copied());
    work.want::<Warehouse>([order.warehouse_id]);
    work.want::<CustomerAccount>([order.customer_id]);
    work.want::<Company>([work.company()]);
    stock::want(work, order.warehouse_id, products.iter().copied());
    quota::want(work, products.iter().copied());
    agent::want(work, id, order.customer_id);
    let customer = follow::current(work, order.customer_id)?;
    // It was drafted while its customer's file became another one.
    order.customer_id = customer.id;
    let warehouse = work.get::<Warehouse>(order.warehouse_id)?;
    let company = work.get::<Company>(work.company())?;
    let products = work.all::<Product>(&products)?;
    let inactive: Vec<ProductId> = products.iter().filter(|p| !p.active).map(|p| p.id).collect();
    let broken = |(line, product): (&Held<OrderLine>, &Held<Product>)| {
        let line_no = line.line_no;
        product.broken_choices(&line.configuration).into_iter().map(move |reason| (line_no, reason))
    };
    // What a quotation promised stands, whatever was withdrawn since.
    let promised = order.quotation_id.is_some();
    let broken_choices: Vec<(i64, Reason)> = if promised { Vec::new() } else { lines.iter().zip(&products).flat_map(broken).collect() };
    let agreed = contract::agreed(work, &order, &lines)?;
    let reason_above = gate::rules(work, &order)?.price_reason_above;
    let facts = SubmitFacts {
        customer: &customer,
        warehouse: &warehouse,
        books: company.currency,
        reason_above,
        inactive_products: &inactive,
        broken_choices: &broken_choices,
        contract: agreed.as_ref(),
    };

    let event = hand_in(work, by, &mut order, &mut lines, &facts, &company)?;
    work.save_changed(&mut lines);
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}

/// Checks an order, numbers it, and reserves for its lines what is free.
///
/// # Errors
/// As `submit`.
pub(super) fn hand_in<L: DerefMut<Target = OrderLine>>(
    work: &mut UnitOfWork,
    by: &Actor,
    order: &mut Order,
    lines: &mut [L],
    facts: &SubmitFacts<'_>,
    company: &Company,
) -> Outcome<Event> {
    let today = draft::today(work, company);
    agent::want(work, order.id, order.customer_id);
    quota::want(work, lines.iter().map(|line| line.product_id));
    if order.exchange_rate_nano.is_none() {
        // It was drafted before there was a rate for its date.
        exchange_rate::take(work, order, company)?;
    }
    quotation::lapse(work, order, lines, today)?;
    promotion::check_again(work, order, lines, facts.customer.grade)?;
    let mut event = order.submit(lines, facts, "", work.now())?;
    credit::decide::not_blocked(work, order.customer_id)?;
    if facts.contract.is_some_and(|agreed| agreed.differences(order, lines).is_empty()) {
        // What was a departure once is none any more.
        order.contract_reason.clear();
    }
    contract::settle(work, order, lines)?;
    quota::take(work, order, lines, facts.customer.grade, today)?;
    promotion::settle(work, order)?;
    if order.number.is_empty() {
        order.number = number::draw(work, Numbered::Order, company, today)?;
    }
    event.subject_number.clone_from(&order.number);
    reservation::none_yet(work, order, lines);
    let mut left = reservation::free(work, order, lines)?;
    let taken = take_free(lines, &mut left);
    reservation::take(work, by, order, &taken)?;
    order.derive(lines);
    // Submitted already in this unit of work, so the move itself was checked.
    gate::pass_checked(work, order, lines, Verb::Submit)?;
    agent::keep(work, order)?;
    Ok(event)
}
