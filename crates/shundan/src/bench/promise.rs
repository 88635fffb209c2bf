//! `shundan bench promise`: what promising takes in a company of many products and open lines, without database and network.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant as Moment};

use domain::promise::{
    Among, Confirmed, Demand, DemandKind, DemandSource, OpenLine, Precedence, Route, Segment, Split, Strategy, Supply, SupplyKind,
    SupplySource, Timeline, Wish, promise, repromise,
};
use domain::{Channel, Date, Grade, Instant, ProductId, Quantity, WarehouseId, WorkCalendar};

use super::callers::Measured;
use super::dice::Dice;
use super::masters::today;
use super::report::{Report, cpu};
use crate::args::BenchPromise;
use crate::texts::Say;
use crate::trouble::Trouble;

const WAREHOUSE: WarehouseId = WarehouseId::from_raw(1);

/// Days ahead in which goods are wanted.
const WANTED: u64 = 60;

/// Days ahead in which goods come.
const COMES: u64 = 90;

pub fn run(say: Say, typed: &BenchPromise) -> Result<(), Trouble> {
    let mut report = Report::of("promise", "-");
    report.set("products", typed.products);
    report.set("open lines", typed.open_lines);
    report.set("order lines", typed.order_lines);
    report.set("rounds", typed.rounds);
    let ground = Ground::make(typed);
    report.note("open lines confirmed in full", ground.whole);
    let (lines, order) = (u64::from(typed.open_lines), u64::from(typed.order_lines));
    report.add("timelines made", timed(typed, lines, || ground.timelines(true).len()));
    let timelines = ground.timelines(true);
    report.add("order asked", timed(typed, order, || ground.ask(&timelines, typed)));
    let mut confirming = timelines.clone();
    report.add("order asked, confirmed, taken back", timed(typed, order, || ground.confirm(&mut confirming, typed)));
    let free = ground.timelines(false);
    let segments = segments();
    let again = || repromise(&free, &ground.lines, &segments, ground.today).len();
    report.add("every open line again", timed(typed, lines, again));
    report.print(say, typed.json);
    Ok(())
}

/// Runs a round so many times; the latencies are those of rounds, the rate that of lines.
fn timed(typed: &BenchPromise, lines: u64, mut round: impl FnMut() -> usize) -> Measured {
    let (begun, used) = (Moment::now(), cpu());
    let mut latencies = Vec::new();
    for _ in 0..typed.rounds {
        let moment = Moment::now();
        black_box(round());
        latencies.push(u32::try_from(moment.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    latencies.sort_unstable();
    let took: Duration = begun.elapsed();
    Measured { count: lines * u64::from(typed.rounds), took, cpu: cpu().saturating_sub(used), latencies }
}

struct Ground {
    today: Date,
    calendar: WorkCalendar,
    supplies: BTreeMap<ProductId, Vec<Supply>>,
    lines: Vec<OpenLine>,
    /// How many of them are confirmed in full.
    whole: usize,
}

impl Ground {
    /// Products with stock and receipts, and open lines, by Zipf's law, each promised when it came.
    fn make(typed: &BenchPromise) -> Self {
        let today = today();
        let mut dice = Dice::new(typed.seed, 0);
        let of = |place: u64| ProductId::from_raw(i64::try_from(place + 1).unwrap_or(i64::MAX));
        let supplies = (0..u64::from(typed.products)).map(|place| (of(place), supplies(&mut dice, today, place))).collect();
        let mut ground = Self { today, calendar: WorkCalendar::always(), supplies, lines: Vec::new(), whole: 0 };
        let mut timelines = ground.timelines(false);
        for at in 0..typed.open_lines {
            let product_id = of(dice.popular(u64::from(typed.products)));
            let mut line = line(&mut dice, i64::from(at) + 1, product_id, today);
            if let Some(timeline) = timelines.get_mut(&(product_id, WAREHOUSE)) {
                ground.promise(timeline, &mut line);
            }
            ground.lines.push(line);
        }
        ground
    }

    fn route(&self) -> Route<'_> {
        Route { ship: &self.calendar, carrier: &self.calendar, receive: &self.calendar, handling_days: 0, transit_days: 0 }
    }

    fn promise(&mut self, timeline: &mut Timeline, line: &mut OpenLine) {
        let wish = Wish { split: line.split, ..Wish::whole(line.quantity, Some(line.needed_on)) };
        let answer = promise(timeline, &self.route(), None, &wish);
        line.confirmed = answer.lines.iter().map(|part| Confirmed { on: part.dates.ready_on, quantity: part.quantity }).collect();
        self.whole += usize::from(answer.is_whole());
        answer.demands(&line.source, 0).into_iter().for_each(|demand| timeline.add_demand(demand));
    }

    /// Of every product, with what is confirmed or without.
    fn timelines(&self, confirmed: bool) -> BTreeMap<(ProductId, WarehouseId), Timeline> {
        let mut demands: BTreeMap<ProductId, Vec<Demand>> = BTreeMap::new();
        for line in self.lines.iter().filter(|_| confirmed) {
            let parts = line.confirmed.iter();
            demands.entry(line.product_id).or_default().extend(parts.map(|part| Demand {
                source: line.source.clone(),
                on: part.on,
                quantity: part.quantity,
                fresh_days: 0,
            }));
        }
        let timeline = |(product, supplies): (&ProductId, &Vec<Supply>)| {
            let demands = demands.remove(product).unwrap_or_default();
            ((*product, WAREHOUSE), Timeline::new(self.today, supplies.iter().cloned(), demands))
        };
        self.supplies.iter().map(timeline).collect()
    }

    /// The lines of an order on top of all others.
    fn order<'a>(&'a self, typed: &BenchPromise) -> impl Iterator<Item = OpenLine> + use<'a> {
        let mut dice = Dice::new(typed.seed, 1);
        let (first, products) = (i64::from(typed.open_lines), u64::from(typed.products));
        (0..i64::from(typed.order_lines)).map(move |at| {
            let product = ProductId::from_raw(i64::try_from(dice.popular(products) + 1).unwrap_or(i64::MAX));
            line(&mut dice, first + at + 1, product, self.today)
        })
    }

    fn ask(&self, timelines: &BTreeMap<(ProductId, WarehouseId), Timeline>, typed: &BenchPromise) -> usize {
        let whole = |line: OpenLine| {
            let wish = Wish { split: line.split, ..Wish::whole(line.quantity, Some(line.needed_on)) };
            let timeline = timelines.get(&(line.product_id, WAREHOUSE));
            timeline.is_some_and(|timeline| promise(timeline, &self.route(), None, &wish).is_whole())
        };
        self.order(typed).map(whole).filter(|whole| *whole).count()
    }

    fn confirm(&self, timelines: &mut BTreeMap<(ProductId, WarehouseId), Timeline>, typed: &BenchPromise) -> usize {
        let mut confirmed = 0;
        let order: Vec<OpenLine> = self.order(typed).collect();
        for line in &order {
            let wish = Wish { split: line.split, ..Wish::whole(line.quantity, Some(line.needed_on)) };
            if let Some(timeline) = timelines.get_mut(&(line.product_id, WAREHOUSE)) {
                let demands = promise(timeline, &self.route(), None, &wish).demands(&line.source, 0);
                confirmed += demands.len();
                demands.into_iter().for_each(|demand| timeline.add_demand(demand));
            }
        }
        for line in &order {
            if let Some(timeline) = timelines.get_mut(&(line.product_id, WAREHOUSE)) {
                timeline.remove_demand(&line.source);
            }
        }
        confirmed
    }
}

