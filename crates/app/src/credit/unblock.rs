//! A customer that may buy again.

use domain::{Act, Actor, CreditBlock, CreditRejection, Customer, CustomerAccount, CustomerId, Event, EventKind, checked_reason};
use store::{Outcome, UnitOfWork};

use super::block;
use crate::order::load;
use crate::saved::Saved;

/// Lets a blocked customer buy again.
///
/// # Errors
/// `denied`, `not-found`; `credit.not_blocked`; `invalid` without a reason.
///
/// Source: CRD-01
pub fn unblock(work: &mut UnitOfWork, by: &Actor, id: CustomerId, reason: &str) -> Outcome<Saved> {
    by.may(Act::BlockCredit)?;
    work.want::<CustomerAccount>([id]);
    work.want::<CreditBlock>([id]);
    let customer = work.get::<Customer>(id)?;
    customer.not_merged()?;
    let account = load::account(work, id)?;
    if !account.is_blocked() {
        return Err(CreditRejection::NotBlocked.into());
    }
    let reason = checked_reason(reason)?;

    block::say(work, by, id, false, reason)?;
    work.record(by, Event::of(EventKind::CustomerUnblocked, "customer", id.raw(), &customer.code).because(reason));
    Ok(Saved::new(id, customer.version, &customer.code))
}
