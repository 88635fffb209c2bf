//! Cancelling an effective order, and what that costs.

use domain::{
    Act, Actor, CancelCost, CancelStage, CancellationRule, Company, ConfirmationStatus, CostPaper, Money, Numbered, Order, OrderId,
    OrderLine, Refusal, UnitPrice, Verb, Version,
};
use store::rows::{InvoiceLines, OpenChanges, OrderInvoices, OrderLines};
use store::{Held, Outcome, UnitOfWork};

use super::{OrderState, confirmation, draft, gate, input, load, settle};
use crate::reservation;
use crate::{change, contract, number, promotion, quota};

/// Why an order is cancelled, and for how much.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cancel {
    /// Why.
    pub reason: String,
    /// What is charged, exact, in the order's currency; what the rules say where left out.
    pub cost: Option<UnitPrice>,
    /// Why less is charged than the rules say.
    pub waive_reason: String,
}

impl Cancel {
    /// At the cost that the rules say.
    pub fn because(reason: &str) -> Self {
        Self { reason: reason.to_owned(), ..Self::default() }
    }
}

/// What cancelling an order would cost now.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// How far the order has come.
    pub stage: CancelStage,
    /// The rule that says so; nothing: none fits.
    pub rule: Option<CancellationRule>,
    /// What it costs, in the order's currency.
    pub cost: Money,
}

/// What the order's rules say that cancelling it costs.
///
/// # Errors
/// `NoExchangeRate` where a foreign order has no rate at which a fixed amount could be said in its currency.
///
/// Source: CHG-04
pub fn proposed(work: &mut UnitOfWork, order: &Order, lines: &[Held<OrderLine>]) -> Outcome<Proposed> {
    let stage = CancelStage::of(lines);
    let Some(rule) = gate::cancellation(work, order, lines, stage)? else {
        return Ok(Proposed { stage, rule: None, cost: Money::ZERO });
    };
    let books = work.get::<Company>(work.company())?.currency;
    let no_rate = || {
        let rule = domain::OrderRule::NoExchangeRate { currency: order.currency.as_str().to_owned(), date: order.ordered_on };
        Refusal::field("/cost", rule)
    };
    let cost = rule.cost(order, books).ok_or_else(no_rate)?;
    Ok(Proposed { stage, rule: Some(rule), cost })
}

/// What cancelling an order would cost now; changes nothing.
///
/// # Errors
/// `denied`, `not-found`; as [`proposed`].
pub fn preview(work: &mut UnitOfWork, by: &Actor, id: OrderId) -> Outcome<(Order, Proposed)> {
    by.may(Act::ViewOrder)?;
    work.want_of::<OrderLines>([id]);
    let order = load::order(work, id, None)?;
    let lines = work.of::<OrderLines>(id)?;
    let proposed = proposed(work, &order, &lines)?;
    Ok(((*order).clone(), proposed))
}

/// Cancels an order of which nothing is shipped or billed: what was reserved is released, the credit given back, the cost billed and paid with what was
/// paid; the rest of that is a refund due.
///
/// # Errors
/// `NotEffective`; `stale`; gates `order.cancel.untouched`, `order.change_open`; `denied` for less than the rules say without
/// `order.waive_cancel_cost`; `invalid` for more than that, and without a reason.
///
/// Source: CHG-04
pub fn cancel(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Cancel) -> Outcome<OrderState> {
    by.may(Act::CancelOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OpenChanges>([id]);
    work.want_of::<OrderInvoices>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::Cancel)?;
    let open = change::shut(work, &order, &lines, Verb::Cancel, None)?;
    Refusal::unless_open(open.into_iter().collect())?;
    work.of::<OrderInvoices>(id)?;
    let cost = cost(work, by, &order, &lines, said)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);

    if order.confirmation_no > 0 {
        confirmation::end(work, id, ConfirmationStatus::Withdrawn)?;
    }
    let number = if cost.charged.is_positive() { Some(number::draw(work, Numbered::Invoice, &company, today)?) } else { None };
    let paper = number.as_deref().map(|number| CostPaper { id: work.id(), number, issued_on: today, due_on: today });
    let cancelled = order.cancel(&mut lines, &cost, paper, &said.reason, (by, work.now()))?;

    load::count(work, &order, cancelled.account, false)?;
    reservation::give(work, by, &order, &cancelled.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    promotion::settle(work, &mut order)?;
    work.save_changed(&mut lines);
    cancelled.events.into_iter().for_each(|event| work.record(by, event));
    let Some(invoice) = cancelled.invoice else {
        work.save(&mut order);
        return Ok(OrderState::of(&order));
    };
    work.fresh::<InvoiceLines>(invoice.id);
    let made = work.add(invoice);
    settle::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("invoice", made.id, &made.number))
}

/// What is charged: what the rules say, or less by who may waive it.
fn cost(work: &mut UnitOfWork, by: &Actor, order: &Order, lines: &[Held<OrderLine>], said: &Cancel) -> Outcome<CancelCost> {
    let proposed = proposed(work, order, lines)?;
    let amount = said.cost.map(|amount| input::money(amount, order.currency, "/cost")).transpose();
    let amount = amount.map_err(|error| Refusal::invalid(vec![error]))?;
    if amount.is_some_and(|amount| amount < proposed.cost && !amount.is_negative()) {
        by.may(Act::WaiveCancelCost)?;
    }
    let rule = proposed.rule.as_ref().map_or("", |rule| rule.code.as_str());
    Ok(CancelCost::settle(rule, proposed.cost, amount, &said.waive_reason)?)
}
