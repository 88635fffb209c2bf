//! What is earned with an order: its goods without tax, less what they cost (PRC-05).

use std::ops::Deref;

use crate::currency::Currency;
use crate::money::Money;
use crate::order::{Order, OrderLine};
use crate::rate::Rate;
use crate::totals::line_amount;

/// Millionths of a percent in one whole.
const WHOLE: i128 = 100_000_000;

/// What is earned with the goods of an order, in the currency of the books; freight is not looked at.
///
/// A line's net is what it comes to without tax, after its own discount and its share of the order's. Its cost is the quantity that is charged ×
/// the cost of one unit that was kept when the line was priced, rounded half away from zero to the currency's minor unit.
///
/// Source: APR-03, PRC-05
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// Sum of the lines without tax, after all discounts.
    pub net: Money,
    /// Sum of what the lines cost.
    pub cost: Money,
    /// The lowest margin of a line in millionths of a percent of its net, rounded down; nothing where goods that cost something are given away.
    /// Lines that neither cost nor bring anything are not looked at.
    lowest: Option<i128>,
}

impl Margin {
    /// Of an order, in the currency of the books: a foreign order's lines are each converted at the rate it keeps. Nothing where it is not known:
    /// a line keeps no cost, there is no line, or a foreign order has no rate.
    pub fn of<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L], books: Currency) -> Option<Self> {
        if lines.is_empty() {
            return None;
        }
        let (mut net, mut cost) = (0_i128, 0_i128);
        let (mut lowest, mut given_away) = (None::<i128>, false);
        for line in lines {
            let of_line = line.cost(books)?;
            let brings = order.in_books(line.net_minor, books)?;
            net += i128::from(brings.minor());
            cost += i128::from(of_line.minor());
            match percent(brings, of_line) {
                Some(percent) => lowest = Some(lowest.map_or(percent, |other| other.min(percent))),
                None => given_away |= of_line.is_positive(),
            }
        }
        Some(Self { net: Money::from_wide(net)?, cost: Money::from_wide(cost)?, lowest: lowest.filter(|_| !given_away) })
    }

    /// Net less cost.
    pub fn amount(&self) -> Money {
        self.net - self.cost
    }

    /// The margin in millionths of a percent of the net, rounded down, so that comparing it with a limit of up to six decimals is exact by `<`
    /// and `>=`; nothing where the net is zero.
    pub fn percent(&self) -> Option<i128> {
        percent(self.net, self.cost)
    }

    /// The margin of the worst line, as `percent`.
    pub fn lowest_percent(&self) -> Option<i128> {
        self.lowest
    }

    /// Whether somebody should look at it: below ten percent, a line sold below its cost, or goods given away.
    pub fn is_low(&self) -> bool {
        self.percent().is_none_or(|percent| percent < WHOLE / 10) || self.lowest.is_none_or(|lowest| lowest < 0)
    }
}

/// Millionths of a percent as people read them: two decimals, rounded down.
pub fn shown_percent(millionths: i128) -> String {
    let hundredths = millionths.div_euclid(10_000);
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

fn percent(net: Money, cost: Money) -> Option<i128> {
    if net.is_zero() {
        return None;
    }
    let (margin, net) = (i128::from(net.minor()) - i128::from(cost.minor()), i128::from(net.minor()));
    Some((margin * WHOLE).div_euclid(net))
}

impl OrderLine {
    /// What the charged quantity costs, in the currency of the books; nothing where the cost of a unit was not known when the line was priced.
    pub fn cost(&self, books: Currency) -> Option<Money> {
        line_amount(self.charged(), self.unit_cost_micro?, Rate::ZERO, books)
    }

    /// The margin of the line as a percentage of its net, rounded down to millionths; nothing where its cost or the rate of its order is not known,
    /// or its net is zero.
    pub fn margin_percent(&self, order: &Order, books: Currency) -> Option<i128> {
        percent(order.in_books(self.net_minor, books)?, self.cost(books)?)
    }
}

#[cfg(test)]
mod tests;
