//! Promotions: written, put in force, ended; what orders get by them, and how often (PRC-06).

mod input;

pub mod activate;
pub mod create;
pub mod edit;
pub mod end;

use std::ops::{Deref, DerefMut};

use domain::{
    Actor, Buyer, Company, CustomerId, Event, Grade, Kept, Moment, Order, OrderLine, Promotion, PromotionId, PromotionRejection,
    PromotionRule, PromotionUse, Refusal, Version, grants,
};
use store::rows::ActivePromotions;
use store::{Held, Outcome, UnitOfWork};

pub use input::PromotionInput;

use crate::order::draft;
use crate::saved::{Saved, on_version};

/// The promotion, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: PromotionId, version: Option<Version>) -> Outcome<Held<Promotion>> {
    work.want::<Company>([work.company()]);
    let promotion = work.get::<Promotion>(id)?;
    on_version(version, promotion.version, "promotion")?;
    Ok(promotion)
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: draft::today(work, &company) })
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &Actor, mut promotion: Held<Promotion>, event: Event) -> Saved {
    work.save(&mut promotion);
    work.record(by, event);
    Saved::new(promotion.id, promotion.version, &promotion.code)
}

/// Gives an order what the promotions of today give it, in the place of what they gave. An order by a quotation is as it was quoted.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: PRC-06
pub(crate) fn grant<L: Deref<Target = OrderLine>>(work: &mut UnitOfWork, order: &mut Order, lines: &[L], grade: Grade) -> Outcome<()> {
    if order.quotation_id.is_some() {
        order.grant(Vec::new());
        return Ok(());
    }
    let today = moment(work)?.today;
    let promotions = work.of::<ActivePromotions>(order.currency)?;
    let limited: Vec<(PromotionId, CustomerId)> = promotions.iter().flat_map(|promotion| counters(promotion, order.customer_id)).collect();
    work.want::<PromotionUse>(limited.iter().copied());
    let mut used_up: Vec<PromotionId> = Vec::new();
    for key in limited {
        let full = work.find::<PromotionUse>(key)?.is_some_and(|counter| counter.used >= counter.most);
        if full && !order.promotions_used.contains(&key.0) {
            used_up.push(key.0);
        }
    }
    let may = |promotion: &Promotion| !used_up.contains(&promotion.id) && !order.promotions_declined.contains(&promotion.id);
    let granted = grants(order, lines, &Buyer::of(order, grade), &promotions, today, may);
    order.grant(granted);
    Ok(())
}

/// The counters of a promotion that have a limit, for one customer.
fn counters(promotion: &Promotion, customer: CustomerId) -> Vec<(PromotionId, CustomerId)> {
    let limits = [(promotion.limit_total, CustomerId::NONE), (promotion.limit_customer, customer)];
    limits.into_iter().filter(|(limit, _)| *limit > 0).map(|(_, customer)| (promotion.id, customer)).collect()
}

/// Looks again at what promotions give an order that is about to be submitted. More than when it was saved is taken; less is refused, so that nobody
/// submits figures they have not seen.
///
/// # Errors
/// `promotion.changed` at `/charges`.
///
/// Source: PRC-06
pub(crate) fn check_again<L: DerefMut<Target = OrderLine>>(
    work: &mut UnitOfWork,
    order: &mut Order,
    lines: &mut [L],
    grade: Grade,
) -> Outcome<()> {
    let before = order.promoted();
    let mut fresh = order.clone();
    grant(work, &mut fresh, &lines.iter().map(|line| &**line).collect::<Vec<_>>(), grade)?;
    let now = fresh.promoted();
    if now < before {
        let rule = PromotionRule::Changed { before: (before, order.currency), now: (now, order.currency) };
        return Err(Refusal::field("/charges", rule).into());
    }
    if fresh.charges != order.charges {
        order.charges = fresh.charges;
        order.total_up(lines)?;
    }
    Ok(())
}

/// After a step of an order: the promotions it has now are counted, those it has not any more are given back.
///
/// # Errors
/// `promotion.used_up` where another order was quicker.
///
/// Source: PRC-06
pub(crate) fn settle(work: &mut UnitOfWork, order: &mut Order) -> Outcome<()> {
    let now = if order.calls_off() { order.promotions() } else { Vec::new() };
    if now == *order.promotions_used {
        return Ok(());
    }
    let gone = order.promotions_used.iter().filter(|id| !now.contains(id)).map(|id| (*id, -1));
    let come = now.iter().filter(|id| !order.promotions_used.contains(id)).map(|id| (*id, 1));
    let deltas: Vec<(PromotionId, i64)> = gone.chain(come).collect();
    work.want::<Promotion>(deltas.iter().map(|(id, _)| *id));
    work.want::<PromotionUse>(deltas.iter().flat_map(|(id, _)| [(*id, CustomerId::NONE), (*id, order.customer_id)]));
    for (id, delta) in deltas {
        let promotion = work.get::<Promotion>(id)?;
        let mut counted = count(work, (id, CustomerId::NONE), promotion.limit_total, delta)?;
        if promotion.limit_customer > 0 {
            counted &= count(work, (id, order.customer_id), promotion.limit_customer, delta)?;
        }
        if !counted {
            return Err(PromotionRejection::UsedUp { promotion: promotion.name_zh_cn.clone() }.into());
        }
    }
    order.promotions_used = Kept::of(now);
    Ok(())
}

/// Adds to a counter; whether its limit allows it.
fn count(work: &mut UnitOfWork, key: (PromotionId, CustomerId), limit: i64, delta: i64) -> Outcome<bool> {
    match work.find::<PromotionUse>(key)? {
        Some(counter) => Ok(work.count_held(&counter, &[0, delta], delta > 0)),
        None => {
            work.add(PromotionUse { used: delta, ..PromotionUse::new(key.0, key.1, limit) });
            Ok(true)
        }
    }
}
