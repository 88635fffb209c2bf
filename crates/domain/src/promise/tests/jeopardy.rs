//! How sure promises are (PRM-08).

use super::*;
use crate::rate::Rate;

#[test]
fn the_chance_is_that_of_the_normal_distribution() {
    // Φ from tables: 1 − Φ(0.25) = 0.4013, 1 − Φ(1) = 0.1587, 1 − Φ(1.96) = 0.0250, 1 − Φ(−1) = 0.8413.
    let check = |mean_milli: i64, deviation_milli: i64, days: i64, bp: i64| {
        let history = Lateness { mean_milli, deviation_milli, count: 9 };
        assert_eq!(history.chance_over(days), Rate::from_bp(bp), "{mean_milli} {deviation_milli} {days}");
    };
    check(0, 2_000, 0, 4_013);
    check(500, 2_000, 2, 1_587);
    check(540, 1_000, 2, 250);
    check(2_500, 1_000, 1, 8_413);
    check(0, 0, 0, 0);
    check(1_000, 0, 0, 10_000);
    check(0, 1_000, 40, 0);
}

#[test]
fn a_history_is_a_mean_and_a_deviation() {
    let history = Lateness::of(&[2, 4, 4, 4, 5, 5, 7, 9]);
    assert_eq!(history, Lateness { mean_milli: 5_000, deviation_milli: 2_138, count: 8 });
    assert_eq!(Lateness::of(&[]), Lateness::default());
    assert_eq!(Lateness::of(&[3]).deviation_milli, 0);
    let leg = Lateness { mean_milli: 1_000, deviation_milli: 3_000, count: 5 };
    assert_eq!(
        leg.and(Lateness { mean_milli: 500, deviation_milli: 4_000, count: 9 }),
        Lateness { mean_milli: 1_500, deviation_milli: 5_000, count: 5 }
    );
}

#[test]
fn the_band_has_its_reason() {
    let rule = JeopardyRule::default();
    let awaited = |expected: i64, mean_milli: i64, count: i64| Awaited {
        source: supply(SupplyKind::Receipt, 7, 0, 1).source,
        expected_on: day(expected),
        history: Lateness { mean_milli, deviation_milli: 2_000, count },
    };
    let check = |needed: i64, awaited: &[Awaited], covered: bool, expected: &str| {
        let risk = jeopardy(today(), day(needed), awaited, covered, &rule);
        assert_eq!(format!("{} {} {}", risk.band, risk.reason, risk.chance.decimal()), expected, "{needed} {awaited:?}");
    };
    check(3, &[], true, "safe stock 0");
    check(3, &[], false, "late no_supply 100");
    check(-1, &[], true, "late past 100");
    check(10, &[awaited(5, 0, 9)], true, "safe room 0.3");
    check(10, &[awaited(9, 0, 9)], true, "at_risk history 22.66");
    check(10, &[awaited(9, 0, 2)], true, "at_risk no_history 22.66");
    check(10, &[awaited(9, 5_000, 9)], true, "late history 95.99");
    check(10, &[awaited(12, 0, 9)], true, "late supply_late 77.34");
    check(10, &[awaited(-2, 0, 9)], true, "at_risk overdue 0");
    check(0, &[awaited(-2, 0, 9)], true, "late overdue 59.87");
    // Of several the riskiest counts.
    check(10, &[awaited(5, 0, 9), awaited(9, 0, 9)], true, "at_risk history 22.66");
    let stock = Awaited { source: SupplySource::STOCK, ..awaited(0, 0, 0) };
    check(10, &[stock], true, "safe stock 0");
}
