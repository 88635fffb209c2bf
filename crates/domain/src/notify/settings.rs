//! What a person wants to be told, by which ways and when: quiet hours and digests.

use crate::codes::codes;
use crate::date::Date;
use crate::id::{UserId, Version};
use crate::instant::Instant;
use crate::notify::NotifyRejection;
use crate::refusal::FieldError;

codes! {
    /// How often what is not urgent is sent.
    Digest in "digest" {
        Immediately = "immediately",
        /// Gathered until the next full hour.
        Hourly = "hourly",
        /// Gathered until a time of day.
        Daily = "daily",
    }
}

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// What a person wants; times of day are minutes after midnight in the company's zone.
#[derive(Clone, Debug, PartialEq)]
pub struct NotifySettings {
    /// Key: whose.
    pub user_id: UserId,
    /// Raised by every change.
    pub version: Version,
    /// At the bell.
    pub in_app: bool,
    /// By e-mail.
    pub email: bool,
    /// Whether there are quiet hours.
    pub quiet: bool,
    /// They begin.
    pub quiet_from_minute: i64,
    /// They end; earlier than they begin where they go past midnight.
    pub quiet_to_minute: i64,
    /// Whether what is urgent waits for their end too.
    pub urgent_waits: bool,
    /// How often what is not urgent is sent.
    pub digest: Digest,
    /// When, if daily.
    pub digest_minute: i64,
}

/// When something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Not before.
    pub at: Instant,
    /// Together with the person's others that are due then.
    pub gathered: bool,
}

impl NotifySettings {
    /// What holds for who has said nothing: everything at once, no quiet hours.
    pub fn usual(user_id: UserId) -> Self {
        Self {
            user_id,
            version: Version::FIRST,
            in_app: true,
            email: true,
            quiet: false,
            quiet_from_minute: 22 * 60,
            quiet_to_minute: 7 * 60,
            urgent_waits: false,
            digest: Digest::Immediately,
            digest_minute: 9 * 60,
        }
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (pointer, minute) in
            [("/quiet_from", self.quiet_from_minute), ("/quiet_to", self.quiet_to_minute), ("/digest_at", self.digest_minute)]
        {
            if !(0..DAY).contains(&minute) {
                errors.push(FieldError::new(pointer, NotifyRejection::NotATime));
            }
        }
        if self.quiet && self.quiet_from_minute == self.quiet_to_minute {
            errors.push(FieldError::new("/quiet_to", NotifyRejection::QuietIsEmpty));
        }
        errors
    }

    /// When something that happened `now` is sent to this person, in the company's zone.
    ///
    /// Source: TSK-05
    pub fn due(&self, urgent: bool, now: Instant, zone: &str) -> Due {
        if urgent {
            let at = if self.urgent_waits { self.after_quiet(now, zone) } else { now };
            return Due { at, gathered: false };
        }
        let (date, minute) = now.local_in(zone);
        let at = match self.digest {
            Digest::Immediately => now,
            Digest::Hourly => at_minute(date, (minute / 60 + 1) * 60, zone),
            Digest::Daily if minute < self.digest_minute => at_minute(date, self.digest_minute, zone),
            Digest::Daily => at_minute(date.plus_days(1), self.digest_minute, zone),
        };
        Due { at: self.after_quiet(at, zone), gathered: self.digest != Digest::Immediately }
    }

    /// This instant, or the end of the quiet hours it lies in; they hold from their first minute up to, without, their last.
    fn after_quiet(&self, at: Instant, zone: &str) -> Instant {
        let (from, to) = (self.quiet_from_minute, self.quiet_to_minute);
        let (date, minute) = at.local_in(zone);
        let ends = |date: Date| at_minute(date, to, zone);
        match self.quiet {
            false => at,
            true if from < to && (from..to).contains(&minute) => ends(date),
            true if from > to && minute >= from => ends(date.plus_days(1)),
            true if from > to && minute < to => ends(date),
            true => at,
        }
    }
}

fn at_minute(date: Date, minute: i64, zone: &str) -> Instant {
    Instant::at_local(date.plus_days(minute / DAY), minute % DAY, zone)
}

