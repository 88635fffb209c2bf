//! Days as whole numbers, which are quick to compare and to count.

use crate::date::Date;

/// Days since 1 January 1970.
pub(super) type Day = i32;

fn epoch() -> Date {
    Date::of(1970, 1, 1).expect("the calendar has this day")
}

/// The number of a date.
pub(super) fn number(date: Date) -> Day {
    Day::try_from(epoch().days_until(date)).expect("the years 0 to 9999 have fewer days than the type")
}

/// The date with a number; the calendar's last one where it ends.
pub(super) fn date(day: Day) -> Date {
    epoch().plus_days(i64::from(day))
}
