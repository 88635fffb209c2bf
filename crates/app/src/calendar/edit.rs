//! A changed calendar.

use domain::{Act, Actor, Calendar, Event, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::CalendarInput;
use crate::saved::{Saved, on_version};

/// Makes a calendar what `input` says; its code stays. Clocks that count by it are reckoned anew right after, see [`crate::clock::reckon`]:
/// they know by which version of it they were reckoned.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-03, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, expected: Option<Version>, input: &CalendarInput) -> Outcome<Saved> {
    by.may(Act::EditCalendar)?;
    let mut calendar = work.get::<Calendar>(input.code.clone())?;
    on_version(expected, calendar.version, "calendar")?;
    Refusal::unless_valid(input.check())?;
    let before = (*calendar).clone();
    *calendar = input.calendar(before.version);
    let changes = calendar.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(&before.code, before.version, &before.code));
    }
    work.save(&mut calendar);
    work.record(by, Event::of(EventKind::CalendarEdited, "calendar", 0, &calendar.code).changing(changes));
    Ok(Saved::new(&calendar.code, calendar.version, &calendar.code))
}
