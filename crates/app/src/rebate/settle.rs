//! Approving the settlement of a rebate agreement: what was agreed on becomes money on account of the customer's orders.

use domain::{
    Act, Actor, Company, Invoice, InvoiceStatus, Money, Numbered, Order, OrderId, PaymentInput, PaymentMethod, Rebate, RebateCredit,
    RebateId, RebateInvoice, RebateRejection, Refusal, Version,
};
use store::rows::{OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
use store::{Outcome, UnitOfWork};

use super::{keep, load, moment};
use crate::order::{load as order, settle as allocation};
use crate::saved::Saved;
use crate::{exchange_rate, number};

/// Approves a settlement and credits the orders it names, in their turn, each up to what it has open; the customer is paid the rest by the remittance
/// `reference` where that was proposed.
///
/// `now` is what counts at the moment. Nothing is invoiced into the period since it was proposed, and the invoices are held until this is written,
/// so that none is voided meanwhile.
///
/// # Errors
/// `denied`, `not-found`, `stale`, `WrongState`, `OwnProposal`, `Changed`, `NoRoom`; `invalid` without a remittance where the customer is paid.
///
/// Source: PRC-06, CRD-01
pub fn settle(
    work: &mut UnitOfWork,
    by: &Actor,
    id: RebateId,
    version: Option<Version>,
    now: &[RebateInvoice],
    reference: &str,
) -> Outcome<Saved> {
    by.may(Act::SettleRebate)?;
    work.want::<Invoice>(now.iter().map(|one| one.invoice_id));
    let mut rebate = load(work, id, version)?;
    let at = moment(work)?;
    rebate.check_settle(now, by, at)?;
    hold(work, &rebate, now)?;
    let orders = rebate.settlement.orders.clone();
    want(work, &orders);
    if work.get::<Company>(work.company())?.currency != rebate.currency {
        exchange_rate::want(work, rebate.currency, at.today);
    }
    let mut left = rebate.settlement.amount;
    let mut credits = Vec::new();
    for owner in orders {
        if let Some(credit) = credit(work, by, &rebate, owner, left)? {
            left -= credit.amount;
            credits.push(credit);
        }
    }
    let event = rebate.settle(credits, reference, by, at)?;
    Ok(keep(work, by, rebate, event))
}

/// Holds the invoices it rests on: whoever voids one meanwhile, or has, is in its way.
fn hold(work: &mut UnitOfWork, rebate: &Rebate, now: &[RebateInvoice]) -> Outcome<()> {
    let (amount, currency) = (rebate.settlement.amount, rebate.currency);
    for one in now {
        let mut invoice = work.get::<Invoice>(one.invoice_id)?;
        if invoice.status == InvoiceStatus::Void {
            return Err(Refusal::from(RebateRejection::Changed { before: (amount, currency), now: (Money::ZERO, currency) }).into());
        }
        work.save(&mut invoice);
    }
    Ok(())
}

fn want(work: &mut UnitOfWork, orders: &[OrderId]) {
    work.want::<Order>(orders.iter().copied());
    work.want_of::<OrderLines>(orders.iter().copied());
    work.want_of::<OrderInvoices>(orders.iter().copied());
    work.want_of::<OrderPayments>(orders.iter().copied());
    work.want_of::<OrderAllocations>(orders.iter().copied());
}

/// Credits one order with at most `left`; nothing where it has nothing open.
fn credit(work: &mut UnitOfWork, by: &Actor, rebate: &Rebate, owner: OrderId, left: Money) -> Outcome<Option<RebateCredit>> {
    let company = work.get::<Company>(work.company())?;
    let at = moment(work)?;
    let mut order = order::order(work, owner, None)?;
    let part = left.min(order.open());
    if !part.is_positive() || order.check_payment().is_err() {
        return Ok(None);
    }
    let rate = if rebate.currency == company.currency { None } else { exchange_rate::on(work, rebate.currency, at.today)? };
    let drawn = number::draw(work, Numbered::Payment, &company, at.today)?;
    let input = PaymentInput {
        id: work.id(),
        number: &drawn,
        amount: part,
        method: PaymentMethod::Rebate,
        paid_on: at.today,
        exchange_rate: rate,
        reference: &rebate.number,
        note: "",
    };
    let (payment, settled) = order.record_payment(&input, by, at.now, at.today)?;
    order::count(work, &order, settled.account, false)?;
    let made = work.add(payment);
    work.record(by, settled.event);
    allocation::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(Some(RebateCredit { order_id: owner, payment_id: made.id, payment: made.number.clone(), amount: part }))
}
