//! Reading API tokens.

use domain::{ApiToken, CompanyId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, read};

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "t.created_at"), Sort::text("name", "t.name")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "t.id")];

const COLUMNS: &str = "t.id, t.version, t.user_id, t.name, t.scopes, t.created_at, t.expires_on, t.last_used_at, t.revoked, u.name";

/// A page of the tokens of a company, each with the name of whom it acts for; those with all of `words` in a name.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, words: Option<&str>, page: &Page) -> Result<Found<(ApiToken, String)>, Fault> {
    let rest = "FROM api_tokens t JOIN users u ON u.company_id = t.company_id AND u.id = t.user_id WHERE t.company_id = ?1";
    let mut select = Select::new(company, COLUMNS, rest, TIES);
    if let Some(words) = words {
        select.search(&["lower(t.name)", "lower(u.name)"], words);
    }
    select.page(reader, page, |source| {
        let token = ApiToken {
            id: read(source, 0)?,
            version: read(source, 1)?,
            token_hash: String::new(),
            user_id: read(source, 2)?,
            name: read(source, 3)?,
            scopes: read(source, 4)?,
            created_at: read(source, 5)?,
            expires_on: read(source, 6)?,
            last_used_at: read(source, 7)?,
            revoked: read(source, 8)?,
        };
        Ok((token, read(source, 9)?))
    })
}
