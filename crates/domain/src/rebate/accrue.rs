//! What has accrued: the tier that is reached, what it gives, and what is missing to the next.

use super::{Rebate, RebateBasis, RebateRejection, RebateTier};
use crate::decimal::divide_rounded;
use crate::money::Money;
use crate::quantity::Quantity;

/// What counts: of one line, of an invoice, or of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Without tax, in the agreement's currency.
    pub amount: Money,
    /// In base units.
    pub quantity: Quantity,
}

/// What an agreement has come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accrual {
    /// What counted.
    pub turnover: Turnover,
    /// The tier that is reached, from 1; 0: none.
    pub tier: usize,
    /// The rebate, in the agreement's currency.
    pub rebate: Money,
    /// The next tier and what is missing to it, of the basis; nothing where the last is reached.
    pub missing: Option<Turnover>,
}

impl Rebate {
    /// What comes of what counted, rounded once, half away from zero, to the minor unit; nothing where more was taken back than invoiced.
    ///
    /// # Errors
    /// `TooLarge`.
    ///
    /// Source: PRC-06
    pub fn accrue(&self, turnover: Turnover) -> Result<Accrual, RebateRejection> {
        let basis = match self.basis {
            RebateBasis::Amount => turnover.amount.minor(),
            RebateBasis::Quantity => turnover.quantity.micro(),
        };
        let tier = if basis > 0 { self.tiers.iter().take_while(|tier| self.from(tier) <= basis).count() } else { 0 };
        let missing = self.tiers.get(tier).map(|next| self.of_basis(self.from(next) - basis));
        let rebate = self.given(basis, tier).ok_or(RebateRejection::TooLarge)?;
        Ok(Accrual { turnover, tier, rebate, missing })
    }

    fn given(&self, basis: i64, tier: usize) -> Option<Money> {
        let reached = &self.tiers[..tier];
        let parts: i128 = match (self.whole, reached.last()) {
            (_, None) => 0,
            (true, Some(last)) => i128::from(basis) * self.rate(last),
            (false, Some(_)) => {
                let until = |place: usize| reached.get(place + 1).map_or(basis, |next| self.from(next));
                let part = |(place, tier): (usize, &RebateTier)| i128::from(until(place) - self.from(tier)) * self.rate(tier);
                reached.iter().enumerate().map(part).sum()
            }
        };
        let (times, by) = match self.basis {
            RebateBasis::Amount => (1, 10_000),
            RebateBasis::Quantity => (10_i128.pow(self.currency.minor_digits()), 1_000_000_000_000),
        };
        let minor = divide_rounded(parts.checked_mul(times)?, by)?;
        i64::try_from(minor).ok().map(Money::from_minor)
    }

    /// Where a tier begins, in the unit of the basis.
    pub(super) fn from(&self, tier: &RebateTier) -> i64 {
        match self.basis {
            RebateBasis::Amount => tier.from_amount.minor(),
            RebateBasis::Quantity => tier.from_quantity.micro(),
        }
    }

    fn rate(&self, tier: &RebateTier) -> i128 {
        i128::from(match self.basis {
            RebateBasis::Amount => tier.percent.bp(),
            RebateBasis::Quantity => tier.per_unit.micro(),
        })
    }

    fn of_basis(&self, figure: i64) -> Turnover {
        match self.basis {
            RebateBasis::Amount => Turnover { amount: Money::from_minor(figure), ..Turnover::default() },
            RebateBasis::Quantity => Turnover { quantity: Quantity::from_micro(figure), ..Turnover::default() },
        }
    }
}
