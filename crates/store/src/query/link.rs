//! Reading links for people outside.

use domain::notify::Delivery;
use domain::{CompanyId, LinkId, PublicLink};

use crate::fault::Fault;
use crate::read::{Param, Reader};

/// The link with this hash of a token.
///
/// # Errors
/// Any fault of the database.
pub fn by_token(reader: &Reader<'_>, company: CompanyId, hash: &str) -> Result<Option<PublicLink>, Fault> {
    Ok(reader.all::<PublicLink>(company, "AND token_hash = ?2", &[Param::from(hash)])?.into_iter().next())
}

/// One link.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: LinkId) -> Result<Option<PublicLink>, Fault> {
    reader.get::<PublicLink>(company, id)
}

/// One link, and the e-mail it went out with.
///
/// # Errors
/// Any fault of the database.
pub fn with_mail(reader: &Reader<'_>, company: CompanyId, id: LinkId) -> Result<Option<(PublicLink, Option<Delivery>)>, Fault> {
    let Some(link) = one(reader, company, id)? else { return Ok(None) };
    let dedup = format!("link:{id}:email");
    let mail = reader.all::<Delivery>(company, "AND dedup = ?2", &[Param::from(dedup.as_str())])?.into_iter().next();
    Ok(Some((link, mail)))
}
