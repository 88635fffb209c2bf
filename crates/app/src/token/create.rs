//! Making an API token.

use domain::{Act, Actor, ApiToken, Codes, Date, Event, EventKind, Refusal, TokenId, Version};
use serde::{Deserialize, Serialize};
use store::{Outcome, UnitOfWork};

/// A token to make; its secret was made before.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// Permissions it may use.
    pub scopes: Codes,
    /// Last day it works.
    pub expires_on: Option<Date>,
    /// Hex SHA-256 of the secret.
    pub token_hash: String,
}

/// The token that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MadeToken {
    /// Its id.
    pub id: String,
    /// The hash of its secret: tells the caller whether the secret in hand is the one that was kept.
    pub token_hash: String,
    /// When it was made, in microseconds.
    pub created_at: i64,
}

/// Makes a token that acts for the actor.
///
/// # Errors
/// Refused without `token.edit`, without name or scopes, and for scopes the actor does not have.
pub fn create(work: &mut UnitOfWork, by: &Actor, new: &NewToken) -> Outcome<MadeToken> {
    by.may(Act::EditToken)?;
    let now = work.now();
    let id = work.id::<TokenId>();
    let token = ApiToken {
        id,
        version: Version::FIRST,
        token_hash: new.token_hash.clone(),
        user_id: by.user_id,
        name: new.name.clone(),
        scopes: new.scopes.clone(),
        created_at: now,
        expires_on: new.expires_on,
        last_used_at: None,
        revoked: false,
    };
    let today = now.date_in("UTC").expect("UTC is known everywhere");
    Refusal::unless_valid(token.check(&by.permissions, today))?;
    work.add(token);
    let event = Event::of(EventKind::TokenCreated, "api_token", id.raw(), &new.name).with("scopes", new.scopes.clone());
    work.record(by, event.with("expires_on", new.expires_on));
    Ok(MadeToken { id: id.to_string(), token_hash: new.token_hash.clone(), created_at: now.micros() })
}
