//! When so much working time is over, and how much of it lies between two instants.

use jiff::tz::TimeZone;

use super::{HourSpan, WorkCalendar};
use crate::date::Date;
use crate::instant::{Instant, zone_of};
use crate::time_span::TimeSpan;

/// Days looked at by one reckoning at the most, a hundred years: a calendar that is nothing but holidays cannot be followed for ever.
const MOST_DAYS: usize = 36_600;

/// The working spans of a calendar as instants, one after the other, from the day of an instant on.
struct Spans<'a> {
    calendar: &'a WorkCalendar,
    zone: TimeZone,
    day: Date,
    /// Hours of `day` that are still to come.
    hours: &'a [HourSpan],
    days_left: usize,
    /// Where the last span ended: where a zone puts its clock forward, two spans could cover the same time.
    end: Instant,
}

impl<'a> Spans<'a> {
    fn from(calendar: &'a WorkCalendar, at: Instant) -> Self {
        let zone = zone_of(&calendar.zone).unwrap_or(TimeZone::UTC);
        let civil = at.timestamp().to_zoned(zone.clone()).date();
        // An instant beyond the years of the calendar has no day; nothing is reckoned from there.
        let day = Date::from_civil(civil).unwrap_or_else(|| Date::of(1970, 1, 1).expect("the calendar has this day"));
        let end = Instant::from_micros(i64::MIN);
        Self { calendar, zone, day, hours: calendar.hours_on(day), days_left: MOST_DAYS, end }
    }

    fn instant(&self, minutes: i32) -> Instant {
        let (day, minutes) = if minutes == 24 * 60 { (self.day.plus_days(1), 0) } else { (self.day, minutes) };
        let hour = i8::try_from(minutes / 60).unwrap_or_default();
        let minute = i8::try_from(minutes % 60).unwrap_or_default();
        let local = day.civil().at(hour, minute, 0, 0);
        // A time that the zone skips is the one as long after the gap; of a time that comes twice the first is meant.
        let zoned = local.to_zoned(self.zone.clone());
        zoned.map_or_else(
            |_| Instant::start_of(day).plus_seconds(i64::from(minutes) * 60),
            |at| Instant::from_micros(at.timestamp().as_microsecond()),
        )
    }
}

impl Iterator for Spans<'_> {
    type Item = (Instant, Instant);

    fn next(&mut self) -> Option<(Instant, Instant)> {
        loop {
            while let [first, rest @ ..] = self.hours {
                self.hours = rest;
                let (from, to) = (self.instant(first.from).max(self.end), self.instant(first.to));
                if from < to {
                    self.end = to;
                    return Some((from, to));
                }
            }
            self.days_left = self.days_left.checked_sub(1)?;
            let next = self.day.plus_days(1);
            if next <= self.day {
                return None;
            }
            self.day = next;
            self.hours = self.calendar.hours_on(next);
        }
    }
}

impl WorkCalendar {
    /// The first instant at which `limit` of working time has passed since `start`; `start` itself for no time.
    ///
    /// A calendar that has no working time in a hundred years answers with the end of those; [`WorkCalendar::check`] refuses it before.
    ///
    /// Source: TSK-03
    pub fn due(&self, start: Instant, limit: TimeSpan) -> Instant {
        if self.always || limit.is_zero() {
            return Instant::from_micros(start.micros().saturating_add(limit.micros()));
        }
        let (mut left, mut last) = (limit.micros(), start);
        for (from, to) in Spans::from(self, start) {
            let from = from.max(start);
            if from >= to {
                continue;
            }
            let there = to.micros() - from.micros();
            if left <= there {
                return Instant::from_micros(from.micros() + left);
            }
            left -= there;
            last = to;
        }
        last
    }

    /// How much working time lies between two instants; none where `to` is not after `from`.
    pub fn worked(&self, from: Instant, to: Instant) -> TimeSpan {
        if to <= from {
            return TimeSpan::ZERO;
        }
        if self.always {
            return TimeSpan::from_micros(to.micros().saturating_sub(from.micros()));
        }
        let mut sum = 0;
        for (begin, end) in Spans::from(self, from) {
            if begin >= to {
                break;
            }
            sum += (end.min(to).micros() - begin.max(from).micros()).max(0);
        }
        TimeSpan::from_micros(sum)
    }
}
