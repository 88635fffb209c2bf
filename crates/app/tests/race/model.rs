//! The simple model: what the acknowledged answers alone lead to, held against what is stored.

use std::collections::{BTreeMap, BTreeSet};

use app::order::OrderState;
use domain::Quantity;
use store::Failure;

use crate::command::Act;
use crate::facts::Facts;
use crate::play::{Said, Told};
use crate::walk;

/// Commands that were acknowledged, each once, by their keys.
pub type Acknowledged<'a> = BTreeMap<String, &'a Told>;

/// Which rules are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Those of the product.
    Real,
    /// And one that is wrong, to see that it is found and told by few commands: nobody pays for an order that rested.
    Planted,
}

/// Holds what is stored against what was told.
///
/// # Errors
/// The promise that was broken.
pub fn check(facts: &Facts, told: &[Told], rules: Rules) -> Result<(), String> {
    if !facts.findings.is_empty() {
        return Err(format!("verify: {}", facts.findings.join("; ")));
    }
    let acknowledged = acknowledged(told)?;
    versions(facts, &acknowledged)?;
    lines(facts, &acknowledged)?;
    payments(facts, &acknowledged)?;
    papers(facts, &acknowledged)?;
    walk::walk(facts, &acknowledged)?;
    if rules == Rules::Planted { planted(&acknowledged) } else { Ok(()) }
}

fn acknowledged(told: &[Told]) -> Result<Acknowledged<'_>, String> {
    let mut all = Acknowledged::new();
    for told in told {
        match &told.result {
            Ok(said) => {
                let first = all.entry(told.command.key()).or_insert(told);
                if first.result.as_ref() != Ok(said) {
                    return Err(format!("{} was told {said:?} and {:?}", told.command.key(), first.result));
                }
            }
            Err(Failure::Internal(why) | Failure::Unknown(why)) => return Err(format!("{}: {why}", told.command.key())),
            Err(_) => {}
        }
    }
    Ok(all)
}

/// The answer about an order.
pub fn state(told: &Told) -> Option<&OrderState> {
    if let Ok(Said::Order(state)) = &told.result { Some(state) } else { None }
}

/// The answers about each order, in the order of its versions.
pub fn by_order<'a>(acknowledged: &Acknowledged<'a>) -> BTreeMap<i64, Vec<(&'a Told, &'a OrderState)>> {
    let mut all: BTreeMap<i64, Vec<(&Told, &OrderState)>> = BTreeMap::new();
    for told in acknowledged.values().copied() {
        if let Some(state) = state(told) {
            all.entry(state.id.raw()).or_default().push((told, state));
        }
    }
    all.values_mut().for_each(|answers| answers.sort_by_key(|(_, state)| state.version));
    all
}

/// No update is lost: each acknowledged step raises the version by exactly one, and one sent for a version comes right behind it.
fn versions(facts: &Facts, acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let answers = by_order(acknowledged);
    if answers.len() != facts.orders.len() {
        return Err(format!("{} orders were acknowledged, {} are there", answers.len(), facts.orders.len()));
    }
    for (id, answers) in answers {
        let Some(order) = facts.orders.get(&id) else { return Err(format!("order {id} was acknowledged and is not there")) };
        let at_once = matches!(answers[0].0.command.act, Act::Place { submit: true, .. });
        let mut version = i64::from(at_once);
        for (told, state) in answers {
            version += 1;
            if state.version != version {
                return Err(format!(
                    "order {}: version {version} was expected at {}, it is {}",
                    order.number,
                    told.command.key(),
                    state.version
                ));
            }
            if told.seen.is_some_and(|seen| seen + 1 != version) {
                return Err(format!("{} was sent for version {:?} and made version {version}", told.command.key(), told.seen));
            }
        }
        if order.version.raw() != version {
            return Err(format!("order {} has version {}, acknowledged are {version}", order.number, order.version.raw()));
        }
    }
    Ok(())
}

/// Shipped is what was acknowledged, and never more than may be.
fn lines(facts: &Facts, acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let mut shipped: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for told in acknowledged.values() {
        if let (Act::Ship { parts, .. }, Some(state)) = (&told.command.act, state(told)) {
            for (line_no, pieces) in parts {
                *shipped.entry((state.id.raw(), *line_no)).or_default() += pieces;
            }
        }
    }
    for (key, line) in &facts.lines {
        let pieces = Quantity::units(shipped.remove(key).unwrap_or_default());
        if line.shipped_micro != pieces || line.shipped_micro > line.most() || line.billed_micro > line.shipped_micro {
            return Err(format!("line {key:?}: acknowledged as shipped {pieces:?}, stored {line:?}"));
        }
    }
    if shipped.is_empty() { Ok(()) } else { Err(format!("shipped and not there: {shipped:?}")) }
}

