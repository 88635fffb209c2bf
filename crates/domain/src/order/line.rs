//! What is still to do with a line of an order.

use crate::date::Date;
use crate::id::OrderId;
use crate::language::Language;
use crate::money::Money;
use crate::order::{OrderLine, OrderRule};
use crate::price::{BookRule, PriceSource};
use crate::product::Product;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

impl OrderLine {
    /// A new line for a product, without a price yet.
    pub fn of_product(order_id: OrderId, line_no: i64, product: &Product, quantity: Quantity) -> Self {
        Self {
            order_id,
            line_no,
            product_id: product.id,
            product_code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone(),
            unit: product.unit.clone(),
            quantity_micro: quantity,
            unit_price_micro: UnitPrice::ZERO,
            book_price_micro: None,
            price_source: PriceSource::None,
            book_rule: String::new(),
            last_price_micro: None,
            last_price_on: None,
            price_reason: String::new(),
            unit_cost_micro: product.standard_cost_micro,
            unit_floor_micro: product.floor_price_micro,
            discount_rate: Rate::ZERO,
            tax_rate: product.tax_rate,
            net_minor: Money::ZERO,
            tax_minor: Money::ZERO,
            gross_minor: Money::ZERO,
            reserved_micro: Quantity::ZERO,
            shipped_micro: Quantity::ZERO,
            delivered_micro: Quantity::ZERO,
            refused_micro: Quantity::ZERO,
            billed_micro: Quantity::ZERO,
            over_tolerance: product.over_tolerance,
            under_tolerance: product.under_tolerance,
            required_on: None::<Date>,
            note: String::new(),
        }
    }

    /// Takes the price of the book, or the one given, and notes where it came from (PRC-01).
    pub fn set_price(&mut self, given: Option<UnitPrice>, found: Option<crate::price::FoundPrice>) {
        self.book_price_micro = found.map(|found| found.unit_price);
        self.book_rule = found.map(|found| found.rule.kept()).unwrap_or_default();
        (self.unit_price_micro, self.price_source) = match (given, found) {
            (Some(given), Some(found)) if given == found.unit_price => (given, found.rule.source),
            (Some(given), _) => (given, PriceSource::Manual),
            (None, Some(found)) => (found.unit_price, found.rule.source),
            (None, None) => (UnitPrice::ZERO, PriceSource::None),
        };
    }

    /// The rule of the price book that gave what the book said, for people.
    pub fn shown_rule(&self, language: Language) -> Option<String> {
        BookRule::parse(&self.book_rule).map(|rule| rule.shown(language, &self.unit))
    }

    /// The most that may ever be shipped: ordered × (1 + over-tolerance), rounded down.
    pub fn most(&self) -> Quantity {
        let wide = i128::from(self.quantity_micro.micro()) * i128::from(Rate::WHOLE.bp() + self.over_tolerance.bp().max(0));
        Quantity::from_micro(i64::try_from(wide / i128::from(Rate::WHOLE.bp())).unwrap_or(i64::MAX))
    }

    /// Whether enough is shipped: ordered × (1 − under-tolerance).
    pub fn is_complete(&self) -> bool {
        let least =
            i128::from(self.quantity_micro.micro()) * i128::from((Rate::WHOLE.bp() - self.under_tolerance.bp()).clamp(0, Rate::WHOLE.bp()));
        let enough = i128::from(self.shipped_micro.micro()) * i128::from(Rate::WHOLE.bp()) >= least;
        enough && (self.shipped_micro.is_positive() || !self.quantity_micro.is_positive())
    }

    /// Whether enough is shipped and all of it has arrived.
    pub fn is_delivered(&self) -> bool {
        self.is_complete() && self.delivered_micro >= self.shipped_micro
    }

    /// Still to be shipped to complete the line.
    pub fn open_to_ship(&self) -> Quantity {
        if self.is_complete() { Quantity::ZERO } else { (self.quantity_micro - self.shipped_micro).or_zero() }
    }

    /// May still be shipped, tolerance included.
    pub fn shippable(&self) -> Quantity {
        (self.most() - self.shipped_micro).or_zero()
    }

    /// Still to be reserved so that the line can be completed.
    pub fn open_to_reserve(&self) -> Quantity {
        (self.open_to_ship() - self.reserved_micro).or_zero()
    }

    /// Shipped and neither accepted nor refused yet.
    pub fn to_deliver(&self) -> Quantity {
        (self.shipped_micro - self.delivered_micro).or_zero()
    }

    /// Shipped and not on an invoice yet.
    pub fn unbilled(&self) -> Quantity {
        (self.shipped_micro - self.billed_micro).or_zero()
    }

    /// What the customer pays for: ordered, or what was really shipped where that is within the tolerances.
    pub fn charged(&self) -> Quantity {
        if self.shipped_micro > self.quantity_micro || self.is_complete() { self.shipped_micro } else { self.quantity_micro }
    }

    pub(crate) fn with_unit(&self, quantity: Quantity) -> (Quantity, String) {
        (quantity, self.unit.clone())
    }

    pub(crate) fn above_shippable(&self) -> OrderRule {
        OrderRule::AboveShippable { most: self.with_unit(self.shippable()) }
    }
}
