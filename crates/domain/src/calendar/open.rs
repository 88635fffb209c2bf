//! Whole days of a calendar: the next day on which somebody ships, drives, receives or works.

use super::{DayKind, WorkCalendar};
use crate::date::Date;

/// Days looked at by one search at the most, ten years.
const MOST_DAYS: i64 = 3_660;

impl WorkCalendar {
    /// Whether it is a working day, a make-up day included.
    pub fn is_open(&self, day: Date) -> bool {
        self.always && self.holidays.is_empty() || matches!(self.kind_of(day), DayKind::Work | DayKind::MakeUp)
    }

    /// The first open day from this one on; `None` where there is none in ten years.
    ///
    /// Source: PRM-01
    pub fn first_open(&self, day: Date) -> Option<Date> {
        (0..=MOST_DAYS).map(|days| day.plus_days(days)).find(|day| self.is_open(*day))
    }

    /// The last open day up to this one; `None` where there is none in ten years.
    pub fn last_open(&self, day: Date) -> Option<Date> {
        (0..=MOST_DAYS).map(|days| day.plus_days(-days)).find(|day| self.is_open(*day))
    }

    /// The so-manieth open day after this one; the day itself for none.
    pub fn plus_open(&self, day: Date, days: i64) -> Option<Date> {
        (0..days).try_fold(day, |day, _| self.first_open(day.plus_days(1)))
    }

    /// The latest day from which [`WorkCalendar::plus_open`] comes to a day not after this one.
    pub fn minus_open(&self, day: Date, days: i64) -> Option<Date> {
        (0..days).try_fold(day, |day, _| self.last_open(day).map(|open| open.plus_days(-1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> WorkCalendar {
        let standard = super::super::standard_calendars("Asia/Shanghai");
        standard.iter().find(|calendar| calendar.code == "office").unwrap().hours()
    }

    #[test]
    fn counting_open_days_and_back_again() {
        let day = |text: &str| Date::parse(text).unwrap();
        let mut office = office();
        // 2026-11-20 is a Friday.
        assert_eq!(office.first_open(day("2026-11-21")), Some(day("2026-11-23")));
        assert_eq!(office.last_open(day("2026-11-22")), Some(day("2026-11-20")));
        assert_eq!(office.plus_open(day("2026-11-20"), 0), Some(day("2026-11-20")));
        assert_eq!(office.plus_open(day("2026-11-20"), 1), Some(day("2026-11-23")));
        assert_eq!(office.plus_open(day("2026-11-21"), 6), Some(day("2026-11-30")));
        assert_eq!(office.minus_open(day("2026-11-23"), 1), Some(day("2026-11-22")));
        office.holidays.insert(day("2026-11-23"));
        assert_eq!(office.first_open(day("2026-11-21")), Some(day("2026-11-24")));
        let nothing = WorkCalendar::default();
        assert_eq!((nothing.first_open(day("2026-11-21")), nothing.plus_open(day("2026-11-21"), 1)), (None, None));
        for start in 0..30 {
            let start = day("2026-11-01").plus_days(start);
            for days in 0..12 {
                let latest = office.minus_open(start, days).unwrap();
                assert!(office.plus_open(latest, days).unwrap() <= start, "{start} {days}");
                assert!(office.plus_open(latest.plus_days(1), days).unwrap() > start, "{start} {days}");
            }
        }
    }
}
