//! Products: what is sold (CAT-01).

mod input;

pub mod activate;
pub mod create;
pub mod deactivate;
pub mod edit;

use domain::{Product, ProductId};
use store::rows::ProductByCode;
use store::{Held, Outcome, UnitOfWork};

pub use input::{ListPrice, ProductDetails, ProductInput, StandardCost};

/// The products with these ids or codes, each where it was asked; `None` where there is none. All are loaded at once.
///
/// A code that looks like an id is still found.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn by_id_or_code(work: &mut UnitOfWork, references: &[String]) -> Outcome<Vec<Option<Held<Product>>>> {
    let references: Vec<&str> = references.iter().map(|reference| reference.trim()).collect();
    let id = |reference: &str| reference.parse::<ProductId>().ok();
    work.want::<Product>(references.iter().filter_map(|reference| id(reference)));
    let codes = references.iter().filter(|reference| id(reference).is_none());
    work.want_of::<ProductByCode>(codes.map(|&code| code.to_owned()));
    let mut found = Vec::with_capacity(references.len());
    for reference in &references {
        found.push(match id(reference) {
            Some(id) => work.find::<Product>(id)?,
            None => None,
        });
    }
    let codes = references.iter().zip(&found).filter(|(_, product)| product.is_none());
    work.want_of::<ProductByCode>(codes.map(|(&code, _)| code.to_owned()));
    for (reference, product) in references.iter().zip(&mut found) {
        if product.is_none() {
            *product = work.one::<ProductByCode>((*reference).to_owned())?;
        }
    }
    Ok(found)
}
