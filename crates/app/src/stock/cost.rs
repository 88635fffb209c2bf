//! What goods that come in make of the moving average.

use domain::{Product, Quantity, StockCost, UnitPrice, Version, moving_average};
use store::rows::StockOf;
use store::{Outcome, UnitOfWork};

/// Counts a cost into the average of its product, before its quantity is posted; the average that follows. What was there before any cost was known
/// counts by the standard cost, or by this one.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
///
/// Source: INV-04
pub fn learn(work: &mut UnitOfWork, product: &Product, came: Quantity, cost: UnitPrice) -> Outcome<UnitPrice> {
    let there = work.of::<StockOf>(product.id)?.iter().fold(Quantity::ZERO, |sum, stock| sum + stock.on_hand_micro);
    if let Some(mut known) = work.find::<StockCost>(product.id)? {
        let average = moving_average(there, known.average_micro, came, cost);
        if average != known.average_micro {
            known.average_micro = average;
            work.save(&mut known);
        }
        return Ok(average);
    }
    let average_micro = moving_average(there, product.standard_cost_micro.unwrap_or(cost), came, cost);
    work.add(StockCost { product_id: product.id, version: Version::FIRST, average_micro });
    Ok(average_micro)
}
