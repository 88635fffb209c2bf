//! Reading users.

use std::collections::HashMap;

use domain::{CompanyId, Instant, User, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("username", "u.username"), Sort::text("name", "u.name"), Sort::int("created_at", "u.created_at")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "u.id")];

/// Which users.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in the name or username.
    pub q: Option<String>,
    /// With this role.
    pub role: Option<String>,
    /// May sign in or not.
    pub active: Option<bool>,
}

/// A user and when somebody last saw them.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The user.
    pub user: User,
    /// The last sign of life of any session.
    pub last_seen_at: Option<Instant>,
}

const COLUMNS: &str = "u.id, u.version, u.username, u.name, u.language, u.roles, u.active, u.created_at, u.email, \
    (SELECT max(s.seen_at) FROM sessions s WHERE s.company_id = u.company_id AND s.user_id = u.id)";

/// A page of users.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Seen>, Fault> {
    let mut select = Select::new(company, COLUMNS, "FROM users u WHERE u.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(u.name)", "lower(u.username)"], words);
    }
    select.and_if("(',' || u.roles || ',') LIKE ('%,' || ? || ',%')", filter.role.clone());
    select.and_if("u.active = ?", filter.active.map(i64::from));
    select.page(reader, page, |source| {
        let user = User {
            id: read(source, 0)?,
            version: read(source, 1)?,
            username: read(source, 2)?,
            name: read(source, 3)?,
            email: read(source, 8)?,
            password_hash: String::new(),
            language: read(source, 4)?,
            roles: read(source, 5)?,
            active: read(source, 6)?,
            created_at: read(source, 7)?,
        };
        Ok(Seen { user, last_seen_at: read(source, 9)? })
    })
}

/// One user, by id.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: UserId) -> Result<Option<Seen>, Fault> {
    let Some(user) = reader.get::<User>(company, id)? else { return Ok(None) };
    let seen = "SELECT max(seen_at) FROM sessions WHERE company_id = ?1 AND user_id = ?2";
    let seen = reader.one(seen, &[Param::Int(company.raw()), Param::Int(id.raw())], |source| read::<Option<Instant>>(source, 0))?;
    Ok(Some(Seen { user, last_seen_at: seen.flatten() }))
}

/// One user with the hash of the password.
///
/// # Errors
/// Any fault of the database.
pub fn with_password(reader: &Reader<'_>, company: CompanyId, id: UserId) -> Result<Option<User>, Fault> {
    reader.get::<User>(company, id)
}

/// The user with this username.
///
/// # Errors
/// Any fault of the database.
pub fn by_username(reader: &Reader<'_>, company: CompanyId, username: &str) -> Result<Option<User>, Fault> {
    Ok(reader.all::<User>(company, "AND username = ?2", &[Param::from(username)])?.into_iter().next())
}

/// The names of all users: a company has few of them.
///
/// # Errors
/// Any fault of the database.
pub fn names(reader: &Reader<'_>, company: CompanyId) -> Result<HashMap<UserId, String>, Fault> {
    let text = "SELECT id, name FROM users WHERE company_id = ?1";
    let rows = reader.rows(text, &[Param::Int(company.raw())], |source| Ok((read(source, 0)?, read(source, 1)?)))?;
    Ok(rows.into_iter().collect())
}
