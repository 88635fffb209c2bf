//! Promising over HTTP: what comes and goes of a product, and what could be promised. Nothing here changes anything.

pub(crate) mod json;
mod look;
mod propose;
mod timeline;

use domain::promise::{Make, Route};
use domain::{Product, WorkCalendar};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Web;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(timeline::timeline)).routes(routes!(look::look)).routes(routes!(propose::propose))
}

/// The way to a customer as long as no carrier is known: there on the day it is ready.
fn route(calendar: &WorkCalendar) -> Route<'_> {
    Route { ship: calendar, carrier: calendar, receive: calendar, handling_days: 0, transit_days: 0 }
}

/// A product can be made or bought within its lead time, where it has one; it is counted in days of the calendar.
fn make<'a>(product: &Product, calendar: &'a WorkCalendar) -> Option<Make<'a>> {
    (product.lead_days > 0).then_some(Make { calendar, lead_days: product.lead_days, start_on: None, capacity: None })
}
