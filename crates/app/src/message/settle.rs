//! What waited needs no answer.

use domain::{Act, Actor, Customer, CustomerId, Event, EventKind, MessageThread};
use store::{Outcome, UnitOfWork};

use crate::saved::Saved;

/// What a customer said needs no answer here: it was told otherwise, or nothing was asked.
///
/// # Errors
/// `denied` without `message.write`; `not-found`; `message.nothing_waits`.
///
/// Source: INT-07
pub fn settle(work: &mut UnitOfWork, by: &Actor, customer: CustomerId) -> Outcome<Saved> {
    by.may(Act::WriteMessage)?;
    let buyer = work.get::<Customer>(customer)?;
    let mut thread = work.get::<MessageThread>(customer)?;
    thread.settle(work.now())?;
    work.save(&mut thread);
    work.record(by, Event::of(EventKind::MessagesSettled, "customer", customer.raw(), &buyer.code).with("customer", buyer.name.as_str()));
    Ok(Saved::new(customer, thread.version, &buyer.code))
}
