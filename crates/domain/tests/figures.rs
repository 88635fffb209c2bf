//! Whatever is typed where a figure, a date or a pattern of numbers belongs: nothing breaks, what is read is what was written, and what
//! cannot be kept exactly is refused. Longer with `SHUNDAN_TORTURE_SECONDS`, other cases with `SHUNDAN_TORTURE_SEED`.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant as Clock};

use domain::{Currency, Date, Instant, Money, NumberPattern, Quantity, Rate, UnitPrice};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Texts like figures and dates, and texts like nothing.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[+-]?[0-9]{0,20}(\\.[0-9]{0,12})?",
        2 => "-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?",
        1 => "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        1 => "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?",
        1 => "([A-Z-]{0,4}|\\{yyyy\\}|\\{yy\\}|\\{mm\\}|\\{dd\\}|\\{0{1,9}\\}|[{}0y单 ]){0,6}",
        1 => "[0-9.,eE+ '￥%-]{0,24}",
        1 => "[٠-٩０-９0-9.]{1,10}",
        1 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => Just("9".repeat(10_000)),
        1 => Just(format!("0.{}1", "0".repeat(10_000))),
    ]
}

/// Digits before and behind the point without what says nothing, so that equal figures are equal texts; `None` for what is no figure.
fn plain(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let good = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !good(whole) || !good(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let sign = if whole.is_empty() && fraction.is_empty() { "" } else { sign };
    Some(format!("{sign}{whole}.{fraction}"))
}

/// What was read is what was written, to the last digit; and its print is read as itself.
fn exact<T: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&str) -> Option<T>, print: impl Fn(&T) -> String) {
    let Some(value) = read(text) else { return };
    let printed = print(&value);
    assert_eq!(plain(&printed), plain(text), "{text:?} was read as {printed}");
    assert_eq!(read(&printed), Some(value), "{printed} is read differently");
}

fn holds(text: &str) {
    for currency in ["CNY", "JPY", "KWD", "USD"] {
        let currency = Currency::parse(currency).unwrap();
        exact(text, |text| Money::parse(text, currency).ok(), |money| money.decimal(currency));
        if let Ok(money) = Money::parse(text, currency) {
            assert!(money <= Money::MAX && (Money::ZERO - money) <= Money::MAX);
            let grouped = money.grouped(currency);
            assert_eq!(grouped.replace(',', ""), money.decimal(currency));
            assert!(money.checked_add(Money::MAX).is_some() && !money.shown(currency).is_empty());
        }
        let _ = Money::parse_rounded(text, currency);
    }
    exact(text, |text| Quantity::parse(text).ok(), |quantity| quantity.decimal());
    exact(text, |text| UnitPrice::parse(text).ok(), |price| price.decimal());
    // A rate is rounded to the digits shown: its print is exact again.
    if let Ok(rate) = Rate::parse(text) {
        assert_eq!(Rate::parse(&rate.decimal()).ok(), Some(rate));
    }
    if let Ok(date) = Date::parse(text) {
        assert_eq!(date.as_str(), text);
        assert_eq!(date.plus_days(1).days_until(date), if date.as_str() == "9999-12-31" { 0 } else { -1 });
        let _ = (date.plus_days(i64::MIN), date.plus_days(i64::MAX), Instant::start_of(date), Instant::start_of_in(date, text));
    }
    if let Ok(instant) = Instant::parse(text) {
        assert_eq!(Instant::parse(&instant.to_string()).ok(), Some(instant));
    }
    let on = Date::parse("2026-03-09").unwrap();
    if let Ok(pattern) = NumberPattern::parse(text) {
        let numbers: Vec<String> = [1, 2, 999, i64::MAX].map(|counter| pattern.number(on, counter)).into();
        assert!(numbers.iter().all(|number| number.is_ascii() && number.len() <= 80), "{text}: {numbers:?}");
        assert!(numbers.windows(2).all(|two| two[0] != two[1]), "{text}: {numbers:?}");
        assert!(!pattern.series("order", on).is_empty());
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.trim().parse().unwrap())
}

#[test]
fn figures_are_read_exactly_or_refused() {
    let until = number("SHUNDAN_TORTURE_SECONDS").map(|seconds| Clock::now() + Duration::from_secs(seconds));
    let seed = number("SHUNDAN_TORTURE_SEED").unwrap_or(3);
    let mut runs = 0;
    loop {
        let config = Config { cases: 600, rng_seed: RngSeed::Fixed(seed + runs), failure_persistence: None, ..Config::default() };
        TestRunner::new(config)
            .run(&texts(), |text| {
                holds(&text);
                Ok(())
            })
            .unwrap();
        runs += 1;
        if until.is_none_or(|until| Clock::now() > until) {
            break;
        }
    }
    println!("torture figures: {} texts from seed {seed}", runs * 600);
}

#[test]
fn the_texts_are_figures_often_enough() {
    let mut runner = TestRunner::deterministic();
    let read = (0..2_000).filter(|_| Quantity::parse(&texts().new_tree(&mut runner).unwrap().current()).is_ok()).count();
    assert!(read > 300, "{read}");
}
