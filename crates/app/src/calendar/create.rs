//! A new calendar.

use domain::{Act, Actor, Calendar, Event, EventKind, FieldRule, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::CalendarInput;
use crate::saved::Saved;

/// Adds a calendar.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: TSK-03
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &CalendarInput) -> Outcome<Saved> {
    by.may(Act::EditCalendar)?;
    Refusal::unless_valid(input.check())?;
    let calendar = input.calendar(Version::FIRST);
    if work.find::<Calendar>(calendar.code.clone())?.is_some() {
        return Err(Refusal::field("/code", FieldRule::Taken { value: calendar.code }).into());
    }
    let held = work.add(calendar);
    work.record(by, Event::of(EventKind::CalendarCreated, "calendar", 0, &held.code).with("name", held.name_zh_cn.as_str()));
    Ok(Saved::new(&held.code, held.version, &held.code))
}
