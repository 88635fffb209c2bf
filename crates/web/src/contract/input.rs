//! A contract as it is sent.

use app::contract::{ContractLineSent, ContractSent};
use domain::{Codes, ContractTerms, Currency, Date, FieldRule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::value::{ContractTermCode, MoneyInput, QuantityInput, SettlementCode};

/// The content of a contract; what it does not say, orders under it are free in. `…_id` takes an id or a code.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ContractInput)]
pub struct ContractInputJson {
    /// With whom.
    pub customer_id: String,
    /// The customer's number for it.
    pub customer_ref: Option<String>,
    /// What it is about.
    pub title: String,
    /// Of its prices; the customer's.
    pub currency: Option<String>,
    /// Whether its prices contain tax; as in the customer's orders.
    pub tax_inclusive: Option<bool>,
    /// First day on which orders are placed under it.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// How orders are paid.
    pub settlement: Option<SettlementCode>,
    /// Percent of an order paid in advance.
    pub deposit_rate: Option<String>,
    /// Days to pay an invoice.
    pub credit_days: Option<i64>,
    /// Credit conditions, in words.
    pub credit_terms: Option<String>,
    /// Days from order to delivery, at the least.
    pub lead_days: Option<i64>,
    /// Delivery conditions, in words.
    pub delivery_terms: Option<String>,
    /// All other terms, in words.
    pub terms: Option<String>,
    /// In what an order must not depart from it; in everything else it needs a reason.
    pub binding: Vec<ContractTermCode>,
    /// Price commitments and frame lines.
    pub lines: Vec<LineInputJson>,
}

/// One line of a contract as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ContractLineInput)]
pub struct LineInputJson {
    /// What; a product stands in a contract once.
    pub product_id: String,
    /// Agreed price of one base unit.
    pub unit_price: MoneyInput,
    /// How much is agreed on and called off by later orders; left out: only the price is agreed.
    pub quantity: Option<QuantityInput>,
    /// Note.
    pub note: Option<String>,
}

impl ContractInputJson {
    /// What is said, read.
    pub(super) fn read(self) -> Result<ContractSent, Error> {
        let mut fields = Fields::new();
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let currency = self
            .currency
            .as_deref()
            .filter(|code| !code.is_empty())
            .map(|code| fields.take("/currency", Currency::parse(code), Currency::CNY));
        let terms = ContractTerms {
            customer_ref: fields.text("/customer_ref", &said(&self.customer_ref), 100),
            title: fields.required("/title", &self.title, 200),
            currency,
            tax_inclusive: self.tax_inclusive,
            valid_from: day(&mut fields, "/valid_from", &self.valid_from),
            valid_to: day(&mut fields, "/valid_to", &self.valid_to),
            settlement: self.settlement.as_ref().filter(|code| !code.0.is_empty()).map(|code| fields.code("/settlement", code)),
            deposit_rate: fields.optional_rate("/deposit_rate", self.deposit_rate.as_deref()),
            credit_days: self.credit_days.map(|days| fields.whole("/credit_days", days, 0, 366)),
            credit_terms: fields.text("/credit_terms", &said(&self.credit_terms), 2000),
            lead_days: self.lead_days.map(|days| fields.whole("/lead_days", days, 0, 3650)),
            delivery_terms: fields.text("/delivery_terms", &said(&self.delivery_terms), 2000),
            terms: fields.text("/terms", &said(&self.terms), 20_000),
            binding: binding(&mut fields, &self.binding),
        };
        let customer = fields.required("/customer_id", &self.customer_id, 200);
        let lines =
            self.lines.iter().enumerate().map(|(place, line)| line.read(&mut fields, &format!("/lines/{place}"), terms.currency)).collect();
        fields.done()?;
        Ok(ContractSent { customer, terms, lines })
    }
}

/// A day that must be there.
fn day(fields: &mut Fields, pointer: &str, text: &str) -> Date {
    if text.trim().is_empty() {
        fields.wrong(pointer, FieldRule::Required);
        return Date::of(2000, 1, 1).expect("a day of the calendar");
    }
    fields.date(pointer, text)
}

fn binding(fields: &mut Fields, sent: &[ContractTermCode]) -> Codes {
    let codes = sent.iter().enumerate().map(|(place, code)| fields.code(&format!("/binding/{place}"), code));
    codes.map(|term: domain::ContractTerm| term.as_str()).collect()
}

impl LineInputJson {
    fn read(&self, fields: &mut Fields, prefix: &str, currency: Option<Currency>) -> ContractLineSent {
        let at = |name: &str| format!("{prefix}/{name}");
        let product = fields.required(&at("product_id"), &self.product_id, 200);
        let unit_price = fields.exact(&at("unit_price"), &self.unit_price);
        if let (Some(said), Some(currency)) = (self.unit_price.currency(), currency)
            && said != currency.as_str()
        {
            fields.wrong(at("unit_price"), FieldRule::WrongCurrency { currency: currency.as_str().to_owned() });
        }
        let quantity = self.quantity.as_ref().filter(|quantity| !quantity.value().is_empty());
        ContractLineSent {
            product,
            unit_price,
            unit: quantity.and_then(|quantity| quantity.unit()).unwrap_or_default().to_owned(),
            quantity: quantity.map(|quantity| fields.quantity(&at("quantity"), quantity)),
            note: fields.text(&at("note"), self.note.as_deref().unwrap_or_default(), 500),
        }
    }
}
