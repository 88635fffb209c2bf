//! Quotations: written, approved, sent, won or lost, ordered, in versions (QUO-01).

mod input;

pub mod approve;
pub mod create;
pub mod edit;
pub mod lose;
pub mod order;
pub mod reject;
pub mod return_to_draft;
pub mod revise;
pub mod send;
pub mod submit;
pub mod win;
pub mod withdraw;

use std::ops::DerefMut;

use domain::{
    Actor, Company, Date, Event, Moment, Order, OrderId, OrderLine, PriceSource, Quotation, QuotationId, QuotationLine, QuotationStatus,
    Version,
};
use serde::{Deserialize, Serialize};
use store::rows::QuotationLines;
use store::{Held, Outcome, UnitOfWork};

pub use input::QuotationSent;

use crate::order::draft;
use crate::saved::on_version;

/// A quotation after a step, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotationState {
    /// Its id.
    pub id: QuotationId,
    /// Its number.
    pub number: String,
    /// Which version of the quotation it is.
    pub revision: i64,
    /// For the next change.
    pub version: i64,
    /// Its state.
    pub status: QuotationStatus,
    /// Last day on which it may be taken.
    pub valid_until: Date,
    /// The order that was made from it last.
    pub order_id: Option<OrderId>,
}

impl QuotationState {
    pub(crate) fn of(quotation: &Quotation) -> Self {
        QuotationState {
            id: quotation.id,
            number: quotation.number.clone(),
            revision: quotation.revision,
            version: quotation.version.raw(),
            status: quotation.status,
            valid_until: quotation.valid_until,
            order_id: quotation.order_id,
        }
    }
}

/// The quotation, at the version the caller saw.
fn load(work: &mut UnitOfWork, id: QuotationId, version: Option<Version>) -> Outcome<Held<Quotation>> {
    work.want::<Company>([work.company()]);
    let quotation = work.get::<Quotation>(id)?;
    on_version(version, quotation.version, "quotation")?;
    Ok(quotation)
}

/// Now, and the company's day.
fn moment(work: &mut UnitOfWork) -> Outcome<Moment> {
    let company = work.get::<Company>(work.company())?;
    Ok(Moment { now: work.now(), today: draft::today(work, &company) })
}

/// Writes what a step changed.
fn keep(work: &mut UnitOfWork, by: &Actor, mut quotation: Held<Quotation>, event: Event) -> QuotationState {
    work.save(&mut quotation);
    work.record(by, event);
    QuotationState::of(&quotation)
}

/// The lines of the quotation that an order was made from, as long as they hold its prices: it is the same customer, currency and way of tax, the
/// quotation was taken and is still valid.
///
/// # Errors
/// Leaves when the quotation is not loaded yet.
///
/// Source: QUO-01
pub(crate) fn quoted(work: &mut UnitOfWork, order: &Order) -> Outcome<Vec<Held<QuotationLine>>> {
    let Some(id) = order.quotation_id else { return Ok(Vec::new()) };
    work.want_of::<QuotationLines>([id]);
    let quotation = work.get::<Quotation>(id)?;
    let today = moment(work)?.today;
    let alike =
        (quotation.customer_id, quotation.currency, quotation.tax_inclusive) == (order.customer_id, order.currency, order.tax_inclusive);
    if !alike || !quotation.is_valid_on(today) {
        return Ok(Vec::new());
    }
    work.of::<QuotationLines>(id)
}

/// Before an order is submitted: prices that its quotation holds no more count as typed.
///
/// # Errors
/// Leaves when the quotation is not loaded yet.
pub(crate) fn lapse<L: DerefMut<Target = OrderLine>>(work: &mut UnitOfWork, order: &Order, lines: &mut [L], today: Date) -> Outcome<()> {
    let Some(id) = order.quotation_id else { return Ok(()) };
    if work.get::<Quotation>(id)?.is_valid_on(today) {
        return Ok(());
    }
    for line in lines.iter_mut().filter(|line| line.price_source == PriceSource::Quotation) {
        line.quotation_lapsed();
    }
    Ok(())
}
