//! A new customer that somebody else has looked at.

use domain::{Act, Actor, Customer, CustomerId, CustomerVerification, UserId, VerifyCheck, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// Says that a customer is who it says it is: licence, phone and address were looked at by somebody else than who entered it.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`CustomerVerification::verify`].
///
/// Source: PTY-04
pub fn verify(
    work: &mut UnitOfWork,
    by: &Actor,
    id: CustomerId,
    expected: Option<Version>,
    (checks, note): (&[VerifyCheck], &str),
) -> Outcome<Saved> {
    by.may(Act::VerifyCustomer)?;
    work.want::<CustomerVerification>([id]);
    let mut customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    let held = work.find::<CustomerVerification>(id)?;
    let entry = held.as_ref().map(|held| (**held).clone());
    let mut entry = entry.unwrap_or_else(|| CustomerVerification::entered(id, UserId::NONE));
    let event = entry.verify(&mut customer, checks, note, by, work.now())?;

    match held {
        Some(mut held) => {
            *held = entry;
            work.save(&mut held);
        }
        None => {
            work.add(entry);
        }
    }
    work.save(&mut customer);
    work.record(by, event);
    Ok(Saved::new(id, customer.version, &customer.code))
}

/// A customer whose name or credit code changed is another one for who verified it: it is looked at again. One that was there before anybody was
/// verified stays as it is.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub(super) fn lapse(work: &mut UnitOfWork, by: &Actor, before: &Customer, customer: &mut Customer) -> Outcome<()> {
    let same = (&before.name, &before.credit_code) == (&customer.name, &customer.credit_code);
    if same || !before.verified {
        return Ok(());
    }
    if let Some(mut entry) = work.find::<CustomerVerification>(before.id)? {
        entry.lapse(by.user_id);
        work.save(&mut entry);
        customer.verified = false;
    }
    Ok(())
}
