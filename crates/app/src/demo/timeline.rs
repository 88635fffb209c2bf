//! Days and hours of the demo: work is done when people work.

use domain::{Date, Instant};

use super::dice::Dice;

/// China Standard Time has no summer time.
const OFFSET_SECONDS: i64 = 8 * 3600;

const HOUR: i64 = 3600;

/// The days before the moment at which the demo ends.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    now: Instant,
    today: Date,
}

impl Calendar {
    /// Ends now.
    pub fn ending(now: Instant) -> Self {
        Calendar { now, today: local_day(now) }
    }

    /// The moment it ends.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// A day, counted from today.
    pub fn day(&self, from_today: i64) -> Date {
        self.today.plus_days(from_today)
    }

    /// A moment of a day, counted from today, by the clocks in China.
    pub fn at(&self, from_today: i64, hour: i64, minute: i64) -> Instant {
        Instant::start_of(self.day(from_today)).plus_seconds(hour * HOUR + minute * 60 - OFFSET_SECONDS)
    }

    /// This moment, or an earlier one at which people work: Monday to Friday, half past eight to six, a few on Saturday mornings.
    pub fn working(&self, at: Instant, dice: &mut Dice) -> Instant {
        let day = local_day(at);
        let second = Instant::start_of(day).plus_seconds(-OFFSET_SECONDS).seconds_until(at);
        let weekday = Date::of(2024, 1, 1).map_or(0, |monday| monday.days_until(day).rem_euclid(7));
        let (open, close) = (8 * HOUR + 1800, if weekday == 5 { 12 * HOUR } else { 18 * HOUR });
        // What is done in these last hours is done now, whatever the time is where the demo runs.
        if at.seconds_until(self.now) < 6 * HOUR || (weekday < 6 && (open..=close).contains(&second)) {
            return at;
        }
        let back = if weekday == 6 {
            1
        } else if second < open {
            if weekday == 0 { 2 } else { 1 }
        } else {
            0
        };
        let evening = if (weekday - back).rem_euclid(7) == 5 { 9 * HOUR } else { 14 * HOUR };
        let length = if (weekday - back).rem_euclid(7) == 5 { 3 * HOUR } else { 4 * HOUR };
        Instant::start_of(day.plus_days(-back)).plus_seconds(evening - OFFSET_SECONDS + dice.between(0, length))
    }
}

/// The day in China.
pub fn local_day(at: Instant) -> Date {
    at.date_in("Asia/Shanghai").expect("China's zone is known everywhere")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_when_people_work_and_never_later() {
        let now = Instant::parse("2026-11-21T10:00:00Z").unwrap();
        let calendar = Calendar::ending(now);
        let mut dice = Dice::new(1);
        for hour in 0..60 * 24 {
            let at = now.plus_seconds(-hour * HOUR);
            let moved = calendar.working(at, &mut dice);
            assert!(moved <= at && moved.seconds_until(at) < 4 * 86_400, "{at} {moved}");
            let shown = moved.shown_in("Asia/Shanghai").unwrap();
            let clock = &shown[11..16];
            assert!(hour < 7 || (("08:30"..="18:00").contains(&clock)), "{at} {shown}");
        }
        assert_eq!(calendar.at(-1, 9, 30).to_string(), "2026-11-20T01:30:00Z");
    }
}
