//! Reading who is signed in.

use domain::{ApiToken, CompanyId, Role, Session, User, UserId};

use crate::fault::Fault;
use crate::read::{Param, Reader};

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

/// The sessions of a user, or of all, that may still be worth something, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn alive(reader: &Reader<'_>, company: CompanyId, user: Option<UserId>, now: domain::Instant) -> Result<Vec<(Session, String)>, Fault> {
    let mut params = vec![Param::Int(now.micros())];
    let mut and = String::from("AND expires_at > ?2 AND revoked = 0");
    if let Some(user) = user {
        params.push(Param::Int(user.raw()));
        and.push_str(" AND user_id = ?3");
    }
    let sessions = reader.all::<Session>(company, &format!("{and} ORDER BY id DESC LIMIT 500"), &params)?;
    let names = super::user::names(reader, company)?;
    let named = sessions.into_iter().map(|session| {
        let name = names.get(&session.user_id).cloned().unwrap_or_default();
        (session, name)
    });
    Ok(named.collect())
}
