//! Exact quantities.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::decimal::{self, Extra, ParseError};

/// A quantity in millionths of its line's unit. May be negative where it is a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One unit.
    pub const ONE: Self = Self(1_000_000);
    /// The largest quantity of a line: a thousand million units.
    pub const MAX: Self = Self(1_000_000_000_000_000);

    /// From micro-units.
    pub const fn from_micro(micro: i64) -> Self {
        Self(micro)
    }

    /// In micro-units.
    pub const fn micro(self) -> i64 {
        self.0
    }

    /// From whole units.
    pub const fn units(units: i64) -> Self {
        Self(units * 1_000_000)
    }

    /// Reads a plain decimal of up to six decimals, like `20.4`.
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_many_decimals`, `number.too_large`.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        decimal::parse(text, 6, Self::MAX.0, Extra::Refuse).map(Self)
    }

    /// As a plain decimal without needless zeros: `20.4`.
    pub fn decimal(self) -> String {
        decimal::format(self.0, 6, 0)
    }

    /// With separators: `1,200.5`.
    pub fn grouped(self) -> String {
        decimal::grouped(&self.decimal())
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

    /// Never below zero.
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
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

const FITS: &str = "quantities are at most Quantity::MAX, so their sums fit";

impl Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.checked_add(other).expect(FITS)
    }
}

impl Sub for Quantity {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.checked_sub(other).expect(FITS)
    }
}

impl Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Quantity {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        quantities.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal())
    }
}
