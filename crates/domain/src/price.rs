//! The price book (PRC-01).

use std::ops::Deref;

use crate::codes::{Channel, Code, Grade, SalesCategory, codes};
use crate::currency::Currency;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{CustomerId, PriceId, ProductId, Version};
use crate::language::Language;
use crate::order::Order;
use crate::quantity::Quantity;
use crate::refusal::{Detail, FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};
use crate::text::text;
use crate::unit_price::UnitPrice;

codes! {
    /// Where the price of a line came from.
    PriceSource in "price.source" {
        /// The list price of the book.
        List = "list",
        /// A price of the book for orders from one channel.
        Channel = "channel",
        /// A price of the book for one sales category.
        Category = "category",
        /// A price of the book for customers of one grade.
        Grade = "grade",
        /// The customer's own price of the book.
        Customer = "customer",
        /// What the contract agrees that the order is placed under.
        Contract = "contract",
        /// What the quotation says that the order was made from.
        Quotation = "quotation",
        /// Typed by hand, away from the book.
        Manual = "manual",
        /// Given for nothing, by hand, with its cause (PRC-03).
        Free = "free",
        /// The book has no price.
        None = "none",
    }
}

impl PriceSource {
    /// Where a price that is typed away from the book comes from: what costs nothing is given.
    pub fn typed(price: UnitPrice) -> Self {
        if price == UnitPrice::ZERO { Self::Free } else { Self::Manual }
    }

    /// Whether somebody decided it, and not the book or a quotation.
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Manual | Self::Free)
    }

    /// Whether it is the book's, as it stands there.
    pub fn is_of_book(self) -> bool {
        matches!(self, Self::List | Self::Channel | Self::Category | Self::Grade | Self::Customer)
    }

    /// Where the same price comes from in a copy: what was agreed for one order is not agreed for the next.
    #[must_use]
    pub fn copied(self) -> Self {
        if self == Self::Quotation { Self::Manual } else { self }
    }
}

/// For whom an entry is, in one respect: for everybody, or for one value only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selector<C> {
    /// Whatever it is.
    #[default]
    Any,
    /// Only this one.
    Only(C),
}

impl<C: Code> Selector<C> {
    /// Of a value, where one is given.
    pub fn of(value: Option<C>) -> Self {
        value.map_or(Self::Any, Self::Only)
    }

    /// The one value it is for.
    pub fn value(self) -> Option<C> {
        match self {
            Self::Any => None,
            Self::Only(value) => Some(value),
        }
    }

    /// Its code; empty for everybody.
    pub fn as_str(self) -> &'static str {
        self.value().map_or("", C::as_str)
    }

    /// The selector with this code; empty is everybody.
    pub fn parse(code: &str) -> Option<Self> {
        if code.is_empty() { Some(Self::Any) } else { C::parse(code).map(Self::Only) }
    }

    pub(crate) fn takes(self, value: Option<C>) -> bool {
        self.value().is_none_or(|wanted| value == Some(wanted))
    }

    fn named(self) -> bool {
        self.value().is_some()
    }
}

/// Which rule of the book gave a price: a customer's from 100 on, since the first of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookRule {
    /// Whose price it is.
    pub source: PriceSource,
    /// The quantity step that gave it.
    pub min_quantity: Quantity,
    /// Since when.
    pub since: Date,
}

impl BookRule {
    /// As it is kept: `customer 100 2026-01-01`.
    pub fn kept(&self) -> String {
        format!("{} {} {}", self.source, self.min_quantity.decimal(), self.since)
    }

    /// From what is kept.
    pub fn parse(kept: &str) -> Option<Self> {
        let mut words = kept.split(' ');
        let (source, quantity, since) = (words.next()?, words.next()?, words.next()?);
        Some(Self { source: PriceSource::parse(source)?, min_quantity: Quantity::parse(quantity).ok()?, since: Date::parse(since).ok()? })
    }

    /// The rule for people: `客户价，100 台起，2026-01-01 起`.
    pub fn shown(&self, language: Language, unit: &str) -> String {
        let since = ("since", Detail::from(self.since));
        let source = ("source", Detail::Code(PriceSource::GROUP, self.source.as_str()));
        if !self.min_quantity.is_positive() {
            return text(language, "price.rule.any", &[source, since]);
        }
        text(language, "price.rule.step", &[source, ("quantity", Detail::from((self.min_quantity, unit.to_owned()))), since])
    }
}

