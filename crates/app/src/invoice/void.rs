//! Voiding an invoice.

use domain::{Act, Actor, Invoice, InvoiceId, InvoiceRejection, Refusal, Version};
use store::rows::{ClosedRebates, InvoiceLines, OrderAllocations, OrderLines, OrderPayments};
use store::{Outcome, UnitOfWork};

use crate::order::{OrderState, load, settle};

/// Voids an invoice; what it billed can be billed again, what paid it is on account again.
///
/// # Errors
/// `AlreadyVoid`, `OrderClosed`; `stale`; `invalid` without a reason.
pub fn void(work: &mut UnitOfWork, by: &Actor, id: InvoiceId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::VoidInvoice)?;
    work.want_of::<InvoiceLines>([id]);
    let mut invoice = work.get::<Invoice>(id)?;
    if version.is_some_and(|v| v != invoice.version) {
        return Err(Refusal::stale("invoice").into());
    }
    let owner = invoice.order_id;
    work.want_of::<OrderLines>([owner]);
    work.want_of::<OrderPayments>([owner]);
    work.want_of::<OrderAllocations>([owner]);
    work.want_of::<ClosedRebates>([invoice.customer_id]);
    let mut order = load::order(work, owner, None)?;
    if let Some(rebate) = work.of::<ClosedRebates>(invoice.customer_id)?.iter().find(|rebate| rebate.rests_on(id)) {
        let (number, rebate) = (invoice.number.clone(), rebate.number.clone());
        return Err(Refusal::from(InvoiceRejection::Rebated { number, rebate }).into());
    }
    let mut lines = work.of::<OrderLines>(owner)?;
    let billed = work.of::<InvoiceLines>(id)?;
    let mut payments = work.of::<OrderPayments>(owner)?;
    let mut allocations = work.of::<OrderAllocations>(owner)?;
    allocations.retain(|allocation| allocation.invoice_id == id);

    let settled = order.void_invoice(&mut lines, &mut invoice, &billed, &mut payments, &mut allocations, reason)?;

    load::count(work, &order, settled.account, false)?;
    allocations.iter().for_each(|allocation| work.remove(allocation));
    work.save_changed(&mut payments);
    work.save_changed(&mut lines);
    work.save(&mut invoice);
    work.record(by, settled.event);
    settle::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("invoice", invoice.id, &invoice.number))
}
