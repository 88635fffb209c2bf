//! Dated exchange rates (PRC-07): what a foreign currency is worth in the company's.

use std::fmt;
use std::ops::Deref;

use crate::currency::Currency;
use crate::date::Date;
use crate::decimal::{self, Extra, ParseError};
use crate::event::{Change, changes};
use crate::id::{ExchangeRateId, Version};
use crate::money::Money;
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why a rate is refused.
    ExchangeRateRejection {
        /// The currency has a rate from that day on already.
        SameDay => Conflict "exchange_rate.same_day",
        /// It is the currency of the company itself.
        OwnCurrency { currency: String } => Invalid "exchange_rate.own_currency",
        /// It is zero or less.
        NotPositive => Invalid "exchange_rate.not_positive",
    }
}

/// How many units of the company's currency one unit of a foreign one is worth, exact to nine decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conversion(i64);

/// Billionths in one.
const WHOLE: i128 = 1_000_000_000;

impl Conversion {
    /// The highest: a million for one.
    const MAX: i64 = 1_000_000_000_000_000;

    /// From billionths.
    pub const fn from_nano(nano: i64) -> Self {
        Self(nano)
    }

    /// In billionths.
    pub const fn nano(self) -> i64 {
        self.0
    }

    /// Reads a plain decimal of up to nine decimals.
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_many_decimals`, `number.too_large`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        decimal::parse(text, 9, Self::MAX, Extra::Refuse).map(Self)
    }

    /// As a plain decimal: `7.1234`.
    pub fn decimal(self) -> String {
        decimal::format(self.0, 9, 0)
    }

    /// An amount of `foreign` in `books`, rounded half away from zero to its minor unit; nothing where it is too large to keep.
    ///
    /// Source: PRC-04, PRC-07
    pub fn convert(self, amount: Money, foreign: Currency, books: Currency) -> Option<Money> {
        let wide = i128::from(amount.minor()).checked_mul(i128::from(self.0))?.checked_mul(10_i128.pow(books.minor_digits()))?;
        Money::from_wide(decimal::divide_rounded(wide, WHOLE * 10_i128.pow(foreign.minor_digits()))?)
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal())
    }
}

/// What a foreign currency is worth from a day on, until its next rate.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeRate {
    /// Key.
    pub id: ExchangeRateId,
    /// Raised by every change.
    pub version: Version,
    /// The foreign currency.
    pub currency: Currency,
    /// First day.
    pub valid_from: Date,
    /// Currency and year of the first day, as [`ExchangeRate::period_of`]: rates are looked for in the year of an order and the one before.
    pub period: String,
    /// Units of the company's currency for one of the foreign one.
    pub rate_nano: Conversion,
}

impl ExchangeRate {
    /// The period of a day: `USD.2026`.
    pub fn period_of(currency: Currency, on: Date) -> String {
        format!("{currency}.{}", &on.as_str()[..4])
    }

    /// The periods in which the rate of a day is looked for: its year and the one before. A rate that is older is no rate any more.
    pub fn periods(currency: Currency, on: Date) -> [String; 2] {
        let year: i32 = on.as_str()[..4].parse().unwrap_or_default();
        [format!("{currency}.{year:04}"), format!("{currency}.{:04}", year - 1)]
    }

    /// What is wrong with its fields, in the books of this currency.
    pub fn check(&self, books: Currency) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        if self.currency == books {
            let currency = books.as_str().to_owned();
            check.errors.push(FieldError::new("/currency", ExchangeRateRejection::OwnCurrency { currency }));
        }
        if self.rate_nano.nano() <= 0 {
            check.errors.push(FieldError::new("/rate", ExchangeRateRejection::NotPositive));
        }
        let day = Date::of(1990, 1, 1).unwrap_or(self.valid_from);
        check.that(self.valid_from >= day, "/valid_from", FieldRule::Before { date: day });
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "currency": |rate| rate.currency,
            "valid_from": |rate| rate.valid_from,
            "rate": |rate| rate.rate_nano.decimal(),
        )
    }
}

/// The rate of a day: the one that began last. `rates` are those of the periods of the day.
pub fn rate_on<R: Deref<Target = ExchangeRate>>(rates: &[R], on: Date) -> Option<Conversion> {
    let began = rates.iter().filter(|rate| rate.valid_from <= on);
    began.max_by_key(|rate| rate.valid_from).map(|rate| rate.rate_nano)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{CustomerId, OrderId, PaymentId, UserId};
    use crate::payment::{Payment, PaymentMethod};
    use crate::sample::{now, today};

    fn payment() -> Payment {
        Payment {
            id: PaymentId::from_raw(1),
            version: Version::FIRST,
            number: String::new(),
            order_id: OrderId::from_raw(1),
            order_number: String::new(),
            customer_id: CustomerId::from_raw(1),
            customer_name: String::new(),
            amount_minor: Money::ZERO,
            allocated_minor: Money::ZERO,
            method: PaymentMethod::Bank,
            paid_on: today(),
            exchange_rate_nano: None,
            reference: String::new(),
            note: String::new(),
            reversed: false,
            reverse_reason: String::new(),
            created_by: UserId::NONE,
            created_at: now(),
        }
    }

    #[test]
    fn an_amount_is_converted_exactly_and_rounded_half_away_from_zero() {
        let check = |amount: &str, foreign: &str, rate: &str, expected: &str| {
            let foreign = Currency::parse(foreign).unwrap();
            let rate = Conversion::parse(rate).unwrap();
            let found = rate.convert(Money::parse(amount, foreign).unwrap(), foreign, Currency::CNY).unwrap();
            assert_eq!(found.decimal(Currency::CNY), expected, "{amount} {foreign} at {rate}");
        };
        // 77,929.996
        check("10940.00", "USD", "7.1234", "77930.00");
        check("-10940.00", "USD", "7.1234", "-77930.00");
        check("1", "JPY", "0.048123456", "0.05");
        check("100000", "JPY", "0.048123456", "4812.35");
        check("1.000", "KWD", "23.345", "23.35");
        check("0.01", "USD", "0.5", "0.01");
        check("0.01", "USD", "0.499999999", "0.00");
        assert_eq!(Conversion::parse("7.1234000000").unwrap().decimal(), "7.1234");
        assert!(Conversion::parse("7.1234567891").is_err());
        assert_eq!(Conversion::from_nano(i64::MAX).convert(Money::MAX, Currency::parse("JPY").unwrap(), Currency::CNY), None);
    }

    #[test]
    fn money_that_comes_at_another_rate_gains_or_loses() {
        let usd = Currency::parse("USD").unwrap();
        let agreed = Conversion::parse("7.1234").ok();
        let check = |amount: &str, rate: Option<&str>, expected: Option<&str>| {
            let (amount_minor, exchange_rate_nano) =
                (Money::parse(amount, usd).unwrap(), rate.map(|rate| Conversion::parse(rate).unwrap()));
            let payment = Payment { amount_minor, exchange_rate_nano, ..payment() };
            let found = payment.exchange_difference(agreed, usd, Currency::CNY);
            assert_eq!(found.map(|found| found.decimal(Currency::CNY)).as_deref(), expected, "{amount} at {rate:?}");
            let reversed = Payment { reversed: true, ..payment };
            assert_eq!(reversed.exchange_difference(agreed, usd, Currency::CNY), expected.map(|_| Money::ZERO));
        };
        check("3282.00", Some("7.1010"), Some("-73.52"));
        check("7658.00", Some("7.1500"), Some("203.70"));
        check("100.00", Some("7.1234"), Some("0.00"));
        check("100.00", None, None);
    }

    #[test]
    fn the_rate_of_a_day_is_the_one_that_began_last() {
        let rate = |day: &str, value: &str| {
            let (currency, valid_from) = (Currency::parse("USD").unwrap(), Date::parse(day).unwrap());
            Box::new(ExchangeRate {
                id: ExchangeRateId::from_raw(1),
                version: Version::FIRST,
                currency,
                valid_from,
                period: ExchangeRate::period_of(currency, valid_from),
                rate_nano: Conversion::parse(value).unwrap(),
            })
        };
        let rates = [rate("2026-11-01", "7.12"), rate("2025-12-30", "7.3"), rate("2026-11-22", "7.1234")];
        let check = |day: &str, expected: Option<&str>| {
            let found = rate_on(&rates, Date::parse(day).unwrap()).map(Conversion::decimal);
            assert_eq!(found.as_deref(), expected, "{day}");
        };
        check("2025-12-29", None);
        check("2025-12-30", Some("7.3"));
        check("2026-10-31", Some("7.3"));
        check("2026-11-21", Some("7.12"));
        check("2026-11-22", Some("7.1234"));
        assert_eq!(rates[1].period, "USD.2025");
        assert_eq!(ExchangeRate::periods(rates[0].currency, rates[0].valid_from), ["USD.2026", "USD.2025"]);
        let wrong = ExchangeRate { rate_nano: Conversion::from_nano(0), currency: Currency::CNY, ..*rates[0].clone() };
        let wrong: Vec<String> = wrong.check(Currency::CNY).into_iter().map(|error| error.pointer).collect();
        assert_eq!(wrong, ["/currency", "/rate"]);
    }
}
