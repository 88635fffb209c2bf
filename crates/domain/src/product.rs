//! Products: what is sold (CAT-01).

use crate::codes::{ProductKind, TaxCategory, codes};
use crate::configuration::Options;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::gtin::parse_gtin;
use crate::id::{ProductId, Version};
use crate::instant::Instant;
use crate::kept::Kept;
use crate::product_unit::ProductUnit;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::search::search_text;
use crate::unit_price::UnitPrice;

rejections! {
    /// Why a product refuses.
    ProductRejection {
        AlreadyActive => Conflict "product.already_active",
        AlreadyInactive => Conflict "product.already_inactive",
    }
}

codes! {
    /// Whether what leaves is told apart by lot or by piece (CAT-01).
    Tracking in "product.tracking" {
        None = "none",
        Lot = "lot",
        Serial = "serial",
    }
}

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
    /// What one unit costs, in the currency of the books, or not known. Confidential.
    pub standard_cost_micro: Option<UnitPrice>,
    /// The price of one unit without tax, in the currency of the books, below which it is not sold without consent; not set. Confidential.
    pub floor_price_micro: Option<UnitPrice>,
    /// Days from order to readiness.
    pub lead_days: i64,
    /// How much more than ordered may be shipped (允许误差).
    pub over_tolerance: Rate,
    /// How much less than ordered still completes a line.
    pub under_tolerance: Rate,
    /// Weight of one unit in grams.
    pub weight_g: i64,
    /// Further units it is sold, packed or scanned in, with exact ratios.
    pub units: Kept<Vec<ProductUnit>>,
    /// What of it can be chosen.
    pub options: Kept<Options>,
    /// By lot, by piece, or not told apart.
    pub tracking: Tracking,
    /// Length of one unit in millimetres; 0: not known.
    pub length_mm: i64,
    /// Width of one unit in millimetres; 0: not known.
    pub width_mm: i64,
    /// Height of one unit in millimetres; 0: not known.
    pub height_mm: i64,
    /// Days it keeps; 0: for ever.
    pub shelf_days: i64,
    /// Whether it is dangerous goods.
    pub hazardous: bool,
    /// So many base units are one pack; 0: not said.
    pub pack_quantity_micro: Quantity,
    /// How it is packed (包装要求).
    pub packing_rules: String,
    /// The standard it leaves the factory by (产品出厂标准).
    pub quality_standard: String,
    /// What may be offered in its place, best first.
    pub substitutes: Kept<Vec<ProductId>>,
    /// Anything else.
    pub notes: String,
    /// Whether it can be put on new orders.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}

impl Product {
    /// The most substitutes of a product.
    pub const MAX_SUBSTITUTES: usize = 20;

    /// A product of which nothing is said yet.
    pub fn blank(id: ProductId, created_at: Instant) -> Self {
        Self {
            id,
            version: Version::FIRST,
            code: String::new(),
            name: String::new(),
            spec: String::new(),
            search: String::new(),
            unit: String::new(),
            kind: ProductKind::Standard,
            category: String::new(),
            barcode: String::new(),
            tax_category: TaxCategory::Standard,
            tax_rate: Rate::ZERO,
            standard_cost_micro: None,
            floor_price_micro: None,
            lead_days: 0,
            over_tolerance: Rate::ZERO,
            under_tolerance: Rate::ZERO,
            weight_g: 0,
            units: Kept::default(),
            options: Kept::default(),
            tracking: Tracking::None,
            length_mm: 0,
            width_mm: 0,
            height_mm: 0,
            shelf_days: 0,
            hazardous: false,
            pack_quantity_micro: Quantity::ZERO,
            packing_rules: String::new(),
            quality_standard: String::new(),
            substitutes: Kept::default(),
            notes: String::new(),
            active: true,
            created_at,
        }
    }

    /// Sets what a search looks at.
    pub fn index(&mut self) {
        let own = [&*self.name, &*self.code, &*self.spec, self.barcode.trim_start_matches('0')];
        let units = self.units.iter().map(|unit| unit.barcode.trim_start_matches('0'));
        self.search = search_text(own.into_iter().chain(units));
    }

