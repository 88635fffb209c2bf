//! Goods that come in: something of everything at the beginning, then every week what the week will need, and never enough of what is short.

use std::collections::BTreeMap;

use domain::{Instant, ProductKind, Quantity};

use super::DAYS;
use super::basket::SCARCE;
use super::dice::Dice;
use super::master::{Product, WAREHOUSES};
use super::story::{Plan, Step};
use super::timeline::Calendar;
use crate::stock::receive::{Receipt, ReceiptLine};

/// A receipt and when it happens.
#[derive(Clone, Debug)]
pub struct Supply {
    /// When.
    pub at: Instant,
    /// What.
    pub receipt: Receipt,
}

/// The receipts that the orders of the plan need.
pub fn plan(calendar: &Calendar, plans: &[Plan], products: &[Product]) -> Vec<Supply> {
    let weeks: Vec<Instant> = (0..=(DAYS + 7) / 7).map(|week| calendar.at(-DAYS - 1 + week * 7, 8, 0)).collect();
    let mut needed: BTreeMap<(usize, usize, usize), i64> = BTreeMap::new();
    for plan in plans {
        // What is given back and submitted again is needed once.
        let Some((at, _)) = plan.steps.iter().find(|(_, step)| *step == Step::Submit) else { continue };
        let week = weeks.iter().rposition(|start| start <= at).unwrap_or_default();
        for (place, quantity) in plan.basket.lines.iter().filter(|(place, _)| !plan.basket.not_supplied.contains(place)) {
            *needed.entry((week, plan.basket.warehouse, *place)).or_default() += quantity;
        }
    }
    let mut supplies: Vec<Supply> = (0..WAREHOUSES.len()).map(|warehouse| first(calendar, warehouse, products)).collect();
    for (week, start) in weeks.iter().enumerate() {
        for (warehouse, (code, _, _)) in WAREHOUSES.iter().enumerate() {
            let of_this = needed.iter().filter(|(key, _)| (key.0, key.1) == (week, warehouse));
            let lines: Vec<ReceiptLine> = of_this.map(|(key, quantity)| line(&products[key.2], quantity + quantity / 20)).collect();
            if !lines.is_empty() {
                let reference = format!("RK-{code}-{:02}", week + 1);
                let receipt = Receipt { warehouse: (*code).to_owned(), reference, note: "采购到货".to_owned(), lines };
                supplies.push(Supply { at: *start, receipt });
            }
        }
    }
    supplies
}

/// What lay there at the beginning.
fn first(calendar: &Calendar, warehouse: usize, products: &[Product]) -> Supply {
    let mut dice = Dice::new(100 + warehouse as u64);
    let code = WAREHOUSES[warehouse].0;
    let kept = products.iter().filter(|product| product.input.kind == ProductKind::Standard && !product.input.code.starts_with("FW"));
    let lines = kept.filter_map(|product| {
        let quantity = match SCARCE.contains(&product.input.code.as_str()) {
            true if warehouse == 0 => (product.least / 2).max(1),
            true => 0,
            false => product.least + (product.most - product.least) * dice.between(5, 35) / 100,
        };
        (quantity > 0).then(|| line(product, quantity))
    });
    let receipt =
        Receipt { warehouse: code.to_owned(), reference: format!("QC-{code}"), note: "期初库存".to_owned(), lines: lines.collect() };
    Supply { at: calendar.at(-DAYS - 1, 7, 30), receipt }
}

/// One product that comes in.
pub fn line(product: &Product, quantity: i64) -> ReceiptLine {
    ReceiptLine::of(&product.input.code, Quantity::units(quantity))
}
