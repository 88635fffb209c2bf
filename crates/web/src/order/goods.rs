//! What lines say of units and choices.

use domain::{Configuration, Currency, SoldAs};
use serde::Serialize;
use utoipa::ToSchema;

use crate::value::{MoneyJson, QuantityJson};

/// A line as it was said, in a further unit of its product; its money is this quantity × this price.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SoldAs)]
pub struct SoldJson {
    /// Ordered, in that unit.
    pub quantity: QuantityJson,
    /// Price of one such unit.
    pub unit_price: MoneyJson,
    /// Base units in one: `24`, `1000/3`.
    #[schema(example = "24")]
    pub ratio: String,
}

impl SoldJson {
    /// Of what a line keeps.
    pub(crate) fn of(sold: &SoldAs, currency: Currency) -> Self {
        SoldJson {
            quantity: QuantityJson::of(sold.quantity, &sold.unit),
            unit_price: MoneyJson::price(sold.price, currency),
            ratio: sold.ratio.to_string(),
        }
    }
}

/// A choice of a configurable product, as it was sold.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Chosen)]
pub struct ChosenJson {
    /// Name of its group.
    pub group: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it adds to the price of one unit.
    pub price: MoneyJson,
}

impl ChosenJson {
    /// The choices that a line keeps.
    pub(crate) fn all(configuration: &Configuration, currency: Currency) -> Vec<Self> {
        let one = |choice: &domain::Chosen| ChosenJson {
            group: choice.group.clone(),
            code: choice.code.clone(),
            name: choice.name.clone(),
            price: MoneyJson::price(choice.price, currency),
        };
        configuration.choices.iter().map(one).collect()
    }
}
