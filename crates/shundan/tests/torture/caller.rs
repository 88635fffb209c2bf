//! What one caller does next: places orders, and brings those that are its own through their whole life.

use std::time::Instant;

use serde_json::{Value, json};

use crate::company::{CUSTOMERS, PRODUCTS};
use crate::ledger::{Known, Ledger, Sent, What};
use crate::person::Role;
use crate::terms::Dice;

/// A caller with its own chance.
pub struct Caller {
    pub name: usize,
    pub dice: Dice,
    /// Makes keys unique over rounds.
    pub round: usize,
    count: usize,
}

/// Who takes which step, in this order.
const STEPS: [(Role, &str); 6] = [
    (Role::Service, "review"),
    (Role::Manager, "approve"),
    (Role::Warehouse, "ship"),
    (Role::Finance, "invoice"),
    (Role::Finance, "record-payment"),
    (Role::Finance, "record-payment"),
];

impl Caller {
    pub fn new(name: usize, round: usize, seed: u64) -> Self {
        Caller { name, dice: Dice::new(seed, (round * 100 + name) as u64), round, count: 0 }
    }

    /// The next command.
    pub fn next(&mut self, ledger: &Ledger) -> Sent {
        let own = ledger.orders.iter().rev().filter(|(_, known)| known.caller == self.name && known.steps < STEPS.len()).take(40);
        let own: Vec<(&String, &Known)> = own.collect();
        match self.dice.below(20) {
            0 => self.batch(),
            1 | 2 => self.receive(),
            3..=7 => self.place(),
            _ if own.is_empty() => self.place(),
            _ => {
                let (id, known) = *self.dice.pick(&own);
                self.step(id, known)
            }
        }
    }

    fn sent(&mut self, by: Role, path: String, body: Value, what: What) -> Sent {
        self.count += 1;
        let key = format!("{}-{}-{}", self.round, self.name, self.count);
        Sent { caller: self.name, by, key, path, body, what, at: Instant::now() }
    }

    fn order(&mut self) -> Value {
        let line =
            |dice: &mut Dice| json!({"product_id": format!("P{}", dice.below(PRODUCTS)), "quantity": (1 + dice.below(9)).to_string()});
        let lines: Vec<Value> = (0..=self.dice.below(4)).map(|_| line(&mut self.dice)).collect();
        json!({"customer_id": format!("C{}", self.dice.below(CUSTOMERS)), "required_on": "2199-12-31", "warehouse_id": "W1", "lines": lines})
    }

    /// A new order that is submitted at once.
    pub fn place(&mut self) -> Sent {
        let order = self.order();
        self.sent(Role::Rep, "/orders?submit=true".into(), order, What::Place)
    }

    fn batch(&mut self) -> Sent {
        let orders: Vec<Value> = (0..1 + self.dice.below(6)).map(|_| self.order()).collect();
        self.sent(Role::Rep, "/orders/batch".into(), json!({"orders": orders, "submit": true}), What::Batch)
    }

    fn receive(&mut self) -> Sent {
        let (product, quantity) = (self.dice.below(PRODUCTS), 1 + i64::try_from(self.dice.below(500)).unwrap());
        let lines = json!([{"product_id": format!("P{product}"), "quantity": quantity.to_string()}]);
        let reference = format!("R-{}-{}-{}", self.round, self.name, self.count);
        let body = json!({"warehouse_id": "W1", "reference": reference, "lines": lines});
        self.sent(Role::Warehouse, "/stock/receive".into(), body, What::Receive { product, quantity })
    }

    fn step(&mut self, id: &str, known: &Known) -> Sent {
        let (by, verb) = STEPS[known.steps];
        let half = known.payable_minor / 2;
        let amount = |minor: i64| json!({"amount": format!("{}.{:02}", minor / 100, minor % 100), "reference": format!("B-{}-{}", self.round, self.count)});
        let body = match known.steps {
            0 => json!({"checklist": ["customer", "lines", "price", "delivery", "terms"]}),
            2 => {
                let line = |(place, (_, pieces)): (usize, &(u64, i64))| json!({"line_no": place + 1, "quantity": pieces.to_string()});
                json!({"carrier": "SF", "tracking": known.number, "lines": known.lines.iter().enumerate().map(line).collect::<Vec<_>>()})
            }
            4 => amount(half),
            5 => amount(known.payable_minor - half),
            _ => json!({}),
        };
        self.sent(by, format!("/orders/{id}/{verb}"), body, What::Step(id.to_owned()))
    }
}
