//! A contract as an order sees it, and where the order departs from it (QUO-02).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Contract, ContractLine, ContractTerm};
use crate::codes::Settlement;
use crate::date::Date;
use crate::id::ProductId;
use crate::order::{Order, OrderLine};
use crate::price::PriceSource;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::Detail;
use crate::unit_price::UnitPrice;

/// A contract with its lines and what may still be called off of each frame line.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The contract.
    pub contract: Contract,
    /// Its lines.
    pub lines: Vec<ContractLine>,
    /// Of the frame lines, by number: what remains for this order, what it has called off itself included.
    pub remaining: BTreeMap<i64, Quantity>,
    /// Days that the customer has to pay an invoice.
    pub terms_days: i64,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreedValue {
    /// Nothing, where the contract does not name it.
    Nothing,
    /// A name or a code as it is.
    Text(String),
    /// A number of days.
    Days(i64),
    /// A share, in basis points.
    Share(i64),
    /// A price of one unit, in millionths, and its unit.
    Price(i64, String),
    /// A day.
    Day(String),
    /// From a day to another.
    Period(String, String),
    /// A kind of settlement, by its code.
    Settlement(String),
    /// Whether prices contain tax.
    Tax(bool),
}

impl AgreedValue {
    /// For a text in any language.
    pub fn detail(&self) -> Detail {
        match self {
            Self::Nothing => Detail::Nothing,
            Self::Text(text) | Self::Day(text) => Detail::Text(text.clone()),
            Self::Days(days) => Detail::Int(*days),
            Self::Share(bp) => Detail::Rate(Rate::from_bp(*bp)),
            Self::Price(micro, unit) => Detail::Text(format!("{} / {unit}", UnitPrice::from_micro(*micro).grouped())),
            Self::Period(from, to) => Detail::Text(format!("{from} – {to}")),
            Self::Settlement(code) => Settlement::parse(code).map_or_else(|| Detail::Text(code.clone()), Detail::from),
            Self::Tax(true) => Detail::Code("contract.tax", "inclusive"),
            Self::Tax(false) => Detail::Code("contract.tax", "exclusive"),
        }
    }
}

/// Where an order says something else than its contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractDifference {
    /// In what: a code of [`ContractTerm`].
    pub term: String,
    /// Which line of the order; nothing: its head.
    pub line_no: Option<i64>,
    /// What the contract says.
    pub agreed: AgreedValue,
    /// What the order says.
    pub ordered: AgreedValue,
    /// Whether the contract binds in it: then the order is refused.
    pub binding: bool,
}

impl ContractDifference {
    /// In what.
    pub fn term(&self) -> ContractTerm {
        ContractTerm::parse(&self.term).unwrap_or(ContractTerm::Product)
    }
}

impl Agreed {
    /// The line for a product.
    pub fn line_of(&self, product: ProductId) -> Option<&ContractLine> {
        self.lines.iter().find(|line| line.product_id == product)
    }

    /// Whether its prices are those of this order's money.
    pub fn prices(&self, order: &Order) -> bool {
        (self.contract.currency, self.contract.tax_inclusive) == (order.currency, order.tax_inclusive)
    }

    /// Every place where the order departs from the contract, with what both say.
    ///
    /// Source: QUO-02
    pub fn differences<L: std::ops::Deref<Target = OrderLine>>(&self, order: &Order, lines: &[L]) -> Vec<ContractDifference> {
        let mut found = Vec::new();
        self.head(order, &mut found);
        for line in lines {
            self.line(order, line, &mut found);
        }
        found
    }

    fn differ(&self, found: &mut Vec<ContractDifference>, at: (ContractTerm, Option<i64>), agreed: AgreedValue, ordered: AgreedValue) {
        if agreed != ordered {
            let (term, line_no) = at;
            let binding = self.contract.binds(term);
            found.push(ContractDifference { term: term.as_str().to_owned(), line_no, agreed, ordered, binding });
        }
    }

