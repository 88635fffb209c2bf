//! A new bin of a warehouse.

use domain::{Act, Actor, Bin, Event, EventKind, FieldError, Refusal, Version, Warehouse, WarehouseId};
use store::rows::Bins;
use store::{Outcome, UnitOfWork};

use crate::field::taken;
use crate::saved::Saved;

/// A bin, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinInput {
    /// Code on its label, unique in the warehouse.
    pub code: String,
    /// What it is, in words.
    pub name: String,
    /// Whether goods may be put there.
    pub active: bool,
}

/// Adds a bin to a warehouse.
///
/// # Errors
/// `denied`, `not-found`; `invalid` with everything that is wrong at its field.
///
/// Source: INV-01
pub fn add_bin(work: &mut UnitOfWork, by: &Actor, warehouse: WarehouseId, input: &BinInput) -> Outcome<Saved> {
    by.may(Act::EditWarehouse)?;
    let warehouse = work.get::<Warehouse>(warehouse)?;
    let bin = Bin {
        id: work.id(),
        version: Version::FIRST,
        warehouse_id: warehouse.id,
        code: input.code.trim().to_owned(),
        name: input.name.trim().to_owned(),
        active: input.active,
    };
    Refusal::unless_valid(check(work, &bin)?)?;
    let bin = work.add(bin);
    work.record(by, Event::of(EventKind::BinCreated, "bin", bin.id.raw(), &bin.code).with("warehouse", warehouse.name.as_str()));
    Ok(Saved::new(bin.id, bin.version, &bin.code))
}

/// What is wrong with a bin, also beside the other bins of its warehouse.
pub(super) fn check(work: &mut UnitOfWork, bin: &Bin) -> Outcome<Vec<FieldError>> {
    let mut errors = bin.check();
    if work.of::<Bins>(bin.warehouse_id)?.iter().any(|other| other.code == bin.code && other.id != bin.id) {
        errors.push(taken("/code", &bin.code));
    }
    Ok(errors)
}
