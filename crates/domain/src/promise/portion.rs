//! Which supplies a quantity is promised from: the earliest that are not needed for others.

use super::answer::Portion;
use super::balance::Micro;
use super::event::SupplySource;
use super::timeline::{Timeline, quantity};

/// From which supplies the part above `taken` up to `taken + wanted` of what is ever free comes, in the order it becomes free.
pub(super) fn portions(timeline: &Timeline, taken: Micro, wanted: Micro) -> Vec<Portion> {
    let end = taken + wanted;
    let (mut reached, mut found) = (taken, Vec::new());
    while reached < end {
        let Some(day) = timeline.balance.first_day(reached + 1) else { break };
        let free = timeline.balance.free(day).min(end);
        let source = timeline.supply_on(day).cloned().unwrap_or(SupplySource::STOCK);
        add(&mut found, source, free - reached);
        reached = free;
    }
    found
}

/// Adds to the last portion where it is of the same source.
pub(super) fn add(portions: &mut Vec<Portion>, source: SupplySource, micro: Micro) {
    if micro <= 0 {
        return;
    }
    match portions.iter_mut().find(|portion| portion.source == source) {
        Some(known) => known.quantity += quantity(micro),
        None => portions.push(Portion { source, quantity: quantity(micro) }),
    }
}
