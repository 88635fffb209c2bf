//! Versions of an order, kept with the change that made the next one, and what the change does.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::charge::Charge;
use crate::codes::Settlement;
use crate::configuration::Configuration;
use crate::contract::ContractDifference;
use crate::currency::Currency;
use crate::date::Date;
use crate::id::ProductId;
use crate::kept_json::{code, raw, raw_option};
use crate::money::Money;
use crate::order::{Order, OrderLine};
use crate::price::PriceSource;
use crate::product_unit::SoldAs;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::rules::WantedStep;
use crate::unit_price::UnitPrice;

/// What a version of an order says, head and lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // The fields are those of the order.
pub struct OrderVersion {
    #[serde(with = "code")]
    pub currency: Currency,
    pub receiver: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub delivery_address: String,
    pub packing: String,
    pub settlement: Settlement,
    #[serde(with = "raw")]
    pub deposit_rate: Rate,
    pub required_on: Option<Date>,
    pub promised_on: Option<Date>,
    pub planned_ship_on: Option<Date>,
    pub expected_on: Option<Date>,
    #[serde(with = "raw")]
    pub goods: Money,
    #[serde(with = "raw")]
    pub freight: Money,
    #[serde(with = "raw")]
    pub discount: Money,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Charge>,
    #[serde(with = "raw")]
    pub net: Money,
    #[serde(with = "raw")]
    pub tax: Money,
    #[serde(with = "raw")]
    pub payable: Money,
    #[serde(with = "raw")]
    pub deposit: Money,
    pub lines: Vec<LineVersion>,
}

/// What a version of an order says of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // The fields are those of the line.
pub struct LineVersion {
    pub line_no: i64,
    pub product_id: ProductId,
    pub product_code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    #[serde(with = "raw")]
    pub quantity: Quantity,
    #[serde(with = "raw")]
    pub unit_price: UnitPrice,
    #[serde(with = "raw_option")]
    pub book_price: Option<UnitPrice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold: Option<SoldAs>,
    #[serde(default, skip_serializing_if = "Configuration::is_empty")]
    pub configuration: Configuration,
    pub price_source: PriceSource,
    #[serde(with = "raw")]
    pub discount_rate: Rate,
    #[serde(with = "raw")]
    pub tax_rate: Rate,
    #[serde(with = "raw")]
    pub net: Money,
    #[serde(with = "raw")]
    pub tax: Money,
    #[serde(with = "raw")]
    pub gross: Money,
    #[serde(with = "raw")]
    pub reserved: Quantity,
    #[serde(with = "raw")]
    pub shipped: Quantity,
    #[serde(with = "raw")]
    pub billed: Quantity,
    pub required_on: Option<Date>,
    pub note: String,
}

impl OrderVersion {
    /// The order as it is.
    pub fn of<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L]) -> Self {
        Self {
            currency: order.currency,
            receiver: order.receiver.clone(),
            contact_name: order.contact_name.clone(),
            contact_phone: order.contact_phone.clone(),
            delivery_address: order.delivery_address.clone(),
            packing: order.packing.clone(),
            settlement: order.settlement,
            deposit_rate: order.deposit_rate,
            required_on: order.required_on,
            promised_on: order.promised_on,
            planned_ship_on: order.planned_ship_on,
            expected_on: order.expected_on,
            goods: order.goods_minor,
            freight: order.freight_minor,
            discount: order.discount_minor,
            charges: order.charges.to_vec(),
            net: order.net_minor,
            tax: order.tax_minor,
            payable: order.payable_minor,
            deposit: order.deposit_minor,
            lines: lines.iter().map(|line| LineVersion::of(line)).collect(),
        }
    }

    /// The line with this number.
    pub fn line(&self, line_no: i64) -> Option<&LineVersion> {
        self.lines.iter().find(|line| line.line_no == line_no)
    }
}

impl LineVersion {
    fn of(line: &OrderLine) -> Self {
        Self {
            line_no: line.line_no,
            product_id: line.product_id,
            product_code: line.product_code.clone(),
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity: line.quantity_micro,
            unit_price: line.unit_price_micro,
            book_price: line.book_price_micro,
            sold: (*line.sold).clone(),
            configuration: (*line.configuration).clone(),
            price_source: line.price_source,
            discount_rate: line.discount_rate,
            tax_rate: line.tax_rate,
            net: line.net_minor,
            tax: line.tax_minor,
            gross: line.gross_minor,
            reserved: line.reserved_micro,
            shipped: line.shipped_micro,
            billed: line.billed_micro,
            required_on: line.required_on,
            note: line.note.clone(),
        }
    }
}

/// What a change does to the stock for a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StockEffect {
    /// Number of the line.
    pub line_no: i64,
    /// Code of the product.
    pub product_code: String,
    /// Name of the product.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// The stock gets this back.
    #[serde(with = "raw")]
    pub gives_back: Quantity,
    /// This is reserved in addition.
    #[serde(with = "raw")]
    pub reserves: Quantity,
    /// This is not there for it afterwards.
    #[serde(with = "raw")]
    pub short: Quantity,
    /// So much of it was not there before.
    #[serde(with = "raw")]
    pub short_before: Quantity,
}

/// A signature that a change needs, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeededStep {
    /// The rule of the matrix that asks for it.
    pub rule: String,
    /// Stage, from 1.
    pub stage: i64,
    /// Roles any of which may give it, separated by commas.
    pub roles: String,
}

impl From<WantedStep> for NeededStep {
    fn from(step: WantedStep) -> Self {
        Self { rule: step.rule, stage: step.stage, roles: step.roles }
    }
}

/// What a change does, as it was looked at (CHG-01).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The order before.
    pub before: OrderVersion,
    /// The order after.
    pub after: OrderVersion,
    /// Numbers of the lines that some item is about.
    pub touched: Vec<i64>,
    /// Numbers of the lines that must not leave meanwhile: those, or all where it is about the order as a whole.
    pub concerned: Vec<i64>,
    /// The stock, for each line where something happens or is short.
    pub stock: Vec<StockEffect>,
    /// What it adds to what the customer owes or will owe.
    #[serde(with = "raw")]
    pub owed_more: Money,
    /// What the customer owes or will owe before it.
    #[serde(with = "raw")]
    pub exposure: Money,
    /// The most the customer may owe; nothing where there is no limit.
    #[serde(with = "raw_option")]
    pub limit: Option<Money>,
    /// The signatures it needs.
    pub steps: Vec<NeededStep>,
    /// Whether the customer has to say yes.
    pub asks_customer: bool,
    /// Whether there is less for the customer than before, so that who makes or buys it has to agree first (CHG-03).
    pub asks_supply: bool,
    /// Where the order departs from its contract afterwards and did not before (QUO-02).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contract: Vec<ContractDifference>,
}

impl Effect {
    /// Whether it does the same as this: what else the customer owes, and how far lines have moved that no item is about, does not
    /// matter.
    pub fn does_the_same_as(&self, other: &Self) -> bool {
        self.decided() == other.decided()
    }

    fn decided(&self) -> Self {
        let still = |version: &OrderVersion| {
            let mut version = version.clone();
            for line in version.lines.iter_mut().filter(|line| !self.touched.contains(&line.line_no)) {
                (line.reserved, line.shipped, line.billed) = (Quantity::ZERO, Quantity::ZERO, Quantity::ZERO);
            }
            version
        };
        Self { before: still(&self.before), after: still(&self.after), exposure: Money::ZERO, limit: None, ..self.clone() }
    }
}
