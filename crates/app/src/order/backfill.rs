//! Bringing what was missing when a gate was overridden.

use domain::{Act, Actor, Order, Override, OverrideId, Refusal, Version};
use store::rows::{OrderLines, TasksByCause};
use store::{Outcome, UnitOfWork};

use super::gate;
use crate::saved::{Saved, on_version};

/// Takes what was owed for an override as brought: only when the gate would be open now. Whether it came late is remembered (KPI-05).
///
/// # Errors
/// `not-found`; `stale`; `NothingOwed`, `AlreadyBackfilled`; the gate itself, with what it still misses; `invalid` without a note.
///
/// Source: s0 14(2), KPI-05
pub fn backfill(work: &mut UnitOfWork, by: &Actor, id: OverrideId, version: Option<Version>, note: &str) -> Outcome<Saved> {
    by.may(Act::AddAttachment)?;
    let mut done = work.get::<Override>(id)?;
    on_version(version, done.version, "override")?;
    work.want_of::<OrderLines>([done.order_id]);
    let order = work.get::<Order>(done.order_id)?;
    let lines = work.of::<OrderLines>(done.order_id)?;
    let event = done.backfill(note, by, work.now())?;
    let refusal = gate::refusal(work, &order, &lines, done.verb, &done.gate)?;
    Refusal::unless_open(refusal.into_iter().collect())?;
    for mut task in work.of::<TasksByCause>(id.raw())? {
        if let Some(event) = task.settle(work.now()) {
            work.save(&mut task);
            work.record(by, event);
        }
    }
    work.save(&mut done);
    work.record(by, event);
    Ok(Saved::new(id, done.version, &done.order_number))
}
