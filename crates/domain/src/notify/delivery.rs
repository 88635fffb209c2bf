//! What goes out of the house: one message to one address, tried until it arrives or nobody believes in it any more.

use crate::codes::codes;
use crate::id::{DeliveryId, UserId, Version};
use crate::instant::Instant;
use crate::language::Language;
use crate::notify::{NotifyChannel, NotifyRejection};
use crate::person::{ERASED, Person};

codes! {
    /// State of a delivery.
    DeliveryState in "delivery.state" {
        /// Not tried yet.
        Queued = "queued",
        /// Some process is at it, until its lease ends.
        Sending = "sending",
        Sent = "sent",
        /// Failed, and tried again later.
        Failed = "failed",
        /// Given up; somebody may send it again by hand.
        Dead = "dead",
    }
}

/// One message to one address.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Key; the message carries it, so that who gets it twice can tell.
    pub id: DeliveryId,
    /// Raised by every change.
    pub version: Version,
    /// Unique: event, rule, recipient and channel.
    pub dedup: String,
    /// Place of the event.
    pub position: i64,
    /// The event.
    pub kind: String,
    /// By which way.
    pub channel: NotifyChannel,
    /// Id of the webhook or robot; 0 for e-mail.
    pub endpoint_id: i64,
    /// E-mail address, or the URL when the delivery was made.
    pub target: String,
    /// To whom, where it is a person.
    pub user_id: Option<UserId>,
    /// Code of the template.
    pub template: String,
    /// In this language.
    pub language: Language,
    /// Kind of what it is about.
    pub subject_kind: String,
    /// Id of what it is about.
    pub subject_id: i64,
    /// Number of what it is about.
    pub subject_number: String,
    /// JSON: what fills the template.
    pub facts: String,
    /// Sent together with the person's others that are due then.
    pub gathered: bool,
    /// State.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempts: i64,
    /// Not tried before; of one being sent, the end of its lease.
    pub next_at: Instant,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was taken.
    pub sent_at: Option<Instant>,
}

/// Seconds before each further try.
///
/// Source: Standard Webhooks 1.0, API-02
pub const RETRY_SECONDS: &[i64] = &[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// A process that has not told within this time is taken for dead; longer than any try may take.
pub const LEASE_SECONDS: i64 = 300;

/// Letters of an error that are kept.
const ERROR_LETTERS: usize = 500;

impl Delivery {
    /// Whether it may be tried now.
    pub fn is_due(&self, now: Instant) -> bool {
        !matches!(self.state, DeliveryState::Sent | DeliveryState::Dead) && self.next_at <= now
    }

    /// Somebody is at it from now on.
    pub fn claim(&mut self, now: Instant) {
        self.state = DeliveryState::Sending;
        self.attempts += 1;
        self.next_at = now.plus_seconds(LEASE_SECONDS);
    }

    /// It was taken.
    pub fn succeed(&mut self, now: Instant) {
        self.state = DeliveryState::Sent;
        self.last_error.clear();
        self.sent_at = Some(now);
    }

    /// It was not taken; true where it is given up, after the last try or where trying again is of no use.
    pub fn fail(&mut self, error: &str, hopeless: bool, now: Instant) -> bool {
        self.last_error = error.chars().take(ERROR_LETTERS).collect();
        let tried = usize::try_from(self.attempts.max(1) - 1).unwrap_or(usize::MAX);
        match RETRY_SECONDS.get(tried) {
            Some(wait) if !hopeless => {
                self.state = DeliveryState::Failed;
                self.next_at = now.plus_seconds(*wait);
                false
            }
            _ => {
                self.state = DeliveryState::Dead;
                true
            }
        }
    }

    /// Takes out what tells of a person; what was not sent is not sent any more.
    ///
    /// Source: PTY-05
    pub fn erase(&mut self, person: &Person) {
        ERASED.clone_into(&mut self.target);
        if let Some(left) = person.erased_json(&self.facts) {
            self.facts = left;
        }
        if let Some(left) = person.erased(&self.last_error) {
            self.last_error = left;
        }
        if self.state != DeliveryState::Sent {
            self.state = DeliveryState::Dead;
        }
    }

    /// Tries it again from the start.
    ///
    /// # Errors
    /// `NotResendable` unless it has failed or was given up, and where nobody knows any more to whom.
    pub fn resend(&mut self, now: Instant) -> Result<(), NotifyRejection> {
        if self.target == ERASED || !matches!(self.state, DeliveryState::Failed | DeliveryState::Dead) {
            return Err(NotifyRejection::NotResendable);
        }
        self.state = DeliveryState::Queued;
        self.attempts = 0;
        self.next_at = now;
        self.gathered = false;
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn delivery() -> Delivery {
        Delivery {
            id: DeliveryId::from_raw(1),
            version: Version::FIRST,
            dedup: "1".into(),
            position: 1,
            kind: "OrderSubmitted".into(),
            channel: NotifyChannel::Email,
            endpoint_id: 0,
            target: "a@example.com".into(),
            user_id: None,
            template: "order_submitted".into(),
            language: Language::ZhCn,
            subject_kind: "order".into(),
            subject_id: 1,
            subject_number: "SO1".into(),
            facts: "{}".into(),
            gathered: false,
            state: DeliveryState::Queued,
            attempts: 0,
            next_at: Instant::from_micros(0),
            last_error: String::new(),
            created_at: Instant::from_micros(0),
            sent_at: None,
        }
    }

    #[test]
    fn tries_are_further_and_further_apart_and_end() {
        let mut delivery = delivery();
        let mut now = Instant::from_micros(0);
        let mut waits = Vec::new();
        loop {
            assert!(delivery.is_due(now));
            delivery.claim(now);
            assert!(!delivery.is_due(now) && delivery.is_due(now.plus_seconds(LEASE_SECONDS)));
            if delivery.fail("refused", false, now) {
                break;
            }
            waits.push(now.seconds_until(delivery.next_at));
            now = delivery.next_at;
        }
        assert_eq!(waits, RETRY_SECONDS);
        assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Dead, 10));
        assert!(!delivery.is_due(now.plus_seconds(1_000_000)));
        delivery.resend(now).unwrap();
        delivery.claim(now);
        delivery.succeed(now);
        assert_eq!(delivery.resend(now), Err(NotifyRejection::NotResendable));
        assert!(!delivery.is_due(now) && delivery.last_error.is_empty());
    }

    #[test]
    fn what_is_hopeless_is_given_up_at_once() {
        let mut delivery = delivery();
        delivery.claim(Instant::from_micros(0));
        assert!(delivery.fail(&"x".repeat(600), true, Instant::from_micros(0)));
        assert_eq!(delivery.last_error.len(), ERROR_LETTERS);
    }
}
