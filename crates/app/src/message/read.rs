//! What was said has been read.

use domain::{Act, Actor, CustomerId, Instant, MessageThread};
use store::{Outcome, UnitOfWork};

/// Somebody of the company has read what was said until `upto`; true: there was something new. Kept, but no event: it changes nothing for anybody.
///
/// # Errors
/// `denied` without `customer.view`; `not-found` where nothing was said yet.
///
/// Source: INT-07
pub fn read(work: &mut UnitOfWork, by: &Actor, customer: CustomerId, upto: Instant) -> Outcome<bool> {
    by.may(Act::ViewCustomer)?;
    note(work, customer, false, upto)
}

/// Somebody of the customer has.
///
/// # Errors
/// `not-found` where nothing was said yet.
///
/// Source: INT-07
pub fn read_as_customer(work: &mut UnitOfWork, by: &Actor, upto: Instant) -> Outcome<bool> {
    let customer = by.customer()?;
    note(work, customer, true, upto)
}

fn note(work: &mut UnitOfWork, customer: CustomerId, by_customer: bool, upto: Instant) -> Outcome<bool> {
    let mut thread = work.get::<MessageThread>(customer)?;
    let is_news = thread.mark_read(by_customer, upto);
    if is_news {
        work.save(&mut thread);
    }
    Ok(is_news)
}
