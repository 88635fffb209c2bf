//! Skipped steps: where an order went on although something of the process was not done, or was done by somebody else (KPI-05).

use crate::codes::codes;

codes! {
    /// How a step was skipped. Each is counted from what is recorded of it, at the moment the order went on; what was refused does not count.
    SkippedKind in "skipped" {
        /// An order went through a step whose gate was shut, by an override. Overrides that were never used do not count.
        Override = "override",
        /// Goods were shipped or the order was closed while what an earlier override owed was not brought yet: once for each override and delivery note,
        /// and for the closing.
        Owed = "owed",
        /// A step of the approval was signed by who stood in for somebody absent.
        Substitute = "substitute",
        /// The customer was not asked after delivery: the follow-up was waived.
        Waived = "waived",
        /// The time limit of a step ran out before it was done; once for each clock.
        Late = "late",
    }
}
