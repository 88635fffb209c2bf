//! What is earned with an order, for those who may know it (PRC-05).

use std::ops::Deref;

use domain::{Act, Actor, Currency, Margin, Order, OrderLine, shown_percent};
use serde::Serialize;
use utoipa::ToSchema;

use crate::value::MoneyJson;

/// What is earned with the goods of an order; every member but `known` is `null` where a cost or the rate of a foreign order is not known. In the
/// company's currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Margin)]
pub struct MarginJson {
    /// Whether the cost of every line is known, and the rate of an order in a foreign currency.
    pub known: bool,
    /// The goods without tax, after all discounts.
    pub net: Option<MoneyJson>,
    /// What they cost.
    pub cost: Option<MoneyJson>,
    /// Net less cost.
    pub amount: Option<MoneyJson>,
    /// The margin in percent of the net, rounded down to two decimals; `null` also where the net is zero.
    pub percent: Option<String>,
    /// The same of the worst line; `null` also where goods that cost something are given away.
    pub lowest_percent: Option<String>,
    /// Whether it is below ten percent, or a line is below its cost.
    pub low: bool,
}

impl MarginJson {
    /// For `by`; nothing without `product.cost`.
    pub fn of<L: Deref<Target = OrderLine>>(order: &Order, lines: &[L], books: Currency, by: &Actor) -> Option<Self> {
        by.may(Act::SeeCost).ok()?;
        let margin = Margin::of(order, lines, books);
        let money = |amount: fn(&Margin) -> domain::Money| margin.as_ref().map(|margin| MoneyJson::of(amount(margin), books));
        Some(MarginJson {
            known: margin.is_some(),
            net: money(|margin| margin.net),
            cost: money(|margin| margin.cost),
            amount: money(Margin::amount),
            percent: margin.and_then(|margin| margin.percent()).map(shown_percent),
            lowest_percent: margin.and_then(|margin| margin.lowest_percent()).map(shown_percent),
            low: margin.is_some_and(|margin| margin.is_low()),
        })
    }
}
