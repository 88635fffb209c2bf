//! A wish becomes a promise: schedule lines with their dates, what binds, and what would be needed.

use super::Constraint;
use super::balance::Micro;
use super::day::{self, Day};
use super::event::{Demand, DemandSource, SupplyKind, SupplySource};
use super::make::{Make, Makeable};
use super::reach::{Limits, Reach};
use super::route::{Dates, Route};
use super::timeline::{Timeline, micro, quantity};
use super::wish::Wish;
use crate::date::Date;
use crate::quantity::Quantity;

/// So much of a schedule line, and from what it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion {
    /// From what.
    pub source: SupplySource,
    /// How much.
    pub quantity: Quantity,
}

/// Why something is not there earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What binds.
    pub constraint: Constraint,
    /// The document that has to come first, where it is one.
    pub source: Option<SupplySource>,
    /// Code of the quota or the work centre, or empty.
    pub code: String,
    /// Where the goods lie there but are not free: a later demand that needs them.
    pub kept_for: Option<DemandSource>,
}

/// A part of a line: so much on these days.
///
/// Source: PRM-02, PRM-05
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleLine {
    /// How much, in base units.
    pub quantity: Quantity,
    /// When it is ready, leaves and arrives, as it is planned.
    pub dates: Dates,
    /// The day the customer is told: the wished one where it is met, else the arrival and the slack, on a day on which they receive.
    pub promised_on: Date,
    /// From what it comes, in the order it becomes free.
    pub sources: Vec<Portion>,
    /// Why it is not there on the wished day, or earlier where none was wished; none: nothing binds.
    pub binding: Option<Binding>,
}

/// What would be needed to meet the wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The day by which goods would have to be ready.
    pub ready_by: Date,
    /// How much more would have to be free on that day; nothing where only the way is too long.
    pub short: Quantity,
    /// Days the way is too long, even for goods that are ready today.
    pub days_short: i64,
}

/// The answer to a wish.
///
/// Source: PRM-01
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What was wished.
    pub wanted_on: Option<Date>,
    /// What is promised, by day.
    pub lines: Vec<ScheduleLine>,
    /// What cannot be promised on any day.
    pub open: Quantity,
    /// Why it cannot; none where nothing is open.
    pub open_binding: Option<Binding>,
    /// What would be needed; none where the wish is met.
    pub need: Option<Need>,
}

impl Promise {
    /// Whether all of it is promised.
    pub fn is_whole(&self) -> bool {
        self.open.is_zero()
    }

    /// Whether all of it is there on the wished day, or today's earliest where none was wished.
    pub fn is_met(&self) -> bool {
        self.need.is_none() && self.is_whole()
    }

    /// The day the last of it is promised for.
    pub fn last_on(&self) -> Option<Date> {
        self.lines.iter().map(|line| line.promised_on).max()
    }

    /// What is promised in all.
    pub fn promised(&self) -> Quantity {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// What it takes from known supply, as demand of a source: what is added to a timeline to confirm it. What would be made brings its own supply.
    pub fn demands(&self, source: &DemandSource, fresh_days: i64) -> Vec<Demand> {
        let known = |line: &ScheduleLine| {
            let planned: Quantity = line.sources.iter().filter(|part| part.source.kind == SupplyKind::Plan).map(|part| part.quantity).sum();
            let transit = line.dates.ready_on.days_until(line.dates.arrive_on);
            let (on, quantity) = (line.dates.ready_on, line.quantity - planned);
            Demand { source: source.clone(), on, quantity, fresh_days: fresh_days + transit }
        };
        self.lines.iter().map(known).filter(|demand| demand.quantity.is_positive()).collect()
    }
}

/// Asks a timeline what can be promised for a wish; changes nothing.
///
/// The goods are wanted on the last day that still gets them to the customer in time, less the slack, and never before today. From there on the first day is
/// taken that has enough; of a line that may come in parts, what is free goes first. Nothing is promised earlier than it is wished.
///
/// Source: PRM-01, PRM-02, PRM-05
pub fn promise(timeline: &Timeline, route: &Route<'_>, make: Option<&Make<'_>>, wish: &Wish<'_>) -> Promise {
    let today = timeline.today();
    let makeable = make.and_then(|make| Makeable::of(make, today));
    let mut asking = Asking {
        wish,
        target: wish.wanted_on.and_then(|on| route.backward(on.plus_days(-wish.slack_days))),
        capacity: make.and_then(|make| make.capacity).map_or_else(String::new, |capacity| capacity.code.clone()),
        reach: Reach::new(timeline, route, makeable, wish.quotas, wish.fresh_days),
        from: timeline.now(),
        lines: Vec::new(),
    };
    if let Some(target) = asking.target {
        asking.from = asking.from.max(day::number(target.ready_on));
    }
    asking.answer()
}

struct Asking<'a> {
    wish: &'a Wish<'a>,
    /// The days a wish on a day asks for; none where none was wished, or no way gets there.
    target: Option<Dates>,
    capacity: String,
    reach: Reach<'a>,
    /// The first day that is looked at.
    from: Day,
    lines: Vec<ScheduleLine>,
}