/// Stock and up to five receipts; of a popular product more, so that about nine of ten lines can be confirmed.
fn supplies(dice: &mut Dice, today: Date, place: u64) -> Vec<Supply> {
    let size = 20 + 400_000 / (place + 1);
    let quantity = |dice: &mut Dice| Quantity::units(i64::try_from(dice.below(size) + 1).unwrap_or(i64::MAX));
    let stock = Supply { source: SupplySource::STOCK, on: today, quantity: quantity(dice), expires_on: None };
    let mut supplies = vec![stock];
    for at in 0..dice.below(6) {
        let id = i64::try_from(place * 10 + at + 1).unwrap_or(i64::MAX);
        let source = SupplySource { kind: SupplyKind::Receipt, id, number: format!("PO{id}") };
        let on = today.plus_days(i64::try_from(dice.below(COMES)).unwrap_or(0));
        supplies.push(Supply { source, on, quantity: quantity(dice), expires_on: None });
    }
    supplies
}

fn line(dice: &mut Dice, id: i64, product_id: ProductId, today: Date) -> OpenLine {
    let below = |dice: &mut Dice, end: u64| i64::try_from(dice.below(end)).unwrap_or(0);
    OpenLine {
        source: DemandSource { kind: DemandKind::Order, id, line_no: 1, number: format!("SO{id}") },
        product_id,
        warehouse_id: WAREHOUSE,
        quantity: Quantity::units(below(dice, 20) + 1),
        needed_on: today.plus_days(below(dice, WANTED)),
        split: if dice.below(2) == 0 { Split::Whole } else { Split::Parts(3) },
        confirmed: Vec::new(),
        priority: below(dice, 5),
        grade: Grade::ALL.get(usize::try_from(dice.below(4)).unwrap_or(0)).copied(),
        channel: Channel::ALL[usize::try_from(dice.below(3)).unwrap_or(0)],
        ordered_at: Instant::from_micros(id),
    }
}

/// Every strategy but skip has its share: grade A wins unless it came by a representative, who gains; then by priority.
fn segments() -> Vec<Segment> {
    let order = vec![Precedence::Priority, Precedence::Wanted, Precedence::Ordered];
    let segment = |strategy: Strategy, among: Among| Segment { code: strategy.to_string(), among, strategy, order: order.clone() };
    let grade = |grade: Grade| Among { grades: vec![grade], ..Among::default() };
    let from = |priority: i64| Among { priority_from: Some(priority), ..Among::default() };
    vec![
        segment(Strategy::Gain, Among { channels: vec![Channel::SalesRep], ..grade(Grade::A) }),
        segment(Strategy::Win, grade(Grade::A)),
        segment(Strategy::Improve, grade(Grade::B)),
        segment(Strategy::Redistribute, from(2)),
        segment(Strategy::Fill, from(1)),
        segment(Strategy::Lose, Among { grades: vec![Grade::C], ..Among::default() }),
        segment(Strategy::Redistribute, Among::default()),
    ]
}
