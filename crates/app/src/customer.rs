//! Customers: who buys (PTY-01).

mod change;
pub(crate) mod credit;
mod input;
pub mod keys;

pub mod activate;
pub mod create;
pub mod deactivate;
pub mod edit;
pub mod follow;
pub mod merge;
pub mod tell_apart;
pub mod verify;

use domain::{Customer, CustomerId};
use store::rows::CustomerByCode;
use store::{Held, Outcome, UnitOfWork};

pub use input::CustomerInput;

/// The customer with this id or this code; a code that looks like an id is still found, and a file that was merged is the one it was merged into.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn by_id_or_code(work: &mut UnitOfWork, reference: &str) -> Outcome<Option<Held<Customer>>> {
    let reference = reference.trim();
    if let Ok(id) = reference.parse::<CustomerId>()
        && let Some(found) = work.find::<Customer>(id)?
    {
        return follow::current(work, found.id).map(Some);
    }
    match work.one::<CustomerByCode>(reference.to_owned())? {
        Some(found) => follow::current(work, found.id).map(Some),
        None => Ok(None),
    }
}
