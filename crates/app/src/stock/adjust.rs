//! Stock corrected by a count.

use domain::{
    Act, Actor, Change, Event, EventKind, FieldError, FieldRule, MovementKind, ProductId, Quantity, Refusal, Stock, StockRejection,
    StockStatus, WarehouseId,
};
use serde::{Deserialize, Serialize};
use store::{Outcome, UnitOfWork};

use super::{Movement, SaidSpot, post, there};
use crate::field::unknown;
use crate::{product, warehouse};

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Id or code of the warehouse.
    pub warehouse: String,
    /// Id or code of the product.
    pub product: String,
    /// In which bin, of which lot, in which status it was counted.
    pub spot: SaidSpot,
    /// What lies there.
    pub counted: Quantity,
    /// The unit, where one was said: it must be the product's.
    pub unit: Option<String>,
    /// Why the books differ, as far as known.
    pub reason: String,
}

/// What lies in a warehouse of a product after a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Of what.
    pub product_id: ProductId,
    /// Its code.
    pub product_code: String,
    /// Its name.
    pub product_name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Its code.
    pub warehouse_code: String,
    /// Its name.
    pub warehouse_name: String,
    /// On hand, micro-units.
    pub on_hand_micro: i64,
    /// Of that, promised to orders; micro-units.
    pub reserved_micro: i64,
    /// Of that, what nobody may have; micro-units.
    #[serde(default)]
    pub held_micro: i64,
}

/// Corrects what is on hand to what was counted; the difference goes into the ledger with its reason.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `stock.below_reserved` where less was counted than orders have reserved,
/// `stock.unchanged` where the books are right.
///
/// Source: INV-04
pub fn adjust(work: &mut UnitOfWork, by: &Actor, count: &Count) -> Outcome<Counted> {
    by.may(Act::AdjustStock)?;
    let found = product::by_id_or_code(work, std::slice::from_ref(&count.product));
    let warehouse = warehouse::by_id_or_code(work, &count.warehouse)?;
    let product = found?.pop().flatten();
    let mut errors = check(count, product.as_ref().map(|product| product.unit.as_str()));
    if product.is_none() {
        errors.push(unknown("/product_id", &count.product));
    }
    if warehouse.is_none() {
        errors.push(unknown("/warehouse_id", &count.warehouse));
    }
    let (Some(product), Some(warehouse)) = (product, warehouse) else {
        return Err(Refusal::invalid(errors).into());
    };
    let spot = count.spot.known(work, (&product, warehouse.id), "", &mut errors)?;
    Refusal::unless_valid(errors)?;
    let key = (product.id, warehouse.id);
    let stock = work.find::<Stock>(key)?.map_or_else(|| Stock::none(product.id, warehouse.id), |stock| (*stock).clone());
    // What was counted is the truth of this moment: whoever moves goods meanwhile must be seen, not added to.
    work.pin::<Stock>(key)?;
    let lies = there(work, product.id, warehouse.id, spot)?;
    let difference = if spot.is_plain() {
        stock.adjust(count.counted, &product.code, &product.unit)?
    } else if spot.status == StockStatus::Free {
        stock.differ(count.counted - lies, &product.code, &product.unit)?
    } else if count.counted == lies {
        return Err(StockRejection::Unchanged.into());
    } else {
        count.counted - lies
    };
    let reason = count.reason.trim();
    let id: domain::MovementId = work.id();
    let movement = Movement {
        product_id: product.id,
        warehouse_id: warehouse.id,
        kind: MovementKind::Adjust,
        on_hand_delta: difference,
        reserved_delta: Quantity::ZERO,
        spot,
        unit_cost: None,
        cause_kind: "adjustment",
        cause_id: id.raw(),
        note: reason,
    };
    let fits = post(work, by, &movement)?;
    assert!(fits, "what was counted is not below what is reserved");
    let quantity = |quantity: Quantity| (quantity, product.unit.clone());
    let event = Event::of(EventKind::StockAdjusted, "stock", id.raw(), &product.code)
        .because(reason)
        .with("product", product.name.as_str())
        .with("warehouse", warehouse.name.as_str())
        .changing(Change::between("on_hand", quantity(stock.on_hand_micro), quantity(stock.on_hand_micro + difference)));
    work.record(by, event);
    Ok(Counted {
        product_id: product.id,
        product_code: product.code.clone(),
        product_name: product.name.clone(),
        spec: product.spec.clone(),
        unit: product.unit.clone(),
        warehouse_id: warehouse.id,
        warehouse_code: warehouse.code.clone(),
        warehouse_name: warehouse.name.clone(),
        on_hand_micro: (stock.on_hand_micro + difference).micro(),
        reserved_micro: stock.reserved_micro.micro(),
        held_micro: (stock.held_micro + if spot.status == StockStatus::Free { Quantity::ZERO } else { difference }).micro(),
    })
}

fn check(count: &Count, unit: Option<&str>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut unless = |holds: bool, pointer: &str, rule: FieldRule| {
        if !holds {
            errors.push(FieldError::new(pointer, rule));
        }
    };
    unless(!count.counted.is_negative(), "/counted", FieldRule::Negative);
    unless(!count.reason.trim().is_empty(), "/reason", FieldRule::Required);
    unless(count.reason.chars().count() <= 500, "/reason", FieldRule::TooLong { max: 500 });
    if let (Some(said), Some(unit)) = (&count.unit, unit) {
        unless(said == unit, "/counted", FieldRule::WrongUnit { unit: unit.to_owned() });
    }
    errors
}
