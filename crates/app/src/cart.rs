//! The cart of the portal: what a person of a customer wants, with stock held for it for a while (INT-07).
//!
//! What is held is reserved in the stock like what orders have, under the same guard, so that carts and orders together never take more than
//! there is; `verify` compares the two.

pub mod expire;
pub mod look;
pub mod put;

use domain::{Actor, CartLine, Company, Customer, CustomerId, MovementKind, PortalRejection, PortalUser, PortalUserId, Quantity};
use store::{Held, Outcome, UnitOfWork};

use crate::agent;
use crate::customer::follow;
use crate::stock::{self, Movement};

/// The person of the portal that acts.
///
/// # Errors
/// `session.not_signed_in` for anybody else.
pub(crate) fn whose(by: &Actor) -> Outcome<PortalUserId> {
    by.customer()?;
    Ok(PortalUserId::from_raw(by.user_id.raw()))
}

/// The other customer that a cart is for, as long as its person may act for that one: what was laid in for a customer that no longer orders through
/// the agent is for nobody else (PTY-06).
///
/// # Errors
/// Leaves when something is not loaded yet.
pub(crate) fn other_customer(
    work: &mut UnitOfWork,
    by: &Actor,
    lines: &[Held<CartLine>],
    acting: CustomerId,
) -> Outcome<Option<Held<Customer>>> {
    let Some(said) = lines.iter().find_map(|line| line.customer_id).filter(|said| *said != acting) else { return Ok(None) };
    let customer = follow::current(work, said)?;
    if customer.id == acting {
        return Ok(None);
    }
    let own = work.get::<PortalUser>(whose(by)?)?.customer_id;
    let may = customer.id == own || agent::may_act(work, own, customer.id)?;
    Ok(may.then_some(customer))
}

/// Refuses what is done with a cart for another customer than it is for: a person of an agent has one cart.
///
/// # Errors
/// `portal.cart_first`.
pub(crate) fn check_customer(work: &mut UnitOfWork, by: &Actor, lines: &[Held<CartLine>]) -> Outcome<()> {
    match other_customer(work, by, lines, by.customer()?)? {
        Some(customer) => Err(PortalRejection::CartFirst { customer: customer.name.clone() }.into()),
        None => Ok(()),
    }
}

/// Holds for each of these lines what it wants, as far as there is any, from now on.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub(crate) fn hold(work: &mut UnitOfWork, by: &Actor, lines: &mut [Held<CartLine>]) -> Outcome<()> {
    work.want::<Company>([work.company()]);
    let now = work.now();
    for line in lines.iter() {
        stock::want(work, line.warehouse_id, [line.product_id]);
    }
    let minutes = work.get::<Company>(work.company())?.cart_hold_minutes;
    for line in lines {
        let free = stock::available(work, line.product_id, line.warehouse_id)?;
        let more = line.hold(free, now, minutes);
        post(work, by, line, more)?;
    }
    Ok(())
}

/// Gives free what these lines hold.
///
/// # Errors
/// Leaves when the stock is not loaded yet.
pub(crate) fn let_go(work: &mut UnitOfWork, by: &Actor, lines: &mut [Held<CartLine>]) -> Outcome<()> {
    for line in lines.iter().filter(|line| !line.held_micro.is_zero()) {
        stock::want(work, line.warehouse_id, [line.product_id]);
    }
    for line in lines.iter_mut().filter(|line| line.held_until.is_some()) {
        let held = line.let_go();
        post(work, by, line, -held)?;
    }
    Ok(())
}

/// Counts what is held more or less in the stock, with its entry in the ledger.
fn post(work: &mut UnitOfWork, by: &Actor, line: &CartLine, more: Quantity) -> Outcome<()> {
    if more.is_zero() {
        return Ok(());
    }
    let kind = if more.is_positive() { MovementKind::Reserve } else { MovementKind::Release };
    let movement = Movement {
        product_id: line.product_id,
        warehouse_id: line.warehouse_id,
        kind,
        on_hand_delta: Quantity::ZERO,
        reserved_delta: more,
        spot: domain::Spot::PLAIN,
        unit_cost: None,
        cause_kind: "cart",
        cause_id: line.portal_user_id.raw(),
        note: "",
    };
    let fits = stock::post(work, by, &movement)?;
    assert!(fits, "no more is held than was free in the same unit of work");
    Ok(())
}
