//! Charges and allowances of an order as a whole, beside its lines (EN 16931 BG-20 and BG-21).

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::currency::Currency;
use crate::kept_json::{raw, raw_option};
use crate::language::Language;
use crate::money::Money;
use crate::order::OrderRule;
use crate::promotion::Grant;
use crate::rate::Rate;
use crate::refusal::{Detail, FieldError};
use crate::rule::{FieldCheck, FieldRule};
use crate::text::name_of;
use crate::totals::share_of;

codes! {
    /// What a charge is for.
    ChargeKind in "charge.kind" {
        Freight = "freight",
        Insurance = "insurance",
        Packing = "packing",
        Surcharge = "surcharge",
        /// Made or delivered before its turn.
        Rush = "rush",
        /// Given by a promotion; nobody types it.
        Promotion = "promotion",
        /// Something its text says.
        Other = "other",
    }
}

/// The most charges of an order.
pub const MAX_CHARGES: usize = 50;
/// The longest text of a charge, in characters.
pub const CHARGE_TEXT_MAX: i64 = 100;

/// A charge on top of the goods, or an allowance off them; amounts are in the order's currency and contain tax where prices do.
///
/// Source: PRC-03, EN 16931 BT-92 to BT-104
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// What it is for.
    pub kind: ChargeKind,
    /// What it says on documents beside that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether it is taken off.
    #[serde(default)]
    pub allowance: bool,
    /// What it comes to as a share of the goods as priced; nothing where its amount is agreed.
    #[serde(default, with = "raw_option")]
    pub percent: Option<Rate>,
    /// Its own tax; nothing where it has the rate most of the goods' value has, as freight.
    #[serde(default, with = "raw_option")]
    pub own_tax_rate: Option<Rate>,
    /// The promotion that gave it (PRC-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Box<Grant>>,
    /// What it comes to, never below zero; calculated where it is a share or given by a promotion.
    #[serde(with = "raw")]
    pub amount: Money,
    /// The tax it has. Calculated.
    #[serde(with = "raw")]
    pub tax_rate: Rate,
    /// Without tax, below zero for an allowance. Calculated.
    #[serde(with = "raw")]
    pub net: Money,
    /// Tax, below zero for an allowance. Calculated.
    #[serde(with = "raw")]
    pub tax: Money,
}

impl Charge {
    /// A charge of an agreed amount, not calculated yet.
    pub fn of(kind: ChargeKind, amount: Money) -> Self {
        Self {
            kind,
            text: String::new(),
            allowance: false,
            percent: None,
            own_tax_rate: None,
            granted: None,
            amount,
            tax_rate: Rate::ZERO,
            net: Money::ZERO,
            tax: Money::ZERO,
        }
    }

    /// With what is calculated left out: what was said of it.
    #[must_use]
    pub fn said(&self) -> Self {
        let amount = if self.percent.is_some() || self.granted.is_some() { Money::ZERO } else { self.amount };
        Self { amount, tax_rate: Rate::ZERO, net: Money::ZERO, tax: Money::ZERO, ..self.clone() }
    }

    /// What it takes off goods that come to so much.
    pub(crate) fn off(&self, goods: Money) -> Money {
        self.percent.and_then(|percent| share_of(goods, percent)).unwrap_or(self.amount)
    }

    /// What it adds, as priced: below zero for an allowance.
    pub fn signed(&self) -> Money {
        if self.allowance { -self.amount } else { self.amount }
    }

    /// With tax, below zero for an allowance.
    pub fn gross(&self) -> Money {
        self.net + self.tax
    }

    /// Its name on screens and documents: its text, or that of its kind.
    pub fn shown(&self, language: Language) -> String {
        let by_promotion = self.granted.as_ref().map(|grant| grant.names.of(language).to_owned());
        by_promotion.unwrap_or_else(|| if self.text.is_empty() { name_of(language, self.kind) } else { self.text.clone() })
    }

    /// Whether it is told as the other is, with the same tax, whatever it comes to.
    pub fn is_like(&self, other: &Self) -> bool {
        let told = |charge: &Self| (charge.kind, charge.allowance, charge.tax_rate);
        let by = |charge: &Self| charge.granted.as_ref().map(|grant| grant.promotion_id);
        told(self) == told(other) && self.text == other.text && by(self) == by(other)
    }
}

/// What is wrong with the charges of an order, at `/charges/<place>/<field>`.
pub fn check_charges(charges: &[Charge]) -> Vec<FieldError> {
    let mut check = FieldCheck::default();
    if charges.len() > MAX_CHARGES {
        let max = i64::try_from(MAX_CHARGES).unwrap_or(i64::MAX);
        return vec![FieldError::new("/charges", FieldRule::TooMany { max })];
    }
    for (place, charge) in charges.iter().enumerate() {
        let at = |field: &str| format!("/charges/{place}/{field}");
        if charge.kind == ChargeKind::Other {
            check.required(&charge.text, CHARGE_TEXT_MAX, &at("text"));
        } else {
            check.optional(&charge.text, CHARGE_TEXT_MAX, &at("text"));
        }
        match charge.percent {
            Some(percent) => check.that(percent.is_share(), &at("percent"), FieldRule::NotAShare),
            None => check.that(!charge.amount.is_negative(), &at("amount"), FieldRule::Negative),
        }
        check.that(charge.own_tax_rate.is_none_or(Rate::is_share), &at("tax_rate"), FieldRule::NotAShare);
    }
    check.errors
}

/// The refusal of allowances that take more off than there is.
pub(crate) fn above_goods(goods: Money, currency: Currency) -> FieldError {
    FieldError::new("/charges", OrderRule::AllowancesAboveGoods { goods: (goods, currency) })
}

/// Charges in one line: `保险费 120.00 / 会员优惠 -50.00`.
pub fn charges_shown(charges: &[Charge], language: Language, currency: Currency) -> String {
    let one = |charge: &Charge| format!("{} {}", charge.shown(language), charge.signed().decimal(currency));
    charges.iter().map(one).collect::<Vec<_>>().join(" / ")
}

/// Charges in one line for events: `保险费 ¥120.00 / 会员优惠 -¥50.00`.
pub(crate) fn charges_detail(charges: &[Charge], currency: Currency) -> Detail {
    let name = |charge: &Charge| match &charge.granted {
        Some(grant) => Detail::Text(grant.code.clone()),
        None if charge.text.is_empty() => charge.kind.into(),
        None => Detail::Text(charge.text.clone()),
    };
    let one = |charge: &Charge| Detail::Pair(Box::new(name(charge)), Box::new(Detail::Money(charge.signed(), currency)));
    if charges.is_empty() { Detail::Nothing } else { Detail::AnyOf(charges.iter().map(one).collect()) }
}

/// The same charges as one each: what is told apart on no document is one charge.
pub(crate) fn merged<'a>(charges: impl Iterator<Item = &'a Charge>) -> Vec<Charge> {
    let mut all: Vec<Charge> = Vec::new();
    for charge in charges {
        match all.iter_mut().find(|known| known.is_like(charge)) {
            Some(known) => {
                known.amount += charge.amount;
                known.net += charge.net;
                known.tax += charge.tax;
            }
            None => all.push(charge.clone()),
        }
    }
    all
}