/// Every acknowledged payment is there once, and no other; nobody pays more than was open.
fn payments(facts: &Facts, acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let (mut paid, mut reversed) = (BTreeSet::new(), BTreeSet::new());
    for told in acknowledged.values() {
        let Some(state) = state(told) else { continue };
        let made = || state.made.as_ref().and_then(|made| made.id.parse::<domain::PaymentId>().ok()).map(domain::PaymentId::raw);
        match &told.command.act {
            Act::Pay { minor, .. } | Act::Refund { minor, .. } => {
                let refund = matches!(told.command.act, Act::Refund { .. });
                let sign = if refund { -1 } else { 1 };
                let row = made().and_then(|id| facts.payments.get(&id));
                let fits =
                    row.is_some_and(|row| row.order_id == state.id && minor.is_none_or(|minor| row.amount_minor.minor() == sign * minor));
                let too_much = if refund { state.paid_minor < 0 } else { state.paid_minor > state.payable_minor };
                if !fits || !made().is_some_and(|id| paid.insert(id)) || too_much {
                    return Err(format!("{}: {row:?} for {state:?}", told.command.key()));
                }
            }
            Act::Reverse { .. } if !made().is_some_and(|id| reversed.insert(id)) => {
                return Err(format!("{} reversed what was reversed before", told.command.key()));
            }
            _ => {}
        }
    }
    let there: BTreeSet<i64> = facts.payments.keys().copied().collect();
    let undone: BTreeSet<i64> = facts.payments.values().filter(|row| row.reversed).map(|row| row.id.raw()).collect();
    if (&there, &undone) != (&paid, &reversed) {
        return Err(format!("payments acknowledged {paid:?}, there {there:?}; reversed {reversed:?}, there {undone:?}"));
    }
    for order in facts.orders.values() {
        let rows = facts.payments.values().filter(|row| row.order_id == order.id && !row.reversed);
        let sum: i64 = rows.map(|row| row.amount_minor.minor()).sum();
        if sum != order.paid_minor.minor() {
            return Err(format!("order {}: payments {sum}, paid {}", order.number, order.paid_minor.minor()));
        }
    }
    Ok(())
}

/// Papers are those that were acknowledged; their numbers have no gaps and none is there twice.
fn papers(facts: &Facts, acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let made = |wanted: fn(&Act) -> bool| acknowledged.values().filter(|told| wanted(&told.command.act)).count();
    let counts = [
        ("shipments", facts.shipments.len(), made(|act| matches!(act, Act::Ship { .. }))),
        ("invoices", facts.invoices.len(), made(|act| matches!(act, Act::Invoice { .. }))),
    ];
    if let Some((noun, there, told)) = counts.into_iter().find(|(_, there, told)| there != told) {
        return Err(format!("{there} {noun} are there, {told} were acknowledged"));
    }
    whole("orders", facts.orders.values().map(|order| order.number.as_str()).filter(|number| !number.is_empty()))?;
    whole("shipments", facts.shipments.iter().map(|row| row.number.as_str()))?;
    whole("invoices", facts.invoices.iter().map(|row| row.number.as_str()))?;
    whole("payments", facts.payments.values().map(|row| row.number.as_str()))
}

fn whole<'a>(noun: &str, numbers: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut last: Vec<usize> = numbers.map(|number| number[number.len() - 6..].parse().unwrap()).collect();
    last.sort_unstable();
    if last == (1..=last.len()).collect::<Vec<_>>() { Ok(()) } else { Err(format!("numbers of {noun}: {last:?}")) }
}

fn planted(acknowledged: &Acknowledged<'_>) -> Result<(), String> {
    let of = |wanted: fn(&Act) -> bool| -> BTreeSet<i64> {
        let those = acknowledged.values().filter(|told| wanted(&told.command.act));
        those.filter_map(|told| state(told)).map(|state| state.id.raw()).collect()
    };
    let rested = of(|act| matches!(act, Act::Hold(_)));
    let paid = of(|act| matches!(act, Act::Pay { .. }));
    if rested.is_disjoint(&paid) { Ok(()) } else { Err("somebody paid for an order that rested".into()) }
}
