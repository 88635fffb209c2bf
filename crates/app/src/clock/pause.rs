//! Waiting for the customer: time that does not count.

use domain::{Act, Actor, Clock, ClockId, Event, EventKind, OrderId, Version, checked_reason};
use store::{Outcome, UnitOfWork};

use super::open;
use crate::calendar;
use crate::saved::Saved;

/// Pauses a clock of an order.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `clock.already_paused`, `clock.already_stopped`; `invalid` without a reason.
///
/// Source: TSK-03
pub fn pause(work: &mut UnitOfWork, by: &Actor, order: OrderId, id: ClockId, version: Option<Version>, reason: &str) -> Outcome<Saved> {
    by.may(Act::PauseClock)?;
    let mut clock = open(work, order, id, version)?;
    let reason = checked_reason(reason)?;
    let (hours, _) = calendar::hours(work, &clock.calendar)?;

    clock.pause(&hours, work.now(), by.user_id, reason)?;

    work.save(&mut clock);
    work.record(by, event(EventKind::ClockPaused, &clock).because(reason));
    Ok(Saved::new(id, clock.version, &clock.code))
}

/// Lets a paused clock go on: it is due as much later as it was paused.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `clock.not_paused`, `clock.already_stopped`.
///
/// Source: TSK-03
pub fn resume(work: &mut UnitOfWork, by: &Actor, order: OrderId, id: ClockId, version: Option<Version>) -> Outcome<Saved> {
    by.may(Act::PauseClock)?;
    let mut clock = open(work, order, id, version)?;
    let (hours, reckoned_by) = calendar::hours(work, &clock.calendar)?;

    clock.resume(&hours, work.now())?;

    clock.calendar_version = reckoned_by;
    work.save(&mut clock);
    work.record(by, event(EventKind::ClockResumed, &clock).with("due_at", clock.due_at));
    Ok(Saved::new(id, clock.version, &clock.code))
}

/// Something that a person did with a clock.
pub(super) fn event(kind: EventKind, clock: &Clock) -> Event {
    let event = Event::of(kind, &clock.subject_kind, clock.subject_id, &clock.subject_number);
    event.with("clock", clock.terms().name).with("clock_id", clock.id.to_string()).with("code", clock.code.as_str())
}
