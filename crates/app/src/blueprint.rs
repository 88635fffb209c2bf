//! The rules of the company: versions of its blueprint, one file a verb.

use std::sync::Arc;

use domain::{Blueprint, Company, KeptBlueprint, standard_blueprint};
use store::{Outcome, UnitOfWork};

pub mod activate;
pub mod create;
pub mod discard;
pub mod edit;
pub mod patch;
pub mod replay;

/// The rules with this number; 0: those that come with the product.
///
/// # Errors
/// Leaves when they are not loaded yet; refused where there are none.
pub fn numbered(work: &mut UnitOfWork, number: i64) -> Outcome<Arc<Blueprint>> {
    if number == 0 {
        return Ok(standard_blueprint());
    }
    let kept = work.get::<KeptBlueprint>(number)?;
    // What is in force was checked when it was activated.
    Ok(kept.content.blueprint().unwrap_or_else(|_| standard_blueprint()))
}

/// The rules that new orders are made under.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn in_force(work: &mut UnitOfWork) -> Outcome<Arc<Blueprint>> {
    let number = work.get::<Company>(work.company())?.blueprint_no;
    numbered(work, number)
}
