//! Bins: places within a warehouse.

use crate::event::{Change, changes};
use crate::id::{BinId, Version, WarehouseId};
use crate::refusal::FieldError;
use crate::rule::FieldCheck;

/// A place within a warehouse: an aisle, a shelf, a floor area.
///
/// Source: INV-01
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Key.
    pub id: BinId,
    /// Raised by every change.
    pub version: Version,
    /// In which warehouse.
    pub warehouse_id: WarehouseId,
    /// Code on its label, unique in the warehouse.
    pub code: String,
    /// What it is, in words.
    pub name: String,
    /// Whether goods may be put there.
    pub active: bool,
}

impl Bin {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.optional(&self.name, 100, "/name");
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |bin| bin.code.clone(),
            "name": |bin| bin.name.clone(),
            "active": |bin| bin.active,
        )
    }
}
