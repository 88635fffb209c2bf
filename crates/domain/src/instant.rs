//! Points in time.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::date::Date;
use crate::decimal::ParseError;

/// A point in time in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// In microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// `instant.not_an_instant`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        match text.parse::<jiff::Timestamp>() {
            Ok(timestamp) => Ok(Self(timestamp.as_microsecond())),
            Err(_) => Err(ParseError::new("instant.not_an_instant")),
        }
    }

    pub(crate) fn timestamp(self) -> jiff::Timestamp {
        let bounds = (jiff::Timestamp::MIN.as_microsecond(), jiff::Timestamp::MAX.as_microsecond());
        jiff::Timestamp::from_microsecond(self.0.clamp(bounds.0, bounds.1)).expect("clamped to what a timestamp holds")
    }

    /// So many seconds later, or earlier when negative.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Seconds from this instant to the other, negative when the other is earlier.
    pub const fn seconds_until(self, other: Self) -> i64 {
        other.0.saturating_sub(self.0) / 1_000_000
    }

    /// The calendar date in a zone: an IANA name (`Asia/Shanghai`), `UTC`, or a fixed offset (`+08:00`).
    ///
    /// `None` when the zone is not known here.
    pub fn date_in(self, zone: &str) -> Option<Date> {
        let zone = zone_of(zone)?;
        Date::from_civil(self.timestamp().to_zoned(zone).date())
    }

    /// Date and time of day in a zone, `2026-11-21 18:03`, for documents and exports.
    ///
    /// `None` when the zone is not known here.
    pub fn shown_in(self, zone: &str) -> Option<String> {
        let local = self.timestamp().to_zoned(zone_of(zone)?);
        Some(format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute()))
    }

    /// The beginning of a date in a zone; of an unknown zone, in UTC.
    pub fn start_of_in(date: Date, zone: &str) -> Self {
        let local = date.civil().to_datetime(jiff::civil::Time::midnight());
        let found = zone_of(zone).and_then(|zone| local.to_zoned(zone).ok());
        found.map_or_else(|| Self::start_of(date), |at| Self(at.timestamp().as_microsecond()))
    }

    /// The date in a zone and the minutes since its midnight by the clock on the wall; of an unknown zone, in UTC.
    pub fn local_in(self, zone: &str) -> (Date, i64) {
        let zone = zone_of(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let local = self.timestamp().to_zoned(zone);
        let date = Date::from_civil(local.date()).unwrap_or_else(|| EPOCH.with(|epoch| *epoch));
        (date, i64::from(local.hour()) * 60 + i64::from(local.minute()))
    }

    /// The instant at which the clock on the wall shows these minutes after midnight of a date; where it never does, as much later as it
    /// was moved; of an unknown zone, in UTC.
    pub fn at_local(date: Date, minute: i64, zone: &str) -> Self {
        let (hour, minute) = (i8::try_from(minute / 60).unwrap_or(0), i8::try_from(minute % 60).unwrap_or(0));
        let time = jiff::civil::Time::new(hour, minute, 0, 0).unwrap_or(jiff::civil::Time::midnight());
        let zone = zone_of(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let local = date.civil().to_datetime(time).to_zoned(zone);
        local.map_or_else(|_| Self::start_of(date), |at| Self(at.timestamp().as_microsecond()))
    }

    /// Midnight UTC at the beginning of a date.
    pub fn start_of(date: Date) -> Self {
        let days = EPOCH.with(|epoch| epoch.days_until(date));
        Self(days * 86_400_000_000)
    }
}

thread_local! {
    static EPOCH: Date = Date::parse("1970-01-01").expect("the epoch is a date");
}

/// Whether dates can be told in this zone.
pub fn zone_is_known(zone: &str) -> bool {
    zone_of(zone).is_some()
}

pub(crate) fn zone_of(zone: &str) -> Option<jiff::tz::TimeZone> {
    if let Some(seconds) = fixed_offset(zone) {
        return jiff::tz::Offset::from_seconds(seconds).ok().map(jiff::tz::TimeZone::fixed);
    }
    jiff::tz::TimeZone::get(zone).ok()
}

/// Seconds of `+08:00` or of a zone that never changes its clock, so that these work without a zone database.
fn fixed_offset(zone: &str) -> Option<i32> {
    match zone {
        "UTC" | "Z" => return Some(0),
        "Asia/Shanghai" | "Asia/Taipei" | "Asia/Hong_Kong" | "Asia/Singapore" => {
            return Some(8 * 3600);
        }
        _ => {}
    }
    let (sign, rest) = match zone.as_bytes().first()? {
        b'+' => (1, &zone[1..]),
        b'-' => (-1, &zone[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sane = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    sane.then_some(sign * (hours * 3600 + minutes * 60))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_rfc_3339_and_reads_it() {
        let at = Instant::parse("2026-11-21T10:03:00.25Z").unwrap();
        assert_eq!(at.to_string(), "2026-11-21T10:03:00.25Z");
        assert_eq!(Instant::parse("2026-11-21T18:03:00.25+08:00").unwrap(), at);
        assert_eq!(Instant::parse("2026-11-21").unwrap_err().code, "instant.not_an_instant");
    }

    #[test]
    fn the_date_depends_on_the_zone() {
        let at = Instant::parse("2026-11-21T17:00:00Z").unwrap();
        let check = |zone: &str, date: &str| assert_eq!(at.date_in(zone).unwrap().as_str(), date, "{zone}");
        check("UTC", "2026-11-21");
        check("Asia/Shanghai", "2026-11-22");
        check("+06:30", "2026-11-21");
        check("-11:00", "2026-11-21");
        assert_eq!(at.date_in("Middle/Nowhere"), None);
        assert_eq!(at.shown_in("+08:00").unwrap(), "2026-11-22 01:00");
        assert_eq!(Instant::start_of(Date::parse("2026-11-21").unwrap()).to_string(), "2026-11-21T00:00:00Z");
    }
}
