//! What holds after any sequence of confirmations, changes, cancellations and moved supplies.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::run::{PLACE, line};
use super::*;
use crate::codes::Grade;
use crate::promise::shelf::{self, Fresh};

/// The reference: every day of the horizon, every event, each time.
struct Naive {
    moves: Vec<(i64, i64)>,
}

const LAST: i64 = 60;

impl Naive {
    fn of(timeline: &Timeline) -> Self {
        let on = |date: Date| today().days_until(date);
        let comes = timeline.supplies().map(|supply| {
            (on(supply.on).max(i64::from(supply.source.kind != SupplyKind::Stock && supply.on < today())), supply.quantity.micro())
        });
        let goes = timeline.demands().map(|demand| (on(demand.on), -demand.quantity.micro()));
        Self { moves: comes.chain(goes).map(|(day, micro)| (day.max(0), micro)).collect() }
    }

    fn level(&self, day: i64) -> i64 {
        self.moves.iter().filter(|(on, _)| *on <= day).map(|(_, micro)| micro).sum()
    }

    fn free(&self, day: i64) -> i64 {
        (day..=LAST).map(|later| self.level(later)).min().unwrap()
    }
}

/// What happens to a timeline.
#[derive(Clone, Debug)]
enum Happens {
    Confirm { id: i64, quantity: i64, wanted: i64, parts: usize },
    Cancel { id: i64 },
    Change { id: i64, quantity: i64 },
    Move { id: i64, to: i64 },
    Comes { id: i64, on: i64, quantity: i64 },
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..12_i64, 1..40_i64, 0..50_i64, 1..5_usize).prop_map(|(id, quantity, wanted, parts)| Happens::Confirm { id, quantity, wanted, parts }),
        1 => (0..12_i64).prop_map(|id| Happens::Cancel { id }),
        2 => (0..12_i64, 1..40_i64).prop_map(|(id, quantity)| Happens::Change { id, quantity }),
        1 => (1..6_i64, -3..50_i64).prop_map(|(id, to)| Happens::Move { id, to }),
        1 => (1..6_i64, 0..50_i64, 1..30_i64).prop_map(|(id, on, quantity)| Happens::Comes { id, on, quantity }),
    ]
}

use proptest::strategy::Strategy;

fn source(id: i64) -> DemandSource {
    demand(id, 0, 0).source
}

/// Confirms what can be promised and says so.
fn confirm(timeline: &mut Timeline, id: i64, quantity: i64, wanted: i64, split: Split) -> Promise {
    let calendar = always();
    let wish = Wish { split, ..Wish::whole(units(quantity), Some(day(wanted))) };
    let before = timeline.days();
    let answer = promise(timeline, &at_once(&calendar), None, &wish);
    assert_eq!(timeline.days(), before, "asking changes nothing");
    answer.demands(&source(id), 0).into_iter().for_each(|demand| timeline.add_demand(demand));
    answer
}

fn apply(timeline: &mut Timeline, happens: &Happens) {
    match happens {
        Happens::Confirm { id, quantity, wanted, parts } => {
            timeline.remove_demand(&source(*id));
            let split = if *parts == 1 { Split::Whole } else { Split::Parts(*parts) };
            let answer = confirm(timeline, *id, *quantity, *wanted, split);
            assert!(answer.lines.len() <= *parts, "never more parts than may be");
            assert!(*parts > 1 || answer.lines.is_empty() || answer.is_whole(), "whole or not at all");
            assert_eq!(answer.promised() + answer.open, units(*quantity));
            assert!(answer.lines.iter().all(|line| line.quantity == line.sources.iter().map(|part| part.quantity).sum()));
        }
        Happens::Cancel { id } => {
            timeline.remove_demand(&source(*id));
        }
        Happens::Change { id, quantity } => {
            let known = timeline.remove_demand(&source(*id));
            if let Some(first) = known.first() {
                confirm(timeline, *id, *quantity, today().days_until(first.on), Split::Parts(4));
            }
        }
        Happens::Move { id, to } => {
            timeline.move_supply(&supply(SupplyKind::Receipt, *id, 0, 0).source, day(*to));
        }
        Happens::Comes { id, on, quantity } => timeline.add_supply(supply(SupplyKind::Receipt, *id, *on, *quantity)),
    }
}

