//! What comes and what goes of one product in one warehouse, by day.

use std::collections::{BTreeMap, BTreeSet};

use super::balance::{Balance, Micro};
use super::day::{self, Day};
use super::event::{Demand, DemandKind, DemandSource, Supply, SupplyKind, SupplySource};
use super::shelf::{self, Fresh};
use crate::date::Date;
use crate::quantity::Quantity;

/// Supply and demand of one product in one warehouse. A clone is a simulation.
///
/// Source: PRM-01, PRM-03, PRM-05
#[derive(Clone, Debug)]
pub struct Timeline {
    today: Day,
    pub(super) balance: Balance,
    supplies: BTreeMap<SupplySource, Supply>,
    demands: BTreeMap<DemandSource, Vec<Demand>>,
    /// Demands by the day they count on, the larger last.
    leaving: BTreeSet<(Day, Micro, DemandSource)>,
    /// Supplies by the day they count from.
    by_day: BTreeMap<(Day, SupplySource), Micro>,
    /// How many supplies expire.
    expiring: usize,
}

/// A day of a timeline, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineDay {
    /// The day.
    pub on: Date,
    /// What comes on it.
    pub supply: Quantity,
    /// What goes on it.
    pub demand: Quantity,
    /// All that came less all that went by its end, what has expired still in it; below zero: demand is not covered.
    pub balance: Quantity,
    /// What can be promised on it, never below zero.
    pub free: Quantity,
}

pub(super) fn micro(quantity: Quantity) -> Micro {
    Micro::from(quantity.micro())
}

/// A sum as a quantity; what is beyond the type stays at its end.
pub(super) fn quantity(micro: Micro) -> Quantity {
    Quantity::from_micro(i64::try_from(micro).unwrap_or(if micro < 0 { i64::MIN + 1 } else { i64::MAX }))
}

impl Timeline {
    /// Of these events, as they are on a day. Events of nothing are left out; supplies of one source are one supply, on the later day.
    pub fn new(today: Date, supplies: impl IntoIterator<Item = Supply>, demands: impl IntoIterator<Item = Demand>) -> Self {
        let mut timeline = Self {
            today: day::number(today),
            balance: Balance::default(),
            supplies: BTreeMap::new(),
            demands: BTreeMap::new(),
            leaving: BTreeSet::new(),
            by_day: BTreeMap::new(),
            expiring: 0,
        };
        for supply in supplies {
            timeline.keep_supply(supply);
        }
        for demand in demands.into_iter().filter(|demand| demand.quantity.is_positive()) {
            timeline.keep_demand(demand);
        }
        let comes = timeline.by_day.iter().map(|((day, _), micro)| (*day, *micro));
        let goes = timeline.demands().map(|demand| (timeline.leaves(demand), -micro(demand.quantity)));
        timeline.balance = Balance::of(comes.chain(goes).collect());
        timeline
    }

    fn keep_supply(&mut self, supply: Supply) {
        if !supply.quantity.is_positive() {
            return;
        }
        let supply = match self.forget_supply(&supply.source) {
            Some(known) => Supply { quantity: known.quantity + supply.quantity, on: known.on.max(supply.on), ..supply },
            None => supply,
        };
        self.expiring += usize::from(supply.expires_on.is_some());
        self.by_day.insert((self.counts_from(&supply), supply.source.clone()), micro(supply.quantity));
        self.supplies.insert(supply.source.clone(), supply);
    }

    fn forget_supply(&mut self, source: &SupplySource) -> Option<Supply> {
        let known = self.supplies.remove(source)?;
        self.by_day.remove(&(self.counts_from(&known), source.clone()));
        self.expiring -= usize::from(known.expires_on.is_some());
        Some(known)
    }

    /// The day it is looked at.
    pub fn today(&self) -> Date {
        day::date(self.today)
    }

    pub(super) const fn now(&self) -> Day {
        self.today
    }

    /// The day from which a supply counts.
    pub(super) fn counts_from(&self, supply: &Supply) -> Day {
        let on = day::number(supply.on);
        match supply.source.kind {
            SupplyKind::Stock => on.max(self.today),
            _ if on < self.today => self.today + 1,
            _ => on,
        }
    }

    /// The day from which a supply counts: what is past and has not come counts from tomorrow on.
    pub fn counts_on(&self, supply: &Supply) -> Date {
        day::date(self.counts_from(supply))
    }

    /// The day on which a demand counts.
    pub(super) fn leaves(&self, demand: &Demand) -> Day {
        day::number(demand.on).max(self.today)
    }

    pub(super) fn expires(&self) -> bool {
        self.expiring > 0
    }

    /// The least balance on a day or later: what can be promised on it of goods that keep for ever; below zero where demand is not covered from it on.
    pub fn balance_from(&self, on: Date) -> Quantity {
        quantity(self.balance.free(day::number(on).max(self.today)))
    }

    /// What can be promised on a day without taking what a later demand needs, of goods that keep up to that day (PRM-05).
    pub fn free(&self, on: Date) -> Quantity {
        quantity(self.free_micro(day::number(on).max(self.today)))
    }

    fn free_micro(&self, day: Day) -> Micro {
        let free = self.balance.free(day).max(0);
        if self.expires() { shelf::free(self, &[], Fresh { on: day, until: day, micro: free }).0 } else { free }
    }

