//! A new exchange rate.

use domain::{Act, Actor, EventKind, Version};
use store::{Outcome, UnitOfWork};

use super::{ExchangeRateInput, rate_event};
use crate::saved::Saved;

/// Adds what a currency is worth from a day on.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field; `exchange_rate.same_day` where there is one for that day.
///
/// Source: PRC-07
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &ExchangeRateInput) -> Outcome<Saved> {
    by.may(Act::EditExchangeRate)?;
    let id = work.id();
    let rate = input.rate(work, id, Version::FIRST)?;
    let rate = work.add(rate);
    work.record(by, rate_event(EventKind::ExchangeRateCreated, &rate));
    Ok(Saved::new(id, rate.version, rate.currency.as_str()))
}
