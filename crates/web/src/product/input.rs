//! Products as they are sent.

use app::product::{ListPrice, ProductDetails, ProductInput as Input, StandardCost};
use domain::{Company, ProductKind, Rate, TaxCategory, Tracking};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::goods::{OptionsJson, UnitJson};
use crate::error::Error;
use crate::fields::Fields;
use crate::value::{MoneyInput, ProductKindCode, QuantityInput, TaxCategoryCode, TrackingCode};

/// The whole product, as it is to be. What is left out is empty, or what is said with it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProductInput {
    /// Code on documents, unique in the company; letters, digits and `-._/#`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Specification or model.
    pub spec: String,
    /// Unit it is sold in.
    pub unit: String,
    /// Standard or made to order; `standard`.
    pub kind: ProductKindCode,
    /// Group for lists and reports.
    pub category: String,
    /// GTIN of 8, 12, 13 or 14 digits, checked, unique in the company; or empty.
    pub barcode: String,
    /// Class of tax; `standard`.
    pub tax_category: TaxCategoryCode,
    /// Rate of tax in percent; the company's.
    #[schema(example = "13")]
    pub tax_rate: String,
    /// Price of one unit in the company's currency; `null`: none; left out: it stays. Another one needs `price.edit`.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<MoneyInput>)]
    pub list_price: Option<Option<MoneyInput>>,
    /// What one unit costs in the company's currency; `null`: not known; left out: it stays. Needs `product.cost`.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<MoneyInput>)]
    pub standard_cost: Option<Option<MoneyInput>>,
    /// The price of one unit without tax, in the company's currency, below which it is not sold without consent; `null`: none; left out: it stays.
    /// Needs `product.cost`.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<MoneyInput>)]
    pub floor_price: Option<Option<MoneyInput>>,
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
    /// `none`, `lot` or `serial`; `none`.
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
    /// So many base units are one pack; empty: not said.
    pub pack_quantity: String,
    /// How it is packed.
    pub packing_rules: String,
    /// The standard it leaves the factory by.
    pub quality_standard: String,
    /// What may be offered in its place, best first: ids or codes.
    pub substitutes: Vec<String>,
    /// Anything else.
    pub notes: String,
}

/// Tells `null` from nothing.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<MoneyInput>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl ProductInput {
    /// What was sent, as the use case takes it.
    pub(crate) fn read(self, company: &Company) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let mut rate = |pointer: &str, text: &str, otherwise: Rate| fields.optional_rate(pointer, Some(text)).unwrap_or(otherwise);
        let tax_rate = rate("/tax_rate", &self.tax_rate, company.default_tax_rate);
        let over_tolerance = rate("/over_tolerance", &self.over_tolerance, Rate::ZERO);
        let under_tolerance = rate("/under_tolerance", &self.under_tolerance, Rate::ZERO);
        let list_price = match &self.list_price {
            None => ListPrice::Keep,
            Some(price) => fields.optional_price("/list_price", price.as_ref(), company.currency).map_or(ListPrice::Clear, ListPrice::Set),
        };
        let mut cost = |pointer: &str, said: &Option<Option<MoneyInput>>| match said {
            None => StandardCost::Keep,
            Some(cost) => fields.optional_price(pointer, cost.as_ref(), company.currency).map_or(StandardCost::Clear, StandardCost::Set),
        };
        let (standard_cost, floor_price) = (cost("/standard_cost", &self.standard_cost), cost("/floor_price", &self.floor_price));
        let pack = (!self.pack_quantity.trim().is_empty()).then(|| QuantityInput::Plain(self.pack_quantity.clone()));
        let details = ProductDetails {
            units: self.units.iter().enumerate().map(|(place, unit)| unit.read(&mut fields, place)).collect(),
            options: self.options.read(&mut fields, company.currency),
            tracking: Some(fields.code_or("/tracking", &self.tracking, Tracking::None)),
            size_mm: [self.length_mm, self.width_mm, self.height_mm],
            shelf_days: self.shelf_days,
            hazardous: self.hazardous,
            pack_quantity: pack.map(|pack| fields.quantity("/pack_quantity", &pack)).unwrap_or_default(),
            packing_rules: self.packing_rules,
            quality_standard: self.quality_standard,
            substitutes: self.substitutes,
        };
        let input = Input {
            kind: fields.code_or("/kind", &self.kind, ProductKind::Standard),
            tax_category: fields.code_or("/tax_category", &self.tax_category, TaxCategory::Standard),
            code: self.code,
            name: self.name,
            spec: self.spec,
            unit: self.unit,
            category: self.category,
            barcode: self.barcode,
            tax_rate,
            list_price,
            standard_cost,
            floor_price,
            lead_days: self.lead_days,
            over_tolerance,
            under_tolerance,
            weight_g: self.weight_g,
            details,
            notes: self.notes,
        };
        fields.done()?;
        Ok(input)
    }
}
