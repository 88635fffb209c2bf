//! What can be made or bought for a wish: a lead time in working days and, where it is known, the free capacity of each day (CTP).

use std::collections::BTreeMap;

use super::balance::Micro;
use super::day::{self, Day};
use super::timeline::micro;
use crate::calendar::WorkCalendar;
use crate::date::Date;
use crate::quantity::Quantity;

/// How a product is made or bought.
///
/// Capable-to-promise: what is asked for is laid into the capacity that is still free, from the day the material is there, filling gaps, without moving
/// what is confirmed; it is ready when the last of it is.
///
/// Source: PRM-01
#[derive(Clone, Debug)]
pub struct Make<'a> {
    /// Whose days the lead time counts.
    pub calendar: &'a WorkCalendar,
    /// Working days from the start to the first that is ready.
    pub lead_days: i64,
    /// The day material is there; none: today.
    pub start_on: Option<Date>,
    /// How much; none: as much as is wanted.
    pub capacity: Option<&'a Capacity>,
}

/// What a work centre, or a supplier, can still finish of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Its code, as it is shown.
    pub code: String,
    /// By the day it is finished; nothing on days that are not named.
    pub free: BTreeMap<Date, Quantity>,
}

impl Capacity {
    /// Takes what was promised, from a day on, earliest first; gives back what there was no room for.
    pub fn take(&mut self, from: Date, quantity: Quantity) -> Quantity {
        let mut rest = quantity;
        for (_, free) in self.free.range_mut(from..) {
            let part = rest.min(*free);
            *free -= part;
            rest -= part;
        }
        rest
    }
}

/// What can be made up to a day, worked out once for a wish.
#[derive(Clone, Debug)]
pub(super) struct Makeable {
    /// The first day anything is ready.
    pub(super) first: Day,
    /// By day, ascending, what can be ready by its end; none: as much as is wanted from the first day on.
    sums: Option<Vec<(Day, Micro)>>,
}

impl Makeable {
    pub(super) fn of(make: &Make<'_>, today: Date) -> Option<Self> {
        let start = make.start_on.map_or(today, |day| day.max(today));
        let first = make.calendar.plus_open(start, make.lead_days.max(0))?;
        let sums = make.capacity.map(|capacity| {
            let sum = |sum: &mut Micro, (day, free): (&Date, &Quantity)| {
                *sum += micro(free.or_zero());
                Some((day::number(*day), *sum))
            };
            capacity.free.range(first..).scan(0, sum).collect()
        });
        Some(Self { first: day::number(first), sums })
    }

    /// What can be ready by a day.
    pub(super) fn by(&self, day: Day) -> Micro {
        match &self.sums {
            _ if day < self.first => 0,
            None => Micro::MAX / 4,
            Some(sums) => match sums.partition_point(|(on, _)| *on <= day) {
                0 => 0,
                count => sums[count - 1].1,
            },
        }
    }

    pub(super) fn is_limited(&self) -> bool {
        self.sums.is_some()
    }

    /// The days on which more becomes ready.
    pub(super) fn days(&self) -> Vec<Day> {
        self.sums.as_ref().map_or_else(|| vec![self.first], |sums| sums.iter().map(|(day, _)| *day).collect())
    }
}
