//! Demand by period, periods without demand included.

use crate::codes::codes;
use crate::{Date, Quantity};

codes! {
    /// How long a period of a series is.
    Period in "forecast.period" {
        /// A day.
        Day = "day",
        /// A week, from Monday.
        Week = "week",
        /// A month of the calendar.
        Month = "month",
    }
}

impl Period {
    /// The first day of the period in which a day is.
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.plus_days(-i64::from(day.civil().weekday().to_monday_zero_offset())),
            Self::Month => Date::of(day.year(), day.month(), 1).unwrap_or(day),
        }
    }

    /// The first day of the period `count` periods after (or before) that in which a day is.
    pub fn later(self, day: Date, count: i64) -> Date {
        let start = self.start(day);
        match self {
            Self::Day => start.plus_days(count),
            Self::Week => start.plus_days(count.saturating_mul(7)),
            Self::Month => {
                let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + count;
                let year = i16::try_from(months.div_euclid(12)).unwrap_or(9999);
                let month = i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
                Date::of(year, month, 1).unwrap_or(start)
            }
        }
    }

    /// Periods of a season: 7 days, 52 weeks, 12 months.
    pub const fn season(self) -> usize {
        match self {
            Self::Day => 7,
            Self::Week => 52,
            Self::Month => 12,
        }
    }

    /// Days of a period; of a month the mean of four years.
    pub const fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.4375,
        }
    }
}

/// Demand by period.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// How long each period is.
    pub period: Period,
    /// The first day of the first period.
    pub first: Date,
    /// The demand of each period, in the product's unit.
    pub demand: Vec<Quantity>,
}

impl Series {
    /// Of demand by day, in any order, from the period of the first demand to the last whole period before `until`. Demand of the period of `until`
    /// and later is left out, since that period is not over; so are negative sums. `None` where there is none.
    pub fn of(period: Period, demand: impl IntoIterator<Item = (Date, Quantity)>, until: Date) -> Option<Self> {
        let end = period.start(until);
        let mut sums = std::collections::BTreeMap::<Date, Quantity>::new();
        for (day, quantity) in demand {
            let start = period.start(day);
            if start < end {
                *sums.entry(start).or_default() += quantity;
            }
        }
        sums.retain(|_, sum| sum.is_positive());
        let first = *sums.keys().next()?;
        let mut days = Vec::new();
        let mut day = first;
        while day < end {
            days.push(sums.get(&day).copied().unwrap_or_default());
            day = period.later(day, 1);
        }
        Some(Self { period, first, demand: days })
    }

    /// The first day of the period at a place, also behind the end of the series.
    pub fn day(&self, place: usize) -> Date {
        self.period.later(self.first, i64::try_from(place).unwrap_or(i64::MAX))
    }

    /// The demand as floating point numbers, for methods.
    #[expect(clippy::cast_precision_loss, reason = "an estimate is made from them")]
    pub fn values(&self) -> Vec<f64> {
        self.demand.iter().map(|quantity| quantity.micro() as f64 / 1e6).collect()
    }
}
