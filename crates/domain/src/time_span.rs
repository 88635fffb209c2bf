//! Lengths of time as people write them: `2h`, `30m`, `1d12h`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::decimal::ParseError;

/// A length of time in microseconds, never negative. Written as days, hours, minutes and seconds, the greatest first, each with its letter: `3d`,
/// `2h`, `30m`, `1d12h`, `45s`. A day is 24 hours of the time that is counted: of every hour by a calendar around the clock, of working hours
/// by one that has them, so that `8h` and not `1d` is what a working day of eight hours is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeSpan(i64);

const UNITS: [(char, i64); 4] = [('d', 86_400_000_000), ('h', 3_600_000_000), ('m', 60_000_000), ('s', 1_000_000)];

impl TimeSpan {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// The longest that can be written: ten years of 366 days.
    pub const MAX: Self = Self(3660 * 86_400_000_000);

    /// From microseconds; nothing where they are negative.
    pub const fn from_micros(micros: i64) -> Self {
        Self(if micros > 0 { micros } else { 0 })
    }

    /// From minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self::from_micros(minutes.saturating_mul(60_000_000))
    }

    /// In microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whether there is none.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This and the other.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This without the other; nothing where the other is longer.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self::from_micros(self.0.saturating_sub(other.0))
    }

    /// Reads `1d12h`.
    ///
    /// # Errors
    /// `time_span.malformed` for anything else, and for more than ten years.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let error = ParseError::new("time_span.malformed");
        let (mut rest, mut sum, mut units) = (text.trim(), 0_i64, UNITS.iter());
        if rest.is_empty() {
            return Err(error);
        }
        while !rest.is_empty() {
            let digits = rest.find(|letter: char| !letter.is_ascii_digit()).filter(|digits| (1..=9).contains(digits)).ok_or(error)?;
            let number: i64 = rest[..digits].parse().map_err(|_| error)?;
            let letter = rest[digits..].chars().next().ok_or(error)?;
            // Units come from the greatest down, each once.
            let (_, size) = units.find(|(unit, _)| *unit == letter).ok_or(error)?;
            sum = number.checked_mul(*size).and_then(|part| sum.checked_add(part)).ok_or(error)?;
            rest = &rest[digits + 1..];
        }
        if sum > Self::MAX.0 { Err(error) } else { Ok(Self(sum)) }
    }
}

impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0 / 1_000_000 * 1_000_000;
        if rest == 0 {
            return f.write_str("0m");
        }
        for (unit, size) in UNITS {
            if rest >= size {
                write!(f, "{}{unit}", rest / size)?;
                rest %= size;
            }
        }
        Ok(())
    }
}

impl Serialize for TimeSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || de::Error::custom(format!("“{text}” is no length of time; write 2h, 30m, 3d or 1d12h"));
        Self::parse(&text).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_written() {
        let check = |text: &str, minutes: i64, again: &str| {
            let span = TimeSpan::parse(text).unwrap();
            assert_eq!((span, span.to_string().as_str()), (TimeSpan::from_minutes(minutes), again), "{text}");
        };
        check("2h", 120, "2h");
        check("30m", 30, "30m");
        check("3d", 3 * 1440, "3d");
        check("1d12h", 36 * 60, "1d12h");
        check("36h", 36 * 60, "1d12h");
        check("120s", 2, "2m");
        check("0m", 0, "0m");
        for bad in ["", "h", "2", "2x", "-2h", "2h1d", "2h3h", "1.5h", "2 h", "9999999999d", "4000d", "2小时"] {
            assert!(TimeSpan::parse(bad).is_err(), "{bad}");
        }
    }
}
