//! An exchange rate taken back.

use domain::{Act, Actor, Change, EventKind, ExchangeRate, ExchangeRateId, Version};
use store::{Outcome, UnitOfWork};

use super::rate_event;
use crate::saved::{Saved, on_version};

/// Takes a rate back; orders keep the rates they were made with.
///
/// # Errors
/// `denied`, `not-found`, `stale`.
///
/// Source: PRC-07, SEC-02
pub fn delete(work: &mut UnitOfWork, by: &Actor, id: ExchangeRateId, expected: Option<Version>) -> Outcome<Saved> {
    by.may(Act::EditExchangeRate)?;
    let rate = work.get::<ExchangeRate>(id)?;
    on_version(expected, rate.version, "exchange_rate")?;
    work.remove(&rate);
    let change = Change::between("rate", Some(rate.rate_nano.decimal()), None::<String>);
    work.record(by, rate_event(EventKind::ExchangeRateDeleted, &rate).changing(change));
    Ok(Saved::new(id, rate.version, rate.currency.as_str()))
}
