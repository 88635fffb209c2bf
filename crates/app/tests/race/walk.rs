//! Going along the event chain, which is the order in which everything took effect, with the acknowledged answers in hand: stock and credit
//! at every step.

use std::collections::{BTreeMap, BTreeSet};

use app::order::OrderState;
use domain::{Instant, OrderStatus, ProductId, Quantity};
use store::rows::ChainedEvent;

use crate::command::{self, Act};
use crate::facts::Facts;
use crate::model::{Acknowledged, by_order};
use crate::play::{Said, Told};

struct Walk<'a> {
    facts: &'a Facts,
    /// Answers about each order that are still to come, the next one last.
    to_come: BTreeMap<i64, Vec<(&'a Told, &'a OrderState)>>,
    /// Stock commands by their keys that are still to come.
    stock_to_come: BTreeMap<String, &'a Told>,
    /// Transfers by their numbers: product, where from, pieces, and whether they arrive.
    transfers: BTreeMap<String, (usize, usize, i64, bool)>,
    /// By product and warehouse.
    on_hand: BTreeMap<(String, usize), i64>,
    /// What each order adds to what its customer owes, with the customer.
    owed: BTreeMap<i64, (i64, i64)>,
    /// Customers with an order that took effect in the batch at this time.
    claimed: BTreeSet<i64>,
    at: Option<Instant>,
    /// What is released to each customer, by release.
    released: BTreeMap<String, (i64, i64)>,
    /// Customers that are blocked.
    blocked: BTreeSet<i64>,
}

/// Follows the chain.
///
/// # Errors
/// The first step that could not have been.
pub fn walk(facts: &Facts, acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let mut to_come = by_order(acknowledged);
    to_come.values_mut().for_each(|answers| answers.reverse());
    let stock = |told: &&Told| matches!(told.command.act, Act::Receive { .. } | Act::Adjust { .. } | Act::Scrap { .. });
    let stock_to_come = acknowledged.iter().filter(|(_, told)| stock(told)).map(|(key, told)| (key.clone(), *told)).collect();
    let (on_hand, owed, claimed) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    let (released, blocked) = (BTreeMap::new(), BTreeSet::new());
    let transfers = acknowledged.values().filter_map(|told| transfer(told)).collect();
    let mut walk = Walk { facts, to_come, stock_to_come, transfers, on_hand, owed, claimed, at: None, released, blocked };
    for event in &facts.events {
        if walk.at != Some(event.at) {
            walk.guards()?;
            walk.at = Some(event.at);
        }
        match event.subject_kind.as_str() {
            "stock" => walk.stock(event)?,
            "transfer" => walk.transfer(event)?,
            "order" => walk.order(event)?,
            "customer" => walk.customer(event)?,
            other => return Err(format!("an event of a {other}: {event:?}")),
        }
    }
    walk.guards()?;
    walk.end()
}

