//! Supply less demand by day, so that the least balance from a day on is found without looking at every day.

use super::day::Day;

/// Micro-units, wide enough for any sum of quantities.
pub(super) type Micro = i128;

/// Above every balance.
const NEVER: Micro = Micro::MAX / 4;

/// Of a run of days: what comes less what goes, and the least of the running sums within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    sum: Micro,
    low: Micro,
}

impl Node {
    const EMPTY: Self = Self { sum: 0, low: NEVER };

    fn of(net: Micro) -> Self {
        Self { sum: net, low: net }
    }

    fn join(left: Self, right: Self) -> Self {
        Self { sum: left.sum + right.sum, low: left.low.min(left.sum + right.low) }
    }
}

/// A segment tree over the days on which something happens. Building it takes `O(n log n)`, a change on a known day and every question `O(log n)`;
/// a new day moves those behind it, and there are no more days than the horizon has.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    /// Ascending.
    days: Vec<Day>,
    /// The root is at 1, the leaves in its second half; empty without days.
    tree: Vec<Node>,
}

impl Balance {
    /// From changes in any order.
    pub(super) fn of(mut changes: Vec<(Day, Micro)>) -> Self {
        changes.sort_unstable_by_key(|(day, _)| *day);
        let mut days: Vec<Day> = Vec::new();
        let mut nets: Vec<Micro> = Vec::new();
        for (day, net) in changes {
            match nets.last_mut() {
                Some(last) if days.last() == Some(&day) => *last += net,
                _ => {
                    days.push(day);
                    nets.push(net);
                }
            }
        }
        let mut balance = Self { days, tree: Vec::new() };
        balance.rebuild(&nets);
        balance
    }

    fn leaves(&self) -> usize {
        self.tree.len() / 2
    }

    fn rebuild(&mut self, nets: &[Micro]) {
        let leaves = nets.len().next_power_of_two();
        self.tree.clear();
        if nets.is_empty() {
            return;
        }
        self.tree.resize(leaves * 2, Node::EMPTY);
        for (place, net) in nets.iter().enumerate() {
            self.tree[leaves + place] = Node::of(*net);
        }
        for place in (1..leaves).rev() {
            self.tree[place] = Node::join(self.tree[place * 2], self.tree[place * 2 + 1]);
        }
    }

    /// Adds on a day; negative for what goes.
    pub(super) fn add(&mut self, day: Day, net: Micro) {
        match self.days.binary_search(&day) {
            Ok(place) => self.change(place, net),
            Err(place) => {
                let leaves = self.leaves();
                let mut nets: Vec<Micro> = self.tree[leaves..].iter().take(self.days.len()).map(|leaf| leaf.sum).collect();
                self.days.insert(place, day);
                nets.insert(place, net);
                self.rebuild(&nets);
            }
        }
    }

    fn change(&mut self, place: usize, net: Micro) {
        let mut at = self.leaves() + place;
        self.tree[at] = Node::of(self.tree[at].sum + net);
        while at > 1 {
            at /= 2;
            self.tree[at] = Node::join(self.tree[at * 2], self.tree[at * 2 + 1]);
        }
    }

    /// How many days are not after this one.
    fn until(&self, day: Day) -> usize {
        self.days.partition_point(|known| *known <= day)
    }

    /// The balance at the end of a day.
    pub(super) fn level(&self, day: Day) -> Micro {
        let count = self.until(day);
        if count == 0 { 0 } else { self.sum_and_low(count - 1).0 }
    }

    /// The running sum up to and with a place, and the least running sum from it on.
    fn sum_and_low(&self, place: usize) -> (Micro, Micro) {
        let mut at = self.leaves() + place;
        let own = self.tree[at].sum;
        // Before the node, from the place to its end, and the least of that.
        let (mut before, mut sum, mut low) = (0, own, own);
        while at > 1 {
            if at.is_multiple_of(2) {
                let right = self.tree[at + 1];
                low = low.min(sum + right.low);
                sum += right.sum;
            } else {
                before += self.tree[at - 1].sum;
            }
            at /= 2;
        }
        (before + own, before + low)
    }

    /// The least balance at the end of a day or of any later one: what can be promised on it. Below zero where demand is not covered.
    pub(super) fn free(&self, day: Day) -> Micro {
        let count = self.until(day);
        match (count, self.days.is_empty()) {
            (_, true) => 0,
            (0, false) => self.tree[1].low.min(0),
            (count, false) => self.sum_and_low(count - 1).1,
        }
    }

    /// The first day from which on so much, above zero, is free; `None` where there never is.
    pub(super) fn first_day(&self, wanted: Micro) -> Option<Day> {
        match self.last_below(wanted) {
            None => self.days.first().copied(),
            Some(place) => self.days.get(place + 1).copied(),
        }
    }

    /// The last day on which the balance is below this, or `None`.
    pub(super) fn last_day_below(&self, wanted: Micro) -> Option<Day> {
        self.last_below(wanted).map(|place| self.days[place])
    }

    fn last_below(&self, wanted: Micro) -> Option<usize> {
        let root = self.tree.get(1)?;
        if root.low >= wanted {
            return None;
        }
        let leaves = self.leaves();
        let (mut at, mut before) = (1, 0);
        while at < leaves {
            let left = self.tree[at * 2];
            if before + left.sum + self.tree[at * 2 + 1].low < wanted {
                before += left.sum;
                at = at * 2 + 1;
            } else {
                at *= 2;
            }
        }
        Some(at - leaves)
    }
}
