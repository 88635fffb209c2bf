//! Exact amounts of money.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::currency::Currency;
use crate::decimal::{self, Extra, ParseError};

/// An amount in minor units (分, cents) of the currency its document is in. May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount a document may carry; sums of thousands of such amounts still fit the type.
    pub const MAX: Self = Self(1_000_000_000_000_000);
    /// The credit limit of a customer without one: above every exposure, and far from the end of the type.
    pub const NO_LIMIT: Self = Self(i64::MAX / 4);

    /// From minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// In minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// From the wide result of a calculation; `None` beyond [`Money::MAX`] in either direction.
    pub(crate) fn from_wide(minor: i128) -> Option<Self> {
        i64::try_from(minor).ok().filter(|minor| minor.unsigned_abs() <= Self::MAX.0.unsigned_abs()).map(Self)
    }

    /// Reads a plain decimal like `50800.00` in this currency.
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_many_decimals` for the currency, `number.too_large`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, ParseError> {
        decimal::parse(text, currency.minor_digits(), Self::MAX.0, Extra::Refuse).map(Self)
    }

    /// Reads a plain decimal with any number of decimals, rounded half away from zero to the minor unit.
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_large`.
    pub fn parse_rounded(text: &str, currency: Currency) -> Result<Self, ParseError> {
        decimal::parse(text, currency.minor_digits(), Self::MAX.0, Extra::Round).map(Self)
    }

    /// As a plain decimal: `50800.00`.
    pub fn decimal(self, currency: Currency) -> String {
        decimal::format(self.0, currency.minor_digits(), currency.minor_digits())
    }

    /// With separators: `50,800.00`.
    pub fn grouped(self, currency: Currency) -> String {
        decimal::grouped(&self.decimal(currency))
    }

    /// As people read it: `¥50,800.00`.
    pub fn shown(self, currency: Currency) -> String {
        let amount = self.grouped(currency);
        match amount.strip_prefix('-') {
            Some(amount) => format!("-{}{amount}", currency.sign()),
            None => format!("{}{amount}", currency.sign()),
        }
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Adds, or `None` where the type ends.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Subtracts, or `None` where the type ends.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

const FITS: &str = "amounts are at most Money::MAX, so their sums fit";

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.checked_add(other).expect(FITS)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.checked_sub(other).expect(FITS)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_as_people_read_it() {
        assert_eq!(Money::from_minor(5_080_000).shown(Currency::CNY), "¥50,800.00");
        assert_eq!(Money::from_minor(-3_556_000).shown(Currency::CNY), "-¥35,560.00");
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(Money::from_minor(1234).shown(yen), "JP¥1,234");
        let dinar = Currency::parse("KWD").unwrap();
        assert_eq!(Money::parse("1.234", dinar).unwrap().minor(), 1234);
        assert_eq!(Money::parse("1.5", yen).unwrap_err().code, "number.too_many_decimals");
    }
}
