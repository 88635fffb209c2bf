//! What a supplier supplies: its code, price, lot sizes and times of a product, usual and rushed (PUR-01).

use super::{MAX_LEAD_DAYS, Supplier, SupplierRule, lead_fits};
use crate::currency::Currency;
use crate::decimal::divide_rounded;
use crate::event::Change;
use crate::id::{ProductId, SupplierId};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

/// The most products of a supplier.
pub const MAX_SUPPLIER_PRODUCTS: usize = 1000;

/// A product that a supplier supplies.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierProduct {
    /// Key, with the product.
    pub supplier_id: SupplierId,
    /// Key, with the supplier.
    pub product_id: ProductId,
    /// The supplier's code of it.
    pub supplier_code: String,
    /// Price of one base unit without tax, in the supplier's currency.
    pub unit_price_micro: UnitPrice,
    /// The least that is ordered at once; zero: any quantity.
    pub minimum_micro: Quantity,
    /// It is ordered in multiples of this; zero: in any quantity.
    pub multiple_micro: Quantity,
    /// Days from order to arrival; nothing: as the supplier states for everything.
    pub lead_days: Option<i64>,
    /// Days from order to arrival of a rush order; nothing: it cannot be rushed.
    pub rush_lead_days: Option<i64>,
    /// Surcharge of a rush order as a share of the price.
    pub rush_rate: Rate,
    /// Surcharge of a rush order for each base unit, in the supplier's currency.
    pub rush_amount_micro: UnitPrice,
    /// Whether it is ordered here first; one supplier of a product is.
    pub preferred: bool,
}

impl SupplierProduct {
    /// Price of one base unit, with the surcharge where it is rushed, rounded half away from zero to the sixth decimal.
    ///
    /// `None` where it is more than a price can be.
    ///
    /// Source: PUR-01
    pub fn price(&self, rush: bool) -> Option<UnitPrice> {
        if !rush {
            return Some(self.unit_price_micro);
        }
        let price = i128::from(self.unit_price_micro.micro());
        let share = divide_rounded(price * i128::from(self.rush_rate.bp()), i128::from(Rate::WHOLE.bp()))?;
        let whole = price + share + i128::from(self.rush_amount_micro.micro());
        i64::try_from(whole).ok().filter(|micro| *micro <= UnitPrice::MAX.micro()).map(UnitPrice::from_micro)
    }

    /// Days from order to arrival; `None`: it cannot be rushed.
    pub fn lead_days(&self, supplier: &Supplier, rush: bool) -> Option<i64> {
        if rush { self.rush_lead_days } else { Some(self.lead_days.unwrap_or(supplier.lead_days)) }
    }

    /// What is ordered where so much is needed: at least the minimum, in whole multiples, never less than needed.
    ///
    /// Source: PUR-01
    pub fn order_quantity(&self, needed: Quantity) -> Quantity {
        let least = needed.max(self.minimum_micro).or_zero().micro();
        let multiple = self.multiple_micro.micro();
        if multiple <= 0 {
            return Quantity::from_micro(least);
        }
        let over = least % multiple;
        Quantity::from_micro(if over == 0 { least } else { least - over + multiple })
    }

    /// In one line, as the audit trail keeps it: price, lots, days.
    pub fn shown(&self, product: &str, currency: Currency) -> String {
        let mut parts = vec![product.to_owned()];
        let mut add = |holds: bool, text: String| {
            if holds {
                parts.push(text);
            }
        };
        add(!self.supplier_code.is_empty(), self.supplier_code.clone());
        add(true, format!("{} {}", self.unit_price_micro.decimal(), currency.as_str()));
        add(self.minimum_micro.is_positive(), format!("≥ {}", self.minimum_micro.decimal()));
        add(self.multiple_micro.is_positive(), format!("× {}", self.multiple_micro.decimal()));
        add(self.lead_days.is_some(), format!("{} d", self.lead_days.unwrap_or_default()));
        if let Some(days) = self.rush_lead_days {
            let share = (!self.rush_rate.is_zero()).then(|| format!(" +{}%", self.rush_rate.decimal()));
            let amount = (self.rush_amount_micro > UnitPrice::ZERO).then(|| format!(" +{}", self.rush_amount_micro.decimal()));
            add(true, format!("! {days} d{}", share.or(amount).unwrap_or_default()));
        }
        add(self.preferred, "★".to_owned());
        parts.join(" · ")
    }
}

