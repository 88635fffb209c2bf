//! What the steps of an order have in common.

use std::collections::BTreeMap;
use std::ops::DerefMut;

use crate::account::AccountDelta;
use crate::decimal::ParseError;
use crate::event::{Event, EventKind};
use crate::id::{ProductId, WarehouseId};
use crate::order::{Order, OrderLine, Supply};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::rule::FieldRule;

/// What is free of each product: first in the order's warehouse, then in those that help it out, in their order.
pub type Free = BTreeMap<ProductId, Vec<(WarehouseId, Quantity)>>;

/// Reserved for a line in a warehouse, or given back there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// Which line.
    pub line_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// How much; always above zero.
    pub quantity: Quantity,
}

/// What a line needs no more, wherever it is reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freed {
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
    pub released: Vec<Freed>,
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

/// Reserves for each line in turn what it needs and `free` still has, from one warehouse after the other.
///
/// Source: INV-02
pub fn take_free<L: DerefMut<Target = OrderLine>>(lines: &mut [L], free: &mut Free) -> Vec<Reserved> {
    let mut taken = Vec::new();
    for line in lines {
        for (warehouse_id, left) in free.get_mut(&line.product_id).into_iter().flatten() {
            let quantity = line.open_to_reserve().min(*left);
            if !quantity.is_positive() {
                continue;
            }
            *left -= quantity;
            line.reserved_micro += quantity;
            taken.push(Reserved { line_no: line.line_no, product_id: line.product_id, warehouse_id: *warehouse_id, quantity });
        }
    }
    taken
}

/// Gives back everything the lines have reserved.
pub fn give_back<L: DerefMut<Target = OrderLine>>(lines: &mut [L]) -> Vec<Freed> {
    let mut given = Vec::new();
    for line in lines {
        let quantity = line.reserved_micro;
        if quantity.is_positive() {
            line.reserved_micro = Quantity::ZERO;
            given.push(Freed { line_no: line.line_no, product_id: line.product_id, quantity });
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
