//! Forecasts measured on real sales: the tables of `docs/forecast.md` are what the code computes.
//!
//! `SHUNDAN_WRITE=1 cargo test -p app --test forecast` writes them anew.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;

use app::forecast::backtest::{Ask, Columns, Measured, Wrong, measure, sales};
use domain::Date;
use domain::forecast::{Method, Period, Score};

fn read(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)).unwrap()
}

fn columns(item: &str, day: &str) -> Columns {
    Columns { item: item.into(), day: day.into(), quantity: "Quantity".into(), key: "OrderID".into() }
}

fn superstore() -> Measured {
    let sold = sales(&read("superstore.csv"), None, &columns("Sub-Category", "Order Date")).unwrap();
    measure(&sold, Ask { period: Period::Month, origins: 12, horizon: 3, until: Date::parse("2018-01-01").ok() }).unwrap()
}

fn northwind() -> Measured {
    let columns = columns("ProductID", "OrderDate");
    let sold = sales(&read("northwind/order_details.csv"), Some(&read("northwind/orders.csv")), &columns).unwrap();
    measure(&sold, Ask { period: Period::Week, origins: 26, horizon: 4, until: None }).unwrap()
}

fn score(measured: &Measured, method: Option<Method>) -> Score {
    let (_, by_class) = measured.scores.iter().find(|(name, _)| *name == method).unwrap();
    let mut score = Score::default();
    by_class.values().for_each(|other| score.merge(other));
    score
}

/// INV-06
#[test]
fn the_document_says_what_is_measured() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/forecast.md");
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (name, measured) in [("superstore", superstore()), ("northwind", northwind())] {
        let table = measured.table();
        println!("{name}, too short: {}\n{table}", measured.short);
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let begin = text.find(&open).unwrap() + open.len();
        let end = text.find(&close).unwrap();
        if std::env::var_os("SHUNDAN_WRITE").is_some() {
            text.replace_range(begin..end, &table);
            std::fs::write(&path, &text).unwrap();
        } else {
            assert_eq!(&text[begin..end], table, "{name}: SHUNDAN_WRITE=1 writes it anew");
        }
    }
}

/// INV-06: what is chosen by rules is no worse than doing nothing clever, on sales it was not made for.
#[test]
fn the_choice_beats_the_naive_forecasts() {
    for measured in [superstore(), northwind()] {
        let chosen = score(&measured, None);
        for naive in [Method::Naive, Method::SeasonalNaive] {
            let naive = score(&measured, Some(naive));
            assert!(chosen.mase() < naive.mase() && chosen.wape() < naive.wape(), "{chosen:?} {naive:?}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_place() {
    let wrong = |file: &str, second: Option<&str>| sales(file.as_bytes(), second.map(str::as_bytes), &columns("A", "D")).unwrap_err();
    assert_eq!(wrong("A,Quantity\nx,1\n", None), Wrong::Column("D".into()));
    assert_eq!(wrong("A,D,Quantity\nx,2026-01-01,1\nx,tomorrow,1\n", None), Wrong::Value(3, "tomorrow".into()));
    assert_eq!(wrong("A,D,Quantity\nx,2026-01-01,much\n", None), Wrong::Value(2, "much".into()));
    assert_eq!(wrong("A,OrderID,Quantity\nx,1,1\n", Some("OrderID\n1\n")), Wrong::Column("D".into()));
    assert!(matches!(wrong("A,D,Quantity\nx,2026-01-01\n", None), Wrong::Csv(_)));
    let ask = Ask { period: Period::Month, origins: 3, horizon: 1, until: None };
    assert_eq!(measure(&sales(b"A,D,Quantity\n", None, &columns("A", "D")).unwrap(), ask), Err(Wrong::Empty));
    let unmatched = sales(b"A,OrderID,Quantity\nx,1,1\nx,2,2\n", Some(b"OrderID,D\n2,2026-02-03 00:00\n"), &columns("A", "D")).unwrap();
    assert_eq!(unmatched["x"].len(), 1);
}
