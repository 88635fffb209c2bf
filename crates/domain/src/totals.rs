//! Money of an order (lifecycle "Money of an order", PRC-03, PRC-04).
//!
//! Calculated in 128 bits; what does not fit [`Money`] is an error, never a wrap. Every amount is rounded half away
//! from zero, and where rounded parts must add up to a rounded whole the largest remainders get the odd cents.

use std::collections::BTreeMap;

use crate::codes::TaxRounding;
use crate::currency::Currency;
use crate::decimal::divide_rounded;
use crate::money::Money;
use crate::order::OrderRule;
use crate::product_unit::Ratio;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::FieldError;
use crate::rule::FieldRule;
use crate::unit_price::UnitPrice;

/// What the head of an order says about its money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Of every amount.
    pub currency: Currency,
    /// Whether prices, freight and discount contain tax.
    pub tax_inclusive: bool,
    /// How tax is rounded.
    pub tax_rounding: TaxRounding,
    /// Share of payable asked for in advance.
    pub deposit_rate: Rate,
    /// Freight as entered.
    pub freight: Money,
    /// Order discount as entered.
    pub discount: Money,
}

/// What a line says about its money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineTerms {
    /// What is paid for.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: UnitPrice,
    /// How much of the quantity's unit the price is of: a line may be priced by the carton.
    pub per: Ratio,
    /// Discount of the line.
    pub discount_rate: Rate,
    /// Tax.
    pub tax_rate: Rate,
}

/// Money of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineMoney {
    /// As priced, before the order discount.
    pub amount: Money,
    /// Its share of the order discount.
    pub discount: Money,
    /// Without tax, after the order discount.
    pub net: Money,
    /// Tax, after the order discount.
    pub tax: Money,
    /// With tax, after the order discount.
    pub gross: Money,
}

/// Money of an order; lines and freight add up to net, tax and payable exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Of each line.
    pub lines: Vec<LineMoney>,
    /// Sum of the lines as priced, before the order discount.
    pub goods: Money,
    /// Freight without tax.
    pub freight_net: Money,
    /// Tax on the freight, at the rate most of the goods' value has.
    pub freight_tax: Money,
    /// Without tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// What the customer pays.
    pub payable: Money,
    /// Of payable, to be paid in advance.
    pub deposit: Money,
}

/// What a line comes to: round half away from zero (quantity × unit price × (1 − discount)).
///
/// Net or gross, as the price was. `None` beyond [`Money::MAX`].
pub fn line_amount(quantity: Quantity, price: UnitPrice, discount: Rate, currency: Currency) -> Option<Money> {
    amount_per(quantity, price, Ratio::ONE, discount, currency)
}

/// The same where the price is that of `per` units: round half away from zero (quantity ÷ per × price × (1 − discount)), rounded once.
///
/// `None` beyond [`Money::MAX`].
pub fn amount_per(quantity: Quantity, price: UnitPrice, per: Ratio, discount: Rate, currency: Currency) -> Option<Money> {
    let kept = i128::from(Rate::WHOLE.bp() - discount.bp());
    let (base, units) = per.parts();
    let exact = i128::from(quantity.micro()).checked_mul(i128::from(price.micro()))?.checked_mul(kept)?.checked_mul(units)?;
    let scale = 10_i128.pow(12 + 4 - currency.minor_digits()).checked_mul(base)?;
    Money::from_wide(divide_rounded(exact, scale)?)
}

/// A share of an amount, rounded half away from zero.
///
/// `None` beyond [`Money::MAX`].
pub fn share_of(amount: Money, rate: Rate) -> Option<Money> {
    let exact = i128::from(amount.minor()) * i128::from(rate.bp());
    Money::from_wide(divide_rounded(exact, i128::from(Rate::WHOLE.bp()))?)
}

/// Spreads a whole over parts in proportion to their weights, by largest remainder; the parts sum to the whole and
/// none is larger than its weight when the whole is not larger than all weights together.
///
/// `None` where a weight is negative, or all are zero and the whole is not.
pub fn spread(whole: Money, weights: &[Money]) -> Option<Vec<Money>> {
    if weights.iter().any(|weight| weight.is_negative()) {
        return None;
    }
    let sum: i128 = weights.iter().map(|weight| i128::from(weight.minor())).sum();
    if sum == 0 {
        return whole.is_zero().then(|| vec![Money::ZERO; weights.len()]);
    }
    let size = i128::from(whole.minor().unsigned_abs());
    let mut parts: Vec<(i128, i128)> = Vec::with_capacity(weights.len());
    for weight in weights {
        let exact = size.checked_mul(i128::from(weight.minor()))?;
        parts.push((exact / sum, exact % sum));
    }
    let given: i128 = parts.iter().map(|(part, _)| part).sum();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|place| (-parts[*place].1, *place));
    let odd = usize::try_from(size - given).ok()?;
    for place in by_remainder.into_iter().take(odd) {
        parts[place].0 += 1;
    }
    let sign = if whole.is_negative() { -1 } else { 1 };
    parts.into_iter().map(|(part, _)| Money::from_wide(sign * part)).collect()
}

/// Money of an order from its head and lines.
///
/// # Errors
/// Every field that makes it impossible, by JSON pointer: negative values, a discount above the goods, amounts
/// beyond [`Money::MAX`].
pub fn compute(terms: &Terms, lines: &[LineTerms]) -> Result<Totals, Vec<FieldError>> {
    let amounts = amounts(terms, lines)?;
    let too_large = || vec![FieldError::new("/lines", OrderRule::AmountTooLarge)];
    let goods = sum(&amounts).ok_or_else(too_large)?;
    if terms.discount > goods {
        let rule = OrderRule::DiscountAboveGoods { goods: (goods, terms.currency) };
        return Err(vec![FieldError::new("/discount", rule)]);
    }
    totals(terms, lines, &amounts, goods).ok_or_else(too_large)
}