impl Supplier {
    /// What is wrong with it and with what it supplies, each at its field.
    pub fn check(&self, products: &[SupplierProduct]) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        self.check_file(&mut check);
        let max = i64::try_from(MAX_SUPPLIER_PRODUCTS).unwrap_or(i64::MAX);
        check.that(products.len() <= MAX_SUPPLIER_PRODUCTS, "/products", FieldRule::TooMany { max });
        for (place, one) in products.iter().enumerate() {
            let at = |name: &str| format!("/products/{place}/{name}");
            let range = || FieldRule::OutOfRange { min: 0, max: MAX_LEAD_DAYS };
            check.optional(&one.supplier_code, 100, &at("supplier_code"));
            check.that(!one.unit_price_micro.is_negative(), &at("unit_price"), FieldRule::Negative);
            check.that(!one.minimum_micro.is_negative(), &at("minimum"), FieldRule::Negative);
            check.that(!one.multiple_micro.is_negative(), &at("multiple"), FieldRule::Negative);
            check.that(one.lead_days.is_none_or(lead_fits), &at("lead_days"), range());
            check.that(one.rush_lead_days.is_none_or(lead_fits), &at("rush_lead_days"), range());
            check.that(one.rush_rate.bp() >= 0, &at("rush_rate"), FieldRule::Negative);
            check.that(!one.rush_amount_micro.is_negative(), &at("rush_amount"), FieldRule::Negative);
            self.check_rush(one, &mut check.errors, &at);
            if products[..place].iter().any(|other| other.product_id == one.product_id) {
                check.errors.push(FieldError::new(at("product_id"), FieldRule::Repeated));
            }
        }
        check.errors
    }

    fn check_rush(&self, one: &SupplierProduct, errors: &mut Vec<FieldError>, at: &dyn Fn(&str) -> String) {
        let (share, amount) = (!one.rush_rate.is_zero(), one.rush_amount_micro > UnitPrice::ZERO);
        if share && amount {
            errors.push(FieldError::new(at("rush_amount"), SupplierRule::TwoSurcharges));
        }
        let usual = one.lead_days.unwrap_or(self.lead_days);
        match one.rush_lead_days {
            None if share || amount => errors.push(FieldError::new(at("rush_lead_days"), SupplierRule::NoRushDays)),
            Some(days) if days >= usual => errors.push(FieldError::new(at("rush_lead_days"), SupplierRule::RushNotSooner { days: usual })),
            _ => {}
        }
        if one.price(true).is_none() {
            errors.push(FieldError::new(at("unit_price"), crate::decimal::ParseError::new("number.too_large")));
        }
    }

    /// What changed of what it supplies: one change for each product that came, went or is another. `code_of` tells the code of a product.
    pub fn product_changes(
        &self,
        before: &[SupplierProduct],
        after: &[SupplierProduct],
        code_of: impl Fn(ProductId) -> String,
    ) -> Vec<Change> {
        let shown = |one: &SupplierProduct| one.shown(&code_of(one.product_id), self.currency);
        let was = |id: ProductId| before.iter().find(|one| one.product_id == id).map(shown).unwrap_or_default();
        let gone = before.iter().filter(|one| after.iter().all(|other| other.product_id != one.product_id));
        let gone = gone.filter_map(|one| Change::between("supplied", shown(one), String::new()));
        let came = after.iter().filter_map(|one| Change::between("supplied", was(one.product_id), shown(one)));
        gone.chain(came).collect()
    }
}
