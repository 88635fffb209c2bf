//! Ending an API token.

use domain::{Act, Actor, ApiToken, Event, EventKind, TokenId};
use store::{Outcome, UnitOfWork};

/// Ends a token for good.
///
/// # Errors
/// Refused without `token.edit`, and where there is no such token.
pub fn revoke(work: &mut UnitOfWork, by: &Actor, id: TokenId) -> Outcome<()> {
    by.may(Act::EditToken)?;
    let mut token = work.get::<ApiToken>(id)?;
    if !token.revoked {
        token.revoked = true;
        work.save(&mut token);
        work.record(by, Event::of(EventKind::TokenRevoked, "api_token", id.raw(), &token.name));
    }
    Ok(())
}
