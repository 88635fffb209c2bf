//! A customer that may order again.

use domain::{Act, Actor, Customer, CustomerId, CustomerRejection, Event, EventKind, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Lets a customer order again.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `customer.already_active`.
///
/// Source: PTY-01
pub fn activate(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    let mut customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    customer.not_merged()?;
    if customer.active {
        return Err(CustomerRejection::AlreadyActive.into());
    }
    customer.active = true;
    work.save(&mut customer);
    work.record(by, Event::of(EventKind::CustomerActivated, "customer", id.raw(), &customer.code));
    Ok(Saved::new(id, customer.version, &customer.code))
}