fn amounts(terms: &Terms, lines: &[LineTerms]) -> Result<Vec<Money>, Vec<FieldError>> {
    let mut errors = Vec::new();
    for (pointer, amount) in [("/freight", terms.freight), ("/discount", terms.discount)] {
        if amount.is_negative() {
            errors.push(FieldError::new(pointer, FieldRule::Negative));
        }
    }
    if !terms.deposit_rate.is_share() {
        errors.push(FieldError::new("/deposit_rate", FieldRule::NotAShare));
    }
    let mut amounts = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        let mut wrong = |field: &str, reason: crate::refusal::Reason| {
            errors.push(FieldError::new(format!("/lines/{place}/{field}"), reason));
        };
        if line.quantity.is_negative() {
            wrong("quantity", FieldRule::Negative.into());
        }
        if line.unit_price.is_negative() {
            wrong("unit_price", FieldRule::Negative.into());
        }
        if !line.discount_rate.is_share() {
            wrong("discount_rate", FieldRule::NotAShare.into());
        }
        if !line.tax_rate.is_share() {
            wrong("tax_rate", FieldRule::NotAShare.into());
        }
        match amount_per(line.quantity, line.unit_price, line.per, line.discount_rate, terms.currency) {
            Some(amount) => amounts.push(amount),
            None => wrong("quantity", OrderRule::AmountTooLarge.into()),
        }
    }
    if errors.is_empty() { Ok(amounts) } else { Err(errors) }
}

fn totals(terms: &Terms, lines: &[LineTerms], amounts: &[Money], goods: Money) -> Option<Totals> {
    let shares = spread(terms.discount, amounts)?;
    // Freight is taxed like one more line, at the rate most of the goods' value has.
    let mut bases: Vec<Money> = amounts.iter().zip(&shares).map(|(amount, share)| *amount - *share).collect();
    let mut rates: Vec<Rate> = lines.iter().map(|line| line.tax_rate).collect();
    rates.push(main_rate(&rates, &bases));
    bases.push(terms.freight);

    let taxes = match terms.tax_rounding {
        TaxRounding::Line => {
            let tax = |(base, rate): (&Money, &Rate)| tax_on(i128::from(base.minor()), *rate, terms.tax_inclusive);
            bases.iter().zip(&rates).map(tax).collect::<Option<Vec<Money>>>()?
        }
        TaxRounding::Document => document_taxes(&bases, &rates, terms.tax_inclusive)?,
    };
    let with_tax = |base: Money, tax: Money| -> Option<(Money, Money)> {
        if terms.tax_inclusive { Some((base.checked_sub(tax)?, base)) } else { Some((base, base.checked_add(tax)?)) }
    };
    let mut money = Vec::with_capacity(lines.len());
    for (place, (amount, discount)) in amounts.iter().zip(&shares).enumerate() {
        let (net, gross) = with_tax(bases[place], taxes[place])?;
        money.push(LineMoney { amount: *amount, discount: *discount, net, tax: taxes[place], gross });
    }
    let freight_tax = taxes[lines.len()];
    let (freight_net, _) = with_tax(terms.freight, freight_tax)?;
    let net = sum(&money.iter().map(|line| line.net).chain([freight_net]).collect::<Vec<_>>())?;
    let tax = sum(&taxes)?;
    let payable = sum(&[net, tax])?;
    let deposit = share_of(payable, terms.deposit_rate)?;
    Some(Totals { lines: money, goods, freight_net, freight_tax, net, tax, payable, deposit })
}

/// The rate most of the value has; of equals the higher one.
fn main_rate(rates: &[Rate], bases: &[Money]) -> Rate {
    let mut values: BTreeMap<Rate, i128> = BTreeMap::new();
    for (rate, base) in rates.iter().zip(bases) {
        *values.entry(*rate).or_default() += i128::from(base.minor());
    }
    values.into_iter().max_by_key(|(rate, value)| (*value, *rate)).map_or(Rate::ZERO, |(rate, _)| rate)
}

/// Tax on (or inside) a base, rounded.
fn tax_on(base: i128, rate: Rate, inclusive: bool) -> Option<Money> {
    let whole = i128::from(Rate::WHOLE.bp());
    let rate = i128::from(rate.bp());
    let divisor = if inclusive { whole + rate } else { whole };
    Money::from_wide(divide_rounded(base.checked_mul(rate)?, divisor)?)
}

/// Tax rounded once for each rate, then spread over the parts of that rate.
fn document_taxes(bases: &[Money], rates: &[Rate], inclusive: bool) -> Option<Vec<Money>> {
    let mut groups: BTreeMap<Rate, Vec<usize>> = BTreeMap::new();
    for (place, rate) in rates.iter().enumerate() {
        groups.entry(*rate).or_default().push(place);
    }
    let mut taxes = vec![Money::ZERO; bases.len()];
    for (rate, places) in groups {
        let base: i128 = places.iter().map(|place| i128::from(bases[*place].minor())).sum();
        let weights: Vec<Money> = places.iter().map(|place| bases[*place]).collect();
        let parts = spread(tax_on(base, rate, inclusive)?, &weights)?;
        for (place, part) in places.into_iter().zip(parts) {
            taxes[place] = part;
        }
    }
    Some(taxes)
}

fn sum(amounts: &[Money]) -> Option<Money> {
    Money::from_wide(amounts.iter().map(|amount| i128::from(amount.minor())).sum())
}

#[cfg(test)]
mod tests;
