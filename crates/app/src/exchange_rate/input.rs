//! What is said of an exchange rate, and the checks that need other rows.

use domain::{Company, Conversion, Currency, Date, ExchangeRate, ExchangeRateId, ExchangeRateRejection, Refusal, Version};
use store::rows::ExchangeRates;
use store::{Outcome, UnitOfWork};

/// A rate, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeRateInput {
    /// The foreign currency.
    pub currency: Currency,
    /// First day; `None`: today.
    pub valid_from: Option<Date>,
    /// Units of the company's currency for one of the foreign one.
    pub rate: Conversion,
}

impl ExchangeRateInput {
    /// The rate that was described, where nothing is wrong with it.
    pub(super) fn rate(&self, work: &mut UnitOfWork, id: ExchangeRateId, version: Version) -> Outcome<ExchangeRate> {
        let company = work.get::<Company>(work.company())?;
        let valid_from = self.valid_from.unwrap_or_else(|| company.date_of(work.now()));
        let period = ExchangeRate::period_of(self.currency, valid_from);
        let rate = ExchangeRate { id, version, currency: self.currency, valid_from, period, rate_nano: self.rate };
        Refusal::unless_valid(rate.check(company.currency))?;
        let others = work.of::<ExchangeRates>(rate.period.clone())?;
        if others.iter().any(|other| other.id != id && other.valid_from == valid_from) {
            return Err(ExchangeRateRejection::SameDay.into());
        }
        Ok(rate)
    }
}
