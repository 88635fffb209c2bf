//! The hours of one day.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{CalendarRule, WorkCalendar};
use crate::date::Date;
use crate::decimal::ParseError;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

/// Hours of a day, `09:00-12:00`; the end may be `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HourSpan {
    /// Minutes from midnight by the clock on the wall.
    pub(super) from: i32,
    /// Minutes from midnight, after `from`.
    pub(super) to: i32,
}

/// A day with hours of its own: mostly a weekend day that makes up for a bridged holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    /// Which.
    pub on: Date,
    /// Its hours.
    pub hours: Vec<HourSpan>,
}

/// The weekdays by name, Monday first, with their hours.
pub type Week<'a> = [(&'static str, &'a [HourSpan]); 7];

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A working day.
    Work,
    /// A weekday without hours.
    Rest,
    /// A holiday.
    Holiday,
    /// A make-up day.
    MakeUp,
}

impl DayKind {
    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Rest => "rest",
            Self::Holiday => "holiday",
            Self::MakeUp => "make_up",
        }
    }
}

fn minutes(text: &str) -> Option<i32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let all_digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(hours) || minutes.len() != 2 || !all_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}

impl HourSpan {
    /// Reads `09:00-12:00`.
    ///
    /// # Errors
    /// `calendar.no_hour_span` for anything else, also where it ends before it begins.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let error = ParseError::new("calendar.no_hour_span");
        let (from, to) = text.split_once('-').ok_or(error)?;
        let (from, to) = (minutes(from).ok_or(error)?, minutes(to).ok_or(error)?);
        if from < to { Ok(Self { from, to }) } else { Err(error) }
    }
}

impl fmt::Display for HourSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, self.to / 60, self.to % 60)
    }
}

impl Serialize for HourSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HourSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom(format!("“{text}” is no span of hours; write 09:00-12:00")))
    }
}

impl WorkCalendar {
    /// The weekdays, Monday first.
    pub fn week(&self) -> Week<'_> {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }

    /// The hours that count on a day; of a calendar around the clock there are none to tell.
    pub fn hours_on(&self, day: Date) -> &[HourSpan] {
        if let Some(made_up) = self.make_up.iter().find(|made_up| made_up.on == day) {
            return &made_up.hours;
        }
        if self.holidays.contains(&day) {
            return &[];
        }
        let weekday = usize::try_from(day.civil().weekday().to_monday_zero_offset()).unwrap_or_default();
        self.week()[weekday].1
    }

    /// What a day is.
    pub fn kind_of(&self, day: Date) -> DayKind {
        if self.make_up.iter().any(|made_up| made_up.on == day) {
            DayKind::MakeUp
        } else if self.holidays.contains(&day) {
            DayKind::Holiday
        } else if self.always || !self.hours_on(day).is_empty() {
            DayKind::Work
        } else {
            DayKind::Rest
        }
    }

    /// The week's hours on one line, for the audit trail: `1-5 09:00-12:00 13:00-18:00`.
    pub(super) fn week_shown(&self) -> String {
        if self.always {
            return "24 h".to_owned();
        }
        let mut parts: Vec<(usize, usize, &[HourSpan])> = Vec::new();
        for (place, (_, hours)) in self.week().into_iter().enumerate() {
            match parts.last_mut() {
                Some((_, to, known)) if *known == hours => *to = place + 1,
                _ => parts.push((place + 1, place + 1, hours)),
            }
        }
        let hours = |hours: &[HourSpan]| hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let part = |(from, to, spans): &(usize, usize, &[HourSpan])| match from == to {
            true => format!("{from} {}", hours(spans)),
            false => format!("{from}-{to} {}", hours(spans)),
        };
        parts.iter().filter(|(_, _, hours)| !hours.is_empty()).map(part).collect::<Vec<_>>().join("; ")
    }
}

/// Dates on one line.
pub(super) fn dates_shown<'a>(days: impl Iterator<Item = &'a Date>) -> String {
    days.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Make-up days on one line.
pub(super) fn make_up_shown(days: &[MakeUpDay]) -> String {
    let day = |day: &MakeUpDay| {
        let hours: Vec<String> = day.hours.iter().map(ToString::to_string).collect();
        format!("{} {}", day.on, hours.join(" "))
    };
    days.iter().map(day).collect::<Vec<_>>().join(", ")
}

/// Spans of one day come one after the other.
pub(super) fn check(check: &mut FieldCheck, hours: &[HourSpan], pointer: &str) {
    const MOST: usize = 12;
    check.that(hours.len() <= MOST, pointer, FieldRule::TooMany { max: 12 });
    for (place, pair) in hours.windows(2).enumerate() {
        if pair[1].from < pair[0].to {
            check.errors.push(FieldError::new(format!("{pointer}/{}", place + 1), CalendarRule::Overlapping));
        }
    }
}
