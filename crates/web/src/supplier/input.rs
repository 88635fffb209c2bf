//! A supplier as it is sent.

use app::supplier::{SuppliedInput, SupplierInput};
use domain::{Currency, Quantity, Rate, UnitPrice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::value::{MoneyInput, QuantityInput};

/// A supplier, as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SupplierInput)]
pub struct SupplierInputJson {
    /// Code, unique in the company; letters, digits and `-._/#`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whom to talk to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Address.
    pub address: String,
    /// Of its prices; the company's.
    pub currency: Option<String>,
    /// Days to pay an invoice of it.
    pub terms_days: i64,
    /// Days from order to arrival it states for what says nothing else.
    pub lead_days: i64,
    /// Code of the calendar of days on which goods of it arrive; empty: any day.
    pub calendar: String,
    /// Percent more than ordered that is taken; 0.
    pub over_tolerance: Option<String>,
    /// Percent less than ordered that completes a line; 0.
    pub under_tolerance: Option<String>,
    /// Anything else.
    pub notes: String,
    /// Whether new purchase orders may go to it; `true`.
    pub active: Option<bool>,
    /// What it supplies, all of it.
    pub products: Vec<SuppliedInputJson>,
}

/// A product that a supplier supplies, as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SuppliedInput)]
pub struct SuppliedInputJson {
    /// Which, by id or code.
    pub product_id: String,
    /// The supplier's code of it.
    pub supplier_code: String,
    /// Price of one base unit without tax, in the supplier's currency.
    pub unit_price: MoneyInput,
    /// The least that is ordered at once.
    pub minimum: Option<QuantityInput>,
    /// It is ordered in multiples of this.
    pub multiple: Option<QuantityInput>,
    /// Days from order to arrival; as the supplier states.
    pub lead_days: Option<i64>,
    /// The same of a rush order; left out: it cannot be rushed.
    pub rush_lead_days: Option<i64>,
    /// Surcharge of a rush order, percent of the price.
    pub rush_rate: Option<String>,
    /// Surcharge of a rush order for each base unit; a supplier takes one of the two.
    pub rush_amount: Option<MoneyInput>,
    /// Whether it is ordered here first; one supplier of a product is.
    pub preferred: bool,
}

impl SupplierInputJson {
    /// What is said, read.
    pub(super) fn read(&self) -> Result<SupplierInput, Error> {
        let mut fields = Fields::new();
        let currency = self
            .currency
            .as_deref()
            .filter(|code| !code.is_empty())
            .map(|code| fields.take("/currency", Currency::parse(code), Currency::CNY));
        let tolerance = |fields: &mut Fields, pointer: &str, rate: &Option<String>| {
            fields.optional_rate(pointer, rate.as_deref()).unwrap_or(Rate::ZERO)
        };
        let input = SupplierInput {
            code: self.code.clone(),
            name: self.name.clone(),
            contact: self.contact.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
            address: self.address.clone(),
            currency,
            terms_days: self.terms_days,
            lead_days: self.lead_days,
            calendar: self.calendar.clone(),
            over_tolerance: tolerance(&mut fields, "/over_tolerance", &self.over_tolerance),
            under_tolerance: tolerance(&mut fields, "/under_tolerance", &self.under_tolerance),
            notes: self.notes.clone(),
            active: self.active.unwrap_or(true),
            products: (0..).zip(&self.products).map(|(place, one): (usize, _)| one.read(&mut fields, place, currency)).collect(),
        };
        fields.done()?;
        Ok(input)
    }
}

impl SuppliedInputJson {
    fn read(&self, fields: &mut Fields, place: usize, currency: Option<Currency>) -> SuppliedInput {
        let at = |name: &str| format!("/products/{place}/{name}");
        let price = |fields: &mut Fields, name: &str, sent: &MoneyInput| match currency {
            Some(currency) => fields.price(&at(name), sent, currency),
            None => fields.exact(&at(name), sent),
        };
        let amount = self.rush_amount.as_ref().filter(|amount| !amount.amount().is_empty());
        SuppliedInput {
            product: fields.required(&at("product_id"), &self.product_id, 200),
            supplier_code: self.supplier_code.clone(),
            unit_price: price(fields, "unit_price", &self.unit_price),
            minimum: fields.quantity_or(&at("minimum"), self.minimum.as_ref(), Quantity::ZERO),
            multiple: fields.quantity_or(&at("multiple"), self.multiple.as_ref(), Quantity::ZERO),
            lead_days: self.lead_days,
            rush_lead_days: self.rush_lead_days,
            rush_rate: fields.optional_rate(&at("rush_rate"), self.rush_rate.as_deref()).unwrap_or(Rate::ZERO),
            rush_amount: amount.map_or(UnitPrice::ZERO, |amount| price(fields, "rush_amount", amount)),
            preferred: self.preferred,
        }
    }
}
