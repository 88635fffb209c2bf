//! What is said of a warehouse.

use domain::{FieldError, Version, Warehouse, WarehouseId};
use store::rows::WarehouseByCode;
use store::{Outcome, UnitOfWork};

use crate::field::taken;

/// A warehouse, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarehouseInput {
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether new orders may use it.
    pub active: bool,
}

impl WarehouseInput {
    pub(crate) fn warehouse(&self, id: WarehouseId, version: Version) -> Warehouse {
        let text = |text: &String| text.trim().to_owned();
        Warehouse { id, version, code: text(&self.code), name: text(&self.name), address: text(&self.address), active: self.active }
    }
}

/// What is wrong with a warehouse, also beside other warehouses.
pub(crate) fn check(work: &mut UnitOfWork, warehouse: &Warehouse) -> Outcome<Vec<FieldError>> {
    let mut errors = warehouse.check();
    let other = work.one::<WarehouseByCode>(warehouse.code.clone())?;
    if other.is_some_and(|other| other.id != warehouse.id) {
        errors.push(taken("/code", &warehouse.code));
    }
    Ok(errors)
}
