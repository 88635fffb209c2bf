//! A grade set by hand, refused or taken back.

use domain::{Act, Actor, Customer, CustomerGrade, CustomerId, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, known};
use crate::saved::{Saved, on_version};

/// Leaves a customer the grade it has; who proposed the other one may take it back so.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`CustomerGrade::refuse`].
///
/// Source: PTY-02
pub fn refuse(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>, reason: &str) -> Outcome<Saved> {
    by.may(Act::ViewCustomer)?;
    work.want::<CustomerGrade>([id]);
    let customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    let held = work.find::<CustomerGrade>(id)?;
    let mut kept = known(held.as_ref(), id);
    let event = kept.refuse(&customer, reason, by)?;

    keep(work, held, kept)?;
    work.record(by, event);
    Ok(Saved::new(id, customer.version, &customer.code))
}
