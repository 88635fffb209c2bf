//! What the stock is worth, now or as of a past moment.

use std::collections::BTreeMap;

use domain::{CompanyId, Instant, ProductId, Quantity, UnitPrice};

use crate::fault::Fault;
use crate::query::among::among;
use crate::query::list::Found;
use crate::query::list::Page;
use crate::query::stock::{Filter, Past, past};
use crate::read::{Reader, read};

/// What lay in one warehouse of one product, and what one unit was worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Valued {
    /// What lay there.
    pub past: Past,
    /// By the moving average of the moment, where any cost was known then.
    pub average: Option<UnitPrice>,
    /// By the standard cost of today.
    pub standard: Option<UnitPrice>,
}

/// A page of stock as of a moment with what one unit was worth. Two statements more than the stock itself, however many rows there are.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-04
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, moment: Instant, page: &Page) -> Result<Found<Valued>, Fault> {
    let found = past(reader, company, filter, moment, page)?;
    let products: Vec<ProductId> = found.rows.iter().map(|row| row.listed.stock.product_id).collect();
    let (averages, standards) = costs(reader, company, Some(&products), moment)?;
    Ok(found.map(|past| {
        let product = past.listed.stock.product_id;
        Valued { average: averages.get(&product).copied(), standard: standards.get(&product).copied(), past }
    }))
}

type Costs = BTreeMap<ProductId, UnitPrice>;

/// The average of a moment and the standard cost of today, by product.
fn costs(reader: &Reader<'_>, company: CompanyId, products: Option<&[ProductId]>, moment: Instant) -> Result<(Costs, Costs), Fault> {
    let ids: Vec<i64> = products.unwrap_or_default().iter().map(|id| id.raw()).collect();
    let (only, mut params) = match (products, among(company.raw(), &ids)) {
        (None, _) => (String::new(), vec![company.raw().into()]),
        (Some(_), None) => return Ok((Costs::new(), Costs::new())),
        (Some(_), Some((among, params))) => (among, params),
    };
    let and = |column: &str| if only.is_empty() { String::new() } else { format!("AND {column} {only}") };
    let text =
        format!("SELECT id, standard_cost_micro FROM products WHERE company_id = ?1 AND standard_cost_micro IS NOT NULL {}", and("id"));
    let standards = reader.rows(&text, &params, |source| Ok((read(source, 0)?, read(source, 1)?)))?.into_iter().collect();
    params.push(moment.micros().into());
    // The last one of a product is read last: later entries of a map replace earlier ones.
    let text = format!(
        "SELECT m.product_id, m.average_cost_micro FROM stock_movements m WHERE m.company_id = ?1 AND m.average_cost_micro IS NOT NULL \
         AND m.at <= ?{} {} ORDER BY m.product_id, m.at, m.id",
        params.len(),
        and("m.product_id")
    );
    let averages = reader.rows(&text, &params, |source| Ok((read(source, 0)?, read(source, 1)?)))?.into_iter().collect();
    Ok((averages, standards))
}

/// On hand of a product, one unit by the average, one unit by the standard cost.
pub type Whole = (Quantity, Option<UnitPrice>, Option<UnitPrice>);

/// What lay in all warehouses asked for at a moment, by product, with what one unit was worth: for the sum of everything.
///
/// # Errors
/// Any fault of the database.
pub fn whole(reader: &Reader<'_>, company: CompanyId, filter: &Filter, moment: Instant) -> Result<Vec<Whole>, Fault> {
    let (averages, standards) = costs(reader, company, None, moment)?;
    let mut params = vec![company.raw().into(), moment.micros().into()];
    let mut and = |column: &str, id: Option<i64>| {
        id.map_or(String::new(), |id| {
            params.push(id.into());
            format!(" AND {column} = ?{}", params.len())
        })
    };
    let (product, warehouse) = (filter.product.map(ProductId::raw), filter.warehouse.map(domain::WarehouseId::raw));
    let only = format!("{}{}", and("product_id", product), and("warehouse_id", warehouse));
    let text = format!(
        "SELECT x.product_id, CAST(sum(x.quantity) AS BIGINT) FROM \
         (SELECT product_id, on_hand_micro AS quantity FROM stock WHERE company_id = ?1{only} \
          UNION ALL SELECT product_id, -on_hand_delta_micro FROM stock_movements WHERE company_id = ?1 AND at > ?2 AND on_hand_delta_micro <> 0{only}) x \
         GROUP BY x.product_id"
    );
    let found: Vec<(ProductId, Quantity)> = reader.rows(&text, &params, |source| Ok((read(source, 0)?, read(source, 1)?)))?;
    Ok(found.into_iter().map(|(product, there)| (there, averages.get(&product).copied(), standards.get(&product).copied())).collect())
}
