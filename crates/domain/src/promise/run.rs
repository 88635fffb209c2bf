//! Re-promising: what every open line would get if it were promised again, by segments with a strategy each (PRM-04). A proposal: nothing is applied.
//!
//! Each product in each warehouse is a run of its own. Lines that are not touched keep their place first. Then what lines of *win* and *gain* have is put
//! back where supply still gives it, so that nobody can take it; then win is served, each line with what it has set free and put back where nothing better is
//! found; then gain; then what lines of *improve* have is put back where it still fits, and they are served alike; then *redistribute*, *fill* and *lose*.
//!
//! With `n` lines of a product on `d` days a run takes `O(n log n + n log d)`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::balance::{Balance, Micro};
use super::day::{self, Day};
use super::event::DemandSource;
use super::strategy::{Segment, Strategy, standing};
use super::timeline::{Timeline, micro, quantity};
use super::wish::Split;
use crate::codes::{Channel, Grade, codes};
use crate::date::Date;
use crate::id::{ProductId, WarehouseId};
use crate::instant::Instant;
use crate::kept_json::raw;
use crate::quantity::Quantity;

/// So much is confirmed to be ready on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The day the goods are ready.
    pub on: Date,
    /// How much.
    #[serde(with = "raw")]
    pub quantity: Quantity,
}

/// A line that is not delivered yet. Its confirmations are **not** in the timelines a run is given.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenLine {
    /// The order and its line.
    pub source: DemandSource,
    /// The product.
    pub product_id: ProductId,
    /// The warehouse it is served from.
    pub warehouse_id: WarehouseId,
    /// What is still wanted.
    pub quantity: Quantity,
    /// The day the goods would have to be ready for the customer's wish.
    pub needed_on: Date,
    /// Whether it may come in parts.
    pub split: Split,
    /// What it has.
    pub confirmed: Vec<Confirmed>,
    /// The higher the more important.
    pub priority: i64,
    /// Grade of the customer.
    pub grade: Option<Grade>,
    /// Where the order came from.
    pub channel: Channel,
    /// When it was ordered.
    pub ordered_at: Instant,
}

codes! {
    /// What a run would do to a line.
    Shift in "promise.shift" {
        Better = "better",
        Same = "same",
        Worse = "worse",
        /// More at one time, less at another.
        Mixed = "mixed",
    }
}

/// What a run proposes for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The order and its line.
    pub source: DemandSource,
    /// Code of its segment; none where it is of none, and so not touched.
    pub segment: Option<String>,
    /// How it was served.
    pub strategy: Strategy,
    /// What it has.
    pub before: Vec<Confirmed>,
    /// What it would have.
    pub after: Vec<Confirmed>,
    /// What that is for the customer: what is ready before it is needed counts as ready on the day it is needed.
    pub shift: Shift,
    /// The strategy's promise could not be kept: win is not in full on time, gain is worse than before.
    pub exception: bool,
}

/// A proposal for every line, in the order in which they were given. The timelines hold supply and whatever demand is not one of the lines; lines without a
/// timeline have no supply.
///
/// Source: PRM-04
pub fn repromise(
    timelines: &BTreeMap<(ProductId, WarehouseId), Timeline>,
    lines: &[OpenLine],
    segments: &[Segment],
    today: Date,
) -> Vec<Proposal> {
    let mut places: BTreeMap<(ProductId, WarehouseId), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        places.entry((line.product_id, line.warehouse_id)).or_default().push(at);
    }
    let mut proposals: Vec<Option<Proposal>> = vec![None; lines.len()];
    for (key, members) in places {
        let balance = timelines.get(&key).map(|timeline| timeline.balance.clone()).unwrap_or_default();
        let turns: Vec<Turn<'_>> = members.iter().map(|at| Turn::of(&lines[*at], segments, day::number(today))).collect();
        for (at, turn) in members.iter().zip(serve(balance, turns, segments)) {
            proposals[*at] = Some(turn.proposal(segments));
        }
    }
    proposals.into_iter().flatten().collect()
}

type Parts = Vec<(Day, Micro)>;

struct Turn<'a> {
    line: &'a OpenLine,
    segment: Option<usize>,
    strategy: Strategy,
    /// The first day that is of use: needed then, or today where that is past.
    needed: Day,
    before: Parts,
    after: Parts,
    /// Whether all that it had was put back.
    kept: bool,
}

impl<'a> Turn<'a> {
    fn of(line: &'a OpenLine, segments: &[Segment], today: Day) -> Self {
        let segment = segments.iter().position(|segment| segment.among.holds(line));
        let strategy = segment.map_or(Strategy::Skip, |at| segments[at].strategy);
        let confirmed = line.confirmed.iter().filter(|part| part.quantity.is_positive());
        let mut before: Parts = confirmed.map(|part| (day::number(part.on).max(today), micro(part.quantity))).collect();
        before.sort_unstable();
        Self { line, segment, strategy, needed: day::number(line.needed_on).max(today), before, after: Parts::new(), kept: true }
    }

    /// The line's better parts of two; `None` where neither is at least as good at every time.
    fn compare(&self, a: &Parts, b: &Parts) -> Shift {
        let mut days: Vec<Day> = a.iter().chain(b).map(|(day, _)| (*day).max(self.needed)).collect();
        days.sort_unstable();
        let by =
            |parts: &Parts, day: Day| -> Micro { parts.iter().filter(|(on, _)| (*on).max(self.needed) <= day).map(|(_, part)| part).sum() };
        let (mut more, mut less) = (false, false);
        for day in days {
            let (a, b) = (by(a, day), by(b, day));
            more |= b > a;
            less |= b < a;
        }
        match (more, less) {
            (false, false) => Shift::Same,
            (true, false) => Shift::Better,
            (false, true) => Shift::Worse,
            (true, true) => Shift::Mixed,
        }
    }