rejections! {
    /// Why the price book refuses.
    PriceRejection {
        /// The same product, customer, grade, category, channel, currency, quantity and first day are in the book already.
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
    /// For customers of which grade.
    pub grade: Selector<Grade>,
    /// For orders of which sales category.
    pub category: Selector<SalesCategory>,
    /// For orders from which channel.
    pub channel: Selector<Channel>,
    /// For orders in this currency, in which the price is.
    pub currency: Currency,
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
    /// The rule that gave it.
    pub rule: BookRule,
    /// The entry that gave it.
    pub price_id: PriceId,
}

/// Who asks for a price, and how the order is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// The customer; [`CustomerId::NONE`] is nobody in particular.
    pub customer: CustomerId,
    /// Its grade.
    pub grade: Option<Grade>,
    /// Sales category of the order.
    pub category: Option<SalesCategory>,
    /// Channel of the order.
    pub channel: Option<Channel>,
    /// Currency of the order.
    pub currency: Currency,
}

impl Buyer {
    /// Nobody in particular: list prices in a currency.
    pub const fn anybody(currency: Currency) -> Self {
        Self { customer: CustomerId::NONE, grade: None, category: None, channel: None, currency }
    }

    /// Who buys with an order; the grade is the customer's.
    pub const fn of(order: &Order, grade: Grade) -> Self {
        Self {
            customer: order.customer_id,
            grade: Some(grade),
            category: Some(order.category),
            channel: Some(order.channel),
            currency: order.currency,
        }
    }
}

impl Price {
    /// Whose price it is, by the most special thing it names.
    pub fn source(&self) -> PriceSource {
        let named = [
            (!self.customer_id.is_none(), PriceSource::Customer),
            (self.grade.named(), PriceSource::Grade),
            (self.category.named(), PriceSource::Category),
            (self.channel.named(), PriceSource::Channel),
        ];
        named.into_iter().find_map(|(named, source)| named.then_some(source)).unwrap_or(PriceSource::List)
    }

    /// The rule that it is.
    pub fn rule(&self) -> BookRule {
        BookRule { source: self.source(), min_quantity: self.min_quantity_micro, since: self.valid_from }
    }

    /// Whether it is for this buyer.
    pub fn is_for(&self, buyer: &Buyer) -> bool {
        (self.customer_id.is_none() || self.customer_id == buyer.customer)
            && self.grade.takes(buyer.grade)
            && self.category.takes(buyer.category)
            && self.channel.takes(buyer.channel)
            && self.currency == buyer.currency
    }

    /// Whether the two are for the same buyers, from the same quantity and day on: only one of them may be in the book.
    pub fn is_same_step(&self, other: &Self) -> bool {
        self.special() == other.special()
            && (self.product_id, self.currency, self.min_quantity_micro, self.valid_from)
                == (other.product_id, other.currency, other.min_quantity_micro, other.valid_from)
    }

    fn special(&self) -> (CustomerId, Selector<Grade>, Selector<SalesCategory>, Selector<Channel>) {
        (self.customer_id, self.grade, self.category, self.channel)
    }

    /// How special it is: a customer's goes before all others, then a grade's, a category's, a channel's.
    fn rank(&self) -> [bool; 4] {
        [!self.customer_id.is_none(), self.grade.named(), self.category.named(), self.channel.named()]
    }

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
            "grade": |price| price.grade.value(),
            "category": |price| price.category.value(),
            "channel": |price| price.channel.value(),
            "currency": |price| price.currency,
            "min_quantity": |price| price.min_quantity_micro,
            "unit_price": |price| price.unit_price_micro,
            "valid_from": |price| price.valid_from,
            "valid_to": |price| price.valid_to,
        )
    }
}

