//! A customer to whom nothing more is sold.

use domain::{Act, Actor, CreditBlock, CreditRejection, Customer, CustomerAccount, CustomerId, Event, EventKind, Version, checked_reason};
use store::{Outcome, UnitOfWork};

use crate::order::load;
use crate::saved::Saved;

/// Blocks a customer: none of its orders is submitted, approved or shipped until it is unblocked.
///
/// # Errors
/// `denied`, `not-found`; `credit.already_blocked`; `invalid` without a reason.
///
/// Source: CRD-01
pub fn block(work: &mut UnitOfWork, by: &Actor, id: CustomerId, reason: &str) -> Outcome<Saved> {
    by.may(Act::BlockCredit)?;
    work.want::<CustomerAccount>([id]);
    work.want::<CreditBlock>([id]);
    let customer = work.get::<Customer>(id)?;
    customer.not_merged()?;
    let account = load::account(work, id)?;
    if account.is_blocked() {
        return Err(CreditRejection::AlreadyBlocked.into());
    }
    let reason = checked_reason(reason)?;

    say(work, by, id, true, reason)?;
    work.record(by, Event::of(EventKind::CustomerBlocked, "customer", id.raw(), &customer.code).because(reason));
    Ok(Saved::new(id, customer.version, &customer.code))
}

/// Writes whether a customer is blocked, and counts it where credit is claimed.
pub(super) fn say(work: &mut UnitOfWork, by: &Actor, id: CustomerId, blocked: bool, reason: &str) -> Outcome<()> {
    let (changed_by, changed_at, reason) = (by.user_id, work.now(), reason.to_owned());
    match work.find::<CreditBlock>(id)? {
        Some(mut held) => {
            *held = CreditBlock { customer_id: id, version: held.version, blocked, reason, changed_by, changed_at };
            work.save(&mut held);
        }
        None => {
            work.add(CreditBlock { customer_id: id, version: Version::FIRST, blocked, reason, changed_by, changed_at });
        }
    }
    let delta = if blocked { 1 } else { -1 };
    if work.count::<CustomerAccount>(id, &[0, 0, 0, 0, 0, 0, delta], false)? {
        return Ok(());
    }
    Err(if blocked { CreditRejection::AlreadyBlocked } else { CreditRejection::NotBlocked }.into())
}
