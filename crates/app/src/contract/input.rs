//! What a person or a program says of a contract. References are ids or codes.

use domain::{
    Contract, ContractId, ContractLine, ContractLineTerms, ContractTerms, Customer, FieldError, FieldRule, Quantity, Refusal, UnitPrice,
};
use store::{Held, Outcome, UnitOfWork};

use crate::{customer, product};

/// A contract as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractSent {
    /// With whom.
    pub customer: String,
    /// Everything but the lines.
    pub terms: ContractTerms,
    /// Price commitments and frame lines.
    pub lines: Vec<ContractLineSent>,
}

/// A line as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractLineSent {
    /// What.
    pub product: String,
    /// Agreed price of one base unit.
    pub unit_price: UnitPrice,
    /// How much is agreed on, in `unit`; nothing: only the price is.
    pub quantity: Option<Quantity>,
    /// Unit of the quantity: empty or the base unit of the product, or a further one it is sold in.
    pub unit: String,
    /// Note.
    pub note: String,
}

/// What the input names, looked up.
pub(super) struct Named {
    pub customer: Held<Customer>,
    pub lines: Vec<ContractLine>,
}

/// Looks up what the input names.
///
/// # Errors
/// `invalid` with every unknown reference at its field.
pub(super) fn named(work: &mut UnitOfWork, id: ContractId, sent: &ContractSent) -> Outcome<Named> {
    let codes: Vec<String> = sent.lines.iter().map(|line| line.product.clone()).collect();
    let products = product::by_id_or_code(work, &codes);
    let customer = customer::by_id_or_code(work, &sent.customer)?;
    let products = products?;
    let mut errors = Vec::new();
    let mut lines = Vec::with_capacity(sent.lines.len());
    for (place, (product, said)) in products.iter().zip(&sent.lines).enumerate() {
        let Some(product) = product else {
            errors.push(FieldError::new(format!("/lines/{place}/product_id"), FieldRule::Unknown { value: said.product.clone() }));
            continue;
        };
        let quantity = said.quantity.map(|quantity| product.said(quantity, &said.unit).map(|said| said.base)).transpose();
        match quantity {
            Ok(quantity) => {
                let terms = ContractLineTerms { unit_price: said.unit_price, quantity, note: said.note.clone() };
                let line_no = i64::try_from(place).unwrap_or(i64::MAX - 1) + 1;
                lines.push(ContractLine::of(id, line_no, product, &terms));
            }
            Err(reason) => errors.push(FieldError::new(format!("/lines/{place}/quantity"), reason)),
        }
    }
    let Some(customer) = customer else {
        errors.insert(0, FieldError::new("/customer_id", FieldRule::Unknown { value: sent.customer.clone() }));
        return Err(Refusal::invalid(errors).into());
    };
    Refusal::unless_valid(errors)?;
    Ok(Named { customer, lines })
}

/// Refuses what is wrong with a contract as it is written.
///
/// # Errors
/// `invalid` with everything at its field.
pub(super) fn check(contract: &Contract, lines: &[ContractLine]) -> Result<(), Refusal> {
    Refusal::unless_valid(contract.check(&lines.iter().collect::<Vec<_>>()))
}
