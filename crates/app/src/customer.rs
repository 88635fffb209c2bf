//! Customers: who buys (PTY-01).

mod change;
pub(crate) mod credit;
mod input;
pub mod keys;

pub mod activate;
pub mod create;
pub mod deactivate;
pub mod edit;
pub mod tell_apart;

use domain::{Customer, CustomerId};
use store::rows::CustomerByCode;
use store::{Held, Outcome, UnitOfWork};

pub use input::CustomerInput;

/// The customer with this id or this code; a code that looks like an id is still found.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn by_id_or_code(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Customer>>> {
    let reference = reference.trim();
    if let Ok(id) = reference.parse::<CustomerId>()
        && let Some(found) = work.find::<Customer>(id)?
    {
        return Ok(Some(found));
    }
    work.one::<CustomerByCode>(reference.to_owned())
}
