//! What is said of a warehouse.

use domain::{FieldError, Kept, Version, Warehouse, WarehouseId};
use store::rows::WarehouseByCode;
use store::{Outcome, UnitOfWork};

use crate::field::{taken, unknown};

/// A warehouse, as it is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarehouseInput {
    /// Code, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether new orders may use it.
    pub active: bool,
    /// Where its orders' goods come from as far as it has too few itself, in this order.
    pub also_from: Vec<WarehouseId>,
}

impl WarehouseInput {
    pub(crate) fn warehouse(&self, id: WarehouseId, version: Version) -> Warehouse {
        let text = |text: &String| text.trim().to_owned();
        Warehouse {
            id,
            version,
            code: text(&self.code),
            name: text(&self.name),
            address: text(&self.address),
            active: self.active,
            also_from: Kept::of(self.also_from.clone()),
        }
    }
}

/// What is wrong with a warehouse, also beside other warehouses.
pub(crate) fn check(work: &mut UnitOfWork, warehouse: &Warehouse) -> Outcome<Vec<FieldError>> {
    let mut errors = warehouse.check();
    let other = work.one::<WarehouseByCode>(warehouse.code.clone())?;
    if other.is_some_and(|other| other.id != warehouse.id) {
        errors.push(taken("/code", &warehouse.code));
    }
    work.want::<Warehouse>(warehouse.also_from.iter().copied());
    for (place, id) in warehouse.also_from.iter().enumerate() {
        if *id != warehouse.id && work.find::<Warehouse>(*id)?.is_none() {
            errors.push(unknown(format!("/also_from/{place}"), &id.to_string()));
        }
    }
    Ok(errors)
}
