//! Calendar dates.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::decimal::ParseError;

/// A calendar date without a zone, ISO 8601 (`2026-11-21`), kept as its ten ASCII bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date([u8; 10]);

impl Date {
    /// Reads `2026-11-21`.
    ///
    /// # Errors
    /// `date.not_a_date` for anything else, also for days the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let error = ParseError::new("date.not_a_date");
        let bytes = <[u8; 10]>::try_from(text.as_bytes()).map_err(|_| error)?;
        let shaped = bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let real = shaped && text.parse::<jiff::civil::Date>().is_ok();
        if real { Ok(Self(bytes)) } else { Err(error) }
    }

    /// This day; `None` where the calendar has no such day in the years 0 to 9999.
    pub fn of(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().and_then(Self::from_civil)
    }

    pub(crate) fn from_civil(date: jiff::civil::Date) -> Option<Self> {
        Self::parse(&date.to_string()).ok()
    }

    pub(crate) fn civil(self) -> jiff::civil::Date {
        self.as_str().parse().expect("a date was checked when it was made")
    }

    /// The ten characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a date is ASCII")
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.civil().month()
    }

    /// The day of the month.
    pub fn day(self) -> i8 {
        self.civil().day()
    }

    /// So many days later (or earlier); stays at the end of the calendar rather than leave it.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let moved = self.civil().saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000)));
        Self::from_civil(moved).unwrap_or(self)
    }

    /// Days from this date to the other, negative when the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.civil().duration_since(self.civil()).as_hours() / 24
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_the_calendar_has() {
        let check = |text: &str, good: bool| assert_eq!(Date::parse(text).is_ok(), good, "{text}");
        check("2026-11-21", true);
        check("2024-02-29", true);
        check("2023-02-29", false);
        check("2026-1-1", false);
        check("尽快", false);
        check("2026/11/21", false);
        check("20261121", false);
        check("-026-11-21", false);
    }

    #[test]
    fn counts_days() {
        let day = Date::of(2024, 2, 28).unwrap();
        assert_eq!(day.plus_days(2).as_str(), "2024-03-01");
        assert_eq!(day.plus_days(-59).as_str(), "2023-12-31");
        assert_eq!(day.days_until(day.plus_days(400)), 400);
        assert_eq!(day.days_until(day.plus_days(-3)), -3);
    }
}
