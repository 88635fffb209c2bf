//! A line of a contract: a product at an agreed price, and, of a frame order, how much of it is agreed on.

use crate::id::{ContractId, ProductId};
use crate::product::Product;
use crate::quantity::Quantity;
use crate::unit_price::UnitPrice;

/// A price commitment, or a line of a frame order.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractLine {
    /// Key, with the number.
    pub contract_id: ContractId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What; a product stands in a contract once.
    pub product_id: ProductId,
    /// Code of the product when the line was written.
    pub product_code: String,
    /// Name of the product when the line was written.
    pub name: String,
    /// Specification of the product when the line was written.
    pub spec: String,
    /// Its base unit.
    pub unit: String,
    /// Agreed price of one base unit, as the contract's prices contain tax or not.
    pub unit_price_micro: UnitPrice,
    /// How much is agreed on, in the base unit; nothing where only the price is.
    pub quantity_micro: Option<Quantity>,
    /// Note.
    pub note: String,
}

/// What is said of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractLineTerms {
    /// Agreed price of one base unit.
    pub unit_price: UnitPrice,
    /// How much is agreed on.
    pub quantity: Option<Quantity>,
    /// Note.
    pub note: String,
}

impl ContractLine {
    /// A line for a product.
    pub fn of(contract_id: ContractId, line_no: i64, product: &Product, said: &ContractLineTerms) -> Self {
        Self {
            contract_id,
            line_no,
            product_id: product.id,
            product_code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone(),
            unit: product.unit.clone(),
            unit_price_micro: said.unit_price,
            quantity_micro: said.quantity,
            note: said.note.clone(),
        }
    }
}
