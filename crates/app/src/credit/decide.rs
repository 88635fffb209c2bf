//! What credit says about a step of an order.

use domain::{AccountDelta, Company, CreditBlock, CreditFacts, CustomerAccount, CustomerId, Date, GateRefusal, Order, Refusal, Verb};
use store::rows::{CustomerDue, CustomerOpenInvoices, OpenReleases};
use store::{Outcome, UnitOfWork};

use super::end_release;
use crate::order::{draft, load};

/// The customer's account as a decision about this order sees it: what has run out is taken back first, and what is released for other orders
/// does not count.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub(crate) fn account(work: &mut UnitOfWork, order: &Order) -> Outcome<CustomerAccount> {
    let account = load::account(work, order.customer_id)?;
    if account.released_minor.is_zero() {
        return Ok(account);
    }
    end_release::take_back_due(work, account.customer_id)?;
    let account = load::account(work, account.customer_id)?;
    let releases = work.of::<OpenReleases>(account.customer_id)?;
    let seen = account.seen_by(order.id, releases.iter().map(|release| &**release), work.now());
    if seen.released_minor != account.released_minor {
        // The database's guard knows only the sum; what is another order's is decided here, on figures that must still hold at the commit.
        work.pin::<CustomerAccount>(account.customer_id)?;
    }
    Ok(seen)
}

/// Refuses the step while the customer is blocked.
///
/// # Errors
/// Gate `customer.blocked`.
pub(crate) fn not_blocked(work: &mut UnitOfWork, customer: CustomerId) -> Outcome<()> {
    let account = load::account(work, customer)?;
    let reason = blocked_because(work, &account)?;
    Ok(Refusal::unless_open(account.block_gate(&reason).into_iter().collect())?)
}

/// The account that approving an order is decided on; refuses while the customer is blocked. An order that is not to be approved is refused by
/// the step itself.
///
/// # Errors
/// Gate `customer.blocked`.
pub(crate) fn to_approve(work: &mut UnitOfWork, order: &Order) -> Outcome<CustomerAccount> {
    if order.may_move(Verb::Approve).is_ok() {
        not_blocked(work, order.customer_id)?;
    }
    account(work, order)
}

/// Why goods may not leave: gates `customer.blocked` and `order.ship.credit`, see [`CreditFacts::ship_gates`].
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: CRD-01
pub(crate) fn to_ship(work: &mut UnitOfWork, order: &Order, company: &Company, adds: AccountDelta) -> Outcome<Vec<GateRefusal>> {
    let account = account(work, order)?;
    let blocked_because = blocked_because(work, &account)?;
    let due_on = due_on(work, &account)?;
    let facts = CreditFacts { account: &account, blocked_because: &blocked_because, due_on, today: draft::today(work, company) };
    Ok(facts.ship_gates(adds.exposure(), order.currency))
}

fn blocked_because(work: &mut UnitOfWork, account: &CustomerAccount) -> Outcome<String> {
    if !account.is_blocked() {
        return Ok(String::new());
    }
    Ok(work.find::<CreditBlock>(account.customer_id)?.map(|block| block.reason.clone()).unwrap_or_default())
}

/// Due date of the customer's oldest open invoice: one entry of an index, unless this batch has changed invoices.
fn due_on(work: &mut UnitOfWork, account: &CustomerAccount) -> Outcome<Option<Date>> {
    if !account.open_invoices_minor.is_positive() {
        return Ok(None);
    }
    if work.has_changed::<domain::Invoice>() {
        let open = work.of::<CustomerOpenInvoices>(account.customer_id)?;
        return Ok(open.iter().map(|invoice| invoice.due_on).min());
    }
    Ok(work.find::<CustomerDue>(account.customer_id)?.and_then(|due| due.due_on))
}