    fn is_on_time(&self) -> bool {
        let on_time: Micro = self.after.iter().filter(|(on, _)| *on <= self.needed).map(|(_, part)| part).sum();
        on_time >= micro(self.line.quantity)
    }

    fn proposal(self, segments: &[Segment]) -> Proposal {
        let shift = self.compare(&self.before, &self.after);
        let exception = match self.strategy {
            Strategy::Win => !self.is_on_time(),
            Strategy::Gain => matches!(shift, Shift::Worse | Shift::Mixed),
            _ => false,
        };
        let shown = |parts: &Parts| parts.iter().map(|(on, part)| Confirmed { on: day::date(*on), quantity: quantity(*part) }).collect();
        let after = if self.after == self.before { self.line.confirmed.clone() } else { shown(&self.after) };
        Proposal {
            source: self.line.source.clone(),
            segment: self.segment.map(|at| segments[at].code.clone()),
            strategy: self.strategy,
            before: self.line.confirmed.clone(),
            after,
            shift,
            exception,
        }
    }
}

fn place(balance: &mut Balance, parts: &Parts) {
    parts.iter().for_each(|(day, part)| balance.add(*day, -part));
}

fn lift(balance: &mut Balance, parts: &Parts) {
    parts.iter().for_each(|(day, part)| balance.add(*day, *part));
}

/// Serves the lines of one product in one warehouse; gives them back in the order in which they came.
fn serve<'a>(mut balance: Balance, mut turns: Vec<Turn<'a>>, segments: &[Segment]) -> Vec<Turn<'a>> {
    let mut order: Vec<usize> = (0..turns.len()).collect();
    let keys: Vec<_> = turns
        .iter()
        .map(|turn| {
            let precedence = turn.segment.map_or(&[][..], |at| &segments[at].order);
            (turn.strategy, turn.segment, standing(turn.line, precedence), turn.line.source.id, turn.line.source.line_no)
        })
        .collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
    for turn in turns.iter_mut().filter(|turn| turn.strategy == Strategy::Skip) {
        place(&mut balance, &turn.before);
        turn.after = turn.before.clone();
    }
    let of = |turns: &[Turn<'_>], strategy: Strategy| -> Vec<usize> {
        order.iter().copied().filter(|at| turns[*at].strategy == strategy).collect()
    };
    let guaranteed = [of(&turns, Strategy::Win), of(&turns, Strategy::Gain)];
    for at in guaranteed.iter().flatten() {
        put_back(&mut balance, &mut turns[*at]);
    }
    for at in guaranteed.iter().flatten() {
        ask_again(&mut balance, &mut turns[*at]);
    }
    let improving = of(&turns, Strategy::Improve);
    improving.iter().for_each(|at| put_back(&mut balance, &mut turns[*at]));
    improving.iter().for_each(|at| ask_again(&mut balance, &mut turns[*at]));
    for at in of(&turns, Strategy::Redistribute) {
        let turn = &mut turns[at];
        turn.after = asked(&balance, turn.needed, micro(turn.line.quantity), turn.line.split);
        place(&mut balance, &turn.after);
    }
    for at in of(&turns, Strategy::Fill) {
        fill(&mut balance, &mut turns[at]);
    }
    turns
}

/// Puts back what a line had, as far as supply still gives it; all or nothing of a line that comes whole.
fn put_back(balance: &mut Balance, turn: &mut Turn<'_>) {
    for (day, part) in &turn.before {
        let free = balance.free(*day).clamp(0, *part);
        turn.kept &= free == *part;
        if free > 0 {
            balance.add(*day, -free);
            turn.after.push((*day, free));
        }
    }
    if !turn.kept && turn.line.split == Split::Whole {
        lift(balance, &turn.after);
        turn.after.clear();
    }
}

/// Asks for a line with what it has set free, and takes the answer where it is better; else all stays as it was.
fn ask_again(balance: &mut Balance, turn: &mut Turn<'_>) {
    lift(balance, &turn.after);
    let asked = asked(balance, turn.needed, micro(turn.line.quantity), turn.line.split);
    if turn.compare(&turn.after, &asked) == Shift::Better {
        turn.after = asked;
    }
    place(balance, &turn.after);
}

/// What a line gets of what is free: from the day it is needed on, as early as can be.
fn asked(balance: &Balance, needed: Day, wanted: Micro, split: Split) -> Parts {
    let (mut rest, mut at, mut taken, mut parts) = (wanted, needed, 0, Parts::new());
    while rest > 0 && parts.len() < split.parts() {
        let least = if parts.len() + 1 == split.parts() { rest } else { 1 };
        let Some(day) = balance.first_day(taken + least).map(|day| day.max(at)) else { break };
        let part = (balance.free(day) - taken).min(rest);
        if part <= 0 {
            break;
        }
        parts.push((day, part));
        (rest, at, taken) = (rest - part, day, taken + part);
    }
    parts
}

/// What a line had, kept, cut or later, never better.
fn fill(balance: &mut Balance, turn: &mut Turn<'_>) {
    let all = turn.before.len();
    for (at, (day, part)) in turn.before.iter().enumerate() {
        // Each part that is still to come needs one of the parts the line may have.
        let parts = turn.line.split.parts().saturating_sub(turn.after.len() + all - at - 1);
        let got = asked(balance, *day, *part, Split::Parts(parts));
        place(balance, &got);
        turn.after.extend(got);
    }
    turn.after.sort_unstable();
}
