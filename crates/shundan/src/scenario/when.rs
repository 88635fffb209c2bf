//! Times of a scenario: `2023-10-08T09:00:00+08:00`, `2023-10-08 09:00` in the company's zone, `+2h30m` after the step before.

use domain::{Date, Instant};

/// When something happens, read in a zone after an instant before it.
pub fn read(text: &str, zone: &str, before: Option<Instant>) -> Option<Instant> {
    if let Some(span) = text.strip_prefix('+') {
        return Some(before?.plus_seconds(seconds(span)?));
    }
    let normal = text.trim().replacen(' ', "T", 1);
    if let Ok(instant) = Instant::parse(&normal) {
        return Some(instant);
    }
    let local: jiff::civil::DateTime = normal.parse().ok()?;
    if let Ok(zoned) = local.in_tz(zone) {
        return Some(Instant::from_micros(zoned.timestamp().as_microsecond()));
    }
    // Zones that never change their clock are known without a zone database.
    let date = Date::parse(&local.date().to_string()).ok()?;
    let time = local.time();
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some(Instant::start_of_in(date, zone).plus_seconds(seconds))
}

/// Seconds of `1d2h30m15s`.
fn seconds(text: &str) -> Option<i64> {
    let mut sum: i64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..digits].parse().ok()?;
        let each = match &rest[digits..=digits] {
            "d" => 86_400,
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        sum = sum.checked_add(count.checked_mul(each)?)?;
        rest = rest[digits + 1..].trim_start();
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_zone_without_and_after_another() {
        let before = Instant::parse("2023-10-08T01:00:00Z").unwrap();
        let check = |text: &str, expected: &str| {
            let read = read(text, "Asia/Shanghai", Some(before));
            assert_eq!(read, Instant::parse(expected).ok(), "{text}");
        };
        check("2023-10-08T09:30:00+08:00", "2023-10-08T01:30:00Z");
        check("2023-10-08 09:30", "2023-10-08T01:30:00Z");
        check("2023-10-08T09:30:15", "2023-10-08T01:30:15Z");
        check("+2h", "2023-10-08T03:00:00Z");
        check("+1d 2h30m5s", "2023-10-09T03:30:05Z");
        for bad in ["+", "+2", "+h", "+2 Tage", "later", "2023-13-01 00:00", "+é"] {
            assert_eq!(super::read(bad, "Asia/Shanghai", Some(before)), None, "{bad}");
        }
    }
}
