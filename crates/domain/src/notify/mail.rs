//! Through which server e-mail goes out.

use crate::codes::codes;
use crate::event::{Change, changes};
use crate::id::Version;
use crate::notify::NotifyRejection;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// How the connection to the server is protected.
    MailSecurity in "mail.security" {
        /// Not at all: for a server on the same machine.
        None = "none",
        /// Begun in the open, then encrypted; refused where the server does not offer it.
        Starttls = "starttls",
        /// Encrypted from the first byte.
        Tls = "tls",
    }
}

/// A company's server for e-mail.
#[derive(Clone, Debug, PartialEq)]
pub struct MailSettings {
    /// Key: a company has one.
    pub id: i64,
    /// Raised by every change.
    pub version: Version,
    /// Whether e-mail is sent at all.
    pub active: bool,
    /// Name of the server.
    pub host: String,
    /// Its port.
    pub port: i64,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Who signs in there; empty: nobody does.
    pub username: String,
    /// With which secret; in no answer.
    pub secret: String,
    /// From this address.
    pub from_address: String,
    /// Under this name.
    pub from_name: String,
    /// Where people reach the product, for links: `https://orders.example.com`; may be empty.
    pub site_url: String,
}

/// The key of a company's mail settings.
pub const MAIL: i64 = 1;

impl MailSettings {
    /// What holds where nothing was said: nothing is sent.
    pub fn unset() -> Self {
        Self {
            id: MAIL,
            version: Version::from_raw(0),
            active: false,
            host: String::new(),
            port: 465,
            security: MailSecurity::Tls,
            username: String::new(),
            secret: String::new(),
            from_address: String::new(),
            from_name: String::new(),
            site_url: String::new(),
        }
    }

    /// What is wrong with it, each at its field; what is switched off may be half done.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        if self.active {
            check.that(!self.host.is_empty(), "/host", FieldRule::Required);
            check.that(!self.from_address.is_empty(), "/from_address", FieldRule::Required);
        }
        check.optional(&self.host, 200, "/host");
        let host = self.host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte));
        check.that(host, "/host", FieldRule::Malformed);
        check.that((1..=65_535).contains(&self.port), "/port", FieldRule::OutOfRange { min: 1, max: 65_535 });
        check.optional(&self.username, 200, "/username");
        check.optional(&self.secret, 500, "/secret");
        check.email(&self.from_address, "/from_address");
        check.optional(&self.from_name, 100, "/from_name");
        check.optional(&self.site_url, 200, "/site_url");
        let site = self.site_url.is_empty() || self.site_url.starts_with("https://") || self.site_url.starts_with("http://");
        if !site {
            check.errors.push(FieldError::new("/site_url", NotifyRejection::NotAnAddress));
        }
        check.errors
    }

    /// What changed from `before` to this; of the secret only that it did.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let mut all = changes!(before, self;
            "active": |mail| mail.active,
            "host": |mail| mail.host.clone(),
            "port": |mail| mail.port,
            "security": |mail| mail.security,
            "username": |mail| mail.username.clone(),
            "from_address": |mail| mail.from_address.clone(),
            "from_name": |mail| mail.from_name.clone(),
            "site_url": |mail| mail.site_url.clone(),
        );
        if self.secret != before.secret {
            all.extend(Change::between("secret", "", "******"));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_switched_on_is_whole() {
        let off = MailSettings::unset();
        assert_eq!(off.check(), []);
        let on = MailSettings { active: true, port: 0, site_url: "orders".into(), ..off.clone() };
        let pointers: Vec<String> = on.check().into_iter().map(|error| error.pointer).collect();
        assert_eq!(pointers, ["/host", "/from_address", "/port", "/site_url"]);
        let secret = MailSettings { secret: "hunter2".into(), ..off.clone() };
        assert!(!format!("{:?}", secret.changes_from(&off)).contains("hunter2"));
    }
}
