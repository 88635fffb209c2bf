//! Whose days promises count, as the company says it.

use std::collections::BTreeSet;

use domain::promise::{PromiseDays, SaidDays};
use domain::{Act, Actor, Calendar, Change, Company, Customer, Event, EventKind, FieldError, Kept, Refusal, Version, Warehouse};
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::saved::{Saved, on_version};

/// Keeps whose days count; version 0 stands for a company that has said nothing yet. What customers were told before stays.
///
/// # Errors
/// `denied`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: PRM-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, said: &SaidDays) -> Outcome<Saved> {
    by.may(Act::EditCompany)?;
    work.want::<Warehouse>(said.warehouses.iter().map(|one| one.warehouse_id));
    work.want::<Customer>(said.customers.iter().map(|one| one.customer_id));
    work.want::<Calendar>(said.calendars().into_iter().map(|(_, code)| code.to_owned()));
    let held = work.find::<PromiseDays>(1)?;
    let company = work.get::<Company>(work.company())?;
    let mut errors = said.check();
    errors.extend(not_there(work, said)?);
    Refusal::unless_valid(errors)?;
    let before = held.as_ref().map(|held| (*held.said).clone()).unwrap_or_default();
    let changes = changes(&before, said);
    let version = match held {
        Some(mut held) => {
            on_version(expected, held.version, "promise_days")?;
            if changes.is_empty() {
                return Ok(Saved::new(1, held.version, ""));
            }
            held.said = Kept::of(said.clone());
            work.save(&mut held);
            held.version
        }
        None => {
            on_version(expected, Version::from_raw(0), "promise_days")?;
            work.add(PromiseDays { number: 1, version: Version::FIRST, said: Kept::of(said.clone()) }).version
        }
    };
    work.record(by, Event::of(EventKind::CompanyEdited, "company", company.id.raw(), &company.code).changing(changes));
    Ok(Saved::new(1, version, ""))
}

fn not_there(work: &mut UnitOfWork, said: &SaidDays) -> Outcome<Vec<FieldError>> {
    let mut errors = Vec::new();
    for (pointer, code) in said.calendars() {
        if work.find::<Calendar>(code.to_owned())?.is_none() {
            errors.push(unknown(pointer, code));
        }
    }
    for (place, one) in said.warehouses.iter().enumerate() {
        if work.find::<Warehouse>(one.warehouse_id)?.is_none() {
            errors.push(unknown(format!("/warehouses/{place}/warehouse_id"), &one.warehouse_id.to_string()));
        }
    }
    for (place, one) in said.customers.iter().enumerate() {
        if work.find::<Customer>(one.customer_id)?.is_none() {
            errors.push(unknown(format!("/customers/{place}/customer_id"), &one.customer_id.to_string()));
        }
    }
    Ok(errors)
}

/// What is said otherwise than before: the calendars, and of how many warehouses and customers something is said or changed.
fn changes(before: &SaidDays, after: &SaidDays) -> Vec<Change> {
    let mut changes: Vec<Change> =
        Change::between("promise_calendar", before.calendar.as_str(), after.calendar.as_str()).into_iter().collect();
    changes.extend(Change::between("carrier_calendar", before.carrier_calendar.as_str(), after.carrier_calendar.as_str()));
    let ids: BTreeSet<_> = before.warehouses.iter().chain(&after.warehouses).map(|one| one.warehouse_id).collect();
    for id in ids {
        let of = |days: &SaidDays| {
            let found = days.warehouses.iter().find(|one| one.warehouse_id == id);
            found.map_or_else(String::new, |one| format!("{id}: {} + {}", one.handling_days, one.transit_days))
        };
        changes.extend(Change::between("warehouse_days", of(before), of(after)));
    }
    let ids: BTreeSet<_> = before.customers.iter().chain(&after.customers).map(|one| one.customer_id).collect();
    for id in ids {
        let of = |days: &SaidDays| {
            let found = days.customers.iter().find(|one| one.customer_id == id);
            found.map_or_else(String::new, |one| {
                let transit = one.transit_days.map_or_else(String::new, |days| format!(" {days}"));
                format!("{id}: {}{transit}", one.calendar)
            })
        };
        changes.extend(Change::between("customer_days", of(before), of(after)));
    }
    changes
}
