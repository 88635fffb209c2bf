//! Who gets scarce goods first.

use crate::event::{Event, EventKind};
use crate::order::step::checked_reason;
use crate::order::{Order, OrderRejection};
use crate::refusal::Refusal;
use crate::rule::FieldRule;

impl Order {
    /// The priority of an order of which nothing else is said.
    pub const USUAL_PRIORITY: i64 = 5;

    /// Sets how soon the order gets goods that are scarce: 9 before all others, 1 after them. Goods that are reserved already stay where they are.
    ///
    /// # Errors
    /// `NotOpen`; `invalid` for another number, or without a reason.
    ///
    /// Source: INV-02
    pub fn prioritize(&mut self, priority: i64, reason: &str) -> Result<Event, Refusal> {
        if !self.status.is_open() {
            return Err(OrderRejection::NotOpen { status: self.status }.into());
        }
        if !(1..=9).contains(&priority) {
            return Err(Refusal::field("/priority", FieldRule::OutOfRange { min: 1, max: 9 }));
        }
        let reason = checked_reason(reason)?;
        let was = std::mem::replace(&mut self.priority, priority);
        Ok(self.event(EventKind::OrderPrioritized).because(reason).with("before", was).with("after", priority))
    }
}
