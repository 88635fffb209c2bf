//! Products as they are answered.

use app::export::List;
use domain::{Act, Actor, Currency};
use serde::Serialize;
use store::query::product::Listed;
use utoipa::ToSchema;

use super::goods::{OptionsJson, UnitJson};
use crate::export::{self, Tabular};
use crate::value::{Coded, MoneyJson, ProductKindCode, QuantityJson, TaxCategoryCode, TrackingCode};

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
    /// What one unit costs; `null`: not known. Not there for who lacks `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyJson>, required = false)]
    pub standard_cost: Option<Option<MoneyJson>>,
    /// The price of one unit without tax below which it is not sold without consent; `null`: none. Not there for who lacks `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyJson>, required = false)]
    pub floor_price: Option<Option<MoneyJson>>,
    /// Days from order to readiness.
    pub lead_days: i64,
    /// How much more than ordered may be shipped, in percent.
    pub over_tolerance: String,
    /// How much less than ordered still completes a line, in percent.
    pub under_tolerance: String,
    /// Weight of one unit in grams.
    pub weight_g: i64,
    /// Further units it is sold, packed or scanned in.
    pub units: Vec<UnitJson>,
    /// What of it can be chosen.
    pub options: OptionsJson,
    /// By lot, by piece, or not told apart.
    pub tracking: TrackingCode,
    /// Length of one unit in millimetres; 0: not known.
    pub length_mm: i64,
    /// Width of one unit in millimetres.
    pub width_mm: i64,
    /// Height of one unit in millimetres.
    pub height_mm: i64,
    /// Days it keeps; 0: for ever.
    pub shelf_days: i64,
    /// Whether it is dangerous goods.
    pub hazardous: bool,
    /// So many base units are one pack; 0: not said.
    pub pack_quantity: String,
    /// How it is packed.
    pub packing_rules: String,
    /// The standard it leaves the factory by.
    pub quality_standard: String,
    /// What may be offered in its place, best first.
    pub substitutes: Vec<Coded>,
    /// Anything else.
    pub notes: String,
    /// Whether it can be put on new orders.
    pub active: bool,
}

impl ProductJson {
    /// With its list price in the company's currency, as far as `by` may know it.
    pub fn of(Listed { product, list_price, substitutes }: Listed, currency: Currency, by: &Actor) -> Self {
        let floor = || product.floor_price_micro.map(|floor| MoneyJson::price(floor, currency));
        let cost = || product.standard_cost_micro.map(|cost| MoneyJson::price(cost, currency));
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
            standard_cost: by.may(Act::SeeCost).is_ok().then(cost),
            floor_price: by.may(Act::SeeCost).is_ok().then(floor),
            lead_days: product.lead_days,
            over_tolerance: product.over_tolerance.decimal(),
            under_tolerance: product.under_tolerance.decimal(),
            weight_g: product.weight_g,
            units: product.units.iter().map(UnitJson::of).collect(),
            options: OptionsJson::of(&product.options),
            tracking: product.tracking.into(),
            length_mm: product.length_mm,
            width_mm: product.width_mm,
            height_mm: product.height_mm,
            shelf_days: product.shelf_days,
            hazardous: product.hazardous,
            pack_quantity: product.pack_quantity_micro.decimal(),
            packing_rules: product.packing_rules,
            quality_standard: product.quality_standard,
            substitutes: substitutes.into_iter().map(|(id, code, name)| Coded { id: id.to_string(), code, name }).collect(),
            notes: product.notes,
            active: product.active,
        }
    }
}

impl Tabular for ProductJson {
    const LIST: Option<List> = Some(List::Products);

    fn key(&self) -> (i64, i64) {
        (export::id(&self.id), 0)
    }
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
