//! Rebate agreements: written, approved, settled (PRC-06).

mod input;

pub mod approve;
pub mod create;
pub mod edit;
pub mod end;
pub mod propose;
pub mod settle;

use domain::{Company, Event, Moment, Rebate, RebateId, Version};
use store::{Held, Outcome, UnitOfWork};

pub use input::RebateInput;

use crate::order::draft;
use crate::saved::{Saved, on_version};

/// The agreement, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: RebateId, version: Option<Version>) -> Outcome<Held<Rebate>> {
    work.want::<Company>([work.company()]);
    let rebate = work.get::<Rebate>(id)?;
    on_version(version, rebate.version, "rebate")?;
    Ok(rebate)
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: draft::today(work, &company) })
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &domain::Actor, mut rebate: Held<Rebate>, event: Event) -> Saved {
    work.save(&mut rebate);
    work.record(by, event);
    Saved::new(rebate.id, rebate.version, &rebate.number)
}