    fn head(&self, order: &Order, found: &mut Vec<ContractDifference>) {
        let contract = &self.contract;
        let text = |currency: crate::currency::Currency| AgreedValue::Text(currency.as_str().to_owned());
        self.differ(found, (ContractTerm::Currency, None), text(contract.currency), text(order.currency));
        if !(contract.valid_from..=contract.valid_to).contains(&order.ordered_on) {
            let period = AgreedValue::Period(contract.valid_from.to_string(), contract.valid_to.to_string());
            self.differ(found, (ContractTerm::Period, None), period, day(order.ordered_on));
        }
        if let Some(settlement) = contract.settlement {
            let code = |settlement: Settlement| AgreedValue::Settlement(settlement.as_str().to_owned());
            self.differ(found, (ContractTerm::Settlement, None), code(settlement), code(order.settlement));
        }
        if let Some(rate) = contract.deposit_rate {
            self.differ(found, (ContractTerm::Deposit, None), AgreedValue::Share(rate.bp()), AgreedValue::Share(order.deposit_rate.bp()));
        }
        if !self.lines.is_empty() {
            self.differ(found, (ContractTerm::Tax, None), AgreedValue::Tax(contract.tax_inclusive), AgreedValue::Tax(order.tax_inclusive));
        }
        if let Some(days) = contract.credit_days {
            self.differ(found, (ContractTerm::CreditDays, None), AgreedValue::Days(days), AgreedValue::Days(self.terms_days));
        }
        if let (Some(days), Some(required)) = (contract.lead_days, order.required_on) {
            let earliest = order.ordered_on.plus_days(days);
            if required < earliest {
                self.differ(found, (ContractTerm::LeadTime, None), day(earliest), day(required));
            }
        }
    }

    fn line(&self, order: &Order, line: &OrderLine, found: &mut Vec<ContractDifference>) {
        if self.lines.is_empty() {
            return;
        }
        let Some(agreed) = self.line_of(line.product_id) else {
            let named = AgreedValue::Text(format!("{} {}", line.product_code, line.name));
            return self.differ(found, (ContractTerm::Product, Some(line.line_no)), AgreedValue::Nothing, named);
        };
        // What is chosen of a configurable product is priced beside the contract.
        if !self.prices(order) || !line.configuration.choices.is_empty() {
            return;
        }
        let (_, unit) = line.sold_quantity();
        let wanted = line.per().price_of(agreed.unit_price_micro);
        let price = |price: UnitPrice| AgreedValue::Price(price.micro(), unit.to_owned());
        self.differ(
            found,
            (ContractTerm::Price, Some(line.line_no)),
            price(wanted),
            price(discounted(line.sold_price(), line.discount_rate)),
        );
    }

    /// How much more than what remains of its frame line each line takes, first come first served: places in `lines` with what is left for each.
    pub fn too_much<L: std::ops::Deref<Target = OrderLine>>(&self, lines: &[L]) -> Vec<(usize, Quantity)> {
        let mut left = self.remaining.clone();
        let mut wrong = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let Some(agreed) = self.line_of(line.product_id) else { continue };
            let Some(remaining) = left.get_mut(&agreed.line_no) else { continue };
            let wanted = (line.wanted() - line.refused_micro).or_zero();
            if wanted > *remaining {
                wrong.push((place, *remaining));
            } else {
                *remaining -= wanted;
            }
        }
        wrong
    }
}

fn day(day: Date) -> AgreedValue {
    AgreedValue::Day(day.to_string())
}

/// A price after a discount, to six decimals, half up.
fn discounted(price: UnitPrice, rate: Rate) -> UnitPrice {
    if rate == Rate::ZERO {
        return price;
    }
    let whole = i128::from(Rate::WHOLE.bp());
    let wide = i128::from(price.micro()) * (whole - i128::from(rate.bp()));
    UnitPrice::from_micro(i64::try_from((wide + whole / 2).div_euclid(whole)).unwrap_or(i64::MAX))
}

impl OrderLine {
    /// Takes what the order's contract agrees for its product, where the price is that one or none was given (QUO-02).
    pub fn take_agreed(&mut self, given: Option<UnitPrice>, agreed: Option<&Agreed>, order: &Order) {
        let line = agreed.and_then(|agreed| agreed.line_of(self.product_id));
        self.contract_line = line.map_or(0, |line| line.line_no);
        let Some(line) = line.filter(|_| agreed.is_some_and(|agreed| agreed.prices(order)) && self.configuration.choices.is_empty()) else {
            return;
        };
        let price = self.per().price_of(line.unit_price_micro);
        if given.is_none_or(|given| given == price) {
            self.put_price(price);
            self.price_source = PriceSource::Contract;
        }
    }
}
