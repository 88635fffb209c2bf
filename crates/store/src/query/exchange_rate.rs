//! Reading exchange rates.

use std::sync::LazyLock;

use domain::{CompanyId, Currency, Date, ExchangeRate, ExchangeRateId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("valid_from", "x.valid_from"), Sort::text("currency", "x.currency")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::text("currency", "x.currency"), Sort::text("valid_from", "x.valid_from"), Sort::int("id", "x.id")];

/// Which rates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Of this currency.
    pub currency: Option<Currency>,
    /// That begin on this day or later.
    pub from: Option<Date>,
    /// That begin on this day or earlier.
    pub to: Option<Date>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<ExchangeRate>("x"));

/// A page of the rates.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<ExchangeRate>, Fault> {
    let mut select = Select::new(company, &COLUMNS, "FROM exchange_rates x WHERE x.company_id = ?1", TIES);
    select.and_if("x.currency = ?", filter.currency.map(|currency| currency.as_str().to_owned()));
    select.and_if("x.valid_from >= ?", filter.from.map(|day| day.as_str().to_owned()));
    select.and_if("x.valid_from <= ?", filter.to.map(|day| day.as_str().to_owned()));
    select.page(reader, page, |source| ExchangeRate::read(source))
}

/// One rate.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: ExchangeRateId) -> Result<Option<ExchangeRate>, Fault> {
    reader.get::<ExchangeRate>(company, id)
}
