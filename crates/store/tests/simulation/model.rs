//! What must be true afterwards, whatever went wrong: built from the acknowledged answers and the event chain alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Customer, CustomerAccount, CustomerContact, Instant, Product, Stock, StockMovement};
use store::engine::Head;
use store::rows::{Answer, ChainedEvent, Series};
use store::{Failure, Row, chain};

use crate::command::{FIRST, FIRST_VERSION, Fact, LIMIT, Seen};
use crate::engine::Isolation;
use crate::memory::{Found, State};

/// An answer to a command, in the wave it was sent in.
#[derive(Clone, Debug)]
pub struct Told {
    /// The wave it was sent in.
    pub wave: usize,
    /// Its key.
    pub key: String,
    /// What came back.
    pub result: Result<Fact, Failure>,
}

fn rows<R: Row>(state: &State) -> Vec<R> {
    state.rows(R::table()).map(|row| R::read(&Found(row)).unwrap()).collect()
}

/// The state that facts lead to, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    /// Code, version, name.
    products: BTreeMap<i64, (String, i64, String)>,
    stock: BTreeMap<i64, (i64, i64)>,
    owed: BTreeMap<i64, i64>,
    series: BTreeMap<String, i64>,
    /// Version, positions.
    contacts: BTreeMap<i64, (i64, Vec<i64>)>,
    movements: usize,
    /// Customers who were given credit since the guards were last looked at.
    claimed: BTreeSet<i64>,
}

impl Model {
    fn first() -> Self {
        let mut model = Model::default();
        for i in 1..=FIRST {
            model.products.insert(i, (format!("P{i}"), FIRST_VERSION, String::new()));
            model.stock.insert(i, (0, 0));
            model.owed.insert(i, 0);
            model.contacts.insert(i, (FIRST_VERSION, Vec::new()));
        }
        model
    }

    /// The same from what is stored.
    fn stored(state: &State) -> Self {
        let mut model = Model { movements: rows::<StockMovement>(state).len(), ..Model::default() };
        let products = rows::<Product>(state).into_iter();
        model.products = products.map(|p| (p.id.raw(), (p.code, p.version.raw(), p.name))).collect();
        let stock = rows::<Stock>(state).into_iter();
        model.stock = stock.map(|s| (s.product_id.raw(), (s.on_hand_micro.micro(), s.reserved_micro.micro()))).collect();
        let accounts = rows::<CustomerAccount>(state).into_iter();
        model.owed = accounts.map(|a| (a.customer_id.raw(), a.open_orders_minor.minor())).collect();
        model.series = rows::<Series>(state).into_iter().map(|s| (s.name, s.last)).collect();
        model.contacts = rows::<Customer>(state).into_iter().map(|c| (c.id.raw(), (c.version.raw(), Vec::new()))).collect();
        for contact in rows::<CustomerContact>(state) {
            model.contacts.entry(contact.customer_id.raw()).or_default().1.push(contact.position);
        }
        model
    }

    /// The next fact; false where it could not have happened here.
    fn take(&mut self, fact: &Fact) -> bool {
        match fact {
            Fact::Product { id, code } => {
                let taken = self.products.values().any(|p| p.0 == *code);
                !taken && self.products.insert(*id, (code.clone(), FIRST_VERSION, String::new())).is_none()
            }
            Fact::Renamed { product, version, name } => {
                let row = self.products.entry(*product).or_default();
                let follows = row.1 + 1 == *version;
                (row.1, row.2) = (*version, name.clone());
                follows
            }
            Fact::Stock { product, on_hand, reserved } => {
                let row = self.stock.entry(*product).or_default();
                *row = (row.0 + on_hand, row.1 + reserved);
                self.movements += 1;
                true
            }
            Fact::Counted { product, on_hand, difference } => {
                let row = self.stock.entry(*product).or_default();
                row.0 += difference;
                self.movements += 1;
                row.0 == *on_hand
            }
            Fact::Owes { customer, amount, claim } => {
                *self.owed.entry(*customer).or_default() += amount;
                self.claimed.extend(claim.then_some(*customer));
                true
            }
            Fact::Drawn { series, number } => self.series.insert(series.clone(), *number).unwrap_or_default() + 1 == *number,
            Fact::Contact { customer, position, version } => {
                let row = self.contacts.entry(*customer).or_default();
                let follows = row.0 + 1 == *version && row.1.last().unwrap_or(&0) + 1 == *position;
                row.0 = *version;
                row.1.push(*position);
                follows
            }
            Fact::Forgot { customer, position, version } => {
                let row = self.contacts.entry(*customer).or_default();
                let follows = row.0 + 1 == *version;
                row.0 = *version;
                follows && row.1.pop() == Some(*position)
            }
            Fact::Seen(_) => false,
        }
    }

    /// What must hold at the end of every transaction.
    fn guards(&mut self) -> bool {
        let claimed = std::mem::take(&mut self.claimed);
        let stock = self.stock.values().all(|(on_hand, reserved)| on_hand >= reserved && *reserved >= 0);
        stock && self.owed.values().all(|owed| *owed >= 0) && claimed.iter().all(|customer| self.owed[customer] <= LIMIT)
    }

