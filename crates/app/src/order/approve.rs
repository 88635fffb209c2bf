//! Approval, step by step; with the last one the order is effective, or waits for its confirmation to be sent.

use domain::{Act, Actor, Approving, OrderId, Verb, Version};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};
use crate::{credit, price};

/// Approves the next step of a reviewed order; it becomes effective when its last required approval is in, and claims the credit.
///
/// # Errors
/// `NotReviewed`; `OwnOrder`, `ApprovedBefore`, `NotYourStep`; `stale`; gates `customer.blocked`, `order.over_credit_limit` and those of the rules.
///
/// Source: APR-03, CRD-01
pub fn approve(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, note: &str) -> Outcome<OrderState> {
    by.may(Act::ApproveOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    let mut order = load::order(work, id, version)?;
    price::want_last(work, &order);
    let account = credit::decide::to_approve(work, &order)?;
    let lines = work.of::<OrderLines>(id)?;
    let mut steps = work.of::<Approvals>(id)?;

    let stands_in = gate::stands_in(work, by)?;
    // Who may not sign is told so, not what else stands in the way.
    order.may_move(Verb::Approve)?;
    domain::step_for(&order, &steps, by, &stands_in)?;
    let gates = gate::shut(work, &order, &lines, Verb::Approve)?;
    let signature = gate::signature(work, &order, &lines)?;

    let approved = order.approve(
        &lines,
        &mut steps,
        &Approving { account: &account, stands_in: &stands_in, gates, signature },
        note,
        by,
        work.now(),
    )?;

    load::count(work, &order, approved.account, true)?;
    if approved.effective {
        price::remember(work, &order, &lines)?;
    }
    if let Some(step) = approved.step {
        work.save(&mut steps[step]);
    }
    work.save(&mut order);
    approved.events.into_iter().for_each(|event| work.record(by, event));
    Ok(OrderState::of(&order))
}
