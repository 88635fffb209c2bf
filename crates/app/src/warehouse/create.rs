//! A new warehouse.

use domain::{Act, Actor, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::input::{WarehouseInput, check};
use crate::saved::Saved;

/// Adds a warehouse.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &WarehouseInput) -> Outcome<Saved> {
    by.may(Act::EditWarehouse)?;
    let warehouse = input.warehouse(work.id(), Version::FIRST);
    Refusal::unless_valid(check(work, &warehouse)?)?;
    let held = work.add(warehouse);
    work.record(by, Event::of(EventKind::WarehouseCreated, "warehouse", held.id.raw(), &held.code).with("name", held.name.as_str()));
    Ok(Saved::new(held.id, held.version, &held.code))
}
