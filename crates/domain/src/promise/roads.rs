//! Whose days a promise counts: those of the company that makes and packs, of the carrier that drives, of the customer that receives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::make::Make;
use super::route::Route;
use crate::calendar::{Calendar, WorkCalendar};
use crate::date::Date;
use crate::id::{CustomerId, Version, WarehouseId};
use crate::kept::Kept;
use crate::product::Product;
use crate::refusal::FieldError;
use crate::rule::FieldRule;

/// Days in the warehouse or on the way at the most.
pub const MOST_WAY_DAYS: i64 = 365;

/// Warehouses or customers with days of their own at the most.
pub const MOST_ROADS: usize = 5_000;

/// What a company says of its days, one row.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseDays {
    /// Key: always 1.
    pub number: i64,
    /// Raised by every change.
    pub version: Version,
    /// What is said.
    pub said: Kept<SaidDays>,
}

/// The days as they are said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaidDays {
    /// Calendar of the company: days on which it makes, packs and ships; empty: every day.
    pub calendar: String,
    /// Calendar of the carriers: days on which they drive; empty: every day.
    pub carrier_calendar: String,
    /// By warehouse.
    pub warehouses: Vec<WarehouseDays>,
    /// By customer.
    pub customers: Vec<CustomerDays>,
}

/// How long goods take out of a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarehouseDays {
    /// Which.
    pub warehouse_id: WarehouseId,
    /// Days of the company from readiness to shipping; 0: on the same day.
    pub handling_days: i64,
    /// Days of the carrier from shipping to arrival; 0: on the same day.
    pub transit_days: i64,
}

/// When a customer receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDays {
    /// Whose.
    pub customer_id: CustomerId,
    /// Days on which it receives; empty: every day.
    pub calendar: String,
    /// Days on the way to it, whatever the warehouse; none: those of the warehouse.
    pub transit_days: Option<i64>,
}

impl SaidDays {
    /// What is wrong with it that can be said without looking anything up.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut days = |pointer: String, days: i64| {
            if !(0..=MOST_WAY_DAYS).contains(&days) {
                errors.push(FieldError::new(pointer, FieldRule::OutOfRange { min: 0, max: MOST_WAY_DAYS }));
            }
        };
        for (place, one) in self.warehouses.iter().enumerate() {
            days(format!("/warehouses/{place}/handling_days"), one.handling_days);
            days(format!("/warehouses/{place}/transit_days"), one.transit_days);
        }
        for (place, one) in self.customers.iter().enumerate() {
            days(format!("/customers/{place}/transit_days"), one.transit_days.unwrap_or_default());
        }
        for (place, one) in self.warehouses.iter().enumerate() {
            if self.warehouses.iter().take(place).any(|before| before.warehouse_id == one.warehouse_id) {
                errors.push(FieldError::new(format!("/warehouses/{place}/warehouse_id"), FieldRule::Repeated));
            }
        }
        for (place, one) in self.customers.iter().enumerate() {
            if self.customers.iter().take(place).any(|before| before.customer_id == one.customer_id) {
                errors.push(FieldError::new(format!("/customers/{place}/customer_id"), FieldRule::Repeated));
            }
        }
        for (pointer, list) in [("/warehouses", self.warehouses.len()), ("/customers", self.customers.len())] {
            if list > MOST_ROADS {
                errors.push(FieldError::new(pointer, FieldRule::TooMany { max: 5_000 }));
            }
        }
        errors
    }

    /// The calendars that are named, each with where.
    pub fn calendars(&self) -> Vec<(String, &str)> {
        let own = [("/calendar".to_owned(), self.calendar.as_str()), ("/carrier_calendar".to_owned(), self.carrier_calendar.as_str())];
        let of_customers =
            self.customers.iter().enumerate().map(|(place, one)| (format!("/customers/{place}/calendar"), one.calendar.as_str()));
        own.into_iter().chain(of_customers).filter(|(_, code)| !code.is_empty()).collect()
    }
}

/// The days of everybody, ready to be reckoned with.
///
/// Source: PRM-01
#[derive(Clone, Debug, PartialEq)]
pub struct Roads {
    always: WorkCalendar,
    calendars: BTreeMap<String, WorkCalendar>,
    own: String,
    carrier: String,
    warehouses: BTreeMap<WarehouseId, WarehouseDays>,
    customers: BTreeMap<CustomerId, CustomerDays>,
}

impl Default for Roads {
    /// Every day counts, and goods are there on the day they are ready.
    fn default() -> Self {
        Self::new(&SaidDays::default(), Vec::new())
    }
}

impl Roads {
    /// Of what was said, with the company's calendars.
    pub fn new(said: &SaidDays, calendars: Vec<Calendar>) -> Self {
        Self {
            always: WorkCalendar::always(),
            calendars: calendars.into_iter().map(|calendar| (calendar.code.clone(), calendar.hours())).collect(),
            own: said.calendar.clone(),
            carrier: said.carrier_calendar.clone(),
            warehouses: said.warehouses.iter().map(|one| (one.warehouse_id, one.clone())).collect(),
            customers: said.customers.iter().map(|one| (one.customer_id, one.clone())).collect(),
        }
    }

    /// The calendar with this code; every day for none.
    fn calendar(&self, code: &str) -> &WorkCalendar {
        self.calendars.get(code).unwrap_or(&self.always)
    }

    /// The way from a warehouse to a customer, where it is known to whom.
    pub fn route(&self, warehouse: WarehouseId, customer: Option<CustomerId>) -> Route<'_> {
        let from = self.warehouses.get(&warehouse);
        let to = customer.and_then(|id| self.customers.get(&id));
        Route {
            ship: self.calendar(&self.own),
            carrier: self.calendar(&self.carrier),
            receive: to.map_or(&self.always, |to| self.calendar(&to.calendar)),
            handling_days: from.map_or(0, |from| from.handling_days),
            transit_days: to.and_then(|to| to.transit_days).or(from.map(|from| from.transit_days)).unwrap_or(0),
        }
    }

    /// A product can be made or bought within its lead time, where it has one, in working days of the company.
    pub fn make(&self, product: &Product) -> Option<Make<'_>> {
        let make = || Make { calendar: self.calendar(&self.own), lead_days: product.lead_days, start_on: None, capacity: None };
        (product.lead_days > 0).then(make)
    }

    /// The working day of the company so many days after a day; as days come where its calendar has none in ten years.
    pub fn after(&self, day: Date, days: i64) -> Date {
        self.calendar(&self.own).plus_open(day, days).unwrap_or_else(|| day.plus_days(days))
    }
}