impl Asking<'_> {
    fn answer(mut self) -> Promise {
        let wanted = micro(self.wish.quantity);
        let need = self.need(wanted);
        let (mut rest, mut at) = (wanted, self.from);
        let step = micro(self.wish.step).max(1);
        while rest > 0 && self.lines.len() < self.wish.split.parts() {
            let last = self.lines.len() + 1 >= self.wish.split.parts();
            // The next part: all of the rest, or as many steps as there are on the first day that has one.
            let least = if last { rest } else { step.min(rest) };
            let Some(day) = self.reach.first_day(least, at) else { break };
            let had = self.reach.had(day, rest).sum();
            let part = if had >= rest { rest } else { had - had % step };
            if part <= 0 || !self.push(day, part) {
                break;
            }
            (rest, at) = (rest - part, day);
        }
        let open_binding = (rest > 0).then(|| self.open_binding(rest));
        self.join();
        let met = rest <= 0 && self.lines.iter().all(|line| self.wish.wanted_on.is_none_or(|on| line.promised_on <= on));
        let need = need.filter(|_| !met);
        Promise { wanted_on: self.wish.wanted_on, lines: self.lines, open: quantity(rest.max(0)), open_binding, need }
    }

    /// What is missing on the day the wish asks for.
    fn need(&self, wanted: Micro) -> Option<Need> {
        let free = self.reach.had(self.from, wanted).sum();
        let mut days_short = 0;
        if let Some(on) = self.wish.wanted_on {
            let earliest = self.reach.route.forward(self.reach.timeline.today());
            days_short = earliest.map_or(0, |dates| on.days_until(dates.arrive_on.plus_days(self.wish.slack_days)).max(0));
        }
        Some(Need { ready_by: day::date(self.from), short: quantity((wanted - free).max(0)), days_short })
    }

    /// Adds a part; not where no way leads to the customer.
    fn push(&mut self, day: Day, part: Micro) -> bool {
        let Some(dates) = self.dates(day) else { return false };
        let promised_on = self.promised_on(dates);
        let wanted = self.wish.wanted_on;
        let late = wanted.map_or(day > self.from, |wanted| promised_on > wanted);
        let missing = |limits| self.reach.first_day_within(part, self.from, limits).is_some_and(|first| first < day);
        let by_quota = late && day > self.from && missing(Limits { quota: false, shelf: true });
        let by_shelf = late && day > self.from && missing(Limits { quota: true, shelf: false });
        let kept_for = self.kept_for(part).filter(|_| late && day > self.from);
        let sources = self.reach.take(day, part);
        let mut binding = late.then(|| match (by_quota, by_shelf) {
            _ if day == self.from => Binding::of(self.way(day)),
            (true, _) => Binding { code: self.quota_on(self.from), ..Binding::of(Constraint::Quota) },
            (_, true) => Binding::of(Constraint::ShelfLife),
            _ => self.waits_for(day, &sources),
        });
        if let Some(binding) = &mut binding {
            binding.kept_for = kept_for;
        }
        self.lines.push(ScheduleLine { quantity: quantity(part), dates, promised_on, sources, binding });
        true
    }

    /// The days of goods that are ready on a day: those the wish asks for where they are early enough.
    fn dates(&self, ready: Day) -> Option<Dates> {
        let target = self.target.filter(|target| day::number(target.ready_on) >= ready);
        target.or_else(|| self.reach.route.forward(day::date(ready)))
    }

    fn promised_on(&self, dates: Dates) -> Date {
        let told = dates.arrive_on.plus_days(self.wish.slack_days);
        match self.wish.wanted_on {
            Some(wanted) if told <= wanted => wanted,
            _ => self.reach.route.receive.first_open(told).unwrap_or(told),
        }
    }

    /// The goods are there, and still it is too late.
    fn way(&self, day: Day) -> Constraint {
        let wanted = self.wish.wanted_on.map(|on| on.plus_days(-self.wish.slack_days));
        match wanted {
            Some(wanted) if self.reach.route.would_reach(day::date(day), wanted) => Constraint::Calendar,
            _ => Constraint::Transit,
        }
    }

    fn quota_on(&self, day: Day) -> String {
        let quota = self.reach.quotas.iter().filter(|quota| quota.covers(day)).min_by_key(|quota| quota.left);
        quota.map_or_else(String::new, |quota| quota.code.clone())
    }

    fn kept_for(&self, part: Micro) -> Option<DemandSource> {
        let wanted = self.reach.supplied() + part;
        self.reach.timeline.kept_for(self.from, wanted).cloned()
    }

    /// The last of what a part comes from.
    fn waits_for(&self, day: Day, sources: &[Portion]) -> Binding {
        let Some(last) = sources.last() else { return Binding::of(Constraint::Stock) };
        let constraint = match last.source.kind {
            SupplyKind::Stock => Constraint::Stock,
            SupplyKind::Receipt => Constraint::Receipt,
            SupplyKind::Production => Constraint::Production,
            SupplyKind::Transfer => Constraint::Transfer,
            SupplyKind::Plan => match &self.reach.makeable {
                Some(makeable) if makeable.is_limited() && day > makeable.first => Constraint::Capacity,
                _ => Constraint::LeadTime,
            },
        };
        let code = if constraint == Constraint::Capacity { self.capacity.clone() } else { String::new() };
        let source = (!matches!(last.source.kind, SupplyKind::Stock | SupplyKind::Plan)).then(|| last.source.clone());
        Binding { constraint, source, code, kept_for: None }
    }

    /// Why the rest is not promised at all.
    fn open_binding(&self, rest: Micro) -> Binding {
        let without = |limits| self.reach.first_day_within(rest, self.from, limits).is_some();
        if self.reach.first_day(rest, self.from).is_some() {
            return Binding::of(Constraint::Calendar);
        }
        if without(Limits { quota: false, shelf: true }) {
            return Binding { code: self.quota_on(self.from), ..Binding::of(Constraint::Quota) };
        }
        if without(Limits { quota: true, shelf: false }) {
            return Binding::of(Constraint::ShelfLife);
        }
        match self.reach.makeable.as_ref().is_some_and(Makeable::is_limited) {
            true => Binding { code: self.capacity.clone(), ..Binding::of(Constraint::Capacity) },
            false => Binding { kept_for: self.kept_for(rest), ..Binding::of(Constraint::Stock) },
        }
    }

    /// Parts that leave together are one.
    fn join(&mut self) {
        let mut joined: Vec<ScheduleLine> = Vec::new();
        for line in self.lines.drain(..) {
            match joined.last_mut() {
                Some(last) if (last.dates.ship_on, last.promised_on) == (line.dates.ship_on, line.promised_on) => {
                    last.quantity += line.quantity;
                    last.dates = line.dates;
                    last.binding = line.binding;
                    for portion in line.sources {
                        super::portion::add(&mut last.sources, portion.source, micro(portion.quantity));
                    }
                }
                _ => joined.push(line),
            }
        }
        self.lines = joined;
    }
}

impl Binding {
    fn of(constraint: Constraint) -> Self {
        Self { constraint, source: None, code: String::new(), kept_for: None }
    }
}
