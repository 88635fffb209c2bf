//! What promotions give to an order: as allowances that say which promotion they are by, calculated with the order's money and nowhere else.

use std::cmp::Reverse;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::{Promotion, PromotionEffect, PromotionTerms};
use crate::charge::{Charge, ChargeKind};
use crate::currency::Currency;
use crate::date::Date;
use crate::id::PromotionId;
use crate::money::Money;
use crate::names::Names;
use crate::order::{Order, OrderLine};
use crate::price::Buyer;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::totals::{LineTerms, amount_per, line_amount, share_of};

/// What an allowance was given by: the promotion as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// The promotion.
    pub promotion_id: PromotionId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub names: Names,
    /// Its condition and effect.
    pub terms: PromotionTerms,
    /// The lines it is given to; empty: to all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<i64>,
}

impl Grant {
    /// What it comes to, off lines with these amounts; never more than those.
    ///
    /// `None` beyond [`Money::MAX`].
    pub(crate) fn amount(&self, currency: Currency, lines: &[LineTerms], amounts: &[Money]) -> Option<Money> {
        let mine = || lines.iter().zip(amounts).filter(|(line, _)| self.lines.is_empty() || self.lines.contains(&line.line_no));
        let base = Money::from_wide(mine().map(|(_, amount)| i128::from(amount.minor())).sum())?;
        let off = match self.terms.effect {
            PromotionEffect::LinePercent | PromotionEffect::OrderPercent => share_of(base, self.terms.percent)?,
            PromotionEffect::OrderAmount => self.terms.amount,
            PromotionEffect::UnitOff => each(mine(), |line| line_amount(line.quantity, self.terms.unit_off, Rate::ZERO, currency))?,
            PromotionEffect::FreeUnits => {
                each(mine(), |line| amount_per(self.free_of(line.quantity), line.unit_price, line.per, line.discount_rate, currency))?
            }
        };
        Some(off.min(base))
    }

    /// How many units of a line cost nothing.
    fn free_of(&self, quantity: Quantity) -> Quantity {
        let group = self.terms.buy.micro().saturating_add(self.terms.free.micro()).max(1);
        let free = Quantity::from_micro((quantity.micro() / group).saturating_mul(self.terms.free.micro()));
        self.terms.most_free.map_or(free, |most| free.min(most))
    }

    /// Whether its condition still holds of an order with these lines, by what is ordered.
    pub(crate) fn holds(&self, goods: Money, lines: &[(i64, Quantity)]) -> bool {
        let mine = |no: i64| self.lines.is_empty() || self.lines.contains(&no);
        let enough = |quantity: Quantity| quantity.is_positive() && quantity >= self.terms.min_quantity;
        let mut met = lines.iter().filter(|(no, _)| mine(*no)).map(|(_, quantity)| enough(*quantity));
        let reached = if self.lines.is_empty() { met.any(|met| met) } else { met.all(|met| met) };
        goods >= self.terms.min_goods && reached
    }
}

/// The sum of what each line comes to, no line more than its own amount.
fn each<'a>(lines: impl Iterator<Item = (&'a LineTerms, &'a Money)>, of: impl Fn(&LineTerms) -> Option<Money>) -> Option<Money> {
    let mut sum = 0_i128;
    for (line, amount) in lines {
        sum += i128::from(of(line)?.min(*amount).minor());
    }
    Money::from_wide(sum)
}

/// What one promotion would give.
struct Offer<'a> {
    promotion: &'a Promotion,
    charges: Vec<Charge>,
    amount: Money,
}

/// The allowances that promotions give to an order on a day. `may` says which of them the customer takes and has not used up.
///
/// Lines take part that have the book's price. Those that may be combined are given together, by priority and code, as far as the goods reach; one that
/// may not is given in their place where it gives more, or as much at a higher priority. Each is calculated on the lines as they are priced. An amount is
/// given off goods that come to it at least.
///
/// Source: PRC-06
pub fn grants<L, P>(
    order: &Order,
    lines: &[L],
    buyer: &Buyer,
    promotions: &[P],
    today: Date,
    may: impl Fn(&Promotion) -> bool,
) -> Vec<Charge>
where
    L: Deref<Target = OrderLine>,
    P: Deref<Target = Promotion>,
{
    let terms: Vec<LineTerms> = lines.iter().map(|line| line.terms()).collect();
    let amounts: Option<Vec<Money>> =
        terms.iter().map(|line| amount_per(line.quantity, line.unit_price, line.per, line.discount_rate, order.currency)).collect();
    let Some(amounts) = amounts else { return Vec::new() };
    let Some(goods) = Money::from_wide(amounts.iter().map(|amount| i128::from(amount.minor())).sum()) else { return Vec::new() };
    let mut offers: Vec<Offer<'_>> = promotions
        .iter()
        .map(|promotion| &**promotion)
        .filter(|promotion| promotion.is_on(today) && promotion.is_for(buyer) && may(promotion))
        .filter_map(|promotion| offer(order, lines, promotion, (&terms, &amounts), goods))
        .collect();
    offers.sort_by_key(|offer| (Reverse(offer.promotion.priority), offer.promotion.code.clone()));
    let typed: Money =
        order.charges.iter().filter(|charge| charge.granted.is_none() && charge.allowance).map(|charge| charge.off(goods)).sum();
    let left = goods - order.discount_minor - typed;
    let given = pick(offers, left);
    // What is taken off whole may leave less than no tax, by the odd cent: then nothing is given, and the order still comes to something.
    let mut trial = order.clone();
    trial.grant(given.clone());
    if trial.totals(lines).is_ok() { given } else { Vec::new() }
}

