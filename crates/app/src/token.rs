//! API tokens: secrets with which programs act for a user, within their scopes (SEC-01).

pub mod create;
pub mod revoke;

use domain::{ApiToken, Instant, TokenId};
use store::{Outcome, UnitOfWork};

/// Its use is written no more often.
const TOUCH_SECONDS: i64 = 60;

/// Whether the token still works: not revoked, and its last day (by UTC) not over.
pub fn works(token: &ApiToken, now: Instant) -> bool {
    now.date_in("UTC").is_some_and(|today| token.is_valid_on(today))
}

/// Whether its use is worth writing.
pub fn is_due(token: &ApiToken, now: Instant) -> bool {
    token.last_used_at.is_none_or(|last| last.seconds_until(now) >= TOUCH_SECONDS)
}

/// Writes that it was used.
///
/// # Errors
/// Refused where there is no such token.
pub fn touch(work: &mut UnitOfWork, id: TokenId) -> Outcome<()> {
    let mut token = work.get::<ApiToken>(id)?;
    let now = work.now();
    if is_due(&token, now) {
        token.last_used_at = Some(now);
        work.save(&mut token);
    }
    Ok(())
}
