//! A changed warehouse.

use domain::{Act, Actor, Event, EventKind, Refusal, Version, Warehouse, WarehouseId};
use store::{Outcome, UnitOfWork};

use super::input::{WarehouseInput, check};
use crate::saved::{Saved, on_version};

/// Makes a warehouse what `input` says. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-01, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: WarehouseId, expected: Option<Version>, input: &WarehouseInput) -> Outcome<Saved> {
    by.may(Act::EditWarehouse)?;
    let mut warehouse = work.get::<Warehouse>(id)?;
    on_version(expected, warehouse.version, "warehouse")?;
    let before = (*warehouse).clone();
    *warehouse = input.warehouse(id, before.version);
    Refusal::unless_valid(check(work, &warehouse)?)?;
    let changes = warehouse.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    work.save(&mut warehouse);
    work.record(by, Event::of(EventKind::WarehouseEdited, "warehouse", id.raw(), &warehouse.code).changing(changes));
    Ok(Saved::new(id, warehouse.version, &warehouse.code))
}
