//! Billing what was shipped.

use domain::{Act, Actor, Company, Customer, Date, InvoiceInput, InvoiceKind, Numbered, OrderId, Part, Verb, Version};
use store::rows::{InvoiceLines, OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
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
