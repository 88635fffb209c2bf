//! Money of an order (lifecycle "Money of an order", PRC-03, PRC-04).
//!
//! Calculated in 128 bits; what does not fit [`Money`] is an error, never a wrap. Every amount is rounded half away
//! from zero, and where rounded parts must add up to a rounded whole the largest remainders get the odd cents.

use std::collections::BTreeMap;

use crate::charge::{Charge, above_goods, check_charges};
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
pub struct Terms<'a> {
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
    /// Further charges and allowances as entered.
    pub charges: &'a [Charge],
}

/// What a line says about its money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineTerms {
    /// Its number in the order.
    pub line_no: i64,
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

/// Money of a charge or an allowance; below zero for an allowance, except its amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChargeMoney {
    /// As priced, never below zero.
    pub amount: Money,
    /// The tax it has.
    pub tax_rate: Rate,
    /// Without tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
}

/// Money of an order; lines, freight and charges add up to net, tax and payable exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Of each line.
    pub lines: Vec<LineMoney>,
    /// Of each charge.
    pub charges: Vec<ChargeMoney>,
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
pub fn compute(terms: &Terms<'_>, lines: &[LineTerms]) -> Result<Totals, Vec<FieldError>> {
    let amounts = amounts(terms, lines)?;
    let too_large = || vec![FieldError::new("/lines", OrderRule::AmountTooLarge)];
    let goods = sum(&amounts).ok_or_else(too_large)?;
    if terms.discount > goods {
        let rule = OrderRule::DiscountAboveGoods { goods: (goods, terms.currency) };
        return Err(vec![FieldError::new("/discount", rule)]);
    }
    let charges: Option<Vec<Charge>> = terms.charges.iter().map(|charge| sized(charge, terms.currency, lines, &amounts, goods)).collect();
    let charges = charges.ok_or_else(too_large)?;
    let off: Option<Money> = sum(&charges.iter().filter(|charge| charge.allowance).map(|charge| charge.amount).collect::<Vec<_>>());
    let left = goods.checked_sub(terms.discount).ok_or_else(too_large)?;
    if off.ok_or_else(too_large)? > left {
        return Err(vec![above_goods(left, terms.currency)]);
    }
    let totals = totals(terms, lines, &charges, &amounts, goods).ok_or_else(too_large)?;
    // An allowance may have another rate of tax than what it is taken off.
    if [totals.net, totals.tax, totals.payable].iter().any(|sum| sum.is_negative()) {
        return Err(vec![above_goods(left, terms.currency)]);
    }
    Ok(totals)
}

fn amounts(terms: &Terms<'_>, lines: &[LineTerms]) -> Result<Vec<Money>, Vec<FieldError>> {
    let mut errors = Vec::new();
    for (pointer, amount) in [("/freight", terms.freight), ("/discount", terms.discount)] {
        if amount.is_negative() {
            errors.push(FieldError::new(pointer, FieldRule::Negative));
        }
    }
    errors.extend(check_charges(terms.charges));
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

/// A charge with the amount it comes to.
fn sized(charge: &Charge, currency: Currency, lines: &[LineTerms], amounts: &[Money], goods: Money) -> Option<Charge> {
    let amount = match (&charge.granted, charge.percent) {
        (Some(grant), _) => grant.amount(currency, lines, amounts)?,
        (None, Some(percent)) => share_of(goods, percent)?,
        (None, None) => charge.amount,
    };
    Some(Charge { amount, ..charge.clone() })
}

fn totals(terms: &Terms<'_>, lines: &[LineTerms], charges: &[Charge], amounts: &[Money], goods: Money) -> Option<Totals> {
    let shares = spread(terms.discount, amounts)?;
    // Freight and charges are taxed like further lines: at their own rate, or the one most of the goods' value has.
    let mut bases: Vec<Money> = amounts.iter().zip(&shares).map(|(amount, share)| *amount - *share).collect();
    let mut rates: Vec<Rate> = lines.iter().map(|line| line.tax_rate).collect();
    let main_rate = main_rate(&rates, &bases);
    rates.push(main_rate);
    bases.push(terms.freight);
    rates.extend(charges.iter().map(|charge| charge.own_tax_rate.unwrap_or(main_rate)));
    bases.extend(charges.iter().map(Charge::signed));

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
    let mut charged = Vec::with_capacity(charges.len());
    for (place, charge) in (lines.len() + 1..).zip(charges) {
        let (net, _) = with_tax(bases[place], taxes[place])?;
        charged.push(ChargeMoney { amount: charge.amount, tax_rate: rates[place], net, tax: taxes[place] });
    }
    let nets = money.iter().map(|line| line.net).chain([freight_net]).chain(charged.iter().map(|charge| charge.net));
    let net = sum(&nets.collect::<Vec<_>>())?;
    let tax = sum(&taxes)?;
    let payable = sum(&[net, tax])?;
    let deposit = share_of(payable, terms.deposit_rate)?;
    Some(Totals { lines: money, charges: charged, goods, freight_net, freight_tax, net, tax, payable, deposit })
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
    let (exact, divisor) = exact_tax(base, rate, inclusive)?;
    Money::from_wide(divide_rounded(exact, divisor)?)
}

/// Tax on (or inside) a base, exact: dividend and divisor.
fn exact_tax(base: i128, rate: Rate, inclusive: bool) -> Option<(i128, i128)> {
    let whole = i128::from(Rate::WHOLE.bp());
    let rate = i128::from(rate.bp());
    Some((base.checked_mul(rate)?, if inclusive { whole + rate } else { whole }))
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
        let whole = i128::from(tax_on(base, rate, inclusive)?.minor());
        // Each part gets its own tax rounded down, the largest remainders the odd cents; allowances are below zero.
        let mut parts = Vec::with_capacity(places.len());
        for place in places {
            let (exact, divisor) = exact_tax(i128::from(bases[place].minor()), rate, inclusive)?;
            parts.push((place, exact.div_euclid(divisor), exact.rem_euclid(divisor)));
        }
        let odd = usize::try_from(whole - parts.iter().map(|(_, part, _)| part).sum::<i128>()).ok()?;
        parts.sort_by_key(|(place, _, remainder)| (-remainder, *place));
        for (turn, (place, part, _)) in parts.into_iter().enumerate() {
            taxes[place] = Money::from_wide(part + i128::from(turn < odd))?;
        }
    }
    Some(taxes)
}

fn sum(amounts: &[Money]) -> Option<Money> {
    Money::from_wide(amounts.iter().map(|amount| i128::from(amount.minor())).sum())
}

#[cfg(test)]
mod tests;
