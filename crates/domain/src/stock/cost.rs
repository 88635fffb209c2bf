//! What goods cost: the moving average.

use crate::currency::Currency;
use crate::id::{ProductId, Version};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::unit_price::UnitPrice;

/// What one unit of a product is worth by the moving average of what came in (移动加权平均), in the currency of the books.
///
/// Source: INV-04
#[derive(Clone, Debug, PartialEq)]
pub struct StockCost {
    /// Key.
    pub product_id: ProductId,
    /// Raised by every change.
    pub version: Version,
    /// The average.
    pub average_micro: UnitPrice,
}

/// The average after goods came in: (what was there × its average + what came × its cost) ÷ both, rounded half to even at the sixth decimal. Where
/// nothing was there, what came is the average.
///
/// Source: IAS 2.27, weighted average on a perpetual basis
pub fn moving_average(there: Quantity, average: UnitPrice, came: Quantity, cost: UnitPrice) -> UnitPrice {
    let there = i128::from(there.or_zero().micro());
    let came = i128::from(came.micro());
    let all = there + came;
    if there == 0 || all == 0 {
        return cost;
    }
    let worth = there * i128::from(average.micro()) + came * i128::from(cost.micro());
    let (whole, rest) = (worth.div_euclid(all), worth.rem_euclid(all));
    let up = rest * 2 > all || (rest * 2 == all && whole.rem_euclid(2) == 1);
    UnitPrice::from_micro(i64::try_from(whole + i128::from(up)).unwrap_or(i64::MAX))
}

/// What a quantity is worth at the cost of one unit, rounded half away from zero to the currency's minor unit.
pub fn worth(quantity: Quantity, cost: UnitPrice, currency: Currency) -> Money {
    let product = i128::from(quantity.micro()) * i128::from(cost.micro());
    // Micro-units of quantity times micro-units of price; a minor unit is 10^(12 - digits) of that.
    let unit = 10_i128.pow(12 - currency.minor_digits());
    let half = if product < 0 { -unit / 2 } else { unit / 2 };
    Money::from_minor(i64::try_from((product + half) / unit).unwrap_or(if product < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse(text).unwrap()
    }

    /// INV-04
    #[test]
    fn what_comes_dearer_lifts_the_average() {
        let average = moving_average(Quantity::units(100), price("10"), Quantity::units(50), price("13"));
        assert_eq!(average, price("11"));
        assert_eq!(moving_average(Quantity::ZERO, price("10"), Quantity::units(5), price("13")), price("13"));
        assert_eq!(moving_average(Quantity::units(2), price("1"), Quantity::units(1), price("2")), price("1.333333"));
        assert_eq!(moving_average(Quantity::units(1), price("0.000001"), Quantity::units(1), price("0.000002")), price("0.000002"));
    }
}
