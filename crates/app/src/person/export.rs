//! Everything that is kept of a person, told at their wish.

use domain::{Act, Actor, Customer, CustomerId, Event, EventKind};
use store::{Outcome, UnitOfWork};

/// Records that what is kept of a person was taken out; the event does not say of whom.
///
/// # Errors
/// `denied`, `not-found`.
///
/// Source: PTY-05
pub fn export(work: &mut UnitOfWork, by: &Actor, id: CustomerId, format: &str) -> Outcome<()> {
    by.may(Act::ManagePerson)?;
    let customer = work.get::<Customer>(id)?;
    work.record(by, Event::of(EventKind::PersonExported, "customer", id.raw(), &customer.code).with("format", format));
    Ok(())
}