impl Walk<'_> {
    fn stock(&mut self, event: &ChainedEvent) -> Result<(), String> {
        let key = if event.kind == "StockReceived" { &event.subject_number } else { &event.reason };
        let Some(told) = self.stock_to_come.remove(key) else { return Err(format!("{key} moved stock and was not acknowledged")) };
        match &told.command.act {
            Act::Scrap { product, house, pieces } => {
                self.add(command::product(*product), *house, -pieces);
                Ok(())
            }
            Act::Receive { product, house, pieces } => {
                self.add(command::product(*product), *house, *pieces);
                Ok(())
            }
            Act::Adjust { product, house, counted } => {
                let movement = self.facts.movements.iter().find(|m| m.cause_id == event.subject_id);
                let difference = movement.map_or(0, |m| m.on_hand_delta_micro.micro() / Quantity::units(1).micro());
                self.add(command::product(*product), *house, difference);
                let now = self.on_hand[&(command::product(*product), *house)];
                if now == *counted { Ok(()) } else { Err(format!("{key} counted {counted}, and then there were {now}")) }
            }
            other => Err(format!("{other:?} moved stock")),
        }
    }

    /// What is on its way lies nowhere.
    fn transfer(&mut self, event: &ChainedEvent) -> Result<(), String> {
        let number = &event.subject_number;
        let Some((product, house, pieces, arrives)) = self.transfers.get(number).copied() else {
            return Err(format!("{number} was not acknowledged"));
        };
        match event.kind.as_str() {
            "TransferCreated" => {}
            "TransferSent" => self.add(command::product(product), house, -pieces),
            "TransferReceived" if arrives => self.add(command::product(product), 1 - house, pieces),
            _ => return Err(format!("{event:?} of a transfer")),
        }
        Ok(())
    }

    fn add(&mut self, product: String, house: usize, pieces: i64) {
        *self.on_hand.entry((product, house)).or_default() += pieces;
    }

    fn order(&mut self, event: &ChainedEvent) -> Result<(), String> {
        let to_come = self.to_come.entry(event.subject_id).or_default();
        let kind = event.kind.as_str();
        let order = &self.facts.orders[&event.subject_id];
        if kind == "OrderTookEffect" {
            self.claimed.insert(order.customer_id.raw());
        }
        if matches!(kind, "OrderSubmitted" | "OrderTookEffect" | "OrderShipped") && self.blocked.contains(&order.customer_id.raw()) {
            return Err(format!("{event:?} of a customer that is blocked"));
        }
        // These come along with the event before.
        let placed =
            kind == "OrderCreated" && to_come.last().is_some_and(|(told, _)| matches!(told.command.act, Act::Place { submit: true, .. }));
        let closed = kind == "OrderClosed" && to_come.last().is_none_or(|(told, _)| !matches!(told.command.act, Act::Close(_)));
        if placed || closed || matches!(kind, "OrderTookEffect" | "OrderReady" | "FollowUpCreated" | "ExceptionOpened") {
            return Ok(());
        }
        let Some((told, state)) = to_come.pop() else { return Err(format!("{event:?} was not acknowledged")) };
        if !kinds(&told.command.act).contains(&kind) {
            return Err(format!("{:?} is the next step, {event:?} was recorded", told.command));
        }
        let binding = matches!(state.status, OrderStatus::Effective | OrderStatus::Closed);
        let owes = if binding { state.payable_minor } else { 0 } - state.paid_minor;
        self.owed.insert(event.subject_id, (order.customer_id.raw(), owes));
        if let Act::Ship { parts, house, .. } = &told.command.act {
            for (line_no, pieces) in parts {
                let line = &self.facts.lines[&(event.subject_id, *line_no)];
                self.add(line.product_code.clone(), *house, -pieces);
            }
        }
        Ok(())
    }

    /// Finance releases, takes back, blocks and unblocks; each is told once.
    fn customer(&mut self, event: &ChainedEvent) -> Result<(), String> {
        let facts: serde_json::Value = serde_json::from_str(&event.data).map_err(|e| e.to_string())?;
        let id = || facts["release"].as_str().unwrap_or_default().to_owned();
        let new = match event.kind.as_str() {
            "CreditReleased" => {
                let amount = facts["amount"]["amount"].as_str().unwrap_or_default();
                let amount = domain::Money::parse(amount, domain::Currency::CNY).map_err(|e| format!("{e:?}"))?;
                self.released.insert(id(), (event.subject_id, amount.minor())).is_none()
            }
            "CreditReleaseEnded" => self.released.remove(&id()).is_some(),
            "CustomerBlocked" => self.blocked.insert(event.subject_id),
            "CustomerUnblocked" => self.blocked.remove(&event.subject_id),
            _ => false,
        };
        if new { Ok(()) } else { Err(format!("{event:?} is told twice, or of nothing")) }
    }

    fn released(&self, customer: i64) -> i64 {
        self.released.values().filter(|(of, _)| *of == customer).map(|(_, minor)| minor).sum()
    }

    fn exposure(&self, customer: i64) -> i64 {
        self.owed.values().filter(|(of, _)| *of == customer).map(|(_, owes)| owes).sum()
    }

    /// After each transaction: nothing is oversold, and no order took effect beyond the limit, whoever else ordered at the same time.
    fn guards(&mut self) -> Result<(), String> {
        if let Some((product, pieces)) = self.on_hand.iter().find(|(_, pieces)| **pieces < 0) {
            return Err(format!("{pieces} pieces of {product:?}"));
        }
        for customer in std::mem::take(&mut self.claimed) {
            let limit = self.facts.accounts[&customer].limit_minor.minor() + self.released(customer);
            let owes = self.exposure(customer);
            if owes > limit {
                return Err(format!("customer {customer} owes {owes}, the limit is {limit}, and an order took effect"));
            }
        }
        Ok(())
    }

    /// At the end everything acknowledged has happened, and what is stored is where it leads.
    fn end(&self) -> Result<(), String> {
        if let Some((told, _)) = self.to_come.values().flatten().next() {
            return Err(format!("{:?} was acknowledged and left no event", told.command));
        }
        if let Some(key) = self.stock_to_come.keys().next() {
            return Err(format!("{key} was acknowledged and moved no stock"));
        }
        let product = |id: &ProductId| self.facts.products[id].clone();
        for ((id, house), stock) in &self.facts.stock {
            let pieces = Quantity::units(self.on_hand.get(&(product(id), *house)).copied().unwrap_or_default());
            if stock.on_hand_micro != pieces {
                return Err(format!("{}: acknowledged {pieces:?}, on hand {stock:?}", product(id)));
            }
        }
        for (customer, account) in &self.facts.accounts {
            let (released, counted) = (self.released(*customer), account.released_minor.minor());
            if released != counted || account.is_blocked() != self.blocked.contains(customer) {
                return Err(format!("customer {customer}: released {released}, counted {counted}, blocked {}", account.blocked));
            }
            let (owes, counted) = (self.exposure(*customer), account.exposure().minor());
            if owes != counted {
                return Err(format!("customer {customer} owes {owes}, counted {counted}"));
            }
        }
        Ok(())
    }
}