/// The price of a product for a buyer, a quantity and a day.
///
/// `prices` are the entries of the product. A customer's own price goes before one for its grade, that before one for the sales category, that
/// before one for the channel, and all before the list price; what names several goes before what names only the first of them. Then the highest
/// quantity step reached, then the entry that began last (PRC-01). The currency must be the order's.
pub fn find_price<P: Deref<Target = Price>>(prices: &[P], buyer: &Buyer, quantity: Quantity, on: Date) -> Option<FoundPrice> {
    let best = prices
        .iter()
        .map(|price| &**price)
        .filter(|price| price.is_for(buyer))
        .filter(|price| price.min_quantity_micro <= quantity && price.is_valid_on(on))
        .max_by_key(|price| (price.rank(), price.min_quantity_micro, price.valid_from, price.id))?;
    Some(FoundPrice { unit_price: best.unit_price_micro, rule: best.rule(), price_id: best.id })
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
            grade: Selector::Any,
            category: Selector::Any,
            channel: Selector::Any,
            currency: Currency::CNY,
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
            let buyer = Buyer { customer: CustomerId::from_raw(customer), ..Buyer::anybody(Currency::CNY) };
            let found = find_price(&book, &buyer, quantity, on);
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

    #[test]
    fn the_most_special_price_wins_and_the_currency_must_be_the_orders() {
        let entry = |id: i64, selectors: &str, step: &str| {
            let mut entry = price(&format!("{id} 0 {step} {id} 2026-01-01"));
            for word in selectors.split_whitespace() {
                match word.split_once('=').unwrap() {
                    ("customer", code) => entry.customer_id = CustomerId::from_raw(code.parse().unwrap()),
                    ("grade", code) => entry.grade = Selector::parse(code).unwrap(),
                    ("category", code) => entry.category = Selector::parse(code).unwrap(),
                    ("channel", code) => entry.channel = Selector::parse(code).unwrap(),
                    (_, code) => entry.currency = Currency::parse(code).unwrap(),
                }
            }
            Box::new(entry)
        };
        let book = [
            entry(1, "", "0"),
            entry(2, "channel=web_shop", "0"),
            entry(3, "category=sub_distributor", "0"),
            entry(4, "grade=A", "0"),
            entry(5, "customer=7", "0"),
            entry(6, "grade=A channel=web_shop", "0"),
            entry(7, "", "1000"),
            entry(8, "customer=7", "100"),
            entry(9, "currency=USD", "0"),
            entry(10, "customer=7 currency=USD", "0"),
        ];
        let check = |buyer: &str, quantity: &str, expected: Option<(i64, &str)>| {
            let words: Vec<&str> = buyer.split_whitespace().collect();
            let buyer = Buyer {
                customer: CustomerId::from_raw(words[0].parse().unwrap()),
                grade: Grade::parse(words[1]),
                category: SalesCategory::parse(words[2]),
                channel: Channel::parse(words[3]),
                currency: Currency::parse(words[4]).unwrap(),
            };
            let found = find_price(&book, &buyer, Quantity::parse(quantity).unwrap(), Date::parse("2026-03-01").unwrap());
            assert_eq!(found.map(|found| (found.price_id.raw(), found.rule.source.as_str())), expected, "{buyer:?} {quantity}");
        };
        check("9 B direct phone CNY", "1", Some((1, "list")));
        check("9 B direct web_shop CNY", "1", Some((2, "channel")));
        check("9 B sub_distributor web_shop CNY", "1", Some((3, "category")));
        check("9 A sub_distributor phone CNY", "1", Some((4, "grade")));
        check("9 A sub_distributor web_shop CNY", "1", Some((6, "grade")));
        check("7 A sub_distributor web_shop CNY", "1", Some((5, "customer")));
        check("7 A sub_distributor web_shop CNY", "100", Some((8, "customer")));
        // A larger step of a less special price does not go before it.
        check("9 A direct phone CNY", "1000", Some((4, "grade")));
        check("9 B direct phone CNY", "1000", Some((7, "list")));
        check("9 A sub_distributor web_shop USD", "1", Some((9, "list")));
        check("7 A sub_distributor web_shop USD", "1", Some((10, "customer")));
        check("7 A sub_distributor web_shop EUR", "1", None);
    }

    #[test]
    fn a_rule_is_kept_and_told() {
        let rule = price("1 7 100 480 2026-01-01").rule();
        assert_eq!(rule.kept(), "customer 100 2026-01-01");
        assert_eq!(BookRule::parse(&rule.kept()), Some(rule));
        assert_eq!(BookRule::parse("customer 100"), None);
        assert_eq!(rule.shown(Language::En, "pcs"), "Customer price from 100 pcs since 2026-01-01");
        let any = BookRule { min_quantity: Quantity::ZERO, source: PriceSource::List, ..rule };
        assert_eq!(any.shown(Language::En, "pcs"), "List price since 2026-01-01");
    }
}
