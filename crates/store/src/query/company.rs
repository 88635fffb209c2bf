//! Reading companies: the only statements that look across them, since a sign-in names its company by code.

use domain::{Company, CompanyId};

use crate::fault::Fault;
use crate::read::{Param, Reader, read};

/// A company as the sign-in page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Whose books.
    pub id: CompanyId,
    /// Typed at sign-in.
    pub code: String,
    /// For people.
    pub name: String,
}

/// The first `limit` companies by code.
///
/// # Errors
/// Any fault of the database.
pub fn first(reader: &Reader<'_>, limit: i64) -> Result<Vec<Named>, Fault> {
    let text = "SELECT id, code, name FROM companies ORDER BY code, id LIMIT ?1";
    reader.rows(text, &[Param::Int(limit)], |source| Ok(Named { id: read(source, 0)?, code: read(source, 1)?, name: read(source, 2)? }))
}

/// The company with this code.
///
/// # Errors
/// Any fault of the database.
pub fn by_code(reader: &Reader<'_>, code: &str) -> Result<Option<Named>, Fault> {
    let text = "SELECT id, code, name FROM companies WHERE code = ?1 ORDER BY id LIMIT 1";
    reader.one(text, &[Param::from(code)], |source| Ok(Named { id: read(source, 0)?, code: read(source, 1)?, name: read(source, 2)? }))
}

/// The greatest id of a company, 0 where there is none.
///
/// # Errors
/// Any fault of the database.
pub fn greatest_id(reader: &Reader<'_>) -> Result<i64, Fault> {
    reader.int("SELECT max(id) FROM companies", &[])
}

/// A company.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, id: CompanyId) -> Result<Option<Company>, Fault> {
    reader.get::<Company>(id, id)
}
