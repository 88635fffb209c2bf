//! What was promised is done.

use domain::{Act, Actor, ClockId, ClockRejection, EventKind, FieldRule, OrderId, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::{open, pause};
use crate::saved::Saved;

/// Ends a clock that no event ends: the customer was answered, told, reminded.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `clock.already_stopped`, `clock.stops_by_itself`; `invalid` for a note that is too long.
///
/// Source: INT-06, TSK-03
pub fn stop(work: &mut UnitOfWork, by: &Actor, order: OrderId, id: ClockId, version: Option<Version>, note: &str) -> Outcome<Saved> {
    by.may(Act::StopClock)?;
    let mut clock = open(work, order, id, version)?;
    if !clock.terms().stops_by_hand {
        return Err(ClockRejection::StopsByItself.into());
    }
    if note.chars().count() > 500 {
        return Err(Refusal::field("/note", FieldRule::TooLong { max: 500 }).into());
    }

    clock.stop(work.now())?;

    work.save(&mut clock);
    work.record(by, pause::event(EventKind::ClockStopped, &clock).because(note.trim()));
    Ok(Saved::new(id, clock.version, &clock.code))
}
