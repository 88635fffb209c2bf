//! An order as it is sent.

use app::order::{LineInput, OrderInput};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::charge::ChargeInputJson;
use crate::fields::Fields;
use crate::value::{CategoryCode, ChannelCode, MoneyInput, QuantityInput, SettlementCode};

/// The content of an order, the standard order form; what is left out comes from the customer. `…_id` takes an id or a code.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OrderInput)]
pub struct OrderInputJson {
    /// Who buys.
    pub customer_id: String,
    /// Contact at the customer.
    pub contact_name: Option<String>,
    /// Phone of the contact.
    pub contact_phone: Option<String>,
    /// Where the goods go.
    pub delivery_address: Option<String>,
    /// Who takes them.
    pub receiver: Option<String>,
    /// Order date; today.
    pub ordered_on: Option<String>,
    /// When the customer wants the goods.
    pub required_on: Option<String>,
    /// When they are to be shipped.
    pub planned_ship_on: Option<String>,
    /// When they are to arrive.
    pub expected_on: Option<String>,
    /// Where the order came from.
    pub channel: Option<ChannelCode>,
    /// Kind of sale.
    pub category: Option<CategoryCode>,
    /// How it is paid.
    pub settlement: Option<SettlementCode>,
    /// Percent paid in advance.
    pub deposit_rate: Option<String>,
    /// Whether prices contain tax.
    pub tax_inclusive: Option<bool>,
    /// Sales representative.
    pub rep_id: Option<String>,
    /// Where it ships from.
    pub warehouse_id: Option<String>,
    /// Number in its channel; unique there for ever.
    pub external_number: Option<String>,
    /// The customer's own number.
    pub customer_po: Option<String>,
    /// Packing requirements.
    pub packing: Option<String>,
    /// Mode of transport.
    pub transport: Option<String>,
    /// Freight.
    pub freight: Option<MoneyInput>,
    /// Discount on the order.
    pub discount: Option<MoneyInput>,
    /// Further charges and allowances; freight may be here or above.
    pub charges: Vec<ChargeInputJson>,
    /// Notes.
    pub notes: Option<String>,
    /// Special requirements.
    pub special_requirements: Option<String>,
    /// The contract it is placed under, by id or number; left out: as before; empty: none.
    pub contract_id: Option<String>,
    /// Why it departs from its contract; left out: as before.
    pub contract_reason: Option<String>,
    /// Ids of promotions that are not wanted; left out: as before.
    pub declined_promotions: Option<Vec<String>>,
    /// What is ordered.
    pub lines: Vec<LineInputJson>,
}

/// One line of an order as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OrderLineInput)]
pub struct LineInputJson {
    /// What.
    pub product_id: String,
    /// How much; a unit beside it may be any that the product is sold in, no unit is the base unit.
    pub quantity: QuantityInput,
    /// Codes of what is chosen of a configurable product.
    pub choices: Vec<String>,
    /// Price of one unit, that of the quantity; the book's.
    pub unit_price: Option<MoneyInput>,
    /// Why the price is another one than the book's or the customer's last.
    pub price_reason: Option<String>,
    /// Percent off.
    pub discount_rate: Option<String>,
    /// Tax in percent; the product's.
    pub tax_rate: Option<String>,
    /// When this line is wanted, where it differs.
    pub required_on: Option<String>,
    /// Note.
    pub note: Option<String>,
}

/// The text limits of an order; longer ones are refused at their field.
const SHORT: usize = 200;
const LONG: usize = 4000;

