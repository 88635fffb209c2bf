//! How much can be had on a day, and from which day on so much can: supply, what can be made, quotas and shelf life together, after the parts already taken.

use super::answer::Portion;
use super::balance::Micro;
use super::day::{self, Day};
use super::event::SupplySource;
use super::make::Makeable;
use super::portion;
use super::quota::{self, Quota};
use super::route::Route;
use super::shelf::{self, Fresh};
use super::timeline::Timeline;

/// What limits a reach; the rest of the constraints are left out to see whether one binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) quota: bool,
    pub(super) shelf: bool,
}

/// One wish's view of a timeline.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) route: &'a Route<'a>,
    pub(super) makeable: Option<Makeable>,
    pub(super) quotas: &'a [Quota],
    pub(super) fresh_days: i64,
    /// Parts taken from supply, in the order of their days.
    supplied: Vec<Fresh>,
    supplied_sum: Micro,
    made: Micro,
    /// All parts taken.
    taken: Vec<(Day, Micro)>,
}

/// What can be had on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Had {
    pub(super) supply: Micro,
    pub(super) make: Micro,
}

impl Had {
    pub(super) fn sum(&self) -> Micro {
        self.supply + self.make
    }
}

const ALL: Limits = Limits { quota: true, shelf: true };

impl<'a> Reach<'a> {
    pub(super) fn new(
        timeline: &'a Timeline,
        route: &'a Route<'a>,
        makeable: Option<Makeable>,
        quotas: &'a [Quota],
        fresh_days: i64,
    ) -> Self {
        Self { timeline, route, makeable, quotas, fresh_days, supplied: Vec::new(), supplied_sum: 0, made: 0, taken: Vec::new() }
    }

    /// Goods taken on a day must keep up to this one; `None` where they never arrive.
    fn keeps_until(&self, day: Day) -> Option<Day> {
        let arrive = day::number(self.route.forward(day::date(day))?.arrive_on);
        Some(arrive.saturating_add(Day::try_from(self.fresh_days).unwrap_or(0)))
    }

    fn fresh(&self, day: Day, micro: Micro) -> Fresh {
        Fresh { on: day, until: self.keeps_until(day).unwrap_or(Day::MAX), micro }
    }

    /// How much of `wanted` can be had on a day.
    pub(super) fn on(&self, day: Day, wanted: Micro, limits: Limits) -> Had {
        let wanted = match quota::left(self.quotas, day, &self.taken) {
            Some(left) if limits.quota => wanted.min(left),
            _ => wanted,
        };
        let mut supply = (self.timeline.balance.free(day) - self.supplied_sum).clamp(0, wanted.max(0));
        if limits.shelf && self.timeline.expires() && supply > 0 {
            supply = shelf::free(self.timeline, &self.supplied, self.fresh(day, supply)).0;
        }
        let make = self.makeable.as_ref().map_or(0, |makeable| makeable.by(day) - self.made);
        Had { supply, make: make.clamp(0, wanted - supply) }
    }

    /// How much can be had on a day.
    pub(super) fn had(&self, day: Day, wanted: Micro) -> Had {
        self.on(day, wanted, ALL)
    }

    /// The first day, from one on, on which so much, above zero, can be had at once.
    pub(super) fn first_day(&self, wanted: Micro, from: Day) -> Option<Day> {
        self.first_day_within(wanted, from, ALL)
    }

    pub(super) fn first_day_within(&self, wanted: Micro, from: Day, limits: Limits) -> Option<Day> {
        let quota = limits.quota && !self.quotas.is_empty();
        let shelf = limits.shelf && self.timeline.expires();
        if !quota && !shelf && !self.makeable.as_ref().is_some_and(Makeable::is_limited) {
            // Nothing ever falls with time: supply alone, or what is missing is made.
            let supplied = self.timeline.balance.first_day(wanted + self.supplied_sum);
            let made = self.makeable.as_ref().map(|makeable| makeable.first);
            return supplied.into_iter().chain(made).min().map(|day| day.max(from));
        }
        let mut days: Vec<Day> = self.timeline.supply_days(from).collect();
        days.push(from);
        days.extend(self.makeable.iter().flat_map(Makeable::days));
        if quota {
            days.extend(self.quotas.iter().map(|quota| day::number(quota.from)));
            days.extend(self.quotas.iter().filter_map(|quota| quota.to).map(|to| day::number(to.plus_days(1))));
        }
        days.retain(|day| *day >= from);
        days.sort_unstable();
        days.dedup();
        days.into_iter().find(|day| self.on(*day, wanted, limits).sum() >= wanted)
    }

    /// Takes what can be had on a day, which is not before that of the part before, and says from what it comes.
    pub(super) fn take(&mut self, day: Day, wanted: Micro) -> Vec<Portion> {
        let had = self.had(day, wanted);
        let mut portions = Vec::new();
        if self.timeline.expires() && had.supply > 0 {
            let lots = shelf::free(self.timeline, &self.supplied, self.fresh(day, had.supply)).1;
            lots.into_iter().for_each(|(source, micro)| portion::add(&mut portions, source, micro));
        } else {
            portions = portion::portions(self.timeline, self.supplied_sum, had.supply);
        }
        portion::add(&mut portions, SupplySource::PLAN, had.make);
        self.supplied.push(self.fresh_or_free(day, had.supply));
        self.supplied_sum += had.supply;
        self.made += had.make;
        self.taken.push((day, had.sum()));
        portions
    }

    fn fresh_or_free(&self, day: Day, micro: Micro) -> Fresh {
        if self.timeline.expires() { self.fresh(day, micro) } else { Fresh { on: day, until: day, micro } }
    }

    /// What was taken from known supply so far.
    pub(super) const fn supplied(&self) -> Micro {
        self.supplied_sum
    }
}
