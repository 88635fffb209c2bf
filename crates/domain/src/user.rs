//! People who use the product, their roles, sessions and tokens.

use crate::codes::Codes;
use crate::date::Date;
use crate::id::{SessionId, TokenId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;

/// A person who may sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Key.
    pub id: UserId,
    /// Raised by every change.
    pub version: Version,
    /// Typed at sign-in, unique in the company.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// Language of screens and messages.
    pub language: Language,
    /// Codes of roles.
    pub roles: Codes,
    /// Whether sign-in is allowed.
    pub active: bool,
    /// When the user was made.
    pub created_at: Instant,
}

/// A named set of permissions.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Key.
    pub code: String,
    /// Raised by every change.
    pub version: Version,
    /// Name in Simplified Chinese.
    pub name_zh_cn: String,
    /// Name in Traditional Chinese.
    pub name_zh_tw: String,
    /// Name in English.
    pub name_en: String,
    /// Codes of [`crate::Act`].
    pub permissions: Codes,
    /// Came with the product: permissions may change, the role cannot go.
    pub built_in: bool,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// Hex SHA-256 of the cookie; unique.
    pub token_hash: String,
    /// Whose.
    pub user_id: UserId,
    /// Must come back in a header with every change.
    pub csrf: String,
    /// Signed in at.
    pub created_at: Instant,
    /// Worth nothing from then on.
    pub expires_at: Instant,
    /// Last sign of life, to the minute or so.
    pub seen_at: Instant,
    /// Network address at sign-in.
    pub address: String,
    /// What the browser called itself.
    pub agent: String,
    /// Ended before its time.
    pub revoked: bool,
    /// Raised by every change.
    pub version: Version,
}

/// A secret with which a program acts for a user.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiToken {
    /// Key.
    pub id: TokenId,
    /// Raised by every change.
    pub version: Version,
    /// Hex SHA-256 of the secret.
    pub token_hash: String,
    /// For whom it acts.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    /// Permissions it may use, of those the user has; empty means none.
    pub scopes: Codes,
    /// When it was made.
    pub created_at: Instant,
    /// Last day it works.
    pub expires_on: Option<Date>,
    /// Last time it was used, to the minute or so.
    pub last_used_at: Option<Instant>,
    /// Ended before its time.
    pub revoked: bool,
}
