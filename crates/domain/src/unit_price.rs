//! Prices of one unit.

use std::fmt;

use crate::currency::Currency;
use crate::decimal::{self, Extra, ParseError};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;

/// The price of one unit in millionths of the currency (PRC-04: up to six decimals).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPrice(i64);

impl UnitPrice {
    /// Free of charge.
    pub const ZERO: Self = Self(0);
    /// The highest price: a thousand million a unit.
    pub const MAX: Self = Self(1_000_000_000_000_000);

    /// From millionths of the currency.
    pub const fn from_micro(micro: i64) -> Self {
        Self(micro)
    }

    /// In millionths of the currency.
    pub const fn micro(self) -> i64 {
        self.0
    }

    /// Reads a plain decimal of up to six decimals.
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_many_decimals`, `number.too_large`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        decimal::parse(text, 6, Self::MAX.0, Extra::Refuse).map(Self)
    }

    /// As a plain decimal of two to six decimals: `500.00`, `0.123456`.
    pub fn decimal(self) -> String {
        decimal::format(self.0, 6, 2)
    }

    /// With separators: `6,200.00`.
    pub fn grouped(self) -> String {
        decimal::grouped(&self.decimal())
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The unit price at which `quantity` less `discount` comes to exactly `amount`, for sources that give line
    /// amounts only.
    ///
    /// `None` where no price of six decimals does.
    pub fn giving(amount: Money, quantity: Quantity, discount: Rate, currency: Currency) -> Option<Self> {
        let kept = i128::from(Rate::WHOLE.bp() - discount.bp());
        let scale = 10_i128.pow(12 + 4 - currency.minor_digits());
        let divisor = i128::from(quantity.micro()).checked_mul(kept)?;
        let micro = decimal::divide_rounded(i128::from(amount.minor()).checked_mul(scale)?, divisor)?;
        let price = i64::try_from(micro).ok().filter(|micro| (0..=Self::MAX.0).contains(micro)).map(Self)?;
        (crate::totals::line_amount(quantity, price, discount, currency) == Some(amount)).then_some(price)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_amount_gives_a_price_that_gives_it_back() {
        let check = |amount: i64, quantity: i64, discount: i64| {
            let (amount, quantity) = (Money::from_minor(amount), Quantity::units(quantity));
            let price = UnitPrice::giving(amount, quantity, Rate::from_bp(discount), Currency::CNY);
            assert!(price.is_some(), "{amount:?} {quantity:?} {discount}");
        };
        check(26_196, 2, 0);
        check(95_758, 5, 4500);
        check(1, 14, 8000);
        assert_eq!(UnitPrice::giving(Money::from_minor(1), Quantity::ZERO, Rate::ZERO, Currency::CNY), None);
        assert_eq!(UnitPrice::giving(Money::from_minor(1), Quantity::ONE, Rate::WHOLE, Currency::CNY), None);
    }
}
