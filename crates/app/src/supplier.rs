//! Suppliers: from whom goods are bought, and what they supply at which prices and times (PUR-01).

mod input;

pub mod create;
pub mod edit;

use domain::{Supplier, SupplierId};
use store::rows::SupplierByCode;
use store::{Held, Outcome, UnitOfWork};

pub use input::{SuppliedInput, SupplierInput};

/// The supplier with this id or this code.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn by_id_or_code(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Supplier>>> {
    let reference = reference.trim();
    if let Ok(id) = reference.parse::<SupplierId>()
        && let Some(found) = work.find::<Supplier>(id)?
    {
        return Ok(Some(found));
    }
    work.one::<SupplierByCode>(reference.to_owned())
}
