//! The rule's grades taken over.

use domain::{Act, Actor, Company, Customer, CustomerGrade, CustomerId, Version};
use store::query::grade as query;
use store::{Failure, Outcome, UnitOfWork};

use super::{keep, known};
use crate::App;
use crate::saved::{Saved, on_version};

/// Gives a customer the grade that the rule says.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`CustomerGrade::apply`].
///
/// Source: PTY-02
pub fn apply(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::GradeCustomer)?;
    work.want::<CustomerGrade>([id]);
    let customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    give(work, by, id)?;
    let customer = work.get::<Customer>(id)?;
    Ok(Saved::new(id, customer.version, &customer.code))
}

/// Gives several customers the grades that the rule says, all of them or none; answers how many grades it gave.
///
/// # Errors
/// As [`apply`].
pub fn several(work: &mut UnitOfWork, by: &Actor, ids: &[CustomerId]) -> Outcome<i64> {
    by.may(Act::GradeCustomer)?;
    work.want::<Customer>(ids.iter().copied());
    work.want::<CustomerGrade>(ids.iter().copied());
    let mut given = 0;
    for id in ids {
        given += i64::from(give(work, by, *id)?);
    }
    Ok(given)
}

/// Gives all customers whose grade differs the grade that the rule says, batch by batch, but not those whose grade was set by hand.
///
/// # Errors
/// As [`apply`]; what was done until then is done.
pub async fn all(app: &App, by: &Actor) -> Result<i64, Failure> {
    by.may(Act::GradeCustomer).map_err(Failure::Refused)?;
    let (company, mut after, mut given) = (by.company_id, CustomerId::NONE, 0);
    loop {
        let ids = app.store.read(move |reader| query::differing(reader, company, after)).await?;
        let Some(last) = ids.last().copied() else { return Ok(given) };
        after = last;
        given += app.command(by, None, move |work, by| several(work, by, &ids)).await?;
    }
}

fn give(work: &mut UnitOfWork, by: &Actor, id: CustomerId) -> Outcome<bool> {
    let company = work.get::<Company>(work.company())?;
    let mut customer = work.get::<Customer>(id)?;
    let held = work.find::<CustomerGrade>(id)?;
    let mut kept = known(held.as_ref(), id);
    let Some(event) = kept.apply(&mut customer, (company.blueprint_no, company.currency), by, work.now())? else { return Ok(false) };

    keep(work, held, kept)?;
    work.save(&mut customer);
    work.record(by, event);
    Ok(true)
}
