//! Whom re-promising serves, and how: segments of open lines with a strategy each (PRM-04).

use serde::{Deserialize, Serialize};

use super::run::OpenLine;
use crate::codes::{Channel, Grade, codes};
use crate::date::Date;
use crate::id::ProductId;

codes! {
    /// What a run may do with the lines of a segment, in the order in which they are served.
    ///
    /// The words are those of backorder processing in SAP S/4HANA (Krause, *Confirmation strategies in backorder processing: a deep dive*, SAP Community, 2023). There
    /// *win* must be confirmed in full on time and *gain* must at least keep what it has, both with an exception where they cannot; *redistribute* may become better or worse,
    /// *fill* only worse, *lose* gives everything up, *skip* is not touched. What each does here exactly:
    Strategy in "promise.strategy" {
        /// Served first. Gets all of it on the wished day where that can be, takes it from the strategies after gain, and is never worse than before. It is an exception
        /// where not all of it is on time.
        Win = "win",
        /// Never worse than before, better where it can be. It is an exception where supply no longer gives what it had.
        Gain = "gain",
        /// Keeps what it has against the strategies after it, though not against win and gain, and becomes better where it can.
        Improve = "improve",
        /// Gives up what it has and asks again in the order of its segment: better, the same or worse.
        Redistribute = "redistribute",
        /// Keeps of what it has what is left, or gets it later; never better.
        Fill = "fill",
        /// Gives up what it has and gets nothing.
        Lose = "lose",
        /// Not touched; what it has counts as demand for all others.
        Skip = "skip",
    }
}

codes! {
    /// By what the lines of a segment are served, one after the other.
    Precedence in "promise.precedence" {
        /// The higher priority first.
        Priority = "priority",
        /// The better grade first.
        Grade = "grade",
        /// Who wants it earlier first.
        Wanted = "wanted",
        /// Who ordered earlier first.
        Ordered = "ordered",
        /// The smaller quantity first, so that more lines are whole.
        Smallest = "smallest",
    }
}

/// Which lines: all that is said must hold, and what is left empty holds for every line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Among {
    /// Of customers of these grades.
    pub grades: Vec<Grade>,
    /// Through these channels.
    pub channels: Vec<Channel>,
    /// Of these products.
    pub products: Vec<ProductId>,
    /// Of at least this priority.
    pub priority_from: Option<i64>,
    /// Needed on this day or later.
    pub needed_from: Option<Date>,
    /// Needed on this day or earlier.
    pub needed_to: Option<Date>,
}

/// Lines that are served alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its code, as it is shown.
    pub code: String,
    /// Which lines; a line is of the first segment it fits.
    pub among: Among,
    /// What may be done with them.
    pub strategy: Strategy,
    /// In which order they are served; what is equal in all is served in the order of orders and lines.
    pub order: Vec<Precedence>,
}

impl Among {
    /// Whether a line is one of these.
    pub fn holds(&self, line: &OpenLine) -> bool {
        let any = |empty: bool, holds: bool| empty || holds;
        any(self.grades.is_empty(), line.grade.is_some_and(|grade| self.grades.contains(&grade)))
            && any(self.channels.is_empty(), self.channels.contains(&line.channel))
            && any(self.products.is_empty(), self.products.contains(&line.product_id))
            && self.priority_from.is_none_or(|from| line.priority >= from)
            && self.needed_from.is_none_or(|from| line.needed_on >= from)
            && self.needed_to.is_none_or(|to| line.needed_on <= to)
    }
}

/// Where a line stands in its segment; the lesser is served earlier.
pub(super) fn standing(line: &OpenLine, order: &[Precedence]) -> Vec<i64> {
    let by = |precedence: &Precedence| match precedence {
        Precedence::Priority => -line.priority,
        Precedence::Grade => line.grade.map_or(i64::MAX, |grade| Grade::ALL.iter().position(|known| *known == grade).unwrap_or(0) as i64),
        Precedence::Wanted => i64::from(super::day::number(line.needed_on)),
        Precedence::Ordered => line.ordered_at.micros(),
        Precedence::Smallest => line.quantity.micro(),
    };
    order.iter().map(by).collect()
}
