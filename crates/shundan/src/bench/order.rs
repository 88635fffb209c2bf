//! The orders that callers place.

use app::order::{LineInput, OrderInput};
use domain::{Date, Quantity};

use super::dice::Dice;
use super::masters::Masters;

/// An order with so many lines of different, more or less popular products; `wanted` is the day its customer wants it.
pub fn order(dice: &mut Dice, masters: &Masters, lines: usize, wanted: Date) -> OrderInput {
    let mut places: Vec<u64> = Vec::with_capacity(lines);
    while places.len() < lines {
        let place = dice.popular(masters.products);
        // In a small range all are taken soon.
        if !places.contains(&place) || masters.products <= lines as u64 {
            places.push(place);
        }
    }
    let line = |place: &u64| LineInput {
        product: masters.product(*place).to_string(),
        quantity: Quantity::from_micro(1_000_000 * (1 + i64::try_from(place % 5).unwrap_or(0))),
        ..LineInput::default()
    };
    OrderInput {
        customer: masters.customer(dice.below(masters.customers)).to_string(),
        required_on: Some(wanted),
        lines: places.iter().map(line).collect(),
        ..OrderInput::default()
    }
}

/// The same as the body of a request.
pub fn json(order: &OrderInput) -> String {
    let lines: Vec<serde_json::Value> =
        order.lines.iter().map(|line| serde_json::json!({"product_id": line.product, "quantity": line.quantity.to_string()})).collect();
    let wanted = order.required_on.map(|date| date.to_string());
    serde_json::json!({"customer_id": order.customer, "required_on": wanted, "lines": lines}).to_string()
}
