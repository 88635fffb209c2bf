//! Working calendars of the company (TSK-03). The people who set up the company know its holidays; none are built in.

mod input;

pub mod create;
pub mod edit;

use domain::{Calendar, Version, WorkCalendar};
use store::{Outcome, UnitOfWork};

pub use input::CalendarInput;

/// The hours of the calendar with this code and the version they are of; around the clock for none, and for one that is not there.
///
/// # Errors
/// Leaves when it is not loaded yet.
pub fn hours(work: &mut UnitOfWork, code: &str) -> Outcome<(WorkCalendar, Version)> {
    let around = || (WorkCalendar::always(), Version::default());
    if code.is_empty() {
        return Ok(around());
    }
    let found = work.find::<Calendar>(code.to_owned())?;
    Ok(found.map_or_else(around, |calendar| (calendar.hours(), calendar.version)))
}
