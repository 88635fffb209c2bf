//! Warehouses: where goods lie (INV-01).

mod input;

pub mod add_bin;
pub mod create;
pub mod edit;
pub mod edit_bin;

use domain::{Warehouse, WarehouseId};
use store::rows::{WarehouseByCode, Warehouses};
use store::{Held, Outcome, UnitOfWork};

pub use input::WarehouseInput;

/// The warehouse with this id or this code.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn by_id_or_code(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Warehouse>>> {
    let reference = reference.trim();
    if let Ok(id) = reference.parse::<WarehouseId>()
        && let Some(found) = work.find::<Warehouse>(id)?
    {
        return Ok(Some(found));
    }
    work.one::<WarehouseByCode>(reference.to_owned())
}

/// The warehouse of orders that name none: the oldest active one.
///
/// # Errors
/// Leaves when the warehouses are not loaded yet.
pub fn default(work: &mut UnitOfWork) -> Outcome<Option<Held<Warehouse>>> {
    work.one::<Warehouses>(true)
}
