//! Rates: tax, discount, deposit, tolerance.

use std::fmt;

use crate::decimal::{self, Extra, ParseError};

/// A rate in basis points: 1300 is 13 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i64);

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole: 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// From basis points.
    pub const fn from_bp(bp: i64) -> Self {
        Self(bp)
    }

    /// In basis points.
    pub const fn bp(self) -> i64 {
        self.0
    }

    /// Reads a percentage like `13` or `74.25`; further decimals are rounded, for a rate is kept to the digits
    /// shown (lifecycle "Money of an order").
    ///
    /// # Errors
    /// `number.not_a_number`, `number.too_large` beyond 10,000 %.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        decimal::parse(text, 2, 1_000_000, Extra::Round).map(Self)
    }

    /// As a percentage without needless zeros: `13`, `74.25`.
    pub fn decimal(self) -> String {
        decimal::format(self.0, 2, 0)
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it lies between 0 % and 100 %.
    pub const fn is_share(self) -> bool {
        0 <= self.0 && self.0 <= Self::WHOLE.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.decimal())
    }
}