proptest! {
    /// PRM-05
    #[test]
    fn supply_covers_demand_on_every_day_unless_supply_was_taken_away(
        stock in 0..50_i64, receipts in prop::collection::vec((0..50_i64, 1..30_i64), 0..5), all in prop::collection::vec(happens(), 1..40),
    ) {
        let receipts = receipts.iter().enumerate().map(|(at, (on, quantity))| supply(SupplyKind::Receipt, at as i64 + 1, *on, *quantity));
        let mut timeline = Timeline::new(today(), receipts.chain([supply(SupplyKind::Stock, 0, 0, stock)]), []);
        let mut covered = true;
        for one in &all {
            apply(&mut timeline, one);
            // Only what moves supply may leave demand without it; then nothing of it is promised again.
            covered &= !matches!(one, Happens::Move { .. } | Happens::Comes { .. });
            let naive = Naive::of(&timeline);
            for on in 0..=LAST {
                prop_assert_eq!(timeline.balance_from(day(on)).micro(), naive.free(on), "{} after {:?}", on, one);
                prop_assert!(!covered || naive.level(on) >= 0, "{} after {:?}", on, one);
            }
            for wanted in [1, 7, 40, 150] {
                let first = (0..=LAST).find(|on| naive.free(*on) >= units(wanted).micro());
                prop_assert_eq!(timeline.first_day(units(wanted)), first.map(day), "{} after {:?}", wanted, one);
            }
        }
    }

    /// A confirmation never takes anything from those before it, whatever moved.
    #[test]
    fn no_confirmation_lowers_what_is_below_zero(all in prop::collection::vec(happens(), 1..30)) {
        let mut timeline = Timeline::new(today(), [supply(SupplyKind::Stock, 0, 0, 60)], []);
        for one in &all {
            let low = |timeline: &Timeline| (0..=LAST).map(|on| Naive::of(timeline).level(on).min(0)).collect::<Vec<_>>();
            if let Happens::Confirm { id, .. } = one {
                timeline.remove_demand(&source(*id));
                let before = low(&timeline);
                apply(&mut timeline, one);
                prop_assert_eq!(low(&timeline), before);
            } else {
                apply(&mut timeline, one);
            }
        }
    }

    /// PRM-04
    #[test]
    fn win_and_gain_are_never_worse_and_supply_still_covers(
        stock in 0..80_i64, receipts in prop::collection::vec((0..50_i64, 1..60_i64), 0..5),
        wishes in prop::collection::vec((0..40_i64, 1..30_i64, 0..7_usize, 1..4_usize, 0..3_usize), 1..25), further in prop::collection::vec((0..50_i64, 1..30_i64), 0..3),
    ) {
        let receipt = |(at, (on, quantity)): (usize, &(i64, i64))| supply(SupplyKind::Receipt, at as i64 + 1, *on, *quantity);
        let mut timeline = Timeline::new(today(), receipts.iter().enumerate().map(receipt).chain([supply(SupplyKind::Stock, 0, 0, stock)]), []);
        // First come, first served; then more supply comes.
        let mut lines = Vec::new();
        for (at, (wanted, quantity, strategy, parts, grade)) in wishes.iter().enumerate() {
            let split = if *parts == 1 { Split::Whole } else { Split::Parts(*parts) };
            let answer = confirm(&mut timeline, at as i64, *quantity, *wanted, split);
            let confirmed: Vec<_> = answer.lines.iter().map(|line| (today().days_until(line.dates.ready_on), line.quantity.micro() / 1_000_000)).collect();
            let mut line = line(at as i64, *wanted, *quantity, &confirmed, Grade::ALL[*grade]);
            (line.split, line.priority) = (split, *strategy as i64);
            lines.push(line);
        }
        for at in 0..wishes.len() {
            timeline.remove_demand(&source(at as i64));
        }
        for (at, (on, quantity)) in further.iter().enumerate() {
            timeline.add_supply(supply(SupplyKind::Production, at as i64 + 1, *on, *quantity));
        }
        let segments: Vec<Segment> = crate::promise::Strategy::ALL.iter().enumerate().rev().map(|(at, strategy)| Segment {
            code: strategy.to_string(),
            among: Among { priority_from: Some(at as i64), ..Among::default() },
            strategy: *strategy,
            order: vec![Precedence::Grade, Precedence::Wanted],
        }).collect();
        let timelines = BTreeMap::from([(PLACE, timeline.clone())]);
        let proposals = repromise(&timelines, &lines, &segments, today());
        prop_assert_eq!(timelines[&PLACE].days(), timeline.days());
        for (proposal, line) in proposals.iter().zip(&lines) {
            use crate::promise::Strategy as Does;
            let allowed: &[Shift] = match proposal.strategy {
                Does::Win | Does::Gain => &[Shift::Better, Shift::Same],
                Does::Skip => &[Shift::Same],
                Does::Fill | Does::Lose => &[Shift::Same, Shift::Worse],
                Does::Improve | Does::Redistribute => Shift::ALL,
            };
            prop_assert!(allowed.contains(&proposal.shift), "{:?}", proposal);
            prop_assert!(!proposal.exception || proposal.strategy == Does::Win, "{:?}", proposal);
            prop_assert!(proposal.after.len() <= line.split.parts().max(line.confirmed.len()), "{:?}", proposal);
            let after: Quantity = proposal.after.iter().map(|part| part.quantity).sum();
            prop_assert!(line.split != Split::Whole || after.is_zero() || after == line.quantity, "{:?}", proposal);
            for part in &proposal.after {
                timeline.add_demand(Demand { source: proposal.source.clone(), on: part.on, quantity: part.quantity, fresh_days: 0 });
            }
        }
        let naive = Naive::of(&timeline);
        prop_assert!((0..=LAST).all(|on| naive.level(on) >= 0));
    }

    /// The greedy rule for goods that expire serves as much as the largest flow does.
    #[test]
    fn what_expires_is_served_as_well_as_can_be(
        lots in prop::collection::vec((0..6_i64, 0..12_i64, 1..4_i64), 1..5), demands in prop::collection::vec((0..8_i64, 0..4_i64, 1..4_i64), 0..4),
        wanted in (0..8_i64, 0..4_i64),
    ) {
        let supplies: Vec<Supply> = lots.iter().enumerate().map(|(at, (from, keeps, quantity))| {
            Supply { expires_on: Some(day(from + keeps)), ..supply(SupplyKind::Receipt, at as i64 + 1, *from, *quantity) }
        }).collect();
        let goes = demands.iter().enumerate().map(|(at, (on, fresh, quantity))| Demand { fresh_days: *fresh, ..demand(at as i64 + 1, *on, *quantity) });
        let timeline = Timeline::new(today(), supplies, goes);
        let first = crate::promise::day::number(today());
        let fresh = |(on, keep): (i64, i64), quantity: i64| Fresh { on: first + on as i32, until: first + (on + keep) as i32, micro: i128::from(units(quantity).micro()) };
        let (found, from) = shelf::free(&timeline, &[], fresh(wanted, 40));
        prop_assert_eq!(from.iter().map(|(_, micro)| micro).sum::<i128>(), found);
        let base = flow(&lots, &demands, None);
        let most = (0..=40).rev().find(|quantity| flow(&lots, &demands, Some((wanted.0, wanted.1, *quantity))) == base + quantity).unwrap();
        prop_assert_eq!(found, i128::from(units(most).micro()));
    }
}

