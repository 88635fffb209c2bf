//! Reading who is signed in.

use domain::{ApiToken, CompanyId, Instant, Role, Session, User, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};

/// A session with its user and the company's roles.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub user: User,
    /// Every role of the company.
    pub roles: Vec<Role>,
}

/// The session whose cookie has this hash.
///
/// # Errors
/// Any fault of the database.
pub fn by_token(reader: &Reader<'_>, company: CompanyId, token_hash: &str) -> Result<Option<SignedIn>, Fault> {
    let found = reader.all::<Session>(company, "AND token_hash = ?2", &[Param::from(token_hash)])?;
    let Some(session) = found.into_iter().next() else { return Ok(None) };
    let Some(user) = reader.get::<User>(company, session.user_id)? else { return Ok(None) };
    Ok(Some(SignedIn { session, user, roles: roles(reader, company)? }))
}

/// A token with its user and the company's roles.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The token.
    pub token: ApiToken,
    /// For whom it acts.
    pub user: User,
    /// Every role of the company.
    pub roles: Vec<Role>,
}

/// The API token whose secret has this hash.
///
/// # Errors
/// Any fault of the database.
pub fn by_secret(reader: &Reader<'_>, company: CompanyId, token_hash: &str) -> Result<Option<Bearer>, Fault> {
    let found = reader.all::<ApiToken>(company, "AND token_hash = ?2", &[Param::from(token_hash)])?;
    let Some(token) = found.into_iter().next() else { return Ok(None) };
    let Some(user) = reader.get::<User>(company, token.user_id)? else { return Ok(None) };
    Ok(Some(Bearer { token, user, roles: roles(reader, company)? }))
}

/// Every role of a company.
///
/// # Errors
/// Any fault of the database.
pub fn roles(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Role>, Fault> {
    reader.all::<Role>(company, "ORDER BY code", &[])
}

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "s.created_at"), Sort::int("last_seen_at", "s.seen_at")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "s.id")];

const COLUMNS: &str = "s.id, s.user_id, s.created_at, s.expires_at, s.seen_at, s.address, s.agent, s.version, u.name";

/// A page of the sessions of a user, or of all, that are still worth something, each with the name of whose it is; never their secrets.
///
/// # Errors
/// Any fault of the database.
pub fn alive(
    reader: &Reader<'_>,
    company: CompanyId,
    user: Option<UserId>,
    now: Instant,
    page: &Page,
) -> Result<Found<(Session, String)>, Fault> {
    let rest = "FROM sessions s JOIN users u ON u.company_id = s.company_id AND u.id = s.user_id WHERE s.company_id = ?1 AND s.revoked = 0";
    let mut select = Select::new(company, COLUMNS, rest, TIES);
    select.and("s.expires_at > ?", [Param::Int(now.micros())]);
    select.and_if("s.user_id = ?", user.map(UserId::raw));
    select.page(reader, page, |source| {
        let session = Session {
            id: read(source, 0)?,
            token_hash: String::new(),
            user_id: read(source, 1)?,
            csrf: String::new(),
            created_at: read(source, 2)?,
            expires_at: read(source, 3)?,
            seen_at: read(source, 4)?,
            address: read(source, 5)?,
            agent: read(source, 6)?,
            revoked: false,
            version: read(source, 7)?,
        };
        Ok((session, read(source, 8)?))
    })
}
