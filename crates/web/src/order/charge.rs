//! Charges and allowances as they are sent and shown.

use app::order::ChargeInput;
use domain::{CHARGE_TEXT_MAX, Charge, Currency, Language, Rate, UnitPrice, name_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fields::Fields;
use crate::value::{ChargeKindCode, MoneyInput, MoneyJson};

/// A charge on top of the goods, or an allowance off them (EN 16931 BG-20, BG-21): an amount, or a percentage of the goods.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ChargeInput)]
pub struct ChargeInputJson {
    /// What it is for.
    pub kind: ChargeKindCode,
    /// What it says on documents; needed for `other`.
    pub text: Option<String>,
    /// Whether it is taken off.
    pub allowance: bool,
    /// What it comes to, as prices are: with tax where they contain it.
    pub amount: Option<MoneyInput>,
    /// Percent of the goods, in the place of an amount.
    pub percent: Option<String>,
    /// Tax in percent; that of most of the goods.
    pub tax_rate: Option<String>,
}

impl ChargeInputJson {
    /// What is said, read; currencies that were sent are noted to be looked at later.
    pub(crate) fn read(&self, fields: &mut Fields, prefix: &str, currencies: &mut Vec<(String, String)>) -> ChargeInput {
        let at = |name: &str| format!("{prefix}/{name}");
        let percent = fields.optional_rate(&at("percent"), self.percent.as_deref().filter(|percent| !percent.trim().is_empty()));
        let amount = self.amount.as_ref().filter(|amount| !amount.amount().is_empty());
        if amount.is_none() && percent.is_none() {
            fields.wrong(at("amount"), domain::FieldRule::Required);
        }
        if amount.is_some() && percent.is_some() {
            fields.wrong(at("percent"), domain::OrderRule::AmountAndPercent);
        }
        if let Some(currency) = amount.and_then(MoneyInput::currency) {
            currencies.push((at("amount"), currency.to_owned()));
        }
        ChargeInput {
            kind: fields.code(&at("kind"), &self.kind),
            text: fields.text(&at("text"), self.text.as_deref().unwrap_or_default(), usize::try_from(CHARGE_TEXT_MAX).unwrap_or(100)),
            allowance: self.allowance,
            amount: amount.map_or(UnitPrice::ZERO, |amount| fields.exact(&at("amount"), amount)),
            percent,
            tax_rate: fields.optional_rate(&at("tax_rate"), self.tax_rate.as_deref().filter(|rate| !rate.trim().is_empty())),
        }
    }
}

/// The promotion that gave an allowance.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = GrantedPromotion)]
pub struct GrantedJson {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The lines it is given to; none: to all.
    pub lines: Vec<i64>,
}

impl GrantedJson {
    fn of(grant: &domain::Grant) -> Self {
        GrantedJson { id: grant.promotion_id.to_string(), code: grant.code.clone(), lines: grant.lines.clone() }
    }
}

/// A charge or an allowance with what it comes to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Charge)]
pub struct ChargeJson {
    /// What it is for.
    pub kind: ChargeKindCode,
    /// Name of the kind.
    pub kind_name: String,
    /// What it says on documents beside that, or empty.
    pub text: String,
    /// Its name on documents: its text, or that of its kind.
    pub name: String,
    /// Whether it is taken off.
    pub allowance: bool,
    /// What it comes to, as prices are, never below zero.
    pub amount: MoneyJson,
    /// Percent of the goods; `null`: its amount is agreed.
    pub percent: Option<String>,
    /// The promotion that gave it; `null`: it was said.
    pub promotion: Option<GrantedJson>,
    /// Its own tax in percent; `null`: that of most of the goods.
    pub own_tax_rate: Option<String>,
    /// The tax it has, in percent.
    pub tax_rate: String,
    /// Without tax, below zero for an allowance.
    pub net: MoneyJson,
    /// Tax, below zero for an allowance.
    pub tax: MoneyJson,
    /// With tax, below zero for an allowance.
    pub gross: MoneyJson,
}

impl ChargeJson {
    /// Charges for people.
    pub(crate) fn all(charges: &[Charge], currency: Currency, language: Language) -> Vec<Self> {
        let money = |amount| MoneyJson::of(amount, currency);
        let one = |charge: &Charge| Self {
            kind: charge.kind.into(),
            kind_name: name_of(language, charge.kind),
            text: charge.text.clone(),
            name: charge.shown(language),
            allowance: charge.allowance,
            amount: money(charge.amount),
            percent: charge.percent.map(Rate::decimal),
            promotion: charge.granted.as_deref().map(GrantedJson::of),
            own_tax_rate: charge.own_tax_rate.map(Rate::decimal),
            tax_rate: charge.tax_rate.decimal(),
            net: money(charge.net),
            tax: money(charge.tax),
            gross: money(charge.gross()),
        };
        charges.iter().map(one).collect()
    }
}