/// Of what is offered, what is given.
fn pick(offers: Vec<Offer<'_>>, left: Money) -> Vec<Charge> {
    let (combined, single): (Vec<_>, Vec<_>) =
        offers.into_iter().filter(|offer| offer.amount <= left).partition(|offer| offer.promotion.combinable);
    let mut sum = Money::ZERO;
    let mut together: Vec<Offer<'_>> = Vec::new();
    for offer in combined {
        if sum + offer.amount <= left {
            sum += offer.amount;
            together.push(offer);
        }
    }
    // Of equals the first, which has the highest priority.
    let best = single.into_iter().rev().max_by_key(|offer| (offer.amount, offer.promotion.priority));
    let highest = together.first().map_or(-1, |offer| offer.promotion.priority);
    match best {
        Some(best) if (best.amount, best.promotion.priority) > (sum, highest) => best.charges,
        _ => together.into_iter().flat_map(|offer| offer.charges).collect(),
    }
}

fn offer<'a, L: Deref<Target = OrderLine>>(
    order: &Order,
    lines: &[L],
    promotion: &'a Promotion,
    (terms, amounts): (&[LineTerms], &[Money]),
    goods: Money,
) -> Option<Offer<'a>> {
    let whole = matches!(promotion.terms.effect, PromotionEffect::OrderAmount | PromotionEffect::OrderPercent);
    let everything = whole && promotion.products.is_empty();
    let fits = |line: &OrderLine| {
        let named = promotion.products.is_empty() || promotion.products.contains(&line.product_id);
        named && line.price_source.is_of_book() && line.quantity_micro >= promotion.terms.min_quantity && line.quantity_micro.is_positive()
    };
    let mine: Vec<&OrderLine> = lines.iter().map(|line| &**line).filter(|line| fits(line)).collect();
    if mine.is_empty() || goods < promotion.terms.min_goods {
        return None;
    }
    // An allowance has one rate of tax: lines with different ones get one each. An amount off the order is taxed as freight is.
    let mut rates: Vec<Option<Rate>> = mine.iter().map(|line| Some(line.tax_rate)).collect();
    rates.sort_unstable();
    rates.dedup();
    if everything || promotion.terms.effect == PromotionEffect::OrderAmount {
        rates = vec![None];
    }
    let mut charges = Vec::new();
    let mut amount = Money::ZERO;
    for rate in rates {
        let of_rate = mine.iter().filter(|line| rate.is_none_or(|rate| line.tax_rate == rate)).map(|line| line.line_no);
        let grant = Grant {
            promotion_id: promotion.id,
            code: promotion.code.clone(),
            names: promotion.names(),
            terms: (*promotion.terms).clone(),
            lines: if everything { Vec::new() } else { of_rate.collect() },
        };
        let off = grant.amount(order.currency, terms, amounts)?;
        if promotion.terms.effect == PromotionEffect::OrderAmount && off < promotion.terms.amount {
            return None;
        }
        if off.is_positive() {
            amount += off;
            let granted = Some(Box::new(grant));
            charges.push(Charge { allowance: true, own_tax_rate: rate, granted, ..Charge::of(ChargeKind::Promotion, off) });
        }
    }
    (!charges.is_empty()).then_some(Offer { promotion, charges, amount })
}

impl Order {
    /// What promotions take off, as priced.
    pub fn promoted(&self) -> Money {
        self.charges.iter().filter(|charge| charge.granted.is_some()).map(|charge| charge.amount).sum()
    }

    /// The promotions it has, each once.
    pub fn promotions(&self) -> Vec<PromotionId> {
        let mut all: Vec<PromotionId> =
            self.charges.iter().filter_map(|charge| charge.granted.as_ref()).map(|grant| grant.promotion_id).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Takes what promotions give in the place of what they gave.
    pub fn grant(&mut self, granted: Vec<Charge>) {
        let said = self.charges.iter().filter(|charge| charge.granted.is_none()).cloned();
        self.charges = crate::kept::Kept::of(said.chain(granted).collect());
    }

    /// Takes away what promotions gave on a condition that what is ordered does not meet any more.
    pub fn keep_granted<L: Deref<Target = OrderLine>>(&mut self, lines: &[L]) {
        if self.charges.iter().all(|charge| charge.granted.is_none()) {
            return;
        }
        let per = |line: &OrderLine| amount_per(line.wanted(), line.sold_price(), line.per(), line.discount_rate, self.currency);
        let goods = lines.iter().filter_map(|line| per(line)).sum();
        let ordered: Vec<(i64, Quantity)> = lines.iter().map(|line| (line.line_no, line.wanted())).collect();
        let kept = self.charges.iter().filter(|charge| charge.granted.as_ref().is_none_or(|grant| grant.holds(goods, &ordered)));
        let kept: Vec<Charge> = kept.cloned().collect();
        if kept.len() != self.charges.len() {
            self.charges = crate::kept::Kept::of(kept);
        }
    }
}
