//! What a customer asks for.

use super::quota::Quota;
use crate::date::Date;
use crate::quantity::Quantity;

/// Whether a line may come in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// All on one day or not at all.
    Whole,
    /// In so many parts at the most, as much as possible as early as possible; the last part is all of the rest.
    Parts(usize),
}

impl Split {
    /// The most parts a line is ever split into.
    pub const MOST: usize = 50;

    /// How many parts there may be, at least one.
    pub fn parts(self) -> usize {
        match self {
            Self::Whole => 1,
            Self::Parts(most) => most.clamp(1, Self::MOST),
        }
    }
}

/// A quantity that is asked for.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// How much, in base units, above zero.
    pub quantity: Quantity,
    /// The day the customer wants it; none: as soon as possible. What is there earlier is promised for this day.
    pub wanted_on: Option<Date>,
    /// Whether it may come in parts.
    pub split: Split,
    /// Parts are multiples of this, but for the last: a piece, a pack; zero: any quantity.
    pub step: Quantity,
    /// Days the customer is promised later than the goods are planned to arrive (PRM-02).
    pub slack_days: i64,
    /// Days the goods must keep after they arrive; counts only where supply expires.
    pub fresh_days: i64,
    /// What is left of the quotas it falls under.
    pub quotas: &'a [Quota],
}

impl Wish<'_> {
    /// All of a quantity on a day, or as soon as possible.
    pub const fn whole(quantity: Quantity, wanted_on: Option<Date>) -> Self {
        Self { quantity, wanted_on, split: Split::Whole, step: Quantity::ZERO, slack_days: 0, fresh_days: 0, quotas: &[] }
    }
}
