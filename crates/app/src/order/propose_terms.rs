//! Sending an order back with terms under which it fits the customer's credit.

use domain::{Act, Actor, ConfirmationStatus, OrderId, Rate, Verb, Version, checked_reason};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, confirmation, gate, load};
use crate::contract;
use crate::quota;
use crate::reservation;

/// Returns a submitted or reviewed order to draft with this share to be paid in advance, so that it is reviewed with its new terms.
///
/// # Errors
/// `NotUnderReview`; `stale`; the gates of the return; `invalid` without a reason, or for what is no share.
///
/// Source: CRD-02
pub fn propose_terms(
    work: &mut UnitOfWork,
    by: &Actor,
    id: OrderId,
    version: Option<Version>,
    deposit_rate: Rate,
    reason: &str,
) -> Outcome<OrderState> {
    by.may(Act::ReturnOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    let mut order = load::order(work, id, version)?;
    let mut lines = work.of::<OrderLines>(id)?;
    let mut steps = work.of::<Approvals>(id)?;
    gate::pass(work, &order, &lines, Verb::Return)?;

    if order.confirmation_no > 0 {
        confirmation::end(work, id, ConfirmationStatus::Withdrawn)?;
    }
    let stopped = order.return_to_draft(&mut lines, &mut steps, reason, by, work.now())?;
    load::count(work, &order, stopped.account, false)?;
    let changes = order.change_terms(deposit_rate)?;
    order.total_up(&mut lines)?;
    let event = order.terms_proposed(changes, checked_reason(reason)?);

    reservation::give(work, by, &order, &stopped.released)?;
    contract::settle(work, &order, &mut lines)?;
    quota::give(work, &order, &lines)?;
    work.save_changed(&mut lines);
    if let Some(step) = stopped.step {
        work.save(&mut steps[step]);
    }
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
