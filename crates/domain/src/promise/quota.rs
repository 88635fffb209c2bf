//! Quotas: how much of a scarce product a group of customers, a channel or a region may take in a period (PRM-06).

use super::balance::Micro;
use super::day::{self, Day};
use super::timeline::micro;
use crate::date::Date;
use crate::quantity::Quantity;

/// What is left of a quota. Quantities count by the day the goods are ready; on days no quota covers there is no limit.
///
/// Source: PRM-06
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Its code, as it is shown.
    pub code: String,
    /// First day.
    pub from: Date,
    /// Last day; nothing: no end.
    pub to: Option<Date>,
    /// What may still be taken.
    pub left: Quantity,
}

impl Quota {
    pub(super) fn covers(&self, day: Day) -> bool {
        day::number(self.from) <= day && self.to.is_none_or(|to| day <= day::number(to))
    }
}

/// The least that is left on a day after what was taken; `None` without a quota.
pub(super) fn left(quotas: &[Quota], day: Day, taken: &[(Day, Micro)]) -> Option<Micro> {
    let rest = |quota: &Quota| {
        let used: Micro = taken.iter().filter(|(on, _)| quota.covers(*on)).map(|(_, micro)| micro).sum();
        (micro(quota.left) - used).max(0)
    };
    quotas.iter().filter(|quota| quota.covers(day)).map(rest).min()
}
