//! What every step answers with.

use domain::{Currency, Date, Finance, Fulfilment, Money, Order, OrderId, OrderStatus, Service, Supply, TrackFacts};
use serde::{Deserialize, Serialize};

/// The head of an order after a step; small, because it is kept for repeated requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderState {
    /// Key.
    pub id: OrderId,
    /// Document number; empty before the first submission.
    pub number: String,
    /// Version, for `If-Match`.
    pub version: i64,
    /// Commercial track.
    pub status: OrderStatus,
    /// Whether it rests.
    pub held: bool,
    /// Supply track.
    pub supply: Supply,
    /// Fulfilment track.
    pub fulfilment: Fulfilment,
    /// Finance track.
    pub finance: Finance,
    /// Service track.
    pub service: Service,
    /// When the goods are promised.
    pub promised_on: Option<Date>,
    /// When the goods are required.
    pub required_on: Option<Date>,
    /// When the earliest open invoice falls due.
    pub overdue_on: Option<Date>,
    /// When the customer is to be asked.
    pub follow_up_due_on: Option<Date>,
    /// Of the amounts.
    pub currency: String,
    /// What the customer pays, minor units.
    pub payable_minor: i64,
    /// What was paid, minor units.
    pub paid_minor: i64,
    /// What was billed, minor units.
    pub billed_minor: i64,
    /// What the step made: a delivery note, an invoice, a payment, a copy.
    pub made: Option<Made>,
}

/// A paper that a step made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// Noun: `shipment`, `invoice`, `payment`, `order`.
    pub kind: String,
    /// Its id, as 13 characters.
    pub id: String,
    /// Its number.
    pub number: String,
}

impl OrderState {
    /// Of an order.
    pub fn of(order: &Order) -> Self {
        OrderState {
            id: order.id,
            number: order.number.clone(),
            version: order.version.raw(),
            status: order.status,
            held: order.held,
            supply: order.supply,
            fulfilment: order.fulfilment,
            finance: order.finance,
            service: order.service,
            promised_on: order.promised_on,
            required_on: order.required_on,
            overdue_on: order.overdue_on,
            follow_up_due_on: order.follow_up_due_on,
            currency: order.currency.as_str().to_owned(),
            payable_minor: order.payable_minor.minor(),
            paid_minor: order.paid_minor.minor(),
            billed_minor: order.billed_minor.minor(),
            made: None,
        }
    }

    /// With the paper that the step made.
    #[must_use]
    pub fn with(mut self, kind: &str, id: impl std::fmt::Display, number: &str) -> Self {
        self.made = Some(Made { kind: kind.to_owned(), id: id.to_string(), number: number.to_owned() });
        self
    }

    /// What its tracks are shown by.
    pub fn track_facts(&self) -> TrackFacts {
        TrackFacts {
            status: self.status,
            held: self.held,
            supply: self.supply,
            fulfilment: self.fulfilment,
            finance: self.finance,
            service: self.service,
            promised_on: self.promised_on,
            required_on: self.required_on,
            overdue_on: self.overdue_on,
            follow_up_due_on: self.follow_up_due_on,
            paid: Money::from_minor(self.paid_minor),
        }
    }

    /// The currency of the amounts.
    pub fn currency(&self) -> Currency {
        Currency::parse(&self.currency).unwrap_or(Currency::CNY)
    }
}
