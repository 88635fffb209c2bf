//! Schedule lines of orders: what is promised of a line out of supply that is still to come, part by part with its days (PRM-02, PRM-05, PRM-08).
//!
//! What a line has reserved is its own promise and needs none. So the schedule of a line is never more than what it still lacks.

use crate::date::Date;
use crate::event::{Change, Event, EventKind};
use crate::id::{OrderId, ProductId, WarehouseId};
use crate::instant::Instant;
use crate::order::{Order, OrderLine};
use crate::promise::{Constraint, Jeopardy, JeopardyReason, Promise, Risk, ScheduleLine, SupplyKind, SupplySource};
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::refusal::rejections;

rejections! {
    /// Why promises are not set anew.
    PromiseRejection {
        /// Orders or supply moved since it was looked at.
        Moved => Conflict "promise.moved",
        /// Everything is promised as it would be.
        Nothing => Conflict "promise.nothing",
    }
}

/// A part of an order line that is promised out of supply that is still to come.
///
/// Source: PRM-02, PRM-05
#[derive(Clone, Debug, PartialEq)]
pub struct OrderSchedule {
    /// Key, with the line and the part.
    pub order_id: OrderId,
    /// Number of the line.
    pub line_no: i64,
    /// Number of the part, from 1, by day.
    pub part_no: i64,
    /// Of what.
    pub product_id: ProductId,
    /// Where it is to be ready.
    pub warehouse_id: WarehouseId,
    /// How much, above zero.
    pub quantity_micro: Quantity,
    /// Internal completion: the goods are there and may be packed.
    pub ready_on: Date,
    /// They leave.
    pub ship_on: Date,
    /// They arrive as it is planned.
    pub arrive_on: Date,
    /// The day the customer is told.
    pub promised_on: Date,
    /// What brings the last of it.
    pub supply: SupplyKind,
    /// Id of that document; 0: none.
    pub supply_id: i64,
    /// Its number, or empty.
    pub supply_number: String,
    /// Why it is not there on the wished day; none: it is.
    pub constraint_code: Option<Constraint>,
    /// How sure it is.
    pub jeopardy: Jeopardy,
    /// Why.
    pub jeopardy_reason: JeopardyReason,
    /// The chance that it is missed.
    pub chance: Rate,
    /// When it was promised.
    pub promised_at: Instant,
}

impl OrderSchedule {
    /// What brings the last of it.
    pub fn source(&self) -> SupplySource {
        SupplySource { kind: self.supply, id: self.supply_id, number: self.supply_number.clone() }
    }

    /// Keeps what was found about how sure it is.
    pub fn rate(&mut self, risk: &Risk) {
        (self.jeopardy, self.jeopardy_reason, self.chance) = (risk.band, risk.reason, risk.chance);
    }
}

/// Whether the schedule of a line that lacks `short` still says what it has to; else the line is promised anew, which can only be better as long as no supply
/// went away.
///
/// Source: PRM-05
pub fn schedule_stands(line: &OrderLine, warehouse: WarehouseId, short: Quantity, parts: &[OrderSchedule], slack_days: i64) -> bool {
    let promised: Quantity = parts.iter().map(|part| part.quantity_micro).sum();
    let told = |part: &OrderSchedule| part.promised_on >= part.arrive_on.plus_days(slack_days);
    promised == short && parts.iter().all(|part| (part.product_id, part.warehouse_id) == (line.product_id, warehouse) && told(part))
}

/// The parts of a line that a promise gives.
pub fn scheduled(order: (OrderId, WarehouseId), line: &OrderLine, promise: &Promise, now: Instant) -> Vec<OrderSchedule> {
    let part = |(no, found): (i64, &ScheduleLine)| {
        let source = found.sources.last().map_or(SupplySource::PLAN, |portion| portion.source.clone());
        OrderSchedule {
            order_id: order.0,
            line_no: line.line_no,
            part_no: no,
            product_id: line.product_id,
            warehouse_id: order.1,
            quantity_micro: found.quantity,
            ready_on: found.dates.ready_on,
            ship_on: found.dates.ship_on,
            arrive_on: found.dates.arrive_on,
            promised_on: found.promised_on,
            supply: source.kind,
            supply_id: source.id,
            supply_number: source.number,
            constraint_code: found.binding.as_ref().map(|binding| binding.constraint),
            jeopardy: Jeopardy::Safe,
            jeopardy_reason: JeopardyReason::Room,
            chance: Rate::ZERO,
            promised_at: now,
        }
    };
    (1..).zip(&promise.lines).map(part).collect()
}

/// The days of an order as its schedule gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromisedDates {
    /// The day the customer is told that all of it is there.
    pub promised_on: Date,
    /// The day the last of it leaves.
    pub ship_on: Date,
}

impl PromisedDates {
    /// Of parts that are still to come; none where there is none.
    pub fn of(parts: &[OrderSchedule]) -> Option<Self> {
        let last = |day: fn(&OrderSchedule) -> Date| parts.iter().map(day).max();
        Some(Self { promised_on: last(|part| part.promised_on)?, ship_on: last(|part| part.ship_on)? })
    }
}

impl Order {
    /// Takes note that the promised days moved; `set` says whether they become the order's own, where nobody set others by hand. Nothing where the day the
    /// customer is told stays as it was, or where nothing is waited for any more.
    ///
    /// Source: PRM-01, PRM-04
    pub fn promise(&mut self, before: Option<PromisedDates>, after: Option<PromisedDates>, short: bool, set: bool) -> Option<Event> {
        let told = |dates: Option<PromisedDates>| dates.map(|dates| dates.promised_on);
        if told(before) == told(after) || (after.is_none() && !short) {
            return None;
        }
        let event = self
            .event(if before.is_some() { EventKind::OrderPromiseChanged } else { EventKind::OrderPromised })
            .with("before", told(before))
            .with("after", told(after));
        let mut changes = Vec::new();
        if let Some(after) = after.filter(|_| set) {
            // As it was asked for is what every order begins with.
            let usual = before.is_none() && self.promised_on == self.required_on;
            if usual || self.promised_on.is_none() || self.promised_on == told(before) {
                changes.extend(Change::between("promised_on", self.promised_on, after.promised_on));
                self.promised_on = Some(after.promised_on);
            }
            if self.planned_ship_on.is_none() || self.planned_ship_on == before.map(|dates| dates.ship_on) {
                changes.extend(Change::between("planned_ship_on", self.planned_ship_on, after.ship_on));
                self.planned_ship_on = Some(after.ship_on);
            }
        }
        Some(event.changing(changes))
    }
}
