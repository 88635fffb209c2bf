//! Reading an order for a step, and writing what the step changed.

use domain::{AccountDelta, CustomerAccount, CustomerId, Order, OrderId, Refusal, Version};
use store::{Held, Outcome, UnitOfWork};

/// The order, at the version the caller saw.
///
/// # Errors
/// `not-found`; `stale` where it has changed since.
pub fn order(work: &mut UnitOfWork, id: OrderId, version: Option<Version>) -> Outcome<Held<Order>> {
    let order = work.get::<Order>(id)?;
    if version.is_some_and(|v| v != order.version) {
        return Err(Refusal::stale("order").into());
    }
    Ok(order)
}

/// The customer's account; every customer has one, and that of a file that was merged is the account of the other one.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn account(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<CustomerAccount> {
    let account = own_account(work, customer)?;
    if account.merged_into.is_none() { Ok(account) } else { own_account(work, account.merged_into) }
}

fn own_account(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<CustomerAccount> {
    Ok(match work.find::<CustomerAccount>(customer)? {
        Some(held) => (*held).clone(),
        None => {
            let account = CustomerAccount::new(customer, None);
            work.add(account.clone());
            account
        }
    })
}

/// Counts a step on the customer's account. With `claim`, the credit limit must hold afterwards, whoever else orders at the same time.
///
/// # Errors
/// Gate `order.over_credit_limit`.
pub fn count(work: &mut UnitOfWork, order: &Order, delta: AccountDelta, claim: bool) -> Outcome<()> {
    if delta.is_zero() {
        return Ok(());
    }
    let account = account(work, order.customer_id)?;
    // Released, days of grace and blocked are not a step's to change.
    let deltas = [0, delta.open_orders.minor(), delta.open_invoices.minor(), delta.unallocated.minor()];
    if work.count::<CustomerAccount>(account.customer_id, &deltas, claim)? {
        return Ok(());
    }
    let gates = account.credit_gate(delta.exposure(), order.currency).into_iter().collect();
    Err(Refusal::gates(gates).into())
}
