//! A new supplier.

use domain::{Act, Actor, EventKind, Version};
use store::rows::SupplierProducts;
use store::{Outcome, UnitOfWork};

use super::SupplierInput;
use crate::saved::Saved;

/// Adds a supplier with what it supplies.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PUR-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &SupplierInput) -> Outcome<Saved> {
    by.may(Act::EditSupplier)?;
    let (id, now) = (work.id(), work.now());
    let read = input.read(work, id, Version::FIRST, now)?;
    work.fresh::<SupplierProducts>(id);
    let event = read.supplier.event(EventKind::SupplierCreated).with("products", read.products.len());
    let held = work.add(read.supplier);
    for product in read.products {
        work.add(product);
    }
    work.record(by, event);
    Ok(Saved::new(held.id, held.version, &held.code))
}
