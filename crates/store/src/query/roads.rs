//! Whose days promises count.

use domain::CompanyId;
use domain::promise::{PromiseDays, Roads};

use crate::fault::Fault;
use crate::read::Reader;

/// What a company said of its days.
///
/// # Errors
/// Any fault of the database.
pub fn said(reader: &Reader<'_>, company: CompanyId) -> Result<Option<PromiseDays>, Fault> {
    reader.get::<PromiseDays>(company, 1)
}

/// The days of everybody; every day counts where nothing was said.
///
/// # Errors
/// Any fault of the database.
///
/// Source: PRM-01
pub fn roads(reader: &Reader<'_>, company: CompanyId) -> Result<Roads, Fault> {
    match said(reader, company)? {
        Some(days) => Ok(Roads::new(&days.said, super::calendar::all(reader, company)?)),
        None => Ok(Roads::default()),
    }
}
