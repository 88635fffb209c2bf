//! The price book (PRC-01).

use std::ops::Deref;

use crate::codes::codes;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{CustomerId, PriceId, ProductId, Version};
use crate::quantity::Quantity;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::unit_price::UnitPrice;

codes! {
    /// Where the price of a line came from.
    PriceSource in "price.source" {
        /// The list price of the book.
        List = "list",
        /// The customer's own price of the book.
        Customer = "customer",
        /// Typed by hand, away from the book.
        Manual = "manual",
        /// The book has no price.
        None = "none",
    }
}

rejections! {
    /// Why the price book refuses.
    PriceRejection {
        /// The same product, customer, quantity and first day are in the book already.
        SameStep => Conflict "price.same_step",
    }
}

/// An entry of the price book: from this quantity on, in these days, a unit costs this much.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Key.
    pub id: PriceId,
    /// Raised by every change.
    pub version: Version,
    /// Of what.
    pub product_id: ProductId,
    /// For whom; [`CustomerId::NONE`] is everybody (the list price).
    pub customer_id: CustomerId,
    /// From this quantity on.
    pub min_quantity_micro: Quantity,
    /// Price of one unit.
    pub unit_price_micro: UnitPrice,
    /// First day.
    pub valid_from: Date,
    /// Last day, or open.
    pub valid_to: Option<Date>,
}

/// A price the book gave, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundPrice {
    /// Price of one unit.
    pub unit_price: UnitPrice,
    /// List price or the customer's own.
    pub source: PriceSource,
    /// The quantity step that gave it.
    pub min_quantity: Quantity,
    /// The entry that gave it.
    pub price_id: PriceId,
}

impl Price {
    /// Whether it holds on a day.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|last| date <= last)
    }

    /// What is wrong with its fields.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.that(!self.min_quantity_micro.is_negative(), "/min_quantity", FieldRule::Negative);
        check.that(!self.unit_price_micro.is_negative(), "/unit_price", FieldRule::Negative);
        let (from, to) = (self.valid_from, self.valid_to);
        check.that(to.is_none_or(|last| from <= last), "/valid_to", FieldRule::Before { date: from });
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "min_quantity": |price| price.min_quantity_micro,
            "unit_price": |price| price.unit_price_micro,
            "valid_from": |price| price.valid_from,
            "valid_to": |price| price.valid_to,
        )
    }
}

/// The price of a product for a customer, a quantity and a day.
///
/// `prices` are the entries of the product. The customer's own price goes before the list price, then the highest
/// quantity step reached, then the entry that began last (PRC-01).
pub fn find_price<P: Deref<Target = Price>>(prices: &[P], customer: CustomerId, quantity: Quantity, on: Date) -> Option<FoundPrice> {
    let best = prices
        .iter()
        .map(|price| &**price)
        .filter(|price| price.customer_id.is_none() || price.customer_id == customer)
        .filter(|price| price.min_quantity_micro <= quantity && price.is_valid_on(on))
        .max_by_key(|price| (!price.customer_id.is_none(), price.min_quantity_micro, price.valid_from, price.id))?;
    let source = if best.customer_id.is_none() { PriceSource::List } else { PriceSource::Customer };
    Some(FoundPrice { unit_price: best.unit_price_micro, source, min_quantity: best.min_quantity_micro, price_id: best.id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(line: &str) -> Price {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| word.parse::<i64>().unwrap();
        Price {
            id: PriceId::from_raw(number(words[0])),
            version: Version::FIRST,
            product_id: ProductId::from_raw(1),
            customer_id: CustomerId::from_raw(number(words[1])),
            min_quantity_micro: Quantity::parse(words[2]).unwrap(),
            unit_price_micro: UnitPrice::parse(words[3]).unwrap(),
            valid_from: Date::parse(words[4]).unwrap(),
            valid_to: words.get(5).map(|word| Date::parse(word).unwrap()),
        }
    }

    #[test]
    fn the_book_gives_the_nearest_price() {
        let book: Vec<Price> = [
            // id customer from-quantity price first-day last-day
            "1 0 0 500 2026-01-01",
            "2 0 100 480 2026-01-01",
            "3 0 0 520 2026-07-01",
            "4 7 0 490 2026-01-01 2026-06-30",
            "5 7 1000 450 2026-01-01",
            "6 8 0 1 2026-01-01",
        ]
        .map(price)
        .into();
        let book: Vec<&Price> = book.iter().collect();
        let check = |customer: i64, quantity: &str, on: &str, expected: Option<i64>| {
            let (quantity, on) = (Quantity::parse(quantity).unwrap(), Date::parse(on).unwrap());
            let found = find_price(&book, CustomerId::from_raw(customer), quantity, on);
            assert_eq!(found.map(|found| found.price_id.raw()), expected, "{customer} {quantity} {on}");
        };
        check(9, "1", "2026-03-01", Some(1));
        check(9, "99.999999", "2026-03-01", Some(1));
        check(9, "100", "2026-03-01", Some(2));
        check(9, "100", "2026-08-01", Some(2));
        check(9, "1", "2026-08-01", Some(3));
        check(7, "1", "2026-06-30", Some(4));
        check(7, "1", "2026-07-01", Some(3));
        check(7, "500", "2026-03-01", Some(4));
        check(7, "1000", "2026-08-01", Some(5));
        check(9, "1", "2025-12-31", None);
    }
}
