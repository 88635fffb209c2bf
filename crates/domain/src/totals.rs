//! Money of an order (lifecycle "Money of an order", PRC-03, PRC-04).

use crate::currency::Currency;
use crate::decimal::divide_rounded;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::unit_price::UnitPrice;

/// What a line comes to: round half away from zero (quantity × unit price × (1 − discount)).
///
/// Net or gross, as the price was. `None` beyond [`Money::MAX`].
pub fn line_amount(
    quantity: Quantity,
    price: UnitPrice,
    discount: Rate,
    currency: Currency,
) -> Option<Money> {
    let kept = i128::from(Rate::WHOLE.bp() - discount.bp());
    let exact = i128::from(quantity.micro())
        .checked_mul(i128::from(price.micro()))?
        .checked_mul(kept)?;
    let scale = 10_i128.pow(12 + 4 - currency.minor_digits());
    Money::from_wide(divide_rounded(exact, scale)?)
}
