//! Demand of the past, by product and day.
//!
//! A demand is a line of an effective or closed order, on the day the customer wants it: the line's required date, else the order's, else the day of
//! the order.

use std::collections::BTreeMap;

use domain::{CompanyId, Date, ProductId, Quantity};

use crate::fault::Fault;
use crate::query::among::among;
use crate::read::{Param, Reader, read};

/// The day a line is wanted.
pub(super) const WANTED_ON: &str = "coalesce(l.required_on, o.required_on, o.ordered_on)";

/// What was asked for on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The day it was wanted.
    pub on: Date,
    /// Ordered, in the product's unit.
    pub ordered: Quantity,
    /// Of that, shipped by now.
    pub shipped: Quantity,
}

/// Demand of these products in orders from a day on, by product and day, in one statement however many products there are.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-06
pub fn demand(
    reader: &Reader<'_>,
    company: CompanyId,
    products: &[ProductId],
    from: Date,
) -> Result<BTreeMap<ProductId, Vec<Demand>>, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let mut demand: BTreeMap<ProductId, Vec<Demand>> = BTreeMap::new();
    let Some((products, mut params)) = among(company.raw(), &ids) else {
        return Ok(demand);
    };
    params.push(Param::from(from.as_str()));
    let text = format!(
        "SELECT l.product_id, {WANTED_ON}, CAST(sum(l.quantity_micro) AS BIGINT), CAST(sum(l.shipped_micro) AS BIGINT) \
         FROM orders o CROSS JOIN order_lines l WHERE o.company_id = ?1 AND o.ordered_on >= ?{} AND o.status IN ('effective', 'closed') \
         AND l.company_id = o.company_id AND l.order_id = o.id AND l.product_id {products} GROUP BY l.product_id, {WANTED_ON}",
        params.len()
    );
    let rows = reader.rows(&text, &params, |source| {
        let one = Demand { on: read(source, 1)?, ordered: read(source, 2)?, shipped: read(source, 3)? };
        Ok((read::<ProductId>(source, 0)?, one))
    })?;
    for (product, one) in rows {
        demand.entry(product).or_default().push(one);
    }
    Ok(demand)
}
