//! Dated exchange rates (PRC-07).

mod input;

pub mod create;
pub mod delete;
pub mod edit;

use domain::{Company, Conversion, Currency, Date, Event, EventKind, ExchangeRate, Order, rate_on};
use store::rows::ExchangeRates;
use store::{Outcome, UnitOfWork};

pub use input::ExchangeRateInput;

/// Asks for what [`on`] looks at.
pub fn want(work: &mut UnitOfWork, currency: Currency, day: Date) {
    work.want_of::<ExchangeRates>(ExchangeRate::periods(currency, day));
}

/// What a currency is worth on a day; nothing where there is no rate.
///
/// # Errors
/// Leaves when the rates are not loaded yet.
pub fn on(work: &mut UnitOfWork, currency: Currency, day: Date) -> Outcome<Option<Conversion>> {
    want(work, currency, day);
    let mut rates = Vec::new();
    for period in ExchangeRate::periods(currency, day) {
        rates.extend(work.of::<ExchangeRates>(period)?);
    }
    Ok(rate_on(&rates, day))
}

/// Gives an order the rate of its date; an order in the company's own currency needs none.
///
/// # Errors
/// Leaves when the rates are not loaded yet.
///
/// Source: PRC-07
pub fn take(work: &mut UnitOfWork, order: &mut Order, company: &Company) -> Outcome<()> {
    let foreign = order.currency != company.currency;
    order.exchange_rate_nano = if foreign { on(work, order.currency, order.ordered_on)? } else { None };
    Ok(())
}

/// What happened to a rate, known by its currency.
fn rate_event(kind: EventKind, rate: &ExchangeRate) -> Event {
    Event::of(kind, "exchange_rate", rate.id.raw(), rate.currency.as_str())
        .with("valid_from", rate.valid_from)
        .with("rate", rate.rate_nano.decimal())
}
