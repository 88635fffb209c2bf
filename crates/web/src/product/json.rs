//! Products as they are answered.

use domain::Currency;
use serde::Serialize;
use store::query::product::Listed;
use utoipa::ToSchema;

use crate::export::{Cell, Column, Tabular};
use crate::value::{Coded, MoneyJson, ProductKindCode, QuantityJson, TaxCategoryCode};

/// A product.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Code on documents.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification or model.
    pub spec: String,
    /// Unit it is sold in.
    pub unit: String,
    /// Standard or made to order.
    pub kind: ProductKindCode,
    /// Group for lists and reports.
    pub category: String,
    /// GTIN of 14 digits, or empty.
    pub barcode: String,
    /// Class of tax.
    pub tax_category: TaxCategoryCode,
    /// Rate of tax in percent.
    pub tax_rate: String,
    /// List price of one unit today; `null`: none.
    pub list_price: Option<MoneyJson>,
    /// Days from order to readiness.
    pub lead_days: i64,
    /// How much more than ordered may be shipped, in percent.
    pub over_tolerance: String,
    /// How much less than ordered still completes a line, in percent.
    pub under_tolerance: String,
    /// Weight of one unit in grams.
    pub weight_g: i64,
    /// Anything else.
    pub notes: String,
    /// Whether it can be put on new orders.
    pub active: bool,
}

impl ProductJson {
    /// With its list price in the company's currency.
    pub fn of(Listed { product, list_price }: Listed, currency: Currency) -> Self {
        ProductJson {
            id: product.id.to_string(),
            version: product.version.raw(),
            code: product.code,
            name: product.name,
            spec: product.spec,
            unit: product.unit,
            kind: product.kind.into(),
            category: product.category,
            barcode: product.barcode,
            tax_category: product.tax_category.into(),
            tax_rate: product.tax_rate.decimal(),
            list_price: list_price.map(|price| MoneyJson::price(price, currency)),
            lead_days: product.lead_days,
            over_tolerance: product.over_tolerance.decimal(),
            under_tolerance: product.under_tolerance.decimal(),
            weight_g: product.weight_g,
            notes: product.notes,
            active: product.active,
        }
    }
}

impl Tabular for ProductJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "spec", cell: |row| Cell::from(&row.spec) },
        Column { name: "unit", cell: |row| Cell::from(&row.unit) },
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "category", cell: |row| Cell::from(&row.category) },
        Column { name: "barcode", cell: |row| Cell::from(&row.barcode) },
        Column { name: "tax_category", cell: |row| Cell::from(&row.tax_category.0) },
        Column { name: "tax_rate", cell: |row| Cell::Number(row.tax_rate.clone()) },
        Column { name: "list_price", cell: |row| row.list_price.as_ref().map_or(Cell::Empty, |price| Cell::Number(price.amount.clone())) },
        Column { name: "lead_days", cell: |row| row.lead_days.into() },
        Column { name: "over_tolerance", cell: |row| Cell::Number(row.over_tolerance.clone()) },
        Column { name: "under_tolerance", cell: |row| Cell::Number(row.under_tolerance.clone()) },
        Column { name: "weight_g", cell: |row| row.weight_g.into() },
        Column { name: "notes", cell: |row| Cell::from(&row.notes) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

/// What there is of a product in one warehouse.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Availability)]
pub struct AvailabilityJson {
    /// The warehouse.
    pub warehouse: Coded,
    /// In the warehouse.
    pub on_hand: QuantityJson,
    /// Of that, promised to orders.
    pub reserved: QuantityJson,
    /// What is free.
    pub available: QuantityJson,
}
