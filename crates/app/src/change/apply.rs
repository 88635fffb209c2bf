//! A change takes effect: order, lines, stock and credit in one transaction.

use domain::{Actor, ChangeOrder, ChangeStatus, Company, GateRefusal, Order, OrderLine, Previewed};
use store::rows::{OrderChanges, OrderConfirmations, OrderLines};
use store::{Held, Outcome, UnitOfWork};

use crate::contract;
use crate::credit;
use crate::order::{confirmation, draft, load};
use crate::{price, promotion, quota, reservation};

/// What the customer's credit says to a change that raises what is owed.
///
/// # Errors
/// Gate `customer.blocked`; leaves when something is not loaded yet.
///
/// Source: CRD-01
pub(super) fn credit_gates(work: &mut UnitOfWork, order: &Order, previewed: &Previewed) -> Outcome<Vec<GateRefusal>> {
    let more = previewed.account.exposure();
    if !more.is_positive() {
        return Ok(Vec::new());
    }
    credit::decide::not_blocked(work, order.customer_id)?;
    let account = credit::decide::account(work, order)?;
    Ok(account.credit_gate(more, order.currency).into_iter().collect())
}

/// Applies a change: the stock gets back what is not needed and gives what is, the customer's credit is claimed, order and lines are as previewed.
///
/// # Errors
/// Gate `order.over_credit_limit` where another order was quicker.
///
/// Source: CHG-01
pub(super) fn apply(
    work: &mut UnitOfWork,
    by: &Actor,
    change: &mut ChangeOrder,
    order: &mut Held<Order>,
    lines: Vec<Held<OrderLine>>,
    previewed: Previewed,
) -> Outcome<()> {
    work.want_of::<OrderConfirmations>([order.id]);
    let now = work.now();
    let company = work.get::<Company>(work.company())?;
    let changes = work.of::<OrderChanges>(order.id)?;
    let earlier = changes.iter().filter(|one| one.status == ChangeStatus::Applied).count();
    let event = change.applied(order, &lines, &previewed, earlier, by, now);

    let Previewed { order: after, lines: mut lines_after, dropped, gives_back, reserves, account, .. } = previewed;
    load::count(work, order, account, account.exposure().is_positive())?;
    reservation::give_at(work, by, order, &gives_back)?;
    reservation::take(work, by, order, &reserves)?;
    contract::settle_from(work, &after, contract::called_by(&lines), &mut lines_after.iter_mut().collect::<Vec<_>>())?;
    quota::change(work, &after, &lines, &lines_after.iter().collect::<Vec<_>>())?;
    let mut after = after;
    promotion::settle(work, &mut after)?;
    let was = order.supply;
    **order = after;
    for gone in lines.iter().filter(|line| dropped.contains(&line.line_no)) {
        work.remove(gone);
    }
    let mut kept: Vec<Held<OrderLine>> = lines.into_iter().filter(|line| !dropped.contains(&line.line_no)).collect();
    for line in lines_after {
        match kept.iter_mut().find(|known| known.line_no == line.line_no) {
            Some(known) if **known == line => {}
            Some(known) => **known = line,
            None => {
                work.add(line);
            }
        }
    }
    work.save_changed(&mut kept);
    let lines = work.of::<OrderLines>(order.id)?;
    confirmation::anew(work, order, &lines)?;
    price::remember(work, order, &lines)?;
    work.record(by, event);
    order.became_ready(was).into_iter().for_each(|event| work.record(by, event));
    // What was still to be delivered may just have been dropped.
    let days = company.follow_up_days;
    if let Some((follow_up, event)) = order.begin_follow_up(work.id(), draft::today(work, &company), days) {
        work.add(follow_up);
        work.record(by, event);
    }
    work.save(order);
    Ok(())
}
