//! Giving the money of an order to its invoices.

use domain::{Invoice, Order, Payment};
use store::rows::{OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
use store::{Held, Outcome, Row, UnitOfWork};

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
    let (payments_before, invoices_before) = (plain::<Payment>(&payments), plain::<Invoice>(&invoices));

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
    save_changed(work, &payments_before, &mut payments);
    save_changed(work, &invoices_before, &mut invoices);
    Ok(())
}

/// What rows were before a step.
pub fn plain<R: Row>(rows: &[Held<R>]) -> Vec<R> {
    rows.iter().map(|row| (**row).clone()).collect()
}

/// Writes the rows that differ from how they were.
pub fn save_changed<R: Row + PartialEq>(work: &mut UnitOfWork, before: &[R], rows: &mut [Held<R>]) {
    for (old, row) in before.iter().zip(rows) {
        if *old != **row {
            work.save(row);
        }
    }
}
