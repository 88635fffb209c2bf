//! Billing what was shipped.

use domain::{
    Act, Actor, Company, Customer, Date, InvoiceInput, InvoiceKind, InvoiceRejection, Numbered, Order, OrderId, Part, Refusal, Verb,
    Version,
};
use store::rows::{ClosedRebates, InvoiceLines, OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
use store::{Outcome, UnitOfWork};

use super::{OrderState, draft, gate, load, settle};
use crate::number;

/// What is to be billed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// Kind.
    pub kind: InvoiceKind,
    /// Day of issue; today where left out.
    pub issued_on: Option<Date>,
    /// Last day to pay; by the customer's terms where left out.
    pub due_on: Option<Date>,
    /// How much of which line; everything shipped and not billed where left out.
    pub parts: Option<Vec<Part>>,
}

/// Bills part of what was shipped or all of it; money on account pays it at once.
///
/// # Errors
/// `NotEffective`, `Held`, `NothingToInvoice`; `stale`; `invalid` for quantities above what is unbilled.
///
/// Source: BIL-01
pub fn invoice(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Bill) -> Outcome<OrderState> {
    by.may(Act::InvoiceOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<OrderInvoices>([id]);
    work.want_of::<OrderPayments>([id]);
    work.want_of::<OrderAllocations>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    work.want_of::<ClosedRebates>([order.customer_id]);
    let customer = work.get::<Customer>(order.customer_id)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let earlier = work.of::<OrderInvoices>(id)?;
    work.want_of::<InvoiceLines>(earlier.iter().map(|invoice| invoice.id));
    let mut earlier_lines = Vec::new();
    for invoice in &earlier {
        earlier_lines.extend(work.of::<InvoiceLines>(invoice.id)?);
    }
    gate::pass(work, &order, &lines, Verb::Invoice)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    let number = number::draw(work, Numbered::Invoice, &company, today)?;
    let issued_on = said.issued_on.unwrap_or(today);
    into_open_period(work, &order, issued_on)?;
    let due_on = said.due_on.unwrap_or_else(|| issued_on.plus_days(customer.terms_days.max(0)));
    let input = InvoiceInput { id: work.id(), number: &number, kind: said.kind, issued_on, due_on, today, parts: said.parts.as_deref() };

    let billed = order.invoice(&mut lines, &earlier, &earlier_lines, &input, by, work.now())?;

    load::count(work, &order, billed.account, false)?;
    work.save_changed(&mut lines);
    work.fresh::<InvoiceLines>(billed.invoice.id);
    billed.lines.into_iter().for_each(|line| {
        work.add(line);
    });
    let made = work.add(billed.invoice);
    work.record(by, billed.event);
    settle::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("invoice", made.id, &made.number))
}

/// Nothing is invoiced into a period whose rebate is reckoned (PRC-06).
fn into_open_period(work: &mut UnitOfWork, order: &Order, day: Date) -> Outcome<()> {
    let closed = work.of::<ClosedRebates>(order.customer_id)?;
    match closed.iter().find(|rebate| rebate.is_closed_for(day, order.currency)) {
        None => Ok(()),
        Some(rebate) => {
            let why = InvoiceRejection::RebateClosed { rebate: rebate.number.clone(), until: rebate.valid_to };
            Err(Refusal::field("/issued_on", why).into())
        }
    }
}
