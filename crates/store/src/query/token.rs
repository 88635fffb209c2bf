//! Reading API tokens.

use domain::{ApiToken, CompanyId};

use crate::fault::Fault;
use crate::read::Reader;

/// Every token of a company with the name of whom it acts for, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn all(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<(ApiToken, String)>, Fault> {
    let tokens = reader.all::<ApiToken>(company, "ORDER BY id DESC LIMIT 1000", &[])?;
    let names = super::user::names(reader, company)?;
    let named = tokens.into_iter().map(|token| {
        let name = names.get(&token.user_id).cloned().unwrap_or_default();
        (token, name)
    });
    Ok(named.collect())
}
