//! Further units and options of a product, as they are sent and answered.

use domain::{
    CheckedChoices, Currency, FieldError, Language, OptionChoice, OptionGroup, OptionRule, Options, ProductUnit, Ratio, Reason, UnitRule,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ProblemField;
use crate::fields::Fields;
use crate::order::goods::ChosenJson;
use crate::value::{MoneyInput, MoneyJson};

/// A further unit of a product.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ProductUnit)]
pub struct UnitJson {
    /// Its name.
    #[schema(example = "箱")]
    pub name: String,
    /// Base units in one, exact: `24`, `0.5`, `1000/3`.
    #[schema(example = "24")]
    pub ratio: String,
    /// GTIN on such a unit, or empty.
    pub barcode: String,
    /// Whether the product is sold in it.
    pub sold: bool,
}

/// A choice of a group.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OptionChoice)]
pub struct ChoiceJson {
    /// Its code, unique in the product.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it adds to the price of one unit, in the company's currency; below zero: it takes away.
    #[schema(example = "4500.00")]
    pub price: String,
}

/// A group of choices.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OptionGroup)]
pub struct GroupJson {
    /// Its code, unique in the product.
    pub code: String,
    /// Its name.
    pub name: String,
    /// So many must be chosen.
    pub min: i64,
    /// So many may be chosen.
    pub max: i64,
    /// What there is to choose.
    pub choices: Vec<ChoiceJson>,
}

/// Two choices that belong together or do not.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OptionRule)]
pub struct RuleJson {
    /// Code of the choice the rule is about.
    pub choice: String,
    /// `requires`: only with the other one; `excludes`: not with it.
    pub kind: String,
    /// Code of the other choice.
    pub other: String,
}

/// What of a product can be chosen.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ProductOptions)]
pub struct OptionsJson {
    /// The groups, in the order they are asked.
    pub groups: Vec<GroupJson>,
    /// What goes together.
    pub rules: Vec<RuleJson>,
    /// A configuration may be changed until so many days before the promised day.
    pub freeze_days: i64,
}

impl UnitJson {
    pub(super) fn of(unit: &ProductUnit) -> Self {
        let ProductUnit { name, ratio, barcode, sold } = unit.clone();
        UnitJson { name, ratio: ratio.to_string(), barcode, sold }
    }

    pub(super) fn read(&self, fields: &mut Fields, place: usize) -> ProductUnit {
        let ratio = Ratio::parse(&self.ratio).unwrap_or_else(|| {
            fields.wrong(format!("/units/{place}/ratio"), UnitRule::NotARatio);
            Ratio::ONE
        });
        ProductUnit { name: self.name.clone(), ratio, barcode: self.barcode.clone(), sold: self.sold }
    }
}

impl OptionsJson {
    pub(super) fn of(options: &Options) -> Self {
        let choice =
            |choice: &OptionChoice| ChoiceJson { code: choice.code.clone(), name: choice.name.clone(), price: choice.price.decimal() };
        let group = |group: &OptionGroup| GroupJson {
            code: group.code.clone(),
            name: group.name.clone(),
            min: group.min,
            max: group.max,
            choices: group.choices.iter().map(choice).collect(),
        };
        let rule = |rule: &OptionRule| RuleJson { choice: rule.choice.clone(), kind: rule.kind.clone(), other: rule.other.clone() };
        OptionsJson {
            groups: options.groups.iter().map(group).collect(),
            rules: options.rules.iter().map(rule).collect(),
            freeze_days: options.freeze_days,
        }
    }

    pub(super) fn read(&self, fields: &mut Fields, currency: Currency) -> Options {
        let mut options = Options { freeze_days: self.freeze_days, ..Options::default() };
        for (place, group) in self.groups.iter().enumerate() {
            let mut choices = Vec::with_capacity(group.choices.len());
            for (number, choice) in group.choices.iter().enumerate() {
                let pointer = format!("/options/groups/{place}/choices/{number}/price");
                let price = MoneyInput::Plain(choice.price.clone());
                let price = fields.optional_price(&pointer, Some(&price), currency).unwrap_or_default();
                choices.push(OptionChoice { code: choice.code.trim().to_owned(), name: choice.name.trim().to_owned(), price });
            }
            let (code, name) = (group.code.trim().to_owned(), group.name.trim().to_owned());
            options.groups.push(OptionGroup { code, name, min: group.min, max: group.max, choices });
        }
        let rule = |rule: &RuleJson| OptionRule { choice: rule.choice.clone(), kind: rule.kind.clone(), other: rule.other.clone() };
        options.rules = self.rules.iter().map(rule).collect();
        options
    }
}

/// Choices to be looked at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChoicesInput {
    /// Their codes, in the order they were chosen.
    pub choices: Vec<String>,
}

/// A set of choices that was looked at.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Configured)]
pub struct ConfiguredJson {
    /// Whether it is allowed.
    pub allowed: bool,
    /// What all of it adds to the price of one unit, in the company's currency.
    pub effect: MoneyJson,
    /// The choices that are known, in the order of the options.
    pub choices: Vec<ChosenJson>,
    /// Why it is refused.
    pub errors: Vec<ProblemField>,
    /// Codes of the choices to add for the nearest set that is allowed.
    pub add: Vec<String>,
    /// Codes of the choices to take away for it.
    pub remove: Vec<String>,
}

impl ConfiguredJson {
    pub(super) fn of(looked: &CheckedChoices, currency: Currency, language: Language) -> Self {
        let nearest = looked.nearest.clone().unwrap_or_default();
        let error = |reason: &Reason| ProblemField::of(&FieldError::new("/choices", reason.clone()), language);
        ConfiguredJson {
            allowed: looked.reasons.is_empty(),
            effect: MoneyJson::price(looked.configuration.effect(), currency),
            choices: ChosenJson::all(&looked.configuration, currency),
            errors: looked.reasons.iter().map(error).collect(),
            add: nearest.add,
            remove: nearest.remove,
        }
    }
}
