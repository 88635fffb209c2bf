//! Money paid back for an order.

use domain::{Act, Actor, Company, Numbered, OrderId, PaymentInput, Refusal, Verb, Version};
use store::rows::{OrderLines, OrderPayments};
use store::{Outcome, UnitOfWork};

use super::record_payment::{self, Receipt};
use super::{OrderState, close, draft, gate, input, load, settle};
use crate::{exchange_rate, number};

/// Records money that was paid back: a payment below zero, up to what is due. An order that has nothing left to do then closes.
///
/// # Errors
/// `NotRefundable`, `NothingToRefund`; `stale`; `invalid` for an amount above what is due.
///
/// Source: CHG-04
pub fn record_refund(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Receipt) -> Outcome<OrderState> {
    by.may(Act::RecordRefund)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderPayments>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    order.check_refund()?;
    let paid_on = said.paid_on.unwrap_or(today);
    if order.currency != company.currency {
        exchange_rate::want(work, order.currency, paid_on);
    }
    let lines = work.of::<OrderLines>(id)?;
    let mut payments = work.of::<OrderPayments>(id)?;
    gate::pass(work, &order, &lines, Verb::RecordRefund)?;
    let amount = input::money(said.amount, order.currency, "/amount").map_err(|error| Refusal::invalid(vec![error]))?;
    record_payment::own_currency(&order, said)?;
    let exchange_rate = record_payment::rate(work, &order, &company, paid_on, said.exchange_rate)?;
    let number = number::draw(work, Numbered::Payment, &company, today)?;
    let (id, method, reference, note) = (work.id(), said.method, said.reference.as_str(), said.note.as_str());
    let input = PaymentInput { id, number: &number, amount, method, paid_on, exchange_rate, reference, note };

    let (refund, settled) = order.record_refund(&mut payments, &input, by, work.now(), today)?;

    load::count(work, &order, settled.account, false)?;
    work.save_changed(&mut payments);
    let made = work.add(refund);
    work.record(by, settled.event);
    settle::settle(work, &mut order)?;
    let mut lines = work.of::<OrderLines>(order.id)?;
    close::by_itself(work, by, &mut order, &mut lines)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("payment", made.id, &made.number))
}
