//! Gathers every mistake of an input, each at its place, before a request is refused.

use domain::{Code, Currency, Date, FieldError, FieldRule, Id, Instant, Quantity, Rate, Reason, Refusal, UnitPrice};

use crate::error::Error;
use crate::value::{CodeOf, MoneyInput, QuantityInput};

/// Reads values out of an input and remembers what is wrong with them. A value that is wrong reads as an empty one of its type, which
/// nobody sees, since [`Fields::done`] refuses the request.
#[derive(Debug, Default)]
pub struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    /// Nothing read, nothing wrong.
    pub fn new() -> Self {
        Self::default()
    }

    /// Something is wrong at `pointer`.
    pub fn wrong(&mut self, pointer: impl Into<String>, reason: impl Into<Reason>) {
        self.errors.push(FieldError::new(pointer, reason));
    }

    /// `code` is wrong at `pointer`, with nothing to add.
    pub fn wrong_code(&mut self, pointer: impl Into<String>, code: &'static str) {
        self.wrong(pointer, Reason { code, details: Vec::new() });
    }

    /// All of this is wrong.
    pub fn all(&mut self, errors: impl IntoIterator<Item = FieldError>) {
        self.errors.extend(errors);
    }

    /// Nothing where nothing was wrong.
    ///
    /// # Errors
    /// 422 with everything that was wrong.
    pub fn done(self) -> Result<(), Error> {
        Ok(Refusal::unless_valid(self.errors)?)
    }

    /// Everything that was wrong, for answers that tell mistakes instead of refusing.
    pub fn take_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// What was read, or `otherwise` and why it could not be.
    pub fn take<T>(&mut self, pointer: &str, read: Result<T, impl Into<Reason>>, otherwise: T) -> T {
        read.unwrap_or_else(|reason| {
            self.wrong(pointer, reason);
            otherwise
        })
    }

    /// Text without blanks around it, of `max` characters at the most.
    pub fn text(&mut self, pointer: &str, text: &str, max: usize) -> String {
        let text = text.trim();
        if text.chars().count() > max {
            self.wrong(pointer, FieldRule::TooLong { max: i64::try_from(max).unwrap_or(i64::MAX) });
        }
        text.to_owned()
    }

    /// Text that must be there.
    pub fn required(&mut self, pointer: &str, text: &str, max: usize) -> String {
        let text = self.text(pointer, text, max);
        if text.is_empty() {
            self.wrong(pointer, FieldRule::Required);
        }
        text
    }

    /// A code that must be there.
    pub fn code<C: Code>(&mut self, pointer: &str, code: &CodeOf<C>) -> C {
        if code.0.is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return C::ALL[0];
        }
        code.get().unwrap_or_else(|| {
            self.wrong(pointer, FieldRule::UnknownChoice { value: code.0.clone() });
            C::ALL[0]
        })
    }

    /// A code, or `otherwise` where none was sent.
    pub fn code_or<C: Code>(&mut self, pointer: &str, code: &CodeOf<C>, otherwise: C) -> C {
        if code.0.is_empty() { otherwise } else { self.code(pointer, code) }
    }

    /// A date that must be there.
    pub fn date(&mut self, pointer: &str, date: &str) -> Date {
        let never = Date::of(1970, 1, 1).expect("the calendar has this day");
        if date.is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return never;
        }
        self.take(pointer, Date::parse(date), never)
    }

    /// A date, where one was sent.
    pub fn optional_date(&mut self, pointer: &str, date: Option<&str>) -> Option<Date> {
        let date = date.filter(|date| !date.is_empty())?;
        Some(self.date(pointer, date))
    }

    /// A point in time, where one was sent.
    pub fn optional_instant(&mut self, pointer: &str, instant: Option<&str>) -> Option<Instant> {
        let instant = instant.filter(|instant| !instant.is_empty())?;
        Some(self.take(pointer, Instant::parse(instant), Instant::from_micros(0)))
    }

    /// An amount that must be there, of this currency.
    pub fn money(&mut self, pointer: &str, money: &MoneyInput, currency: Currency) -> domain::Money {
        if money.currency().is_some_and(|sent| sent != currency.as_str()) {
            self.wrong(pointer, FieldRule::WrongCurrency { currency: currency.as_str().to_owned() });
        }
        if money.amount().is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return domain::Money::ZERO;
        }
        self.take(pointer, domain::Money::parse(money.amount(), currency), domain::Money::ZERO)
    }

    /// An amount, or `otherwise` where none was sent.
    pub fn money_or(&mut self, pointer: &str, money: Option<&MoneyInput>, currency: Currency, otherwise: domain::Money) -> domain::Money {
        match money.filter(|money| !money.amount().is_empty()) {
            Some(money) => self.money(pointer, money, currency),
            None => otherwise,
        }
    }

    /// An exact amount that must be there, whose currency the use case knows.
    pub fn exact(&mut self, pointer: &str, money: &MoneyInput) -> UnitPrice {
        if money.amount().is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return UnitPrice::ZERO;
        }
        self.take(pointer, UnitPrice::parse(money.amount()), UnitPrice::ZERO)
    }

    /// A price of one unit that must be there, of this currency.
    pub fn price(&mut self, pointer: &str, price: &MoneyInput, currency: Currency) -> UnitPrice {
        if price.currency().is_some_and(|sent| sent != currency.as_str()) {
            self.wrong(pointer, FieldRule::WrongCurrency { currency: currency.as_str().to_owned() });
        }
        if price.amount().is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return UnitPrice::ZERO;
        }
        self.take(pointer, UnitPrice::parse(price.amount()), UnitPrice::ZERO)
    }

    /// A price of one unit, where one was sent.
    pub fn optional_price(&mut self, pointer: &str, price: Option<&MoneyInput>, currency: Currency) -> Option<UnitPrice> {
        let price = price.filter(|price| !price.amount().is_empty())?;
        Some(self.price(pointer, price, currency))
    }

    /// A quantity that must be there.
    pub fn quantity(&mut self, pointer: &str, quantity: &QuantityInput) -> Quantity {
        if quantity.value().is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return Quantity::ZERO;
        }
        self.take(pointer, Quantity::parse(quantity.value()), Quantity::ZERO)
    }

    /// A quantity, or `otherwise` where none was sent.
    pub fn quantity_or(&mut self, pointer: &str, quantity: Option<&QuantityInput>, otherwise: Quantity) -> Quantity {
        match quantity.filter(|quantity| !quantity.value().is_empty()) {
            Some(quantity) => self.quantity(pointer, quantity),
            None => otherwise,
        }
    }

    /// A rate in percent that must be there: `"13"` is 13 %.
    pub fn rate(&mut self, pointer: &str, rate: &str) -> Rate {
        if rate.is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return Rate::ZERO;
        }
        self.take(pointer, Rate::parse(rate), Rate::ZERO)
    }

    /// A rate in percent, where one was sent.
    pub fn optional_rate(&mut self, pointer: &str, rate: Option<&str>) -> Option<Rate> {
        let rate = rate.filter(|rate| !rate.is_empty())?;
        Some(self.rate(pointer, rate))
    }

    /// An id that must be there.
    pub fn id<I: Id + Default + std::str::FromStr<Err = domain::ParseError>>(&mut self, pointer: &str, id: &str) -> I {
        if id.is_empty() {
            self.wrong(pointer, FieldRule::Required);
            return I::default();
        }
        self.take(pointer, id.parse::<I>(), I::default())
    }

    /// An id, where one was sent.
    pub fn optional_id<I: Id + Default + std::str::FromStr<Err = domain::ParseError>>(
        &mut self,
        pointer: &str,
        id: Option<&str>,
    ) -> Option<I> {
        let id = id.filter(|id| !id.is_empty())?;
        Some(self.id(pointer, id))
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&mut self, pointer: &str, number: i64, min: i64, max: i64) -> i64 {
        if !(min..=max).contains(&number) {
            self.wrong(pointer, FieldRule::OutOfRange { min, max });
        }
        number
    }
}

/// A filter that is `true` or `false`, where one was sent.
pub fn yes_or_no(fields: &mut Fields, pointer: &str, text: Option<&str>) -> Option<bool> {
    match text? {
        "true" => Some(true),
        "false" => Some(false),
        other => {
            fields.wrong(pointer, FieldRule::UnknownChoice { value: other.to_owned() });
            None
        }
    }
}

/// A filter that is a code or several with commas between; empty where none was sent.
pub fn codes<C: Code>(fields: &mut Fields, pointer: &str, list: Option<&str>) -> Vec<C> {
    let all = list.unwrap_or_default().split(',').map(str::trim).filter(|code| !code.is_empty());
    let mut codes = Vec::new();
    for code in all {
        match C::parse(code) {
            Some(code) => codes.push(code),
            None => fields.wrong(pointer, FieldRule::UnknownChoice { value: code.to_owned() }),
        }
    }
    codes
}