/// The number of a transfer that was acknowledged, with what it moves.
fn transfer(told: &Told) -> Option<(String, (usize, usize, i64, bool))> {
    let (Act::Transfer { product, house, pieces, arrives }, Ok(Said::Moved(saved))) = (&told.command.act, &told.result) else {
        return None;
    };
    Some((saved.code.clone(), (*product, *house, *pieces, *arrives)))
}

/// What is recorded of an act.
fn kinds(act: &Act) -> &'static [&'static str] {
    match act {
        Act::Place { submit: true, .. } | Act::Submit(_) => &["OrderSubmitted"],
        Act::Place { .. } | Act::Copy(_) => &["OrderCreated"],
        Act::Edit { .. } => &["OrderEdited"],
        Act::Return(_) => &["OrderReturned"],
        Act::Review(_) => &["OrderReviewed"],
        Act::Approve { .. } => &["OrderStepApproved", "OrderApproved"],
        Act::Reject(_) => &["OrderRejected"],
        Act::Void(_) => &["OrderVoided"],
        Act::Hold(_) => &["OrderHeld"],
        Act::Resume(_) => &["OrderResumed"],
        Act::Cancel(_) => &["OrderCancelled"],
        Act::CloseShort { .. } => &["OrderClosedShort"],
        Act::Reserve(_) => &["OrderReserved"],
        Act::Firm { .. } => &["ReservationsFirmed", "ReservationsLoosened"],
        Act::Ship { .. } => &["OrderShipped"],
        Act::Deliver { .. } => &["ShipmentDelivered"],
        Act::Invoice { .. } => &["OrderInvoiced"],
        Act::VoidInvoice { .. } => &["InvoiceVoided"],
        Act::Pay { .. } => &["PaymentRecorded"],
        Act::Refund { .. } => &["RefundRecorded"],
        Act::Reverse { .. } => &["PaymentReversed"],
        Act::FollowUp(_) => &["FollowUpCompleted"],
        Act::Waive(_) => &["FollowUpWaived"],
        Act::Close(_) => &["OrderClosed"],
        Act::Reopen(_) => &["OrderReopened"],
        Act::Receive { .. } | Act::Adjust { .. } | Act::Scrap { .. } | Act::Transfer { .. } => &[],
        Act::Release { .. } | Act::EndRelease { .. } | Act::Block { .. } | Act::Unblock { .. } => &[],
    }
}