    /// The first day on which so much can be promised of goods that keep for ever; `None` where no known supply gives it.
    pub fn first_day(&self, wanted: Quantity) -> Option<Date> {
        if !wanted.is_positive() {
            return Some(self.today());
        }
        self.balance.first_day(micro(wanted)).map(|day| day::date(day.max(self.today)))
    }

    /// Adds a supply, to one that is there of the same source; nothing is done for a quantity of nothing.
    pub fn add_supply(&mut self, supply: Supply) {
        let source = supply.source.clone();
        self.uncount(&source);
        self.keep_supply(supply);
        self.count(&source);
    }

    /// Moves a supply to another day, as a supplier who is late does; says whether it was there.
    pub fn move_supply(&mut self, source: &SupplySource, on: Date) -> bool {
        self.uncount(source);
        let known = self.forget_supply(source);
        let found = known.is_some();
        if let Some(known) = known {
            self.keep_supply(Supply { on, ..known });
        }
        self.count(source);
        found
    }

    /// Takes a supply away.
    pub fn remove_supply(&mut self, source: &SupplySource) -> Option<Supply> {
        self.uncount(source);
        self.forget_supply(source)
    }

    fn uncount(&mut self, source: &SupplySource) {
        if let Some(known) = self.supplies.get(source) {
            self.balance.add(self.counts_from(known), -micro(known.quantity));
        }
    }

    fn count(&mut self, source: &SupplySource) {
        if let Some(known) = self.supplies.get(source) {
            self.balance.add(self.counts_from(known), micro(known.quantity));
        }
    }

    /// Adds a demand, beside others of the same source: a line may have several schedule lines.
    pub fn add_demand(&mut self, demand: Demand) {
        if demand.quantity.is_positive() {
            self.balance.add(self.leaves(&demand), -micro(demand.quantity));
            self.keep_demand(demand);
        }
    }

    fn keep_demand(&mut self, demand: Demand) {
        self.leaving.insert((self.leaves(&demand), micro(demand.quantity), demand.source.clone()));
        self.demands.entry(demand.source.clone()).or_default().push(demand);
    }

    /// Takes all demand of a source away and says what it was.
    pub fn remove_demand(&mut self, source: &DemandSource) -> Vec<Demand> {
        let known = self.demands.remove(source).unwrap_or_default();
        for demand in &known {
            let (day, micro) = (self.leaves(demand), micro(demand.quantity));
            self.balance.add(day, micro);
            self.leaving.remove(&(day, micro, source.clone()));
        }
        known
    }

    /// Every supply.
    pub fn supplies(&self) -> impl Iterator<Item = &Supply> {
        self.supplies.values()
    }

    /// Every demand.
    pub fn demands(&self) -> impl Iterator<Item = &Demand> {
        self.demands.values().flatten()
    }

    /// The largest supply that counts from a day.
    pub(super) fn supply_on(&self, day: Day) -> Option<&SupplySource> {
        self.supplies_of(day).max_by_key(|(_, micro)| *micro).map(|(source, _)| source)
    }

    fn supplies_of(&self, day: Day) -> impl Iterator<Item = (&SupplySource, Micro)> {
        let first = (day, SupplySource { kind: SupplyKind::Stock, id: i64::MIN, number: String::new() });
        self.by_day.range(first..).take_while(move |((on, _), _)| *on == day).map(|((_, source), micro)| (source, *micro))
    }

    /// The days, from one to another, on which a supply begins to count.
    pub(super) fn supply_days(&self, from: Day) -> impl Iterator<Item = Day> + '_ {
        let mut last = None;
        let start = (from, SupplySource { kind: SupplyKind::Stock, id: i64::MIN, number: String::new() });
        self.by_day.range(start..).map(|((day, _), _)| *day).filter(move |day| last.replace(*day) != Some(*day))
    }

    /// Where more than `wanted` lies there at a day's end but is not free: the largest demand of the last day whose demand keeps it from being free.
    pub(super) fn kept_for(&self, from: Day, wanted: Micro) -> Option<&DemandSource> {
        if self.balance.level(from) < wanted {
            return None;
        }
        let low = self.balance.last_day_below(wanted)?;
        let first = DemandSource { kind: DemandKind::Order, id: i64::MIN, line_no: 0, number: String::new() };
        let (day, _, source) = self.leaving.range(..(low + 1, Micro::MIN, first)).next_back()?;
        (*day > from).then_some(source)
    }

    /// Today and every later day on which something happens, ascending.
    ///
    /// Source: PRM-01
    pub fn days(&self) -> Vec<TimelineDay> {
        let mut moves: BTreeMap<Day, (Micro, Micro)> = BTreeMap::from([(self.today, (0, 0))]);
        for ((day, _), comes) in &self.by_day {
            moves.entry(*day).or_default().0 += comes;
        }
        for demand in self.demands() {
            moves.entry(self.leaves(demand)).or_default().1 += micro(demand.quantity);
        }
        let shown = |(day, (supply, demand)): (Day, (Micro, Micro))| TimelineDay {
            on: day::date(day),
            supply: quantity(supply),
            demand: quantity(demand),
            balance: quantity(self.balance.level(day)),
            free: quantity(self.free_micro(day)),
        };
        moves.into_iter().map(shown).collect()
    }
}
