//! A customer that may not order any more.

use domain::{Act, Actor, Customer, CustomerId, CustomerRejection, Event, EventKind, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Keeps new orders of a customer from being submitted; what is under way goes on.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `customer.already_inactive`.
///
/// Source: PTY-01
pub fn deactivate(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    let mut customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    customer.not_merged()?;
    if !customer.active {
        return Err(CustomerRejection::AlreadyInactive.into());
    }
    customer.active = false;
    work.save(&mut customer);
    work.record(by, Event::of(EventKind::CustomerDeactivated, "customer", id.raw(), &customer.code));
    Ok(Saved::new(id, customer.version, &customer.code))
}
