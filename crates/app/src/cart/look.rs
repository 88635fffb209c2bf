//! What is in the cart and what it comes to. Changes nothing.

use domain::{Act, Actor, CartLine, Channel};
use store::rows::Cart;
use store::{Outcome, UnitOfWork};

use crate::order::check::{Checked, check};
use crate::order::{LineInput, OrderInput};

/// A cart as it would be ordered.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Its lines, the first laid in first.
    pub lines: Vec<CartLine>,
    /// The order it would be; line numbers are places in `lines`, from 1.
    pub checked: Checked,
}

/// The cart of who asks, with prices and totals as the order would have them.
///
/// # Errors
/// `session.not_signed_in` for nobody of the portal; `portal.cart_first` where it is another customer's.
pub fn look(work: &mut UnitOfWork, by: &Actor) -> Outcome<Looked> {
    let customer = by.customer()?;
    let user = super::whose(by)?;
    let held = work.of::<Cart>(user)?;
    super::check_customer(work, by, &held)?;
    let mut lines: Vec<CartLine> = held.iter().map(|line| (**line).clone()).collect();
    lines.sort_by_key(|line| (line.created_at, line.product_id));
    let input = order_of(&lines, customer.to_string());
    let checked = check(work, &by.allowed(&[Act::CreateOrder]), &input, None)?;
    Ok(Looked { lines, checked })
}

/// The order of a customer for what is in a cart.
pub(crate) fn order_of(lines: &[CartLine], customer: String) -> OrderInput {
    let line = |line: &CartLine| LineInput { product: line.product_id.to_string(), quantity: line.quantity_micro, ..LineInput::default() };
    OrderInput {
        customer,
        channel: Some(Channel::Portal),
        warehouse: lines.first().map(|line| line.warehouse_id.to_string()),
        source: "portal".to_owned(),
        lines: lines.iter().map(line).collect(),
        ..OrderInput::default()
    }
}
