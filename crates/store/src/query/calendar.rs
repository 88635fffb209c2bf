//! Reading working calendars.

use domain::{Calendar, CompanyId};

use crate::fault::Fault;
use crate::read::Reader;

/// Every calendar of a company, by code; it has few.
///
/// # Errors
/// Any fault of the database.
pub fn all(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Calendar>, Fault> {
    reader.all(company, "ORDER BY code", &[])
}
