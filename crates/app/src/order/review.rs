//! The second pair of eyes.

use domain::{Act, Actor, Codes, Company, OrderId, Verb, Version};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, gate, load};
use crate::{credit, price};

/// Reviews a submitted order; `ticked` are the items of the checklist. A new round of approval begins; where the rules ask nobody to approve, the
/// order takes effect at once.
///
/// # Errors
/// `NotSubmitted`, `SamePerson`; `stale`; `invalid` at `/checklist` unless each item is ticked; the gates of the review; with nobody to approve,
/// gate `order.over_credit_limit`.
///
/// Source: APR-01, APR-03
pub fn review(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, ticked: &Codes) -> Outcome<OrderState> {
    by.may(Act::ReviewOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    work.of::<Approvals>(id)?;
    order.check_review(by)?;
    gate::pass(work, &order, &lines, Verb::Review)?;
    let rules = gate::rules(work, &order)?;
    let wanted = gate::wanted_steps(work, &order, &lines)?;

    let (event, steps) = order.review(&lines, ticked, &rules.checklist, wanted, by)?;

    work.record(by, event);
    if steps.is_empty() {
        let account = credit::decide::to_approve(work, &order)?;
        let signature = gate::signature(work, &order, &lines)?;
        let approved = order.approve_by_itself(&lines, &account, signature, work.now())?;
        load::count(work, &order, approved.account, true)?;
        if approved.effective {
            price::remember(work, &order, &lines)?;
        }
        approved.events.into_iter().for_each(|event| work.record(by, event));
    }
    for step in steps {
        work.add(step);
    }
    work.save(&mut order);
    Ok(OrderState::of(&order))
}
