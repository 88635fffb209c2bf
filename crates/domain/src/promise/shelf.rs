//! Stock that does not keep for ever: what is free when each demand needs goods that keep for some days after it.
//!
//! Demands are served in the order of their days, each from what is there and keeps long enough, with what expires first (FEFO, the tightest that fits).
//! What is there on a later day contains what is there now, so supplies differ only in how long they keep, and the tightest fit is never worse than
//! another choice: the quantity served is the most that can be. What is free on a day is then the most that can be added there with everything else served as before.

use std::collections::BTreeMap;

use super::balance::Micro;
use super::day::{self, Day};
use super::event::SupplySource;
use super::timeline::{Timeline, micro};

/// So much wanted on a day, of goods that keep up to another day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fresh {
    pub(super) on: Day,
    pub(super) until: Day,
    pub(super) micro: Micro,
}

/// What a demand was served from.
type Lots = Vec<(SupplySource, Micro)>;

/// The most that can be served on top of what the timeline has and what was taken, and from which lots.
pub(super) fn free(timeline: &Timeline, taken: &[Fresh], wanted: Fresh) -> (Micro, Lots) {
    let all = Table::of(timeline, taken);
    let (base, _) = all.served(None);
    let fits = |micro: Micro| all.served(Some(Fresh { micro, ..wanted })).0 == base + micro;
    // `low` fits, `high` does not.
    let (mut low, mut high) = (0, wanted.micro + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if fits(middle) { low = middle } else { high = middle }
    }
    (low, all.served(Some(Fresh { micro: low, ..wanted })).1)
}

/// Supplies by the day they count from, demands by day.
struct Table<'a> {
    supplies: Vec<(Day, Day, Micro, &'a SupplySource)>,
    demands: Vec<Fresh>,
}

impl<'a> Table<'a> {
    fn of(timeline: &'a Timeline, taken: &[Fresh]) -> Self {
        let supply = |supply: &'a super::Supply| {
            let until = supply.expires_on.map_or(Day::MAX, day::number);
            (timeline.counts_from(supply), until, micro(supply.quantity), &supply.source)
        };
        let mut supplies: Vec<_> = timeline.supplies().map(supply).collect();
        supplies.sort_unstable_by_key(|(from, until, ..)| (*from, *until));
        let demand = |demand: &super::Demand| {
            let on = timeline.leaves(demand);
            let fresh = Day::try_from(demand.fresh_days).unwrap_or(0);
            Fresh { on, until: on.saturating_add(fresh), micro: micro(demand.quantity) }
        };
        let mut demands: Vec<Fresh> = timeline.demands().map(demand).chain(taken.iter().copied()).collect();
        demands.sort_by_key(|demand| demand.on);
        Self { supplies, demands }
    }

    /// How much is served in all, and from what the further demand is.
    fn served(&self, further: Option<Fresh>) -> (Micro, Lots) {
        let mut there: BTreeMap<(Day, usize), Micro> = BTreeMap::new();
        let mut coming = self.supplies.iter().enumerate().peekable();
        let (mut sum, mut lots) = (0, Lots::new());
        // The further one comes after those of its day.
        let place = further.map_or(self.demands.len(), |further| self.demands.partition_point(|demand| demand.on <= further.on));
        let before = self.demands[..place].iter().map(|demand| (*demand, false));
        let after = self.demands[place..].iter().map(|demand| (*demand, false));
        for (demand, is_further) in before.chain(further.map(|further| (further, true))).chain(after) {
            while let Some((at, (_, until, micro, _))) = coming.next_if(|(_, (from, ..))| *from <= demand.on) {
                there.insert((*until, at), *micro);
            }
            let mut rest = demand.micro;
            while rest > 0
                && let Some((key, left)) = there.range((demand.until, 0)..).next().map(|(key, left)| (*key, *left))
            {
                let part = rest.min(left);
                rest -= part;
                sum += part;
                if part == left {
                    there.remove(&key);
                } else {
                    there.insert(key, left - part);
                }
                if is_further {
                    lots.push((self.supplies[key.1].3.clone(), part));
                }
            }
        }
        (sum, lots)
    }
}
