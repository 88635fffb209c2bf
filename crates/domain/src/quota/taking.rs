//! What each line of an order takes of quotas after a step, and what that adds to their counters.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::QuotaTake;
use crate::id::{ProductId, QuotaId};
use crate::order::{Order, OrderLine, OrderStatus};
use crate::quantity::Quantity;

/// What a line takes of a quota, before a step and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Of which.
    pub quota_id: QuotaId,
    /// Number of the line.
    pub line_no: i64,
    /// What the line is of.
    pub product_id: ProductId,
    /// What it had taken.
    pub before: Quantity,
    /// What it takes now.
    pub now: Quantity,
}

impl OrderLine {
    /// What the line takes of quotas: what is wanted of it from the submission on, nothing where the order ends without effect, and no more than what was
    /// shipped once it is closed.
    ///
    /// Source: PRM-06
    pub fn takes_of_quotas(&self, order: &Order) -> Quantity {
        match (order.calls_off(), order.status) {
            (false, _) => Quantity::ZERO,
            (true, OrderStatus::Closed) => self.wanted().min(self.shipped_micro),
            (true, _) => self.wanted(),
        }
    }
}

/// What the lines take now. `covering` are the quotas that a line takes of anew, all that is wanted of it; of the others it keeps what it had taken, as far
/// as that is still wanted. What lines that are gone, or of another product
/// now, had taken is given back.
///
/// Source: PRM-06
pub fn takings<L, T>(order: &Order, lines: &[L], known: &[T], covering: impl Fn(&OrderLine) -> Vec<QuotaId>) -> Vec<Taking>
where
    L: Deref<Target = OrderLine>,
    T: Deref<Target = QuotaTake>,
{
    let same = |take: &QuotaTake, line: &OrderLine| take.line_no == line.line_no && take.product_id == line.product_id;
    let mut all = Vec::new();
    for take in known.iter().filter(|take| lines.iter().all(|line| !same(take, line))) {
        let (quota_id, line_no, product_id) = (take.quota_id, take.line_no, take.product_id);
        all.push(Taking { quota_id, line_no, product_id, before: take.quantity_micro, now: Quantity::ZERO });
    }
    for line in lines {
        let (line_no, product_id) = (line.line_no, line.product_id);
        let due = line.takes_of_quotas(order);
        let anew = covering(line);
        for take in known.iter().filter(|take| same(take, line)) {
            let now = if anew.contains(&take.quota_id) { due } else { take.quantity_micro.min(due) };
            all.push(Taking { quota_id: take.quota_id, line_no, product_id, before: take.quantity_micro, now });
        }
        for quota_id in anew.into_iter().filter(|id| known.iter().all(|take| !same(take, line) || take.quota_id != *id)) {
            all.push(Taking { quota_id, line_no, product_id, before: Quantity::ZERO, now: due });
        }
    }
    all.retain(|taking| taking.before != taking.now);
    all
}

/// What they add to the counter of each quota.
pub fn taken_more(takings: &[Taking]) -> BTreeMap<QuotaId, Quantity> {
    let mut more: BTreeMap<QuotaId, Quantity> = BTreeMap::new();
    for taking in takings {
        *more.entry(taking.quota_id).or_default() += taking.now - taking.before;
    }
    more
}

/// The first line that wants more of a quota than there is, with what is left for it; `left` is what is free of it before this step. What other lines give
/// back in the same step counts.
pub fn first_above(takings: &[Taking], quota: QuotaId, left: Quantity) -> Option<(i64, Quantity)> {
    let own = || takings.iter().filter(|taking| taking.quota_id == quota);
    let mut free = left + own().filter(|taking| taking.now < taking.before).map(|taking| taking.before - taking.now).sum::<Quantity>();
    for taking in own().filter(|taking| taking.now > taking.before) {
        let more = taking.now - taking.before;
        if more > free {
            return Some((taking.line_no, free + taking.before));
        }
        free -= more;
    }
    None
}
