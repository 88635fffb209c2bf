//! Reading companies: the only statements that look across them, since a sign-in names its company by code.

use std::sync::LazyLock;

use domain::{Company, CompanyId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

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

/// The company that was founded first, whose people run the server.
///
/// # Errors
/// Any fault of the database.
pub fn first_id(reader: &Reader<'_>) -> Result<Option<CompanyId>, Fault> {
    let text = "SELECT id FROM companies ORDER BY company_id, id LIMIT 1";
    reader.one(text, &[], |source| read(source, 0))
}

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("code", "c.code"), Sort::text("name", "c.name"), Sort::int("created_at", "c.created_at")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "c.id")];

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Company>("c"));

/// A page of all companies of the server with these words in code or name.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, asking: CompanyId, words: Option<&str>, page: &Page) -> Result<Found<Company>, Fault> {
    let mut select = Select::new(asking, &COLUMNS, "FROM companies c WHERE CAST(?1 AS BIGINT) IS NOT NULL", TIES);
    if let Some(words) = words {
        select.search(&["lower(c.name)", "lower(c.code)"], words);
    }
    select.page(reader, page, |source| Company::read(source))
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
