//! People who use the product, their roles, sessions and tokens.

use crate::codes::Codes;
use crate::date::Date;
use crate::event::{Change, changes};
use crate::id::{SessionId, TokenId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::permission::{Act, permissions_of};
use crate::refusal::{FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

rejections! {
    /// Why somebody is not let in.
    SessionRejection {
        /// Company, user or password: it does not say which.
        WrongCredentials => Unauthenticated "session.wrong_credentials",
        NotSignedIn => Unauthenticated "session.not_signed_in",
        Ended => Unauthenticated "session.ended",
        /// The token in the header is not the session's.
        WrongCsrf => Denied "session.wrong_csrf",
        Throttled { seconds: i64 } => TooMany "session.throttled",
    }
}

rejections! {
    /// Why a user, role or token refuses.
    UserRejection {
        AlreadyActive => Conflict "user.already_active",
        AlreadyInactive => Conflict "user.already_inactive",
        /// Nobody shuts oneself out.
        Oneself => Conflict "user.oneself",
        /// Somebody must be able to manage users.
        LastAdmin => Conflict "user.last_admin",
        WrongPassword => Invalid "user.wrong_password",
        PasswordTooShort { min: i64 } => Invalid "user.password_too_short",
        PasswordLikeName => Invalid "user.password_like_name",
        TokenRevoked => Conflict "token.already_revoked",
        /// A token may do no more than its user.
        ScopeNotHeld { scope: String } => Invalid "token.scope_not_held",
        SessionRevoked => Conflict "session.already_revoked",
    }
}

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 10;

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
    /// Where notifications go; may be empty.
    pub email: String,
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

impl User {
    /// What is wrong with it, each at its field; `roles` are the codes of the company's roles.
    pub fn check(&self, roles: &Codes) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.username, "/username");
        check.required(&self.name, 100, "/name");
        check.email(&self.email, "/email");
        check.that(!self.roles.is_empty(), "/roles", FieldRule::Required);
        for (place, role) in self.roles.iter().enumerate() {
            let rule = FieldRule::Unknown { value: role.to_owned() };
            check.that(roles.contains(role), &format!("/roles/{place}"), rule);
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |user| user.name.clone(),
            "email": |user| user.email.clone(),
            "language": |user| user.language,
            "roles": |user| user.roles.clone(),
            "active": |user| user.active,
        )
    }
}

/// What is wrong with a new password: too short, or the user's name.
pub fn check_password(username: &str, password: &str, pointer: &str) -> Vec<FieldError> {
    if password.chars().count() < PASSWORD_MIN {
        let min = i64::try_from(PASSWORD_MIN).unwrap_or(i64::MAX);
        return vec![FieldError::new(pointer, UserRejection::PasswordTooShort { min })];
    }
    let like_name = password.to_lowercase().contains(&username.to_lowercase()) && username.len() > 3;
    if like_name { vec![FieldError::new(pointer, UserRejection::PasswordLikeName)] } else { Vec::new() }
}

/// Nothing where among `users`, all who may sign in after a change, somebody may still edit users under `roles`; and `by` too, if they are
/// one of them and `had` that right before.
///
/// # Errors
/// `user.last_admin`, `user.oneself`.
///
/// Source: SEC-01
pub fn still_administered(by: UserId, had: bool, users: &[User], roles: &[Role]) -> Result<(), UserRejection> {
    let may = |user: &User| {
        let theirs = roles.iter().filter(|role| user.roles.contains(&role.code));
        permissions_of(theirs).contains(Act::EditUser.as_str())
    };
    if !users.iter().any(may) {
        return Err(UserRejection::LastAdmin);
    }
    match users.iter().find(|user| user.id == by) {
        Some(user) if had && !may(user) => Err(UserRejection::Oneself),
        _ => Ok(()),
    }
}

impl Role {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::ZhCn => &self.name_zh_cn,
            Language::ZhTw => &self.name_zh_tw,
            Language::En => &self.name_en,
        }
    }

    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        check.required(&self.name_zh_cn, 100, "/name/zh-CN");
        check.required(&self.name_zh_tw, 100, "/name/zh-TW");
        check.required(&self.name_en, 100, "/name/en");
        for (place, permission) in self.permissions.iter().enumerate() {
            let rule = FieldRule::Unknown { value: permission.to_owned() };
            check.that(Act::parse(permission).is_some(), &format!("/permissions/{place}"), rule);
        }
        check.errors
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |role| role.name_zh_cn.clone(),
            "name_zh_tw": |role| role.name_zh_tw.clone(),
            "name_en": |role| role.name_en.clone(),
            "permissions": |role| role.permissions.clone(),
        )
    }
}

impl ApiToken {
    /// What is wrong with it, each at its field; a token may do no more than its user.
    pub fn check(&self, held: &Codes, today: Date) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.name, 100, "/name");
        check.that(!self.scopes.is_empty(), "/scopes", FieldRule::Required);
        for (place, scope) in self.scopes.iter().enumerate() {
            if !held.contains(scope) {
                let rule = UserRejection::ScopeNotHeld { scope: scope.to_owned() };
                check.errors.push(FieldError::new(format!("/scopes/{place}"), rule));
            }
        }
        let alive = self.expires_on.is_none_or(|last| last >= today);
        check.that(alive, "/expires_on", FieldRule::Before { date: today });
        check.errors
    }

    /// Whether it works on a day.
    pub fn is_valid_on(&self, today: Date) -> bool {
        !self.revoked && self.expires_on.is_none_or(|last| today <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_keeps_the_right_to_edit_users() {
        let user = |id: i64, roles: &str| User {
            id: UserId::from_raw(id),
            version: Version::FIRST,
            username: format!("u{id}"),
            name: String::new(),
            email: String::new(),
            password_hash: String::new(),
            language: Language::En,
            roles: Codes::parse(roles),
            active: true,
            created_at: Instant::from_micros(0),
        };
        let roles = crate::permission::default_roles();
        let by = UserId::from_raw(1);
        assert_eq!(still_administered(by, true, &[user(1, "admin")], &roles), Ok(()));
        assert_eq!(still_administered(by, true, &[user(1, "finance")], &roles), Err(UserRejection::LastAdmin));
        let both = [user(1, "finance"), user(2, "admin")];
        assert_eq!(still_administered(by, true, &both, &roles), Err(UserRejection::Oneself));
        assert_eq!(still_administered(by, false, &both, &roles), Ok(()));
    }

    #[test]
    fn passwords() {
        let check = |password: &str, code: Option<&str>| {
            let errors = check_password("zhang", password, "/password");
            assert_eq!(errors.first().map(|error| error.code), code, "{password}");
        };
        check("short", Some("user.password_too_short"));
        check("ZhangZhang1", Some("user.password_like_name"));
        check("一二三四五六七八九十", None);
        check("correct horse", None);
    }
}
