//! What is still to do with a line of an order.

use crate::configuration::Configuration;
use crate::date::Date;
use crate::id::OrderId;
use crate::kept::Kept;
use crate::language::Language;
use crate::money::Money;
use crate::order::{OrderLine, OrderRule};
use crate::price::{BookRule, PriceSource};
use crate::product::Product;
use crate::product_unit::{Ratio, Said, SoldAs, UnitRule};
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
            sold: Kept::default(),
            configuration: Kept::default(),
            quality_standard: product.quality_standard.clone(),
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
            closed_micro: Quantity::ZERO,
            closed_reason: String::new(),
            over_tolerance: product.over_tolerance,
            under_tolerance: product.under_tolerance,
            required_on: None::<Date>,
            note: String::new(),
            contract_line: 0,
            called_micro: Quantity::ZERO,
        }
    }

    /// A new line for a quantity as it was said, with what was chosen; without a price yet.
    pub fn of_said(order_id: OrderId, line_no: i64, product: &Product, said: Said, configuration: Configuration) -> Self {
        let mut line = Self::of_product(order_id, line_no, product, said.base);
        line.sold = Kept::of(said.sold);
        line.configuration = Kept::of(configuration);
        line
    }

    /// Takes the price of the book with what the choices add, or the one given, and notes where it came from (PRC-01, CAT-02). The price given is
    /// that of the unit the line is sold in.
    ///
    /// `effects` says whether the choices' prices are of the order's currency; otherwise choices that add something leave the book without a price.
    pub fn set_price_with(&mut self, given: Option<UnitPrice>, found: Option<crate::price::FoundPrice>, effects: bool) {
        let effect = self.configuration.effect();
        let found = found.filter(|_| effects || effect == UnitPrice::ZERO);
        if !self.configuration.choices.is_empty() {
            let configuration = Configuration { base: found.map(|found| found.unit_price), ..(*self.configuration).clone() };
            self.configuration = Kept::of(configuration);
        }
        let book = found.map(|found| UnitPrice::from_micro(found.unit_price.micro().saturating_add(effect.micro())));
        self.book_price_micro = book;
        self.book_rule = found.map(|found| found.rule.kept()).unwrap_or_default();
        let per = self.per();
        let source = match (given, found) {
            (Some(given), Some(found)) if book.is_some_and(|book| per.price_of(book) == given) => found.rule.source,
            (Some(given), _) => PriceSource::typed(given),
            (None, Some(found)) => found.rule.source,
            (None, None) => PriceSource::None,
        };
        self.put_price(given.or(book.map(|book| per.price_of(book))).unwrap_or(UnitPrice::ZERO));
        self.price_source = source;
    }

    /// The same in the currency of the books.
    pub fn set_price(&mut self, given: Option<UnitPrice>, found: Option<crate::price::FoundPrice>) {
        self.set_price_with(given, found, true);
    }

    /// Sets the agreed price of one unit that the line is sold in.
    pub fn put_price(&mut self, price: UnitPrice) {
        let per = self.per();
        let Some(sold) = self.sold.as_ref() else {
            self.unit_price_micro = price;
            return;
        };
        let book = self.book_price_micro.filter(|book| per.price_of(*book) == price);
        self.unit_price_micro = book.unwrap_or_else(|| per.base_price_of(price));
        self.sold = Kept::of(Some(SoldAs { price, ..sold.clone() }));
    }

    /// Sets the ordered quantity, in the base unit; a line that is sold in a further unit stays in it.
    ///
    /// # Errors
    /// `unit.not_exact` where it is no exact quantity of that unit.
    pub fn put_quantity(&mut self, base: Quantity) -> Result<(), UnitRule> {
        if let Some(sold) = self.sold.as_ref() {
            let not_exact = || UnitRule::NotExact { unit: sold.unit.clone(), base: self.unit.clone(), ratio: sold.ratio.to_string() };
            let quantity = sold.ratio.units_of(base).ok_or_else(not_exact)?;
            self.sold = Kept::of(Some(SoldAs { quantity, ..sold.clone() }));
        }
        self.quantity_micro = base;
        Ok(())
    }

    /// How much of the base unit one unit is that the line is sold in.
    pub fn per(&self) -> Ratio {
        self.sold.as_ref().map_or(Ratio::ONE, |sold| sold.ratio)
    }

    /// The ordered quantity as it was said, with its unit.
    pub fn sold_quantity(&self) -> (Quantity, &str) {
        self.sold.as_ref().map_or((self.quantity_micro, self.unit.as_str()), |sold| (sold.quantity, sold.unit.as_str()))
    }

    /// The agreed price of one unit that the line is sold in.
    pub fn sold_price(&self) -> UnitPrice {
        self.sold.as_ref().map_or(self.unit_price_micro, |sold| sold.price)
    }

    /// Takes another price beside the same book: the rule's own where it says the same, else one set by hand.
    pub fn reprice(&mut self, price: UnitPrice) {
        self.put_price(price);
        let by_book = BookRule::parse(&self.book_rule).filter(|_| self.book_price_micro == Some(self.unit_price_micro));
        self.price_source = by_book.map_or(PriceSource::typed(price), |rule| rule.source);
    }

    /// Whether it is given for nothing.
    pub fn is_free(&self) -> bool {
        self.price_source == PriceSource::Free
    }

    /// The rule of the price book that gave what the book said, for people.
    pub fn shown_rule(&self, language: Language) -> Option<String> {
        BookRule::parse(&self.book_rule).map(|rule| rule.shown(language, &self.unit))
    }

    /// What is still wanted of what was ordered: all but what is closed short.
    pub fn wanted(&self) -> Quantity {
        (self.quantity_micro - self.closed_micro).or_zero()
    }

    /// Whether something of it was given up.
    pub fn is_closed_short(&self) -> bool {
        self.closed_micro.is_positive()
    }

    /// The most that may ever be shipped: ordered × (1 + over-tolerance), rounded down; of a line closed short no more than is wanted.
    pub fn most(&self) -> Quantity {
        if self.is_closed_short() {
            return self.wanted().max(self.shipped_micro);
        }
        let wide = i128::from(self.quantity_micro.micro()) * i128::from(Rate::WHOLE.bp() + self.over_tolerance.bp().max(0));
        Quantity::from_micro(i64::try_from(wide / i128::from(Rate::WHOLE.bp())).unwrap_or(i64::MAX))
    }

    /// Whether enough is shipped of what is wanted: wanted × (1 − under-tolerance).
    pub fn is_complete(&self) -> bool {
        let wanted = self.wanted();
        let least = i128::from(wanted.micro()) * i128::from((Rate::WHOLE.bp() - self.under_tolerance.bp()).clamp(0, Rate::WHOLE.bp()));
        let enough = i128::from(self.shipped_micro.micro()) * i128::from(Rate::WHOLE.bp()) >= least;
        enough && (self.shipped_micro.is_positive() || !wanted.is_positive())
    }

    /// Whether enough is shipped and all of it has arrived and stayed.
    pub fn is_delivered(&self) -> bool {
        self.is_complete() && self.delivered_micro >= self.shipped_micro && !self.refused_micro.is_positive()
    }

    /// Still to be shipped to complete the line.
    pub fn open_to_ship(&self) -> Quantity {
        if self.is_complete() { Quantity::ZERO } else { (self.wanted() - self.shipped_micro).or_zero() }
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

    /// Shipped, not refused, and not on an invoice yet.
    pub fn unbilled(&self) -> Quantity {
        (self.shipped_micro - self.refused_micro - self.billed_micro).or_zero()
    }

    /// What the customer pays for: what is wanted, or what was really shipped where that is within the tolerances.
    pub fn charged(&self) -> Quantity {
        if self.shipped_micro > self.wanted() || self.is_complete() { self.shipped_micro } else { self.wanted() }
    }

    pub(crate) fn with_unit(&self, quantity: Quantity) -> (Quantity, String) {
        (quantity, self.unit.clone())
    }

    pub(crate) fn above_shippable(&self) -> OrderRule {
        OrderRule::AboveShippable { most: self.with_unit(self.shippable()) }
    }
}