    fn seen(&self, which: i64) -> Seen {
        let (on_hand, reserved) = self.stock[&which];
        let (version, contacts) = &self.contacts[&which];
        let contacts = i64::try_from(contacts.len()).unwrap();
        Seen { which, figures: [self.products[&which].1, on_hand, reserved, self.owed[&which], contacts, *version] }
    }
}

/// Follows the chain and holds every answer against it.
///
/// # Errors
/// The first promise that was broken.
pub fn check(state: &State, told: &[Told], isolation: Isolation) -> Result<(), String> {
    let facts = follow(state)?;
    let mut history = vec![Model::first()];
    for (place, (key, fact, at)) in facts.iter().enumerate() {
        let mut next = history.last().unwrap().clone();
        // Commands that were committed together hold their guards together.
        let ends = isolation == Isolation::Serial || facts.get(place + 1).is_none_or(|(_, _, then)| then != at);
        if !next.take(fact) || (ends && !next.guards()) {
            let position = place + 1;
            return Err(format!("event {position} ({key}) could not have happened then: {fact:?} after {:?}", history.last().unwrap()));
        }
        history.push(next);
    }
    let (expected, stored) = (history.last().unwrap(), Model::stored(state));
    if *expected != stored {
        return Err(format!("the events lead to {expected:?}, stored is {stored:?}"));
    }
    let places: BTreeMap<&str, usize> = (1..).zip(&facts).map(|(position, (key, _, _))| (key.as_str(), position)).collect();
    if places.len() != facts.len() {
        return Err("a command acted twice".into());
    }
    answers(state, &facts)?;
    told_is_true(told, &facts, &places)?;
    if isolation == Isolation::Serial { looks(told, &history, &places) } else { Ok(()) }
}

/// The facts of the chain with their keys; the chain must be whole.
fn follow(state: &State) -> Result<Vec<(String, Fact, Instant)>, String> {
    let mut head = Head::default();
    let mut facts = Vec::new();
    for event in rows::<ChainedEvent>(state) {
        if event.position != head.position + 1 || event.hash != chain::hash(&head.hash, &event) {
            return Err(format!("the chain breaks at event {}", event.position));
        }
        head = Head { position: event.position, hash: event.hash };
        facts.push((event.subject_number, serde_json::from_str(&event.data).map_err(|e| e.to_string())?, event.at));
    }
    if head == state.head { Ok(facts) } else { Err(format!("the chain ends at {head:?}, its head says {:?}", state.head)) }
}

/// Every event has its kept answer, and there are no others.
fn answers(state: &State, facts: &[(String, Fact, Instant)]) -> Result<(), String> {
    let kept: BTreeMap<String, String> = rows::<Answer>(state).into_iter().map(|a| (a.key, a.body)).collect();
    let said: BTreeMap<String, String> = facts.iter().map(|(key, fact, _)| (key.clone(), serde_json::to_string(fact).unwrap())).collect();
    if kept == said { Ok(()) } else { Err(format!("answers kept {kept:?}, events {said:?}")) }
}

/// Acknowledged is there, once and as told; what was never acknowledged is not there.
fn told_is_true(told: &[Told], facts: &[(String, Fact, Instant)], places: &BTreeMap<&str, usize>) -> Result<(), String> {
    let mut acknowledged: BTreeMap<&str, usize> = BTreeMap::new();
    for told in told {
        match (&told.result, places.get(told.key.as_str())) {
            (Ok(Fact::Seen(_)), _) => {}
            (Ok(fact), Some(place)) if facts[place - 1].1 == *fact => {
                let first = acknowledged.entry(&told.key).or_insert(told.wave);
                *first = (*first).min(told.wave);
            }
            (Ok(fact), found) => return Err(format!("{} was told {fact:?}, there is {found:?}", told.key)),
            (Err(Failure::Internal(why)), _) if !why.contains("has no meaning") => return Err(format!("{}: {why}", told.key)),
            _ => {}
        }
    }
    if let Some((key, ..)) = facts.iter().find(|(key, ..)| !acknowledged.contains_key(key.as_str())) {
        return Err(format!("{key} is there and was never acknowledged"));
    }
    let denied = told.iter().find(|told| {
        let before = acknowledged.get(told.key.as_str()).is_some_and(|wave| *wave < told.wave);
        before && matches!(told.result, Err(Failure::Refused(_) | Failure::Internal(_)))
    });
    denied.map_or(Ok(()), |told| Err(format!("{} was answered before and is now {:?}", told.key, told.result)))
}

/// A look sees one state, none older than what was acknowledged before it was sent.
fn looks(told: &[Told], history: &[Model], places: &BTreeMap<&str, usize>) -> Result<(), String> {
    for look in told {
        let Ok(Fact::Seen(seen)) = &look.result else { continue };
        let before = told.iter().filter(|t| t.wave < look.wave && t.result.is_ok()).filter_map(|t| places.get(t.key.as_str()));
        let oldest = before.max().copied().unwrap_or(0);
        if !history[oldest..].iter().any(|model| model.seen(seen.which) == *seen) {
            return Err(format!("{} saw {seen:?}, which was never so after event {oldest}", look.key));
        }
    }
    Ok(())
}
