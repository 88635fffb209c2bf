//! Taking a payment back that was recorded wrongly.

use domain::{Act, Actor, Payment, PaymentId, PaymentMethod, PaymentRejection, Refusal, Version};
use store::rows::{OrderAllocations, OrderInvoices, OrderLines, OrderPayments};
use store::{Outcome, UnitOfWork};

use crate::order::{OrderState, load, settle};

/// Reverses a payment; what it paid is open again. Of a refund: what was paid back is on account again.
///
/// # Errors
/// `AlreadyReversed`, `OrderClosed`, `Refunded`; `stale`; `invalid` without a reason.
pub fn reverse(work: &mut UnitOfWork, by: &Actor, id: PaymentId, version: Option<Version>, reason: &str) -> Outcome<OrderState> {
    by.may(Act::ReversePayment)?;
    let mut payment = work.get::<Payment>(id)?;
    if payment.is_refund() {
        by.may(Act::RecordRefund)?;
    }
    if version.is_some_and(|v| v != payment.version) {
        return Err(Refusal::stale("payment").into());
    }
    if payment.method == PaymentMethod::Rebate {
        return Err(Refusal::from(PaymentRejection::OfRebate { number: payment.number.clone() }).into());
    }
    let owner = payment.order_id;
    work.want_of::<OrderLines>([owner]);
    work.want_of::<OrderInvoices>([owner]);
    work.want_of::<OrderAllocations>([owner]);
    work.want_of::<OrderPayments>([owner]);
    let mut order = load::order(work, owner, None)?;
    work.of::<OrderLines>(owner)?;
    let mut invoices = work.of::<OrderInvoices>(owner)?;
    let mut allocations = work.of::<OrderAllocations>(owner)?;
    let mut others = if payment.is_refund() { work.of::<OrderPayments>(owner)? } else { Vec::new() };
    others.retain(|other| other.id != id);

    let settled = if payment.is_refund() {
        let settled = order.reverse_refund(&mut payment, &mut others, &allocations, reason)?;
        allocations.clear();
        settled
    } else {
        allocations.retain(|allocation| allocation.payment_id == id);
        order.reverse_payment(&mut payment, &mut invoices, &mut allocations, reason)?
    };

    load::count(work, &order, settled.account, false)?;
    allocations.iter().for_each(|allocation| work.remove(allocation));
    work.save_changed(&mut invoices);
    work.save_changed(&mut others);
    work.save(&mut payment);
    work.record(by, settled.event);
    settle::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("payment", payment.id, &payment.number))
}
