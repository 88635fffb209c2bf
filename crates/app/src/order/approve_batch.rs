//! Approving several orders at once, the risky ones held out.

use domain::{Act, Actor, Customer, Facts, Order, OrderId, Refusal, Risk, Version, risks};
use serde::{Deserialize, Serialize};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, approve, draft, load};

/// An order of the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// Which.
    pub id: OrderId,
    /// The version the caller saw.
    pub version: Option<Version>,
    /// Approve it although it is risky: the caller has looked at it.
    pub looked_at: bool,
}

/// What became of an order of the batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Approved.
    Approved(Box<OrderState>),
    /// Held out: somebody should look at it first. Codes of [`Risk`].
    HeldOut(Vec<String>),
}

/// Approves one order of a batch, unless something about it should be looked at first.
///
/// # Errors
/// As `approve`.
///
/// Source: APR-03, APR-04
pub fn approve_picked(work: &mut UnitOfWork, by: &Actor, picked: &Picked, note: &str) -> Outcome<Answer> {
    by.may(Act::ApproveOrder)?;
    let id = picked.id;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    work.want::<domain::Company>([work.company()]);
    let order = load::order(work, id, picked.version)?;
    if !picked.looked_at {
        let found = of(work, by, &order)?;
        if !found.is_empty() {
            return Ok(Answer::HeldOut(found.into_iter().map(|risk| risk.as_str().to_owned()).collect()));
        }
    }
    let state = approve::approve(work, by, id, picked.version, note)?;
    Ok(Answer::Approved(Box::new(state)))
}

/// What is risky about an order, as far as who asks may know.
fn of(work: &mut UnitOfWork, by: &Actor, order: &Order) -> Outcome<Vec<Risk>> {
    let customer = work.get::<Customer>(order.customer_id)?;
    let account = load::account(work, order.customer_id)?;
    let lines = work.of::<OrderLines>(order.id)?;
    let company = work.get::<domain::Company>(work.company())?;
    let today = draft::today(work, &company);
    let mut facts = Facts::of(order, today, work.now(), company.currency);
    facts.take_lines(&lines);
    facts.shows_costs = by.may(Act::SeeCost).is_ok();
    facts.customer = Some(&customer);
    facts.account = Some(&account);
    Ok(risks(&facts))
}

/// Whether so many orders may be approved at once.
///
/// # Errors
/// `invalid` at `/orders` for none or too many.
pub fn check(count: usize) -> Result<(), Refusal> {
    match count {
        0 => Err(Refusal::field("/orders", domain::FieldRule::Required)),
        1..=200 => Ok(()),
        _ => Err(Refusal::field("/orders", domain::FieldRule::TooMany { max: 200 })),
    }
}
