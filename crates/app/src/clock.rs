//! Clocks: time limits of orders (TSK-03, INT-06). What happens starts, pauses and stops them (`follow.rs`); time makes them warn, breach and
//! escalate (`fire.rs`); people promise answers and wait for customers.

pub mod fire;
mod follow;
pub mod pause;
pub mod reckon;
pub mod start;
pub mod stop;

use std::sync::{Arc, LazyLock};

use domain::{Clock, ClockId, ClockRejection, ClockRule, Company, CompanyId, OrderId, Refusal, Version};
use store::{Fault, Held, Outcome, Reader, UnitOfWork};

pub use follow::FOLLOWER;

use crate::blueprint;
use crate::saved::on_version;

/// Rules of clocks.
pub type ClockRules = Arc<Vec<ClockRule>>;

static STANDARD: LazyLock<ClockRules> = LazyLock::new(|| Arc::new(domain::standard_clocks()));

/// The rules in force. Running clocks go on by the rule they were started under.
///
/// # Errors
/// Leaves when they are not loaded yet.
pub fn rules(work: &mut UnitOfWork) -> Outcome<ClockRules> {
    Ok(blueprint::in_force(work)?.clocks.clone().unwrap_or_else(|| STANDARD.clone()))
}

/// The rules in force, for screens.
///
/// # Errors
/// Any fault of the database.
pub fn rules_of(reader: &Reader<'_>, company: CompanyId) -> Result<ClockRules, Fault> {
    let number = reader.get::<Company>(company, company)?.map_or(0, |company| company.blueprint_no);
    let rules = store::query::order::rules(reader, company, number)?;
    Ok(rules.clocks.clone().unwrap_or_else(|| STANDARD.clone()))
}

/// The open clock of an order, at the version the caller saw.
fn open(work: &mut UnitOfWork, order: OrderId, id: ClockId, version: Option<Version>) -> Outcome<Held<Clock>> {
    let clock = work.get::<Clock>(id)?;
    if clock.subject_id != order.raw() {
        return Err(Refusal::not_found("clock").into());
    }
    on_version(version, clock.version, "clock")?;
    if clock.is_open() { Ok(clock) } else { Err(ClockRejection::AlreadyStopped.into()) }
}
