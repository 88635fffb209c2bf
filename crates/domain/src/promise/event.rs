//! What supplies and what demands a product, each with where it comes from.

use crate::codes::codes;
use crate::date::Date;
use crate::quantity::Quantity;

codes! {
    /// What brings goods.
    SupplyKind in "promise.supply" {
        /// What lies in the warehouse.
        Stock = "stock",
        /// An open purchase order.
        Receipt = "receipt",
        /// An open production order.
        Production = "production",
        /// On the way from another warehouse.
        Transfer = "transfer",
        /// Not ordered yet: it would be made or bought.
        Plan = "plan",
    }
}

codes! {
    /// What takes goods.
    DemandKind in "promise.demand" {
        /// A confirmed schedule line of an order.
        Order = "order",
        /// Stock that is reserved.
        Reserved = "reserved",
        /// Held for another group of customers.
        Quota = "quota",
        /// Goes to another warehouse.
        Transfer = "transfer",
    }
}

/// Where a supply comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SupplySource {
    /// What brings it.
    pub kind: SupplyKind,
    /// Id of the document or lot; 0: none, as stock that is not told apart.
    pub id: i64,
    /// Its number, or empty.
    pub number: String,
}

impl SupplySource {
    /// Stock that is not told apart.
    pub const STOCK: Self = Self { kind: SupplyKind::Stock, id: 0, number: String::new() };
    /// What would be made or bought.
    pub const PLAN: Self = Self { kind: SupplyKind::Plan, id: 0, number: String::new() };
}

/// So much comes on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// Where it comes from; tells it apart from the others of its timeline.
    pub source: SupplySource,
    /// First day it can be used. What is past counts from today on if it is stock, else from tomorrow on: it has not come.
    pub on: Date,
    /// How much, in base units, above zero.
    pub quantity: Quantity,
    /// Last day it can be used; none: it keeps.
    pub expires_on: Option<Date>,
}

/// Who takes: one line of one document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DemandSource {
    /// What takes.
    pub kind: DemandKind,
    /// Id of the order or other document.
    pub id: i64,
    /// Its line, from 1; 0: the whole.
    pub line_no: i64,
    /// Its number.
    pub number: String,
}

/// So much leaves on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Who takes it.
    pub source: DemandSource,
    /// Day the goods must be there. What is past counts today.
    pub on: Date,
    /// How much, in base units, above zero.
    pub quantity: Quantity,
    /// Days it must keep after that day; counts only where supply expires.
    pub fresh_days: i64,
}