/// The most units that can be served, unit by unit with augmenting paths.
fn flow(lots: &[(i64, i64, i64)], demands: &[(i64, i64, i64)], further: Option<(i64, i64, i64)>) -> i64 {
    let spread = |all: &[(i64, i64, i64)]| -> Vec<(i64, i64)> {
        all.iter().flat_map(|(a, b, count)| (0..*count).map(move |_| (*a, a + b))).collect()
    };
    let (lots, mut wants) = (spread(lots), spread(demands));
    wants.extend(spread(further.as_slice()));
    let mut taken: Vec<Option<usize>> = vec![None; lots.len()];
    fn serve(want: usize, wants: &[(i64, i64)], lots: &[(i64, i64)], taken: &mut Vec<Option<usize>>, seen: &mut Vec<bool>) -> bool {
        for at in 0..lots.len() {
            if seen[at] || lots[at].0 > wants[want].0 || lots[at].1 < wants[want].1 {
                continue;
            }
            seen[at] = true;
            if taken[at].is_none_or(|other| serve(other, wants, lots, taken, seen)) {
                taken[at] = Some(want);
                return true;
            }
        }
        false
    }
    (0..wants.len()).filter(|want| serve(*want, &wants, &lots, &mut taken, &mut vec![false; lots.len()])).count() as i64
}
