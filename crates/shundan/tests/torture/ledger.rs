//! What the callers were told: the truth that the server is held to.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;

use crate::company::{PRODUCTS, STOCK};
use crate::person::Role;

/// A command as it was sent; sent again under its key it must be the same command.
#[derive(Clone, Debug)]
pub struct Sent {
    pub caller: usize,
    pub by: Role,
    pub key: String,
    pub path: String,
    pub body: Value,
    pub what: What,
    pub at: Instant,
}

/// What a command wants.
#[derive(Clone, Debug)]
pub enum What {
    Place,
    Batch,
    /// The next step of the order with this id.
    Step(String),
    Receive {
        product: u64,
        quantity: i64,
    },
}

/// An order that was acknowledged.
#[derive(Clone, Debug)]
pub struct Known {
    pub caller: usize,
    pub number: String,
    pub status: String,
    pub version: i64,
    /// Product and pieces of each line.
    pub lines: Vec<(u64, i64)>,
    pub payable_minor: i64,
    /// Steps done; see [`crate::caller`].
    pub steps: usize,
    /// When the command was sent that made it.
    pub sent: Instant,
    /// When its answer was there.
    pub told: Instant,
}

/// Everything acknowledged.
#[derive(Clone, Default)]
pub struct Ledger {
    /// By id.
    pub orders: BTreeMap<String, Known>,
    /// Number and order of each paper, by kind.
    pub papers: BTreeMap<(String, String), String>,
    /// Minor units by number of payment.
    pub payments: BTreeMap<String, i64>,
    /// Pieces of each product.
    pub on_hand: BTreeMap<u64, i64>,
    /// Commands with their answers.
    pub told: Vec<(Sent, Value)>,
}

impl Ledger {
    pub fn new() -> Self {
        Ledger { on_hand: (0..PRODUCTS).map(|product| (product, STOCK)).collect(), ..Ledger::default() }
    }

    /// Enters the answer to a command, which must be new to it.
    pub fn enter(&mut self, sent: Sent, status: u16, value: Value) {
        // Nothing that callers do is against the rules.
        assert!((200..300).contains(&status), "refused: {sent:?}\n{status} {value}");
        match &sent.what {
            What::Place => self.order(&sent, &sent.body, &value),
            What::Batch => {
                let orders = sent.body["orders"].as_array().unwrap();
                for (order, result) in orders.iter().zip(value["results"].as_array().unwrap()) {
                    assert!(result["ok"].is_object(), "an order of a batch is refused: {result}");
                    self.order(&sent, order, &result["ok"]);
                }
            }
            What::Step(id) => self.step(id, &sent, &value),
            What::Receive { product, quantity } => *self.on_hand.get_mut(product).unwrap() += quantity,
        }
        self.told.push((sent, value));
    }

    fn order(&mut self, sent: &Sent, body: &Value, state: &Value) {
        let text = |name: &str| state[name].as_str().unwrap().to_owned();
        let line = |line: &Value| (number(&line["product_id"].as_str().unwrap()[1..]), number(line["quantity"].as_str().unwrap()));
        let lines = body["lines"].as_array().unwrap().iter().map(line).map(|(product, pieces)| (u64::try_from(product).unwrap(), pieces));
        let known = Known {
            caller: sent.caller,
            number: text("number"),
            status: text("status"),
            version: state["version"].as_i64().unwrap(),
            lines: lines.collect(),
            payable_minor: minor(&state["payable"]),
            steps: 0,
            sent: sent.at,
            told: Instant::now(),
        };
        let taken = self.orders.values().find(|other| other.number == known.number);
        assert!(taken.is_none(), "number {} was given twice: {sent:?}", known.number);
        let again = self.orders.insert(text("id"), known);
        assert!(again.is_none(), "two commands made one order: {sent:?}");
    }

    fn step(&mut self, id: &str, sent: &Sent, state: &Value) {
        let known = self.orders.get_mut(id).unwrap();
        known.steps += 1;
        known.version = state["version"].as_i64().unwrap();
        state["status"].as_str().unwrap().clone_into(&mut known.status);
        let made = &state["made"];
        if made.is_null() {
            return;
        }
        let (kind, paper) = (made["kind"].as_str().unwrap().to_owned(), made["number"].as_str().unwrap().to_owned());
        if kind == "shipment" {
            for (product, pieces) in &known.lines {
                *self.on_hand.get_mut(product).unwrap() -= pieces;
            }
        }
        if kind == "payment" {
            self.payments.insert(paper.clone(), minor(&sent.body["amount"]));
        }
        let again = self.papers.insert((kind, paper), known.number.clone());
        assert!(again.is_none(), "a paper's number was given twice: {sent:?}\n{state}");
    }
}

fn number(text: &str) -> i64 {
    text.parse().unwrap()
}

/// Minor units of `"12.30"` or of `{"amount": "12.30", …}`.
pub fn minor(money: &Value) -> i64 {
    let text = money.as_str().or_else(|| money["amount"].as_str()).unwrap();
    number(&text.replace('.', ""))
}
