//! A grade set by hand, before somebody else has approved it.

use domain::{Act, Actor, Customer, CustomerGrade, CustomerId, Grade, Version};
use store::{Outcome, UnitOfWork};

use super::{keep, known};
use crate::saved::{Saved, on_version};

/// Proposes another grade for a customer; the grade it has holds until somebody else approves.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`CustomerGrade::propose`].
///
/// Source: PTY-02
pub fn propose(
    work: &mut UnitOfWork,
    by: &Actor,
    id: CustomerId,
    expected: Option<Version>,
    (grade, reason): (Grade, &str),
) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    work.want::<CustomerGrade>([id]);
    let customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    let held = work.find::<CustomerGrade>(id)?;
    let mut kept = known(held.as_ref(), id);
    let event = kept.propose(&customer, (grade, reason), by, work.now())?;

    keep(work, held, kept)?;
    work.record(by, event);
    Ok(Saved::new(id, customer.version, &customer.code))
}
