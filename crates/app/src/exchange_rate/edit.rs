//! A changed exchange rate.

use domain::{Act, Actor, EventKind, ExchangeRate, ExchangeRateId, Version};
use store::{Outcome, UnitOfWork};

use super::{ExchangeRateInput, rate_event};
use crate::saved::{Saved, on_version};

/// Makes a rate what `input` says. Nothing happens where nothing differs; orders keep the rates they were made with.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field; `exchange_rate.same_day` where there is another one for
/// that day.
///
/// Source: PRC-07, SEC-02
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: ExchangeRateId, expected: Option<Version>, input: &ExchangeRateInput) -> Outcome<Saved> {
    by.may(Act::EditExchangeRate)?;
    let mut rate = work.get::<ExchangeRate>(id)?;
    on_version(expected, rate.version, "exchange_rate")?;
    let before = (*rate).clone();
    *rate = input.rate(work, id, before.version)?;
    let changes = rate.changes_from(&before);
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, before.currency.as_str()));
    }
    work.save(&mut rate);
    work.record(by, rate_event(EventKind::ExchangeRateEdited, &rate).changing(changes));
    Ok(Saved::new(id, rate.version, rate.currency.as_str()))
}
