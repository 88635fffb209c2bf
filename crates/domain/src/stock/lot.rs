//! Lots and serial numbers.

use crate::date::Date;
use crate::id::{LotId, ProductId, Version};
use crate::instant::Instant;
use crate::product::{Product, Tracking};
use crate::quantity::Quantity;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

/// Goods of one product that were made or bought together (批次), or one piece by its serial number (序列号).
///
/// Source: INV-01, INV-07
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Key.
    pub id: LotId,
    /// Raised by every change.
    pub version: Version,
    /// Of which product.
    pub product_id: ProductId,
    /// Its number, unique for the product.
    pub code: String,
    /// Day it was made, where known.
    pub made_on: Option<Date>,
    /// Last day it may be used; it keeps for ever where there is none.
    pub expires_on: Option<Date>,
    /// Number the supplier gave it, or empty.
    pub origin: String,
    /// When it was first seen.
    pub created_at: Instant,
}

/// What went into a lot.
///
/// Source: INV-07
#[derive(Clone, Debug, PartialEq)]
pub struct LotSource {
    /// What was made; key, with what went in.
    pub lot_id: LotId,
    /// What went in.
    pub source_lot_id: LotId,
    /// How much of it.
    pub quantity_micro: Quantity,
}

impl Lot {
    /// Whether it may still leave on this day.
    pub fn is_good_on(&self, day: Date) -> bool {
        self.expires_on.is_none_or(|last| day <= last)
    }

    /// The last day by the product's shelf life, where none is said.
    pub fn last_day(product: &Product, made_on: Option<Date>, said: Option<Date>) -> Option<Date> {
        said.or_else(|| made_on.filter(|_| product.shelf_days > 0).map(|made| made.plus_days(product.shelf_days)))
    }

    /// What is wrong with what is said of a lot of this product, each at its field.
    pub fn check_said(product: &Product, code: &str, made_on: Option<Date>, expires_on: Option<Date>) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.that(product.tracking == Tracking::None || !code.is_empty(), "/lot", FieldRule::Required);
        check.optional(code, 60, "/lot");
        if let (Some(made), Some(last)) = (made_on, expires_on) {
            check.that(last >= made, "/expires_on", FieldRule::Before { date: made });
        }
        check.errors
    }
}