    /// What is wrong with it, each at its field (CAT-01).
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name, 200, "/name");
        check.optional(&self.spec, 200, "/spec");
        check.required(&self.unit, 20, "/unit");
        check.optional(&self.category, 100, "/category");
        if !self.barcode.is_empty()
            && let Err(error) = parse_gtin(&self.barcode)
        {
            check.errors.push(FieldError::new("/barcode", error));
        }
        check.that(self.tax_rate.is_share(), "/tax_rate", FieldRule::NotAShare);
        check.that(self.standard_cost_micro.is_none_or(|cost| !cost.is_negative()), "/standard_cost", FieldRule::Negative);
        check.that(self.floor_price_micro.is_none_or(|floor| !floor.is_negative()), "/floor_price", FieldRule::Negative);
        let lead = FieldRule::OutOfRange { min: 0, max: 3660 };
        check.that((0..=3660).contains(&self.lead_days), "/lead_days", lead);
        check.that(self.over_tolerance.is_share(), "/over_tolerance", FieldRule::NotAShare);
        check.that(self.under_tolerance.is_share(), "/under_tolerance", FieldRule::NotAShare);
        check.that(self.weight_g >= 0, "/weight_g", FieldRule::Negative);
        self.check_more(&mut check);
        check.optional(&self.notes, 4000, "/notes");
        check.errors
    }

    fn check_more(&self, check: &mut FieldCheck) {
        self.check_units(check);
        self.check_options(check);
        for (pointer, size) in [("/length_mm", self.length_mm), ("/width_mm", self.width_mm), ("/height_mm", self.height_mm)] {
            check.that((0..=1_000_000).contains(&size), pointer, FieldRule::OutOfRange { min: 0, max: 1_000_000 });
        }
        check.that((0..=36_500).contains(&self.shelf_days), "/shelf_days", FieldRule::OutOfRange { min: 0, max: 36_500 });
        check.that(!self.pack_quantity_micro.is_negative(), "/pack_quantity", FieldRule::Negative);
        check.optional(&self.packing_rules, 1000, "/packing_rules");
        check.optional(&self.quality_standard, 1000, "/quality_standard");
        let max = i64::try_from(Self::MAX_SUBSTITUTES).unwrap_or(i64::MAX);
        check.that(self.substitutes.len() <= Self::MAX_SUBSTITUTES, "/substitutes", FieldRule::TooMany { max });
        for (place, id) in self.substitutes.iter().enumerate() {
            let repeated = *id == self.id || self.substitutes[..place].contains(id);
            check.that(!repeated, &format!("/substitutes/{place}"), FieldRule::Repeated);
        }
    }

    /// The first day this quantity can be there: today where it is available, else after the lead time; unknown
    /// without one.
    pub fn earliest(&self, quantity: Quantity, available: Quantity, today: Date) -> Option<Date> {
        if quantity <= available { Some(today) } else { (self.lead_days > 0).then(|| today.plus_days(self.lead_days)) }
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "code": |product| product.code.clone(),
            "name": |product| product.name.clone(),
            "spec": |product| product.spec.clone(),
            "unit": |product| product.unit.clone(),
            "kind": |product| product.kind,
            "product_category": |product| product.category.clone(),
            "barcode": |product| product.barcode.clone(),
            "tax_category": |product| product.tax_category,
            "tax_rate": |product| product.tax_rate,
            "standard_cost": |product| product.standard_cost_micro,
            "floor_price": |product| product.floor_price_micro,
            "lead_days": |product| product.lead_days,
            "over_tolerance": |product| product.over_tolerance,
            "under_tolerance": |product| product.under_tolerance,
            "weight_g": |product| product.weight_g,
            "units": |product| product.units.iter().map(|unit| format!("{} = {} {}", unit.name, unit.ratio, product.unit)).collect::<Vec<_>>().join("; "),
            "options": |product| product.options.as_str().to_owned(),
            "tracking": |product| product.tracking,
            "length_mm": |product| product.length_mm,
            "width_mm": |product| product.width_mm,
            "height_mm": |product| product.height_mm,
            "shelf_days": |product| product.shelf_days,
            "hazardous": |product| product.hazardous,
            "pack_quantity": |product| (product.pack_quantity_micro, product.unit.clone()),
            "packing_rules": |product| product.packing_rules.clone(),
            "quality_standard": |product| product.quality_standard.clone(),
            "substitutes": |product| product.substitutes.as_str().to_owned(),
            "notes": |product| product.notes.clone(),
            "active": |product| product.active,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn what_is_wrong_is_named_at_its_field() {
        let good = sample::product();
        assert_eq!(good.check(), []);
        let bad = Product {
            unit: String::new(),
            barcode: "6901234567890".to_owned(),
            lead_days: -1,
            over_tolerance: Rate::from_bp(-1),
            weight_g: -5,
            standard_cost_micro: Some(UnitPrice::from_micro(-1)),
            ..good
        };
        let found: Vec<_> = bad.check().into_iter().map(|error| (error.pointer, error.code)).collect();
        let expected = [
            ("/unit", "value.required"),
            ("/barcode", "gtin.check_digit"),
            ("/standard_cost", "value.negative"),
            ("/lead_days", "value.out_of_range"),
            ("/over_tolerance", "value.not_a_share"),
            ("/weight_g", "value.negative"),
        ];
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }

    #[test]
    fn the_earliest_day() {
        let today = Date::parse("2026-11-21").unwrap();
        let product = Product { lead_days: 5, ..sample::product() };
        assert_eq!(product.earliest(Quantity::ONE, Quantity::ONE, today), Some(today));
        assert_eq!(product.earliest(Quantity::ONE, Quantity::ZERO, today), Some(today.plus_days(5)));
        let product = Product { lead_days: 0, ..product };
        assert_eq!(product.earliest(Quantity::ONE, Quantity::ZERO, today), None);
    }
}
