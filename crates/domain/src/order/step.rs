//! What the steps of an order have in common.

use std::collections::BTreeMap;
use std::ops::DerefMut;

use crate::account::AccountDelta;
use crate::decimal::ParseError;
use crate::event::{Event, EventKind};
use crate::id::ProductId;
use crate::order::{Order, OrderLine, Supply};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rule::FieldRule;

/// Reserved for a line, or given back by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Which line.
    pub line_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// How much; always above zero.
    pub quantity: Quantity,
}

/// How much of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Number of the line.
    pub line_no: i64,
    /// How much of it.
    pub quantity: Quantity,
}

/// What follows from ending or returning an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Stopped {
    /// What happened.
    pub event: Event,
    /// What the stock gets back.
    pub released: Vec<Reservation>,
    /// Place of the approval step that was decided by it.
    pub step: Option<usize>,
    /// What the customer's account gets back.
    pub account: AccountDelta,
}

/// The longest reason, in characters.
const REASON_MAX: usize = 500;

/// A reason as it is kept.
///
/// # Errors
/// `invalid` at `/reason` where it is blank or too long.
pub fn checked_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::field("/reason", FieldRule::Required));
    }
    if reason.chars().count() > REASON_MAX {
        let max = i64::try_from(REASON_MAX).unwrap_or(i64::MAX);
        return Err(Refusal::field("/reason", FieldRule::TooLong { max }));
    }
    Ok(reason)
}

/// Reserves for each line in turn what it needs and `free` still has; `free` is by product, in the order's warehouse.
pub fn take_free<L: DerefMut<Target = OrderLine>>(lines: &mut [L], free: &mut BTreeMap<ProductId, Quantity>) -> Vec<Reservation> {
    let mut taken = Vec::new();
    for line in lines {
        let Some(left) = free.get_mut(&line.product_id) else { continue };
        let quantity = line.open_to_reserve().min(*left);
        if !quantity.is_positive() {
            continue;
        }
        *left -= quantity;
        line.reserved_micro += quantity;
        taken.push(Reservation { line_no: line.line_no, product_id: line.product_id, quantity });
    }
    taken
}

/// Gives back everything the lines have reserved.
pub fn give_back<L: DerefMut<Target = OrderLine>>(lines: &mut [L]) -> Vec<Reservation> {
    let mut given = Vec::new();
    for line in lines {
        let quantity = line.reserved_micro;
        if quantity.is_positive() {
            line.reserved_micro = Quantity::ZERO;
            given.push(Reservation { line_no: line.line_no, product_id: line.product_id, quantity });
        }
    }
    given
}

impl Order {
    /// An event of this order.
    pub fn event(&self, kind: EventKind) -> Event {
        Event::of_order(kind, self.id, &self.number)
    }

    /// What happened where the order was short of goods and is not any more.
    pub fn became_ready(&self, was: Supply) -> Option<Event> {
        let short = matches!(was, Supply::Short | Supply::PartReserved);
        (short && self.supply == Supply::Ready).then(|| self.event(EventKind::OrderReady))
    }

    /// Puts the hold away, for an order that has ended rests no more.
    pub(crate) fn unhold(&mut self) {
        self.held = false;
        self.hold_reason.clear();
        self.held_question_no = 0;
    }
}

impl From<ParseError> for Refusal {
    /// A value that cannot be read and has no field of its own.
    fn from(error: ParseError) -> Self {
        Self::field("", error)
    }
}
