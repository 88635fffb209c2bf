//! Whether a server says what its callers were told: nothing lost, nothing twice, nothing half.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::company::People;
use crate::ledger::{Ledger, Sent, minor};
use crate::person::{Heard, Role};
use crate::terms::Dice;

/// Commands that were answered and are sent again in a check.
const AGAIN: u64 = 30;

/// Settles the commands that had no answer by sending them again, and sees that none of them was half there.
pub async fn settle(people: &People, ledger: &mut Ledger, open: Vec<Sent>) {
    let known: BTreeSet<String> = ledger.orders.values().map(|order| order.number.clone()).collect();
    let listed = orders(people).await;
    let unexpected: Vec<&String> = listed.keys().filter(|number| !known.contains(*number)).collect();
    let commands = open.len();
    for sent in open {
        let Heard::Answer(status, value) = people.of(sent.by).send(Some(&sent.key), &sent.path, &sent.body).await else {
            panic!("no answer to {sent:?}");
        };
        ledger.enter(sent, status, value);
    }
    let now: BTreeSet<&String> = ledger.orders.values().map(|order| &order.number).collect();
    for number in unexpected {
        assert!(now.contains(number), "order {number} belongs to none of {commands} commands without an answer");
    }
}

/// Sends commands again that were answered: by the same answer, and by nothing else.
pub async fn repeat(people: &People, ledger: &Ledger, dice: &mut Dice) -> usize {
    let all = ledger.told.len();
    let count = usize::try_from(AGAIN).unwrap().min(all);
    for turn in 0..count {
        // The last ones are those nearest to the kill; the others come from anywhere.
        let place = if turn < count / 2 { all - 1 - turn } else { usize::try_from(dice.below(all as u64)).unwrap() };
        let (sent, told) = &ledger.told[place];
        match people.of(sent.by).send(Some(&sent.key), &sent.path, &sent.body).await {
            Heard::Answer(_, value) if value == *told => {}
            Heard::Answer(status, value) => panic!("{sent:?}\nwas answered {told}\nand now {status} {value}"),
            Heard::Nothing => panic!("no answer to {sent:?}"),
        }
    }
    count
}

/// Compares all lists with the ledger.
pub async fn compare(people: &People, ledger: &Ledger) {
    let listed = orders(people).await;
    let known: BTreeMap<String, (String, i64)> =
        ledger.orders.values().map(|order| (order.number.clone(), (order.status.clone(), order.version))).collect();
    same("orders", &known, &listed);
    gapless(known.keys());
    for (kind, list) in [("shipment", "/shipments"), ("invoice", "/invoices"), ("payment", "/payments")] {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let rows = people.of(Role::Admin).list(list).await;
        let there: BTreeMap<String, String> = rows.iter().map(|row| (text(&row["number"]), text(&row["order"]["number"]))).collect();
        assert_eq!(there.len(), rows.len(), "a number of {list} is there twice");
        let told = ledger.papers.iter().filter(|((of, _), _)| of == kind).map(|((_, number), order)| (number.clone(), order.clone()));
        same(list, &told.collect(), &there);
        gapless(there.keys());
        if kind == "payment" {
            same("amounts", &ledger.payments, &rows.iter().map(|row| (text(&row["number"]), minor(&row["amount"]))).collect());
        }
    }
    let rows = people.of(Role::Warehouse).list("/stock").await;
    let product = |row: &Value| row["product"]["code"].as_str().unwrap()[1..].parse().unwrap();
    let there = rows.iter().map(|row| (product(row), row["on_hand"]["value"].as_str().unwrap().parse().unwrap())).collect();
    same("stock", &ledger.on_hand, &there);
}

/// Status and version of every order by number.
pub async fn orders(people: &People) -> BTreeMap<String, (String, i64)> {
    let rows = people.of(Role::Admin).list("/orders").await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all: BTreeMap<_, _> =
        rows.iter().map(|row| (text(&row["number"]), (text(&row["status"]), row["version"].as_i64().unwrap()))).collect();
    assert_eq!(all.len(), rows.len(), "an order's number is there twice");
    all
}

fn same<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(what: &str, told: &BTreeMap<K, V>, there: &BTreeMap<K, V>) {
    let lost: Vec<_> =
        told.iter().filter(|(key, value)| there.get(key) != Some(value)).map(|(key, value)| (key, value, there.get(key))).collect();
    let more: Vec<_> = there.iter().filter(|(key, _)| !told.contains_key(key)).collect();
    assert!(lost.is_empty() && more.is_empty(), "{what}: lost or changed {lost:?}; nobody was told of {more:?}");
}

/// Numbers of one year begin at 1 and have no gaps.
fn gapless<'a>(numbers: impl Iterator<Item = &'a String>) {
    let mut all: Vec<&String> = numbers.collect();
    all.sort();
    for (place, number) in all.iter().enumerate() {
        let tail: usize = number[number.len() - 6..].parse().unwrap();
        assert_eq!(tail, place + 1, "a gap before {number}");
    }
}
