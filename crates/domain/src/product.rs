//! Products: what is sold (CAT-01).

use crate::codes::{ProductKind, TaxCategory};
use crate::id::{ProductId, Version};
use crate::instant::Instant;
use crate::rate::Rate;

/// A product.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Key.
    pub id: ProductId,
    /// Raised by every change.
    pub version: Version,
    /// Code on documents, unique in the company.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification or model (规格型号).
    pub spec: String,
    /// What a search looks at: name, pinyin, initials, code, spec and barcode in lower case.
    pub search: String,
    /// Unit it is sold in.
    pub unit: String,
    /// Standard or made to order.
    pub kind: ProductKind,
    /// Group for lists and reports.
    pub category: String,
    /// GTIN of 14 digits, padded with zeros on the left, or empty.
    pub barcode: String,
    /// Class of tax.
    pub tax_category: TaxCategory,
    /// Rate of tax.
    pub tax_rate: Rate,
    /// Days from order to readiness.
    pub lead_days: i64,
    /// How much more than ordered may be shipped (允许误差).
    pub over_tolerance: Rate,
    /// How much less than ordered still completes a line.
    pub under_tolerance: Rate,
    /// Weight of one unit in grams.
    pub weight_g: i64,
    /// Anything else.
    pub notes: String,
    /// Whether it can be put on new orders.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}
