//! A line of an order as it is answered.

use domain::{Currency, Language, OrderLine, shown_percent};
use serde::Serialize;
use utoipa::ToSchema;

use super::goods::{ChosenJson, SoldJson};
use crate::value::{Coded, MoneyJson, PriceSourceCode, QuantityJson};

/// A line of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderLine)]
pub struct LineJson {
    /// Number of the line, from 1.
    pub line_no: i64,
    /// What.
    pub product: Coded,
    /// Its name when the order was made.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub quantity: QuantityJson,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// As it was said and is printed, where that is in a further unit; `null`: in the base unit.
    pub sold: Option<SoldJson>,
    /// What was chosen of a configurable product.
    pub choices: Vec<ChosenJson>,
    /// What the book said of one unit without any choice; `null`: nothing was chosen, or the book said nothing.
    pub base_price: Option<MoneyJson>,
    /// The standard it leaves the factory by.
    pub quality_standard: String,
    /// Where the price came from.
    pub price_source: PriceSourceCode,
    /// What the price book said.
    pub book_price: Option<MoneyJson>,
    /// The rule of the book that said it, for people: whose price, from which quantity, since when.
    pub price_rule: Option<String>,
    /// What the customer paid for it before; `null`: nothing to compare with.
    pub last_price: Option<MoneyJson>,
    /// Day of the order in which it did.
    pub last_price_on: Option<String>,
    /// How far a typed price is off the book, in percent, below zero where it is lower; `null`: not typed, or the book has none.
    pub book_deviation: Option<String>,
    /// The same of the last price.
    pub last_deviation: Option<String>,
    /// Why the price is another one than the book's or the last.
    pub price_reason: String,
    /// Percent off.
    pub discount_rate: String,
    /// Tax in percent.
    pub tax_rate: String,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
    /// Reserved for it.
    pub reserved: QuantityJson,
    /// Shipped.
    pub shipped: QuantityJson,
    /// Signed for.
    pub delivered: QuantityJson,
    /// Refused by the customer.
    pub refused: QuantityJson,
    /// Billed.
    pub billed: QuantityJson,
    /// Closed short: ordered, and given up.
    pub closed_short: QuantityJson,
    /// Why it was given up, or empty.
    pub closed_reason: String,
    /// Still to be shipped to complete the line: what closing it short gives up.
    pub open: QuantityJson,
    /// May still be shipped, tolerance included.
    pub shippable: QuantityJson,
    /// Shipped and not billed.
    pub unbilled: QuantityJson,
    /// Free in the order's warehouse and in those that help it out.
    pub available: QuantityJson,
    /// Number of the line of the order's contract that names its product; `null`: none does.
    pub contract_line: Option<i64>,
    /// Called off of that line, where it is one of a frame order.
    pub called: Option<QuantityJson>,
    /// When this line is wanted, where it differs.
    pub required_on: Option<String>,
    /// Note.
    pub note: String,
    /// What one unit cost when the line was priced, in the currency of the books. Not there where it is not known, or for who lacks
    /// `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_cost: Option<MoneyJson>,
    /// The margin of the line in percent of its net, rounded down. As `unit_cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_percent: Option<String>,
    /// The floor price of one unit when the line was priced, without tax in the currency of the books. Not there where it has none, or for who lacks
    /// `product.cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_floor: Option<MoneyJson>,
    /// Whether the line comes to less than that. As `unit_floor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_floor: Option<bool>,
}

impl LineJson {
    /// A line of an order.
    pub fn of(line: &OrderLine, currency: Currency, available: domain::Quantity, language: Language) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
        LineJson {
            line_no: line.line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity: quantity(line.quantity_micro),
            unit_price: MoneyJson::price(line.unit_price_micro, currency),
            sold: line.sold.as_ref().map(|sold| SoldJson::of(sold, currency)),
            choices: ChosenJson::all(&line.configuration, currency),
            base_price: line.configuration.base.map(|price| MoneyJson::price(price, currency)),
            quality_standard: line.quality_standard.clone(),
            price_source: line.price_source.into(),
            book_price: line.book_price_micro.map(|price| MoneyJson::price(price, currency)),
            price_rule: line.shown_rule(language),
            last_price: line.last_price_micro.map(|price| MoneyJson::price(price, currency)),
            last_price_on: line.last_price_on.map(|day| day.to_string()),
            book_deviation: line.deviation().from_book.map(shown_percent),
            last_deviation: line.deviation().from_last.map(shown_percent),
            price_reason: line.price_reason.clone(),
            discount_rate: line.discount_rate.decimal(),
            tax_rate: line.tax_rate.decimal(),
            net: money(line.net_minor),
            tax: money(line.tax_minor),
            gross: money(line.gross_minor),
            reserved: quantity(line.reserved_micro),
            shipped: quantity(line.shipped_micro),
            delivered: quantity(line.delivered_micro),
            refused: quantity(line.refused_micro),
            billed: quantity(line.billed_micro),
            closed_short: quantity(line.closed_micro),
            closed_reason: line.closed_reason.clone(),
            open: quantity(line.open_to_ship()),
            shippable: quantity(line.shippable()),
            unbilled: quantity(line.unbilled()),
            available: quantity(available),
            contract_line: (line.contract_line > 0).then_some(line.contract_line),
            called: (line.called_micro != domain::Quantity::ZERO).then(|| quantity(line.called_micro)),
            required_on: line.required_on.map(|d| d.to_string()),
            note: line.note.clone(),
            unit_cost: None,
            margin_percent: None,
            unit_floor: None,
            below_floor: None,
        }
    }
}
