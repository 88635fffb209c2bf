//! Messages between the people of a customer and the company, at the portal (INT-07).

use crate::id::{CustomerId, MessageId, OrderId, QuotationId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::{FieldError, rejections};
use crate::rule::FieldCheck;

rejections! {
    /// Why a step with messages is refused.
    MessageRejection {
        /// Nothing of the customer's waits for an answer.
        NothingWaits => Conflict "message.nothing_waits",
    }
}

/// Characters of one message at the most.
const MAX_TEXT: i64 = 2000;

/// Something that was said; it stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Key.
    pub id: MessageId,
    /// Of which customer.
    pub customer_id: CustomerId,
    /// About which order; none: about nothing in particular.
    pub order_id: Option<OrderId>,
    /// Number of the order; empty where there is none.
    pub order_number: String,
    /// About which version of a quotation; none: about none.
    pub quotation_id: Option<QuotationId>,
    /// Number of the quotation; empty where there is none.
    pub quotation_number: String,
    /// Said by the customer; else by the company.
    pub from_customer: bool,
    /// Who said it: a user of the company, or a person of the customer.
    pub author_id: UserId,
    /// Their name.
    pub author: String,
    /// What.
    pub text: String,
    /// When.
    pub at: Instant,
}

impl Message {
    /// What is wrong with it, each at its field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.text, MAX_TEXT, "/text");
        check.errors
    }
}

/// How the messages with one customer stand.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageThread {
    /// With whom.
    pub customer_id: CustomerId,
    /// Raised by every change.
    pub version: Version,
    /// When the last was said.
    pub last_at: Instant,
    /// Since when the customer waits for an answer; none: it does not.
    pub waiting_since: Option<Instant>,
    /// Up to when somebody of the company has read.
    pub company_read_at: Option<Instant>,
    /// Up to when somebody of the customer has read.
    pub customer_read_at: Option<Instant>,
}

impl MessageThread {
    /// With nothing said in it yet.
    pub fn new(customer_id: CustomerId, now: Instant) -> Self {
        let version = Version::FIRST;
        MessageThread { customer_id, version, last_at: now, waiting_since: None, company_read_at: None, customer_read_at: None }
    }

    /// Something is said: who says it has read what was before it, and the company's word answers whatever waited.
    pub fn say(&mut self, message: &Message) {
        self.last_at = message.at;
        if message.from_customer {
            self.waiting_since.get_or_insert(message.at);
            self.customer_read_at = Some(message.at);
        } else {
            self.waiting_since = None;
            self.company_read_at = Some(message.at);
        }
    }

    /// One side has read everything that was said until `upto`; true: it had not before.
    pub fn mark_read(&mut self, by_customer: bool, upto: Instant) -> bool {
        let read = if by_customer { &mut self.customer_read_at } else { &mut self.company_read_at };
        let upto = upto.min(self.last_at);
        let is_news = read.is_none_or(|before| before < upto);
        if is_news {
            *read = Some(upto);
        }
        is_news
    }

    /// What waited needs no answer here: it was told on the phone, or asked for none.
    ///
    /// # Errors
    /// `message.nothing_waits`.
    pub fn settle(&mut self, now: Instant) -> Result<(), MessageRejection> {
        self.waiting_since.take().ok_or(MessageRejection::NothingWaits)?;
        self.company_read_at = Some(now.max(self.last_at));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(from_customer: bool, at: i64) -> Message {
        Message {
            id: MessageId::from_raw(at),
            customer_id: CustomerId::from_raw(1),
            order_id: None,
            order_number: String::new(),
            quotation_id: None,
            quotation_number: String::new(),
            from_customer,
            author_id: UserId::from_raw(1),
            author: "王".to_owned(),
            text: "您好".to_owned(),
            at: Instant::from_micros(at),
        }
    }

    #[test]
    fn the_first_unanswered_word_says_since_when_the_customer_waits() {
        let at = Instant::from_micros;
        let mut thread = MessageThread::new(CustomerId::from_raw(1), at(0));
        thread.say(&said(true, 10));
        thread.say(&said(true, 20));
        assert_eq!((thread.waiting_since, thread.last_at), (Some(at(10)), at(20)));
        assert!(thread.mark_read(false, at(90)), "read up to the last, not into the future");
        assert_eq!(thread.company_read_at, Some(at(20)));
        assert!(!thread.mark_read(false, at(15)), "nothing is unread again");
        thread.say(&said(false, 30));
        assert_eq!((thread.waiting_since, thread.customer_read_at, thread.company_read_at), (None, Some(at(20)), Some(at(30))));
        assert_eq!(thread.settle(at(40)), Err(MessageRejection::NothingWaits));
        thread.say(&said(true, 50));
        assert_eq!(thread.settle(at(60)), Ok(()));
        assert_eq!((thread.waiting_since, thread.company_read_at), (None, Some(at(60))));
    }

    #[test]
    fn a_message_says_something() {
        let codes = |text: &str| Message { text: text.to_owned(), ..said(true, 1) }.check().into_iter().map(|e| e.code).collect::<Vec<_>>();
        assert!(codes("几时发货？").is_empty());
        assert_eq!(codes("  ").len(), 1);
        assert_eq!(codes(&"长".repeat(2001)).len(), 1);
    }
}
