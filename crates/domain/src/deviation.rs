//! Prices that are typed away from the book or from what the customer last paid (PRC-02), or below the floor (PRC-05).

use std::ops::Deref;

use crate::currency::Currency;
use crate::date::Date;
use crate::id::{CustomerId, OrderId, ProductId, Version};
use crate::money::Money;
use crate::order::{Order, OrderLine};
use crate::price::PriceSource;
use crate::rate::Rate;
use crate::totals::line_amount;
use crate::unit_price::UnitPrice;

/// Millionths of a percent in one whole.
const WHOLE: i128 = 100_000_000;

/// What a customer paid for a product in its last effective order.
#[derive(Clone, Debug, PartialEq)]
pub struct LastPrice {
    /// Who.
    pub customer_id: CustomerId,
    /// What.
    pub product_id: ProductId,
    /// Raised by every change.
    pub version: Version,
    /// The currency of the price.
    pub currency: Currency,
    /// Whether it contains tax.
    pub tax_inclusive: bool,
    /// Price of one unit.
    pub unit_price_micro: UnitPrice,
    /// The order.
    pub order_id: OrderId,
    /// Its date.
    pub ordered_on: Date,
}

impl LastPrice {
    /// What a line of an effective order says.
    pub fn of(order: &Order, line: &OrderLine) -> Self {
        Self {
            customer_id: order.customer_id,
            product_id: line.product_id,
            version: Version::FIRST,
            currency: order.currency,
            tax_inclusive: order.tax_inclusive,
            unit_price_micro: line.unit_price_micro,
            order_id: order.id,
            ordered_on: order.ordered_on,
        }
    }

    /// Whether prices of an order can be compared with it.
    pub fn is_like(&self, order: &Order) -> bool {
        (self.currency, self.tax_inclusive) == (order.currency, order.tax_inclusive)
    }
}

/// How far a typed price is off, in millionths of a percent: below zero where it is lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deviation {
    /// Off the book; nothing where the book has no price.
    pub from_book: Option<i128>,
    /// Off what the customer last paid; nothing where it never did.
    pub from_last: Option<i128>,
}

impl Deviation {
    /// Of a price: only a typed one is off.
    pub fn of(source: PriceSource, price: UnitPrice, book: Option<UnitPrice>, last: Option<UnitPrice>) -> Self {
        if !source.is_typed() {
            return Self::default();
        }
        Self { from_book: off(price, book), from_last: off(price, last) }
    }

    /// The largest, either way.
    pub fn largest(self) -> i128 {
        [self.from_book, self.from_last].into_iter().flatten().map(i128::abs).max().unwrap_or(0)
    }
}

fn off(price: UnitPrice, from: Option<UnitPrice>) -> Option<i128> {
    let from = from.filter(|from| from.micro() > 0)?;
    let difference = i128::from(price.micro()) - i128::from(from.micro());
    Some((difference * WHOLE).div_euclid(i128::from(from.micro())))
}

impl OrderLine {
    /// How far its price is off, where it was typed; what the book gave is not.
    ///
    /// Source: PRC-02
    pub fn deviation(&self) -> Deviation {
        Deviation::of(self.price_source, self.unit_price_micro, self.book_price_micro, self.last_price_micro)
    }

    /// Notes what the customer last paid, where it can be compared.
    pub fn set_last_price(&mut self, order: &Order, last: Option<&LastPrice>) {
        // What was chosen changes the price: only what is sold as it is can be compared.
        let last = last.filter(|last| last.is_like(order) && last.order_id != order.id && self.configuration.choices.is_empty());
        self.last_price_micro = last.map(|last| last.unit_price_micro);
        self.last_price_on = last.map(|last| last.ordered_on);
    }

