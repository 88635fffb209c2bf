//! Re-promising by segments (PRM-04).

use std::collections::BTreeMap;

use super::*;
use crate::codes::{Channel, Grade};
use crate::instant::Instant;

pub(super) const PLACE: (ProductId, WarehouseId) = (ProductId::from_raw(1), WarehouseId::from_raw(1));

pub(super) fn line(id: i64, needed: i64, quantity: i64, confirmed: &[(i64, i64)], grade: Grade) -> OpenLine {
    OpenLine {
        source: demand(id, 0, 0).source,
        product_id: PLACE.0,
        warehouse_id: PLACE.1,
        quantity: units(quantity),
        needed_on: day(needed),
        split: Split::Parts(3),
        confirmed: confirmed.iter().map(|(on, quantity)| Confirmed { on: day(*on), quantity: units(*quantity) }).collect(),
        priority: 0,
        grade: Some(grade),
        channel: Channel::Direct,
        ordered_at: Instant::from_micros(id),
    }
}

fn segment(code: &str, grade: Grade, strategy: Strategy) -> Segment {
    let among = Among { grades: vec![grade], ..Among::default() };
    Segment { code: code.to_owned(), among, strategy, order: vec![Precedence::Priority, Precedence::Ordered] }
}

fn run(supplies: &[Supply], lines: &[OpenLine], segments: &[Segment]) -> Vec<String> {
    let timelines = BTreeMap::from([(PLACE, Timeline::new(today(), supplies.to_vec(), []))]);
    let shown = |proposal: &Proposal| {
        let parts: Vec<_> = proposal.after.iter().map(|part| format!("{}:{}", today().days_until(part.on), part.quantity)).collect();
        format!("{} {} [{}]{}", proposal.strategy, proposal.shift, parts.join(" "), if proposal.exception { " !" } else { "" })
    };
    repromise(&timelines, lines, segments, today()).iter().map(shown).collect()
}

#[test]
fn each_strategy_does_what_its_name_says() {
    let stock = [supply(SupplyKind::Stock, 0, 0, 100), supply(SupplyKind::Receipt, 7, 10, 50)];
    // B has the stock, A the receipt; another B has nothing.
    let lines = [line(1, 2, 100, &[(2, 100)], Grade::B), line(2, 2, 50, &[(10, 50)], Grade::A), line(3, 2, 30, &[], Grade::C)];
    let with = |b: Strategy, a: Strategy, c: Strategy| {
        run(&stock, &lines, &[segment("b", Grade::B, b), segment("a", Grade::A, a), segment("c", Grade::C, c)])
    };
    use Strategy::{Fill, Gain, Improve, Lose, Redistribute, Skip, Win};
    // Win takes from those who may lose, not from those who keep.
    assert_eq!(with(Redistribute, Win, Fill), ["redistribute worse [2:50 10:50]", "win better [2:50]", "fill same []"]);
    assert_eq!(with(Gain, Win, Fill), ["gain same [2:100]", "win same [10:50] !", "fill same []"]);
    assert_eq!(with(Improve, Win, Redistribute), ["improve worse [2:50 10:50]", "win better [2:50]", "redistribute same []"]);
    assert_eq!(with(Improve, Redistribute, Gain), ["improve worse [2:70 10:30]", "redistribute worse [10:20]", "gain better [2:30]"]);
    assert_eq!(with(Improve, Redistribute, Improve), ["improve same [2:100]", "redistribute worse [10:20]", "improve better [10:30]"]);
    assert_eq!(with(Lose, Redistribute, Redistribute), ["lose worse []", "redistribute better [2:50]", "redistribute better [2:30]"]);
    assert_eq!(with(Fill, Win, Fill), ["fill worse [2:50 10:50]", "win better [2:50]", "fill same []"]);
    assert_eq!(with(Skip, Win, Gain), ["skip same [2:100]", "win same [10:50] !", "gain same []"]);
    // A line of no segment is not touched.
    assert_eq!(run(&stock, &lines, &[]), ["skip same [2:100]", "skip same [10:50]", "skip same []"]);
}

#[test]
fn where_supply_fell_away_the_broken_promise_is_an_exception() {
    let stock = [supply(SupplyKind::Stock, 0, 0, 60), supply(SupplyKind::Receipt, 7, 20, 500)];
    let lines = [line(1, 2, 50, &[(2, 50)], Grade::A), line(2, 2, 50, &[(2, 50)], Grade::A)];
    let shown = run(&stock, &lines, &[segment("a", Grade::A, Strategy::Gain)]);
    assert_eq!(shown, ["gain same [2:50]", "gain worse [2:10 20:40] !"]);
    let whole: Vec<OpenLine> = lines.iter().map(|line| OpenLine { split: Split::Whole, ..line.clone() }).collect();
    assert_eq!(run(&stock, &whole, &[segment("a", Grade::A, Strategy::Gain)]), ["gain same [2:50]", "gain worse [20:50] !"]);
}

#[test]
fn a_segment_is_told_by_what_its_lines_are() {
    let base = line(1, 5, 1, &[], Grade::B);
    let check = |among: Among, expected: bool| assert_eq!(among.holds(&base), expected, "{among:?}");
    check(Among::default(), true);
    check(Among { grades: vec![Grade::A], ..Among::default() }, false);
    check(Among { grades: vec![Grade::A, Grade::B], channels: vec![Channel::Direct], ..Among::default() }, true);
    check(Among { channels: vec![Channel::Portal], ..Among::default() }, false);
    check(Among { products: vec![ProductId::from_raw(9)], ..Among::default() }, false);
    check(Among { priority_from: Some(1), ..Among::default() }, false);
    check(Among { needed_from: Some(day(5)), needed_to: Some(day(5)), ..Among::default() }, true);
    check(Among { needed_to: Some(day(4)), ..Among::default() }, false);
}

#[test]
fn lines_of_a_segment_are_served_in_its_order() {
    let stock = [supply(SupplyKind::Stock, 0, 0, 100)];
    let of = |order: Vec<Precedence>| {
        let mut lines = [line(1, 2, 70, &[], Grade::C), line(2, 1, 60, &[], Grade::B), line(3, 3, 100, &[], Grade::A)];
        lines[2].priority = 5;
        lines.iter_mut().for_each(|line| line.split = Split::Whole);
        let segments = [Segment { code: "all".to_owned(), among: Among::default(), strategy: Strategy::Redistribute, order }];
        let shown = run(&stock, &lines, &segments);
        shown.iter().position(|shown| shown.contains("better")).unwrap() + 1
    };
    use Precedence::{Grade as ByGrade, Ordered, Priority, Smallest, Wanted};
    assert_eq!([vec![Priority], vec![ByGrade], vec![Wanted], vec![Ordered], vec![Smallest], vec![]].map(of), [3, 3, 2, 1, 2, 1]);
}
