//! Links for people outside: who has one sees and answers one thing, without an account (CNF-01).
//!
//! The link carries 256 random bits; only their SHA-256 is kept. A link that is unknown, over or taken back is refused in the same words, so that
//! nobody learns what there is.

use crate::codes::codes;
use crate::id::{LinkId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::permission::Act;
use crate::refusal::rejections;

codes! {
    /// What a link is for.
    LinkPurpose in "link.purpose" {
        /// The customer reads and signs the confirmation of an order.
        SignConfirmation = "sign_confirmation",
        /// The customer reads a quotation, and accepts or declines it.
        AnswerQuotation = "answer_quotation",
    }
}

impl LinkPurpose {
    /// Where the interface answers it, before the token.
    pub fn path(self) -> &'static str {
        match self {
            Self::SignConfirmation => "/sign/",
            Self::AnswerQuotation => "/offer/",
        }
    }

    /// Who may send and revoke such links.
    pub fn act(self) -> Act {
        match self {
            Self::SignConfirmation => Act::SendConfirmation,
            Self::AnswerQuotation => Act::CreateQuotation,
        }
    }
}

rejections! {
    /// Why a link refuses.
    LinkRejection {
        /// Unknown, over, or taken back: nobody is told which.
        NotValid => NotFound "link.not_valid",
        AlreadyRevoked => Conflict "link.already_revoked",
        /// The company sends no e-mail.
        NoMail => Invalid "link.no_mail",
        /// The company has not said where people reach it.
        NoSite => Invalid "link.no_site",
    }
}

/// Days a link may be used where the rules say nothing else.
pub const LINK_DAYS: i64 = 30;

/// A link that somebody outside was given.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicLink {
    /// Key.
    pub id: LinkId,
    /// Raised by every change.
    pub version: Version,
    /// Hex SHA-256 of the token.
    pub token_hash: String,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Kind of what it shows.
    pub subject_kind: String,
    /// Id of what it shows.
    pub subject_id: i64,
    /// Number of what it shows.
    pub subject_number: String,
    /// E-mail address it was sent to; empty: handed over by somebody.
    pub sent_to: String,
    /// Of the page.
    pub language: Language,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
    /// Not to be used from here on.
    pub expires_at: Instant,
    /// When it was first opened.
    pub first_opened_at: Option<Instant>,
    /// When it was last opened, to within a few minutes.
    pub last_opened_at: Option<Instant>,
    /// Network address of who opened it first.
    pub opened_from: String,
    /// Browser of who opened it first.
    pub opened_with: String,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

/// Openings sooner after one another are not written.
const OPENED_AGAIN_SECONDS: i64 = 600;

/// What opening a link comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// For the first time: the proof that it was received.
    First,
    /// Again, a while later.
    Again,
    /// Only just before.
    JustNow,
}

impl PublicLink {
    /// Whether it may be used.
    ///
    /// # Errors
    /// `NotValid` once it is over or taken back.
    pub fn check(&self, now: Instant) -> Result<(), LinkRejection> {
        if self.revoked_at.is_none() && now < self.expires_at { Ok(()) } else { Err(LinkRejection::NotValid) }
    }

    /// Somebody opens it.
    ///
    /// # Errors
    /// `NotValid` once it is over or taken back.
    pub fn open(&mut self, address: &str, agent: &str, now: Instant) -> Result<Opened, LinkRejection> {
        self.check(now)?;
        if self.first_opened_at.is_none() {
            self.first_opened_at = Some(now);
            self.last_opened_at = Some(now);
            address.clone_into(&mut self.opened_from);
            self.opened_with = agent.chars().take(300).collect();
            return Ok(Opened::First);
        }
        if self.last_opened_at.is_some_and(|last| last.seconds_until(now) < OPENED_AGAIN_SECONDS) {
            return Ok(Opened::JustNow);
        }
        self.last_opened_at = Some(now);
        Ok(Opened::Again)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `AlreadyRevoked`.
    pub fn revoke(&mut self, now: Instant) -> Result<(), LinkRejection> {
        if self.revoked_at.is_some() {
            return Err(LinkRejection::AlreadyRevoked);
        }
        self.revoked_at = Some(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::now;

    fn link() -> PublicLink {
        PublicLink {
            id: LinkId::from_raw(1),
            version: Version::FIRST,
            token_hash: "ab".into(),
            purpose: LinkPurpose::SignConfirmation,
            subject_kind: "confirmation".into(),
            subject_id: 7,
            subject_number: "SO1".into(),
            sent_to: String::new(),
            language: Language::En,
            created_by: UserId::from_raw(2),
            created_at: now(),
            expires_at: now().plus_seconds(3600),
            first_opened_at: None,
            last_opened_at: None,
            opened_from: String::new(),
            opened_with: String::new(),
            revoked_at: None,
        }
    }

    #[test]
    fn the_first_opening_is_the_receipt() {
        let mut link = link();
        assert_eq!(link.open("1.2.3.4", "Phone", now()), Ok(Opened::First));
        assert_eq!(link.open("5.6.7.8", "Other", now().plus_seconds(5)), Ok(Opened::JustNow));
        assert_eq!(link.open("5.6.7.8", "Other", now().plus_seconds(700)), Ok(Opened::Again));
        assert_eq!((link.opened_from.as_str(), link.opened_with.as_str()), ("1.2.3.4", "Phone"));
        assert_eq!((link.first_opened_at, link.last_opened_at), (Some(now()), Some(now().plus_seconds(700))));
    }

    #[test]
    fn what_is_over_and_what_is_taken_back_are_refused_alike() {
        let mut over = link();
        assert_eq!(over.open("1", "", now().plus_seconds(3600)), Err(LinkRejection::NotValid));
        let mut back = link();
        back.revoke(now()).unwrap();
        assert_eq!(back.check(now()), Err(LinkRejection::NotValid));
        assert_eq!(back.revoke(now()), Err(LinkRejection::AlreadyRevoked));
    }
}
