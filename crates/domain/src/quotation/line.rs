//! A line of a quotation, priced as a line of an order is.

use std::ops::Deref;

use crate::date::Date;
use crate::deviation::Deviation;
use crate::id::{OrderId, ProductId, QuotationId};
use crate::money::Money;
use crate::order::OrderLine;
use crate::price::PriceSource;
use crate::product::Product;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

/// A line of a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotationLine {
    /// Key, with the number.
    pub quotation_id: QuotationId,
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What is offered.
    pub product_id: ProductId,
    /// Code of the product when the line was written.
    pub product_code: String,
    /// Name of the product when the line was written.
    pub name: String,
    /// Specification of the product when the line was written.
    pub spec: String,
    /// Unit.
    pub unit: String,
    /// How much; the price holds from this quantity on.
    pub quantity_micro: Quantity,
    /// Price of one unit.
    pub unit_price_micro: UnitPrice,
    /// What the price book said.
    pub book_price_micro: Option<UnitPrice>,
    /// Where the price came from.
    pub price_source: PriceSource,
    /// The rule of the price book, as [`crate::BookRule::kept`].
    pub book_rule: String,
    /// What the customer paid before (PRC-02).
    pub last_price_micro: Option<UnitPrice>,
    /// When.
    pub last_price_on: Option<Date>,
    /// Why the price is another one than the book's or the last.
    pub price_reason: String,
    /// Discount of the line.
    pub discount_rate: Rate,
    /// Tax.
    pub tax_rate: Rate,
    /// Without tax, after the line's share of the discount.
    pub net_minor: Money,
    /// Tax.
    pub tax_minor: Money,
    /// With tax.
    pub gross_minor: Money,
    /// Note.
    pub note: String,
}

impl QuotationLine {
    /// From a priced line of an order.
    pub fn of(quotation_id: QuotationId, line: OrderLine) -> Self {
        Self {
            quotation_id,
            line_no: line.line_no,
            product_id: line.product_id,
            product_code: line.product_code,
            name: line.name,
            spec: line.spec,
            unit: line.unit,
            quantity_micro: line.quantity_micro,
            unit_price_micro: line.unit_price_micro,
            book_price_micro: line.book_price_micro,
            price_source: line.price_source,
            book_rule: line.book_rule,
            last_price_micro: line.last_price_micro,
            last_price_on: line.last_price_on,
            price_reason: line.price_reason,
            discount_rate: line.discount_rate,
            tax_rate: line.tax_rate,
            net_minor: line.net_minor,
            tax_minor: line.tax_minor,
            gross_minor: line.gross_minor,
            note: line.note,
        }
    }

    /// How far its price is off the book and off what the customer last paid, where it was typed (PRC-02).
    pub fn deviation(&self) -> Deviation {
        Deviation::of(self.price_source, self.unit_price_micro, self.book_price_micro, self.last_price_micro)
    }

    /// The line of an order that it would be.
    pub fn as_order_line(&self, product: &Product) -> OrderLine {
        OrderLine {
            line_no: self.line_no,
            name: self.name.clone(),
            unit_price_micro: self.unit_price_micro,
            book_price_micro: self.book_price_micro,
            price_source: self.price_source,
            book_rule: self.book_rule.clone(),
            last_price_micro: self.last_price_micro,
            last_price_on: self.last_price_on,
            price_reason: self.price_reason.clone(),
            discount_rate: self.discount_rate,
            tax_rate: self.tax_rate,
            net_minor: self.net_minor,
            tax_minor: self.tax_minor,
            gross_minor: self.gross_minor,
            note: self.note.clone(),
            ..OrderLine::of_product(OrderId::NONE, self.line_no, product, self.quantity_micro)
        }
    }
}

impl OrderLine {
    /// Takes what was quoted for its product and at least its quantity, where the price is that one or none was given (QUO-01).
    pub fn take_quoted<Q: Deref<Target = QuotationLine>>(&mut self, given: Option<UnitPrice>, quoted: &[Q]) {
        let own = quoted.iter().filter(|quoted| quoted.product_id == self.product_id && quoted.quantity_micro <= self.quantity_micro);
        // What is configured was quoted without its choices.
        let Some(best) = own.max_by_key(|quoted| quoted.quantity_micro).filter(|_| self.configuration.choices.is_empty()) else { return };
        let price = self.per().price_of(best.unit_price_micro);
        if given.is_none_or(|given| given == price) {
            self.put_price(price);
            self.price_source = PriceSource::Quotation;
        }
    }

    /// Its price is held by its quotation no more: it counts as typed.
    pub fn quotation_lapsed(&mut self) {
        self.price_source = self.price_source.copied();
    }
}
