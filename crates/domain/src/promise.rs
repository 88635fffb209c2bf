//! Promising: on which day a quantity can be with the customer, why not earlier, and what would be needed for the day that was wished (PRM-01…08).
//!
//! Everything here is a value: today is a parameter, nothing is read or written, and a clone of a [`Timeline`] is a simulation (PRM-03).
//!
//! * [`Timeline`]: dated supply and dated demand of one product in one warehouse, with the question "how much is free from a day on".
//! * [`promise`]: a [`Wish`] becomes a [`Promise`] of schedule lines with their dates, sources and the constraint that binds.
//! * [`Roads`]: whose days count on the way from readiness to the customer.
//! * [`rank`]: other warehouses, substitutes and splits, best first and explained.
//! * [`jeopardy`]: the chance that a promise is missed.
//! * [`repromise`]: all open lines again, by segments with a strategy each.
//!
//! The one rule: *cumulative promising with look-ahead* (PRM-05). With `S(u)` all supply up to a day and `D(u)` all demand up to it, the quantity that can
//! be promised on day `t` is `min over u ≥ t of S(u) − D(u)`; so what a later confirmed demand needs is never given away, and after every confirmation
//! supply covers demand up to every day. It never falls as `t` grows.

mod alternative;
mod answer;
mod balance;
mod day;
mod event;
mod jeopardy;
mod make;
mod portion;
mod quota;
mod reach;
mod roads;
mod route;
mod run;
mod shelf;
mod strategy;
mod timeline;
mod wish;

#[cfg(test)]
mod tests;

pub use alternative::*;
pub use answer::*;
pub use event::*;
pub use jeopardy::*;
pub use make::*;
pub use quota::*;
pub use roads::*;
pub use route::*;
pub use run::*;
pub use strategy::*;
pub use timeline::*;
pub use wish::*;

use crate::codes::codes;

codes! {
    /// What keeps a quantity from being there earlier.
    Constraint in "promise.constraint" {
        /// No further supply is known.
        Stock = "stock",
        /// A purchase order has to come first.
        Receipt = "receipt",
        /// Goods have to be finished first.
        Production = "production",
        /// Goods have to come from another warehouse first.
        Transfer = "transfer",
        /// It has to be made or bought, which takes its lead time.
        LeadTime = "lead_time",
        /// The work centre is taken until then.
        Capacity = "capacity",
        /// The quota of the customer's group is used up.
        Quota = "quota",
        /// What is there does not keep long enough.
        ShelfLife = "shelf_life",
        /// The way takes longer than is left.
        Transit = "transit",
        /// Nobody ships, drives or receives on the days between.
        Calendar = "calendar",
    }
}
