//! A new stock count.

use domain::{
    Act, Actor, EventKind, Product, ProductId, Quantity, Refusal, Spot, StockCount, StockCountId, StockCountLine, StockCountRejection,
    StockCountStatus, Version,
};
use store::rows::StockCountLines;
use store::{Outcome, UnitOfWork};

use crate::field::unknown;
use crate::saved::Saved;
use crate::warehouse;

/// What is to be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCount {
    /// Id or code of the warehouse.
    pub warehouse: String,
    /// Whether who counts does not see what the books say.
    pub blind: bool,
    /// Anything else.
    pub note: String,
    /// The places, as they were found.
    pub places: Vec<(ProductId, Spot)>,
}

/// Opens a count of these places.
///
/// # Errors
/// `denied`; `invalid` where the warehouse is not known; `stock_count.nothing_there`.
///
/// Source: INV-04
pub fn open(work: &mut UnitOfWork, by: &Actor, said: &OpenCount) -> Outcome<Saved> {
    by.may(Act::CountStock)?;
    let Some(warehouse) = warehouse::by_id_or_code(work, &said.warehouse)? else {
        return Err(Refusal::invalid(vec![unknown("/warehouse_id", &said.warehouse)]).into());
    };
    if said.places.is_empty() {
        return Err(StockCountRejection::NothingThere.into());
    }
    let products: Vec<ProductId> = said.places.iter().map(|(product, _)| *product).collect();
    let found = work.all::<Product>(&products)?;
    let id: StockCountId = work.id();
    let count = StockCount {
        id,
        version: Version::FIRST,
        number: format!("PD{:06}", work.draw("stock_count")?),
        status: StockCountStatus::Open,
        warehouse_id: warehouse.id,
        blind: said.blind,
        note: said.note.trim().to_owned(),
        reason: String::new(),
        created_by: by.user_id,
        created_at: work.now(),
        submitted_by: None,
        approved_by: None,
        approved_at: None,
    };
    let count = work.add(count);
    work.fresh::<StockCountLines>(id);
    for (place, ((_, spot), product)) in said.places.iter().zip(&found).enumerate() {
        work.add(line(id, i64::try_from(place + 1).unwrap_or(i64::MAX), product, *spot));
    }
    let event = count.event(EventKind::StockCountOpened).with("warehouse", warehouse.name.as_str()).with("lines", found.len());
    work.record(by, event);
    Ok(Saved::new(id, count.version, &count.number))
}

/// A place that nobody has counted.
pub(super) fn line(count_id: StockCountId, line_no: i64, product: &Product, spot: Spot) -> StockCountLine {
    StockCountLine {
        count_id,
        line_no,
        product_id: product.id,
        product_code: product.code.clone(),
        name: product.name.clone(),
        unit: product.unit.clone(),
        bin_id: spot.bin_id,
        lot_id: spot.lot_id,
        status: spot.status,
        book_micro: None::<Quantity>,
        counted_micro: None,
        counted_by: None,
        counted_at: None,
    }
}
