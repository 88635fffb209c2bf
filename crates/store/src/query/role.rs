//! Reading roles.

use domain::{CompanyId, Role};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, read};

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("code", "code")];

/// The code is unique.
pub const TIES: &[Sort] = &[Sort::text("code", "code")];

/// A page of roles, those with all of `words` in code or name.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, words: Option<&str>, page: &Page) -> Result<Found<Role>, Fault> {
    let columns = "code, version, name_zh_cn, name_zh_tw, name_en, permissions, built_in";
    let mut select = Select::new(company, columns, "FROM roles WHERE company_id = ?1", TIES);
    if let Some(words) = words {
        select.search(&["code", "name_zh_cn", "name_zh_tw", "lower(name_en)"], words);
    }
    select.page(reader, page, |source| {
        Ok(Role {
            code: read(source, 0)?,
            version: read(source, 1)?,
            name_zh_cn: read(source, 2)?,
            name_zh_tw: read(source, 3)?,
            name_en: read(source, 4)?,
            permissions: read(source, 5)?,
            built_in: read(source, 6)?,
        })
    })
}

/// One role.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, code: &str) -> Result<Option<Role>, Fault> {
    reader.get::<Role>(company, code.to_owned())
}
