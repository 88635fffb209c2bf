//! Giving the money of an order to its invoices.

use domain::Order;
use store::rows::{OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
use store::{Held, Outcome, UnitOfWork};

use super::load;

/// Gives payments on account to open invoices and derives the tracks; after every invoice, payment, voiding and reversal.
///
/// # Errors
/// Leaves when the papers of the order are not loaded yet.
///
/// Source: BIL-02
pub fn settle(work: &mut UnitOfWork, order: &mut Held<Order>) -> Outcome<()> {
    let id = order.id;
    work.want_of::<OrderPayments>([id]);
    work.want_of::<OrderInvoices>([id]);
    work.want_of::<OrderAllocations>([id]);
    let lines = work.of::<OrderLines>(id)?;
    let mut payments = work.of::<OrderPayments>(id)?;
    let mut invoices = work.of::<OrderInvoices>(id)?;
    let known = work.of::<OrderAllocations>(id)?;

    let (allocations, account) = order.settle(&mut payments, &mut invoices, &known);
    order.derive(&lines);

    load::count(work, order, account, false)?;
    for allocation in allocations {
        match known.iter().find(|k| k.payment_id == allocation.payment_id && k.invoice_id == allocation.invoice_id) {
            Some(held) => {
                let mut held = held.clone();
                *held = allocation;
                work.save(&mut held);
            }
            None => {
                work.add(allocation);
            }
        }
    }
    work.save_changed(&mut payments);
    work.save_changed(&mut invoices);
    Ok(())
}
