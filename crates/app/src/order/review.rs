//! The second pair of eyes.

use domain::{Act, Actor, Codes, Company, OrderId, Version};
use store::rows::{Approvals, OrderLines};
use store::{Outcome, UnitOfWork};

use super::{OrderState, load};

/// Reviews a submitted order; `ticked` are the items of the checklist. A new round of approval begins.
///
/// # Errors
/// `NotSubmitted`, `SamePerson`; `stale`; `invalid` at `/checklist` unless each item is ticked.
///
/// Source: APR-01
pub fn review(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, ticked: &Codes) -> Outcome<OrderState> {
    by.may(Act::ReviewOrder)?;
    work.want_of::<OrderLines>([id]);
    work.want_of::<Approvals>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let lines = work.of::<OrderLines>(id)?;
    work.of::<Approvals>(id)?;
    let company = work.get::<Company>(work.company())?;

    let (event, steps) = order.review(&lines, ticked, &company, by)?;

    for step in steps {
        work.add(step);
    }
    work.save(&mut order);
    work.record(by, event);
    Ok(OrderState::of(&order))
}
