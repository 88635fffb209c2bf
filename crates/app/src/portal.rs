//! What people of customers do at the portal: sign in, order, change, cancel (INT-07).
//!
//! Each step first makes sure that it is about the actor's own customer, and is then made of the same steps that the company's people take,
//! permitted for just that.

pub mod act_for;
pub mod cancel;
pub mod change;
pub mod change_password;
pub mod open_confirmation;
pub mod place;
pub mod sign_in;
pub mod sign_out;

use domain::{Actor, Order, OrderId, Refusal};
use store::{Held, Outcome, UnitOfWork};

/// An order of the actor's customer; those of others are not there.
///
/// # Errors
/// `not-found`.
pub(crate) fn own_order(work: &mut UnitOfWork, by: &Actor, id: OrderId) -> Outcome<Held<Order>> {
    let customer = by.customer()?;
    let order = work.find::<Order>(id)?.filter(|order| order.is_seen_by(customer));
    order.ok_or_else(|| Refusal::not_found("order").into())
}
