//! The way from the day goods are ready to the day the customer has them, over the calendars of who packs, drives and receives.

use crate::calendar::WorkCalendar;
use crate::date::Date;

/// How goods get from a warehouse to a customer.
///
/// Source: PRM-01, PRM-02
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// Days on which the warehouse packs and ships.
    pub ship: &'a WorkCalendar,
    /// Days on which the carrier drives.
    pub carrier: &'a WorkCalendar,
    /// Days on which the customer receives.
    pub receive: &'a WorkCalendar,
    /// Days of the warehouse from readiness to shipping; 0: on the same day.
    pub handling_days: i64,
    /// Days of the carrier from shipping to arrival; 0: on the same day.
    pub transit_days: i64,
}

/// Three days that are kept apart (PRM-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Completion: the goods are there and may be packed.
    pub ready_on: Date,
    /// They leave.
    pub ship_on: Date,
    /// The customer has them.
    pub arrive_on: Date,
}

impl Route<'_> {
    /// When goods that are ready on a day leave and arrive; `None` where a calendar has no day for it in ten years.
    pub fn forward(&self, ready_on: Date) -> Option<Dates> {
        let packed = self.ship.plus_open(ready_on, self.handling_days)?;
        let ship_on = self.ship.first_open(packed)?;
        let arrive_on = self.receive.first_open(self.carrier.plus_open(ship_on, self.transit_days)?)?;
        Some(Dates { ready_on, ship_on, arrive_on })
    }

    /// The latest day goods can be ready to arrive by a day, and when they leave and arrive then.
    pub fn backward(&self, arrive_by: Date) -> Option<Dates> {
        let arrive_on = self.receive.last_open(arrive_by)?;
        let ship_on = self.ship.last_open(self.carrier.minus_open(arrive_on, self.transit_days)?)?;
        self.forward(self.ship.minus_open(ship_on, self.handling_days)?)
    }

    /// Whether the same way without closed days would get there by a day.
    pub(super) fn would_reach(&self, ready_on: Date, arrive_by: Date) -> bool {
        ready_on.plus_days(self.handling_days + self.transit_days) <= arrive_by
    }
}