/// Reads `HH:MM` as minutes after midnight.
///
/// # Errors
/// `notify.not_a_time`.
pub fn minute_of(text: &str) -> Result<i64, NotifyRejection> {
    let parts = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2);
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
    let found = parts.and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    match found {
        Some((hour, minute)) if hour < 24 && minute < 60 => Ok(hour * 60 + minute),
        _ => Err(NotifyRejection::NotATime),
    }
}

/// Minutes after midnight as `HH:MM`.
pub fn time_of(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(quiet: (&str, &str), digest: Digest, at: &str) -> NotifySettings {
        NotifySettings {
            quiet: !quiet.0.is_empty(),
            quiet_from_minute: minute_of(quiet.0).unwrap_or(0),
            quiet_to_minute: minute_of(quiet.1).unwrap_or(0),
            digest,
            digest_minute: minute_of(at).unwrap(),
            ..NotifySettings::usual(UserId::from_raw(1))
        }
    }

    #[test]
    fn quiet_hours_and_digests_across_midnight() {
        let check = |settings: &NotifySettings, urgent: bool, now: &str, expected: &str| {
            let due = settings.due(urgent, Instant::parse(&format!("{now}+08:00")).unwrap(), "Asia/Shanghai");
            let shown = due.at.shown_in("Asia/Shanghai").unwrap();
            assert_eq!(shown, expected, "{now} {settings:?}");
        };
        let night = settings(("22:00", "07:00"), Digest::Immediately, "09:00");
        check(&night, false, "2026-11-21T21:59:59", "2026-11-21 21:59");
        check(&night, false, "2026-11-21T22:00:00", "2026-11-22 07:00");
        check(&night, false, "2026-11-22T00:00:00", "2026-11-22 07:00");
        check(&night, false, "2026-11-22T06:59:59", "2026-11-22 07:00");
        check(&night, false, "2026-11-22T07:00:00", "2026-11-22 07:00");
        check(&night, true, "2026-11-22T01:00:00", "2026-11-22 01:00");
        check(&NotifySettings { urgent_waits: true, ..night.clone() }, true, "2026-11-22T01:00:00", "2026-11-22 07:00");
        let noon = settings(("12:00", "14:00"), Digest::Immediately, "09:00");
        check(&noon, false, "2026-12-31T13:00:00", "2026-12-31 14:00");
        check(&noon, false, "2026-12-31T23:00:00", "2026-12-31 23:00");
        let hourly = settings(("22:00", "07:00"), Digest::Hourly, "09:00");
        check(&hourly, false, "2026-11-21T10:00:00", "2026-11-21 11:00");
        check(&hourly, false, "2026-11-21T10:59:59", "2026-11-21 11:00");
        check(&hourly, false, "2026-11-21T21:30:00", "2026-11-22 07:00");
        check(&settings(("", ""), Digest::Hourly, "09:00"), false, "2026-12-31T23:30:00", "2027-01-01 00:00");
        let daily = settings(("", ""), Digest::Daily, "09:00");
        check(&daily, false, "2026-11-21T08:59:00", "2026-11-21 09:00");
        check(&daily, false, "2026-11-21T09:00:00", "2026-11-22 09:00");
        check(&settings(("22:00", "07:00"), Digest::Daily, "06:00"), false, "2026-11-21T20:00:00", "2026-11-22 07:00");
        assert!(daily.due(false, Instant::from_micros(0), "UTC").gathered && !daily.due(true, Instant::from_micros(0), "UTC").gathered);
    }

    #[test]
    fn clocks_that_change_do_not_break_it() {
        // In Berlin 02:30 does not exist on 2026-03-29.
        let night = settings(("22:00", "02:30"), Digest::Immediately, "09:00");
        let due = night.due(false, Instant::parse("2026-03-29T00:30:00Z").unwrap(), "Europe/Berlin");
        assert_eq!(due.at.shown_in("Europe/Berlin").unwrap(), "2026-03-29 03:30");
    }

    #[test]
    fn times_of_day() {
        assert_eq!((minute_of("07:05").unwrap(), time_of(425)), (425, "07:05".to_owned()));
        for bad in ["", "7:05", "24:00", "12:60", "12-30", "+1:30"] {
            assert!(minute_of(bad).is_err(), "{bad}");
        }
        let equal = settings(("07:00", "07:00"), Digest::Daily, "09:00");
        assert_eq!(equal.check()[0].pointer, "/quiet_to");
    }
}
