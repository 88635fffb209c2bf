//! Margins, calculated by hand.

#![allow(clippy::vec_box)] // Lines are those of `sample`.

use crate::margin::shown_percent;
use crate::sample::{cny, draft};
use crate::*;

/// An order of `quantity price cost` lines whose prices contain 13 % tax or not; `-` is a cost that is not known.
fn order(inclusive: bool, discount: &str, lines: &[&str]) -> (Order, Vec<Box<OrderLine>>) {
    let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
    let priced: Vec<(&str, &str)> = words.iter().map(|words| (words[0], words[1])).collect();
    let (mut order, mut rows) = draft(&priced);
    for (row, words) in rows.iter_mut().zip(&words) {
        row.unit_cost_micro = UnitPrice::parse(words[2]).ok();
        if let Some(rate) = words.get(3) {
            row.discount_rate = Rate::from_bp(rate.parse().unwrap());
        }
    }
    order.tax_inclusive = inclusive;
    order.discount_minor = cny(discount);
    order.total_up(&mut rows).unwrap();
    (order, rows)
}

/// `net cost margin percent lowest`, in words.
fn check(inclusive: bool, discount: &str, lines: &[&str], expected: &str) {
    let (order, rows) = order(inclusive, discount, lines);
    let found = Margin::of(&order, &rows, Currency::CNY);
    let percent = |millionths: Option<i128>| millionths.map_or_else(|| "-".to_owned(), plain);
    let words = found.map_or_else(
        || "unknown".to_owned(),
        |m| {
            let amount = |money: Money| money.decimal(Currency::CNY);
            format!("{} {} {} {} {}", amount(m.net), amount(m.cost), amount(m.amount()), percent(m.percent()), percent(m.lowest_percent()))
        },
    );
    assert_eq!(words, expected, "{lines:?}");
}

#[test]
fn margins_are_those_reckoned_by_hand() {
    // 100 × 500 = 50,000 without tax; 100 × 400 = 40,000.
    check(false, "0", &["100 500 400"], "50000.00 40000.00 10000.00 20 20");
    // 50,000 with 13 % tax: tax 5,752.21, net 44,247.79; margin 4,247.79, 4,247.79 / 44,247.79 = 9.6000048…%
    check(true, "0", &["100 500 400"], "44247.79 40000.00 4247.79 9.600004 9.600004");
    // 10 % off the line: 45,000.
    check(false, "0", &["100 500 400 1000"], "45000.00 40000.00 5000.00 11.111111 11.111111");
    // 2,000 off the order: a share of 1,000 for each line; 9,000 − 8,000 and 9,000 − 9,500.
    check(false, "2000", &["10 1000 800", "10 1000 950"], "18000.00 17500.00 500.00 2.777777 -5.555556");
    // Costs have six decimals and are rounded once a line: 3 × 0.333333 = 0.999999.
    check(false, "0", &["3 1.00 0.333333"], "3.00 1.00 2.00 66.666666 66.666666");
    check(false, "0", &["1 0.03 0.005"], "0.03 0.01 0.02 66.666666 66.666666");
}

#[test]
fn what_is_not_known_or_given_away() {
    check(false, "0", &["100 500 400", "1 10 -"], "unknown");
    // Free goods that cost something: the order has a margin, its worst line has none that could be told.
    check(false, "0", &["100 500 400", "1 0 5"], "50000.00 40005.00 9995.00 19.99 -");
    check(false, "0", &["100 500 400", "1 0 0"], "50000.00 40000.00 10000.00 20 20");
    check(false, "0", &["1 0 5"], "0.00 5.00 -5.00 - -");
    check(false, "10.00", &["1 10 5"], "0.00 5.00 -5.00 - -");
    let (mut foreign, rows) = order(false, "0", &["100 500 400"]);
    foreign.currency = Currency::parse("USD").unwrap();
    assert_eq!(Margin::of(&foreign, &rows, Currency::CNY), None);
    assert_eq!(Margin::of(&foreign, &rows[..0], foreign.currency), None);
}

#[test]
fn goods_that_were_shipped_within_tolerance_count_as_charged() {
    let (mut order, mut rows) = order(false, "0", &["100 500 400"]);
    rows[0].over_tolerance = Rate::from_bp(500);
    rows[0].shipped_micro = sample::quantity("102");
    order.total_up(&mut rows).unwrap();
    let margin = Margin::of(&order, &rows, Currency::CNY).unwrap();
    assert_eq!((margin.net, margin.cost), (cny("51000.00"), cny("40800.00")));
}

#[test]
fn low_is_below_ten_percent_or_a_line_below_cost() {
    let low = |lines: &[&str]| {
        let (order, rows) = order(false, "0", lines);
        Margin::of(&order, &rows, Currency::CNY).unwrap().is_low()
    };
    assert!(!low(&["10 100 90"]));
    assert!(low(&["10 100 90.01"]));
    assert!(low(&["10 100 10", "1 10 10.01"]));
    assert!(low(&["10 100 10", "1 0 1"]));
}

#[test]
fn percentages_are_shown_rounded_down() {
    let shown: Vec<String> = [14_999_999, 15_000_000, -5_555_556, -1, 0].map(shown_percent).into();
    assert_eq!(shown, ["14.99", "15.00", "-5.56", "-0.01", "0.00"]);
}
