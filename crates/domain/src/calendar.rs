//! Working calendars: which hours of which days count (TSK-03). The arithmetic is exact to the microsecond, also where a zone changes its clock.

mod day;
mod open;
mod reckon;

pub use day::{DayKind, HourSpan, MakeUpDay, Week};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::Version;
use crate::instant::zone_is_known;
use crate::names::Names;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// What is wrong with a calendar.
    CalendarRule {
        /// Nothing would ever fall due by it.
        NoWorkingTime => Invalid "calendar.no_working_time",
        /// Not of the form `09:00-12:00`.
        NoHourSpan => Invalid "calendar.no_hour_span",
        /// Begins before the one before it ends.
        Overlapping => Invalid "calendar.overlapping",
        /// A day is a holiday or a make-up day, not both.
        HolidayToo => Invalid "calendar.holiday_too",
    }
}

/// The hours that count. In a file it is the table `[calendar.<code>]`:
///
/// ```toml
/// zone = "Asia/Shanghai"              # left out: the company's
/// monday = ["09:00-12:00", "13:00-18:00"]
/// holidays = ["2026-10-01"]
/// make_up = [{ on = "2026-10-10", hours = ["09:00-18:00"] }]
/// # or, instead of hours:
/// always = true
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkCalendar {
    /// Zone of the hours; empty: the company's.
    pub zone: String,
    /// Around the clock, every day.
    pub always: bool,
    /// Hours on Mondays; none: it is no working day.
    pub monday: Vec<HourSpan>,
    /// Hours on Tuesdays.
    pub tuesday: Vec<HourSpan>,
    /// Hours on Wednesdays.
    pub wednesday: Vec<HourSpan>,
    /// Hours on Thursdays.
    pub thursday: Vec<HourSpan>,
    /// Hours on Fridays.
    pub friday: Vec<HourSpan>,
    /// Hours on Saturdays.
    pub saturday: Vec<HourSpan>,
    /// Hours on Sundays.
    pub sunday: Vec<HourSpan>,
    /// Days without work.
    pub holidays: BTreeSet<Date>,
    /// Days with hours of their own, whatever weekday they are.
    pub make_up: Vec<MakeUpDay>,
}

/// Holidays or make-up days of a calendar at the most.
const MAX_DAYS: usize = 2_000;

/// A company's calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Key.
    pub code: String,
    /// Raised by every change; clocks are reckoned again then.
    pub version: Version,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese.
    pub name_zh_tw: String,
    /// Name in English.
    pub name_en: String,
    /// The [`WorkCalendar`] as JSON.
    pub content: String,
}

impl WorkCalendar {
    /// Around the clock.
    pub fn always() -> Self {
        Self { always: true, ..Self::default() }
    }

    /// Monday to Friday with these hours.
    pub fn workdays(zone: &str, hours: &[HourSpan]) -> Self {
        let hours = || hours.to_vec();
        Self {
            zone: zone.to_owned(),
            monday: hours(),
            tuesday: hours(),
            wednesday: hours(),
            thursday: hours(),
            friday: hours(),
            ..Self::default()
        }
    }

    /// What is wrong with it, each at its field. Without any working time on a weekday nothing would ever fall due, so there must be some.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        let zone = || FieldRule::Unknown { value: self.zone.clone() };
        check.that_or(self.zone.is_empty() || zone_is_known(&self.zone), "/zone", zone);
        for (name, hours) in self.week() {
            day::check(&mut check, hours, &format!("/{name}"));
        }
        let max = i64::try_from(MAX_DAYS).unwrap_or(i64::MAX);
        check.that(self.holidays.len() <= MAX_DAYS, "/holidays", FieldRule::TooMany { max });
        check.that(self.make_up.len() <= MAX_DAYS, "/make_up", FieldRule::TooMany { max });
        let mut seen = BTreeSet::new();
        for (place, day) in self.make_up.iter().enumerate() {
            check.that(seen.insert(day.on), &format!("/make_up/{place}/on"), FieldRule::Repeated);
            if self.holidays.contains(&day.on) {
                check.errors.push(FieldError::new(format!("/make_up/{place}/on"), CalendarRule::HolidayToo));
            }
            check.that(!day.hours.is_empty(), &format!("/make_up/{place}/hours"), FieldRule::Required);
            day::check(&mut check, &day.hours, &format!("/make_up/{place}/hours"));
        }
        if !self.always && self.week().iter().all(|(_, hours)| hours.is_empty()) {
            check.errors.push(FieldError::new("/monday", CalendarRule::NoWorkingTime));
        }
        check.errors
    }

    /// As text for a row.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a calendar is plain data")
    }
}

impl Calendar {
    /// A new calendar.
    pub fn new(code: &str, names: Names, hours: &WorkCalendar) -> Self {
        let Names { zh_cn, zh_tw, en } = names;
        let content = hours.to_json();
        Self { code: code.to_owned(), version: Version::FIRST, name_zh_cn: zh_cn, name_zh_tw: zh_tw, name_en: en, content }
    }

    /// Its names.
    pub fn names(&self) -> Names {
        Names { zh_cn: self.name_zh_cn.clone(), zh_tw: self.name_zh_tw.clone(), en: self.name_en.clone() }
    }

    /// Its hours; around the clock where the row cannot be read.
    pub fn hours(&self) -> WorkCalendar {
        serde_json::from_str(&self.content).unwrap_or_else(|_| WorkCalendar::always())
    }

    /// What is wrong with it, each at its field. A company's calendar has a zone.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        self.names().check(&mut check, "/name");
        let hours = self.hours();
        check.that(!hours.zone.is_empty(), "/zone", FieldRule::Required);
        check.errors.extend(hours.check());
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |calendar| calendar.name_zh_cn.clone(),
            "name_zh_tw": |calendar| calendar.name_zh_tw.clone(),
            "name_en": |calendar| calendar.name_en.clone(),
            "time_zone": |calendar| calendar.hours().zone,
            "working_hours": |calendar| calendar.hours().week_shown(),
            "holidays": |calendar| day::dates_shown(calendar.hours().holidays.iter()),
            "make_up_days": |calendar| day::make_up_shown(&calendar.hours().make_up),
        )
    }
}

/// The calendars a company starts with: `office`, Monday to Friday from 9 to 12 and 13 to 18, and `always`, around the clock.
///
/// Source: TSK-03
pub fn standard_calendars(zone: &str) -> Vec<Calendar> {
    let hours = |text: &str| HourSpan::parse(text).expect("a span of hours");
    let office = WorkCalendar::workdays(zone, &[hours("09:00-12:00"), hours("13:00-18:00")]);
    let always = WorkCalendar { zone: zone.to_owned(), ..WorkCalendar::always() };
    let named = |code: &str, work: &WorkCalendar| Calendar::new(code, Names::of_text(&format!("calendar.name.{code}")), work);
    vec![named("always", &always), named("office", &office)]
}

#[cfg(test)]
mod tests;
