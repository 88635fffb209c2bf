//! Products: what is sold (CAT-01).

use crate::codes::{ProductKind, TaxCategory};
use crate::date::Date;
use crate::event::{Change, changes};
use crate::gtin::parse_gtin;
use crate::id::{ProductId, Version};
use crate::instant::Instant;
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
    /// Anything else.
    pub notes: String,
    /// Whether it can be put on new orders.
    pub active: bool,
    /// When it was entered.
    pub created_at: Instant,
}

impl Product {
    /// Sets what a search looks at.
    pub fn index(&mut self) {
        self.search = search_text([&*self.name, &*self.code, &*self.spec, self.barcode.trim_start_matches('0')]);
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
        check.optional(&self.notes, 4000, "/notes");
        check.errors
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
