//! Programs that are told: webhooks and the robots of group chats.

use crate::codes::{Codes, codes};
use crate::event::{Change, EventKind, changes};
use crate::id::{RobotId, Version, WebhookId};
use crate::instant::Instant;
use crate::language::Language;
use crate::notify::NotifyRejection;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// Whose robot it is; each takes its own form of message.
    RobotProvider in "robot.provider" {
        Dingtalk = "dingtalk",
        Feishu = "feishu",
        Wecom = "wecom",
        /// `{"text": …}`, as Slack, Mattermost and many others take it.
        Generic = "generic",
    }
}

/// A program's address that is told of events, signed as Standard Webhooks.
///
/// Source: API-02
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Key.
    pub id: WebhookId,
    /// Raised by every change.
    pub version: Version,
    /// Where it is; addresses of the house's own network too, since its programs live there.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Of which events; none: of those the rules of notification name.
    pub kinds: Codes,
    /// `whsec_…`, signs what is sent.
    pub secret: String,
    /// The secret before, which signs too until then.
    pub old_secret: String,
    /// Until when the secret before signs too.
    pub old_secret_until: Option<Instant>,
    /// Whether it is told.
    pub active: bool,
    /// Why the product itself stopped telling it, or empty.
    pub stopped: String,
    /// When it was made.
    pub created_at: Instant,
}

/// The robot of a group chat that is told of events in words.
///
/// Source: TSK-05
#[derive(Clone, Debug, PartialEq)]
pub struct Robot {
    /// Key.
    pub id: RobotId,
    /// Raised by every change.
    pub version: Version,
    /// What people call it.
    pub name: String,
    /// Whose it is.
    pub provider: RobotProvider,
    /// Where it is; whoever knows it may write to the group.
    pub url: String,
    /// Signs what is sent, where the robot wants it; empty: it does not.
    pub secret: String,
    /// Of which events; none: of those the rules of notification name.
    pub kinds: Codes,
    /// Language of the group.
    pub language: Language,
    /// Whether it is told.
    pub active: bool,
    /// When it was made.
    pub created_at: Instant,
}

/// Seconds for which the secret before a rotation signs too.
pub const ROTATION_SECONDS: i64 = 24 * 3600;

/// Whether an endpoint with these kinds is told of an event that a rule names for it, or does not.
pub fn is_told(kinds: &Codes, kind: &str, by_rule: bool) -> bool {
    if kinds.is_empty() { by_rule } else { kinds.contains(kind) }
}

fn check_url(check: &mut FieldCheck, url: &str) {
    check.required(url, 500, "/url");
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    if !url.is_empty() && (host.is_empty() || host.contains('@') || !plain) {
        check.errors.push(FieldError::new("/url", NotifyRejection::NotAnAddress));
    }
}

fn check_kinds(check: &mut FieldCheck, kinds: &Codes) {
    for (place, kind) in kinds.iter().enumerate() {
        let known = EventKind::parse(kind).is_some();
        check.that_or(known, &format!("/kinds/{place}"), || FieldRule::UnknownChoice { value: kind.to_owned() });
    }
}

impl Webhook {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check_url(&mut check, &self.url);
        check.optional(&self.description, 200, "/description");
        check_kinds(&mut check, &self.kinds);
        check.errors
    }

    /// The secrets that sign now, the newest first.
    pub fn secrets(&self, now: Instant) -> Vec<&str> {
        let old = self.old_secret_until.is_some_and(|until| now < until);
        [Some(self.secret.as_str()), old.then_some(self.old_secret.as_str())].into_iter().flatten().collect()
    }

    /// Gives it another secret; the one before signs too for a day.
    pub fn rotate(&mut self, secret: &str, now: Instant) {
        self.old_secret = std::mem::replace(&mut self.secret, secret.to_owned());
        self.old_secret_until = Some(now.plus_seconds(ROTATION_SECONDS));
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "url": |webhook| webhook.url.clone(),
            "description": |webhook| webhook.description.clone(),
            "kinds": |webhook| webhook.kinds.clone(),
            "active": |webhook| webhook.active,
        )
    }
}

impl Robot {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.name, 100, "/name");
        check_url(&mut check, &self.url);
        check.optional(&self.secret, 200, "/secret");
        check_kinds(&mut check, &self.kinds);
        check.errors
    }

    /// What changed from `before` to this; never where it is, since that is its key.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "name": |robot| robot.name.clone(),
            "provider": |robot| robot.provider,
            "kinds": |robot| robot.kinds.clone(),
            "language": |robot| robot.language,
            "active": |robot| robot.active,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(url: &str) -> Webhook {
        Webhook {
            id: WebhookId::from_raw(1),
            version: Version::FIRST,
            url: url.into(),
            description: String::new(),
            kinds: Codes::parse("OrderSubmitted"),
            secret: "whsec_a".into(),
            old_secret: String::new(),
            old_secret_until: None,
            active: true,
            stopped: String::new(),
            created_at: Instant::from_micros(0),
        }
    }

    #[test]
    fn addresses() {
        for good in ["https://example.com/hook", "http://127.0.0.1:9000", "http://erp.local/a?b=c"] {
            assert_eq!(webhook(good).check(), [], "{good}");
        }
        for bad in ["", "ftp://x", "https://", "https://user:pw@x/", "https://ex ample.com", "javascript:alert(1)", "https://例.cn"] {
            assert_eq!(webhook(bad).check()[0].pointer, "/url", "{bad}");
        }
    }

    #[test]
    fn two_secrets_sign_while_one_is_rotated() {
        let (mut webhook, now) = (webhook("https://x"), Instant::from_micros(0));
        assert_eq!(webhook.secrets(now), ["whsec_a"]);
        webhook.rotate("whsec_b", now);
        assert_eq!(webhook.secrets(now), ["whsec_b", "whsec_a"]);
        assert_eq!(webhook.secrets(now.plus_seconds(ROTATION_SECONDS)), ["whsec_b"]);
    }

    #[test]
    fn who_is_told() {
        let none = Codes::default();
        assert!(is_told(&none, "OrderSubmitted", true) && !is_told(&none, "OrderSubmitted", false));
        let some = Codes::parse("OrderClosed");
        assert!(is_told(&some, "OrderClosed", false) && !is_told(&some, "OrderSubmitted", true));
    }
}