impl OrderInputJson {
    /// The input of the use case; everything that cannot be read is told at its field under `prefix`.
    pub fn read(&self, fields: &mut Fields, prefix: &str) -> OrderInput {
        let at = |name: &str| format!("{prefix}/{name}");
        let mut currencies = Vec::new();
        let mut text = |name: &str, value: &Option<String>, max: usize| fields.text(&at(name), value.as_deref().unwrap_or_default(), max);
        let mut input = OrderInput {
            external_number: text("external_number", &self.external_number, SHORT),
            customer_po: text("customer_po", &self.customer_po, SHORT),
            packing: text("packing", &self.packing, SHORT),
            transport: text("transport", &self.transport, SHORT),
            notes: text("notes", &self.notes, LONG),
            special_requirements: text("special_requirements", &self.special_requirements, LONG),
            contact_name: self.contact_name.clone().map(|t| t.trim().to_owned()),
            contact_phone: self.contact_phone.clone().map(|t| t.trim().to_owned()),
            receiver: self.receiver.clone().map(|t| t.trim().to_owned()),
            delivery_address: self.delivery_address.clone().map(|t| t.trim().to_owned()),
            rep: self.rep_id.clone(),
            warehouse: self.warehouse_id.clone().filter(|w| !w.is_empty()),
            tax_inclusive: self.tax_inclusive,
            contract: self.contract_id.as_deref().map(|reference| reference.trim().to_owned()),
            ..OrderInput::default()
        };
        input.contract_reason = self.contract_reason.as_deref().map(|reason| fields.text(&at("contract_reason"), reason, 500));
        input.customer = fields.required(&at("customer_id"), &self.customer_id, SHORT);
        input.ordered_on = fields.optional_date(&at("ordered_on"), self.ordered_on.as_deref());
        input.required_on = fields.optional_date(&at("required_on"), self.required_on.as_deref());
        input.planned_ship_on = fields.optional_date(&at("planned_ship_on"), self.planned_ship_on.as_deref());
        input.expected_on = fields.optional_date(&at("expected_on"), self.expected_on.as_deref());
        input.channel = self.channel.as_ref().filter(|c| !c.0.is_empty()).map(|c| fields.code(&at("channel"), c));
        input.category = self.category.as_ref().filter(|c| !c.0.is_empty()).map(|c| fields.code(&at("category"), c));
        input.settlement = self.settlement.as_ref().filter(|c| !c.0.is_empty()).map(|c| fields.code(&at("settlement"), c));
        input.deposit_rate = fields.optional_rate(&at("deposit_rate"), self.deposit_rate.as_deref());
        input.freight = exact(fields, &at("freight"), self.freight.as_ref(), &mut currencies);
        input.discount = exact(fields, &at("discount"), self.discount.as_ref(), &mut currencies);
        for (place, charge) in self.charges.iter().enumerate().take(domain::MAX_CHARGES + 1) {
            input.charges.push(charge.read(fields, &format!("{prefix}/charges/{place}"), &mut currencies));
        }
        let declined = self.declined_promotions.as_ref().map(|ids| ids.iter().enumerate());
        input.declined_promotions =
            declined.map(|ids| ids.map(|(place, id)| fields.id(&at(&format!("declined_promotions/{place}")), id)).collect());
        for (place, line) in self.lines.iter().enumerate() {
            input.lines.push(line.read(fields, &format!("{prefix}/lines/{place}"), &mut currencies));
        }
        input.currencies = currencies;
        input
    }
}

/// An exact amount whose currency is known later.
fn exact(fields: &mut Fields, pointer: &str, money: Option<&MoneyInput>, currencies: &mut Vec<(String, String)>) -> domain::UnitPrice {
    optional(fields, pointer, money, currencies).unwrap_or(domain::UnitPrice::ZERO)
}

fn optional(
    fields: &mut Fields,
    pointer: &str,
    money: Option<&MoneyInput>,
    currencies: &mut Vec<(String, String)>,
) -> Option<domain::UnitPrice> {
    let money = money.filter(|m| !m.amount().is_empty())?;
    if let Some(currency) = money.currency() {
        currencies.push((pointer.to_owned(), currency.to_owned()));
    }
    match domain::UnitPrice::parse(money.amount()) {
        Ok(value) => Some(value),
        Err(error) => {
            fields.wrong(pointer, error);
            None
        }
    }
}

impl LineInputJson {
    fn read(&self, fields: &mut Fields, prefix: &str, currencies: &mut Vec<(String, String)>) -> LineInput {
        let at = |name: &str| format!("{prefix}/{name}");
        LineInput {
            product: fields.required(&at("product_id"), &self.product_id, SHORT),
            quantity: fields.quantity(&at("quantity"), &self.quantity),
            unit: self.quantity.unit().unwrap_or_default().to_owned(),
            choices: self.choices.clone(),
            unit_price: optional(fields, &at("unit_price"), self.unit_price.as_ref(), currencies),
            price_reason: fields.text(&at("price_reason"), self.price_reason.as_deref().unwrap_or_default(), SHORT),
            discount_rate: fields.optional_rate(&at("discount_rate"), self.discount_rate.as_deref()).unwrap_or(domain::Rate::ZERO),
            tax_rate: fields.optional_rate(&at("tax_rate"), self.tax_rate.as_deref()),
            required_on: fields.optional_date(&at("required_on"), self.required_on.as_deref()),
            note: fields.text(&at("note"), self.note.as_deref().unwrap_or_default(), 500),
        }
    }
}
