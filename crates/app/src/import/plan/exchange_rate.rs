//! Exchange rates of an import.

use domain::{Currency, ExchangeRate, ExchangeRateId, Version};

use super::{Fate, Planning};
use crate::import::field::{Noun, exchange_rate as f};

const PLACES: &[(&str, usize)] = &[("/currency", f::CURRENCY), ("/rate", f::RATE), ("/valid_from", f::VALID_FROM)];

impl Planning<'_> {
    /// A rate is the same one when currency and first day are.
    pub(super) fn exchange_rates(&mut self) {
        let batch = self.batch;
        for record in batch.of(Noun::ExchangeRates) {
            let errors = self.problems.len();
            let currency = match record.text(f::CURRENCY).map(Currency::parse) {
                Some(Err(error)) => {
                    self.wrong(record, f::CURRENCY, error);
                    None
                }
                found => found.and_then(Result::ok),
            };
            let (Some(currency), Some(rate_nano), false) = (currency, record.conversion(f::RATE), batch.is_flawed(record)) else {
                self.tally(Noun::ExchangeRates).errors += 1;
                continue;
            };
            let valid_from = record.date(f::VALID_FROM).unwrap_or(self.known.today);
            if !self.is_first(Noun::ExchangeRates, format!("{currency} {valid_from}"), record) {
                continue;
            }
            let before = self.known.exchange_rates.iter().find(|rate| rate.currency == currency && rate.valid_from == valid_from);
            let rate = ExchangeRate {
                id: before.map_or_else(|| ExchangeRateId::from_raw((self.id)()), |rate| rate.id),
                version: before.map_or(Version::FIRST, |rate| rate.version),
                currency,
                valid_from,
                period: ExchangeRate::period_of(currency, valid_from),
                rate_nano,
            };
            self.note(record, rate.check(self.known.company.currency), PLACES);
            let wrong = self.problems.len() > errors;
            let tally = self.tally(Noun::ExchangeRates);
            match before {
                _ if wrong => tally.errors += 1,
                None => {
                    tally.new += 1;
                    self.plan.exchange_rates.push(Fate::New(rate));
                }
                Some(before) if *before == rate => tally.same += 1,
                Some(before) => {
                    tally.changed += 1;
                    let changes = rate.changes_from(before);
                    self.plan.exchange_rates.push(Fate::Changed(rate, changes));
                }
            }
        }
    }
}
