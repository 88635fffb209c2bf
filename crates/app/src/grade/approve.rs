//! A grade set by hand, approved.

use domain::{Act, Actor, Customer, CustomerGrade, CustomerId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, known};
use crate::saved::{Saved, on_version};

/// Gives a customer the grade that somebody else proposed.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`CustomerGrade::approve`].
///
/// Source: PTY-02
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>, note: &str) -> Outcome<Saved> {
    by.may(Act::GradeCustomer)?;
    work.want::<CustomerGrade>([id]);
    let mut customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    let held = work.find::<CustomerGrade>(id)?;
    let mut kept = known(held.as_ref(), id);
    let event = kept.approve(&mut customer, note, by, work.now())?;

    keep(work, held, kept)?;
    work.save(&mut customer);
    work.record(by, event);
    Ok(Saved::new(id, customer.version, &customer.code))
}