    /// Whether it comes to less than its floor price, without tax and after all discounts, in the currency of the books; nothing where that is not
    /// known. What has no floor price is not below it.
    ///
    /// Source: PRC-05
    pub fn is_below_floor(&self, order: &Order, books: Currency) -> Option<bool> {
        let Some(floor) = self.unit_floor_micro else { return Some(false) };
        let least = line_amount(self.charged(), floor, Rate::ZERO, books)?;
        let brings: Money = order.in_books(self.net_minor, books)?;
        Some(brings < least)
    }
}

/// How many lines come to less than their floor price; nothing where that is not known of one, or there is none.
pub fn below_floor<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L], books: Currency) -> Option<i64> {
    if lines.is_empty() {
        return None;
    }
    lines.iter().try_fold(0, |count, line| Some(count + i64::from(line.is_below_floor(order, books)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn price(text: &str) -> Option<UnitPrice> {
        UnitPrice::parse(text).ok()
    }

    #[test]
    fn a_typed_price_is_off_the_book_and_off_the_last_one() {
        let (order, mut lines) = sample::draft(&[("10", "480")]);
        let line = &mut lines[0];
        line.book_price_micro = price("500");
        line.last_price_micro = price("470");
        // 4 % below the book, 10 / 470 above the last one, rounded down.
        assert_eq!(line.deviation(), Deviation { from_book: Some(-4_000_000), from_last: Some(2_127_659) });
        assert_eq!(line.deviation().largest(), 4_000_000);
        line.price_source = PriceSource::Customer;
        assert_eq!(line.deviation(), Deviation::default());
        line.price_source = PriceSource::Manual;
        line.book_price_micro = price("0");
        line.last_price_micro = None;
        assert_eq!(line.deviation(), Deviation::default());

        let last =
            LastPrice { order_id: OrderId::from_raw(7), unit_price_micro: UnitPrice::parse("460").unwrap(), ..LastPrice::of(&order, line) };
        line.set_last_price(&order, Some(&last));
        assert_eq!((line.last_price_micro, line.last_price_on), (price("460"), Some(order.ordered_on)));
        // With tax and without, or in another currency, prices are not compared; nor is an order with itself.
        line.set_last_price(&order, Some(&LastPrice { tax_inclusive: !order.tax_inclusive, ..last.clone() }));
        assert_eq!(line.last_price_micro, None);
        line.set_last_price(&order, Some(&LastPrice { currency: Currency::parse("USD").unwrap(), ..last.clone() }));
        assert_eq!(line.last_price_micro, None);
        line.set_last_price(&order, Some(&LastPrice { order_id: order.id, ..last }));
        assert_eq!(line.last_price_micro, None);
    }

    #[test]
    fn the_floor_is_compared_without_tax_and_after_discounts() {
        // 10 × 565.00 with 13 % tax is 5,000.00 without.
        let check = |unit_price: &str, discount: i64, floor: &str, expected: Option<i64>| {
            let (mut order, mut lines) = sample::draft(&[("10", unit_price), ("1", "1")]);
            lines[0].unit_floor_micro = price(floor);
            lines[0].discount_rate = Rate::from_bp(discount);
            order.total_up(&mut lines).unwrap();
            assert_eq!(below_floor(&order, &lines, Currency::CNY), expected, "{unit_price} {discount} {floor}");
        };
        check("565", 0, "500", Some(0));
        check("565", 0, "500.001", Some(1));
        check("564.99", 0, "500", Some(1));
        check("565", 1, "500", Some(1));
        check("565", 0, "-", Some(0));
        let (mut order, mut lines) = sample::draft(&[("10", "565")]);
        order.currency = Currency::parse("USD").unwrap();
        lines[0].unit_floor_micro = price("3500");
        assert_eq!(below_floor(&order, &lines, Currency::CNY), None);
        // 5,000.00 USD at 7.00 are 35,000.00.
        order.exchange_rate_nano = crate::exchange_rate::Conversion::parse("7").ok();
        assert_eq!(below_floor(&order, &lines, Currency::CNY), Some(0));
        lines[0].unit_floor_micro = price("3500.001");
        assert_eq!(below_floor(&order, &lines, Currency::CNY), Some(1));
    }
}
