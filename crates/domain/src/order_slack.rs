//! Slack: days between the day the goods arrive and the day the customer is told, added by customer service with the yes of the sales side (PRM-02).

use crate::codes::codes;
use crate::event::{Change, Event, EventKind};
use crate::id::{OrderId, UserId, Version};
use crate::instant::Instant;
use crate::order::{Order, OrderStatus};
use crate::refusal::{Refusal, rejections};
use crate::rule::FieldCheck;
use crate::rule::FieldRule;

codes! {
    /// What became of slack that was asked for.
    SlackState in "slack.state" {
        Asked = "asked",
        Agreed = "agreed",
        Refused = "refused",
    }
}

rejections! {
    /// Why slack refuses.
    SlackRejection {
        /// The customer has been told its day, or the order has not been handed in: a change order moves the day then.
        NotNow { status: OrderStatus } => Conflict "slack.not_now",
        /// It was asked for and is not answered yet.
        Waiting => Conflict "slack.waiting",
        /// There is nothing to answer.
        NotAsked => Conflict "slack.not_asked",
        /// Who asked does not answer.
        OwnAnswer => Denied "slack.own_answer",
    }
}

/// Days of slack at the most.
pub const MOST_SLACK: i64 = 60;

/// The slack of an order, as it was asked for last.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderSlack {
    /// Key.
    pub order_id: OrderId,
    /// Raised by every change.
    pub version: Version,
    /// What became of it.
    pub state: SlackState,
    /// Days asked for.
    pub days: i64,
    /// Days that count: those agreed last.
    pub agreed_days: i64,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Instant,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// When.
    pub answered_at: Option<Instant>,
    /// What was said with the answer.
    pub answer: String,
}

impl Order {
    fn may_slack(&self) -> Result<(), Refusal> {
        let open = [OrderStatus::Submitted, OrderStatus::Reviewed, OrderStatus::Approved, OrderStatus::AwaitingSignature];
        if open.contains(&self.status) { Ok(()) } else { Err(SlackRejection::NotNow { status: self.status }.into()) }
    }

    /// Asks for slack, before the customer is told the day.
    ///
    /// # Errors
    /// `NotNow`, `Waiting`; `invalid` for days that are not 0…60, or without a reason.
    ///
    /// Source: PRM-02
    pub fn ask_slack(
        &self,
        known: Option<&OrderSlack>,
        days: i64,
        reason: &str,
        by: UserId,
        now: Instant,
    ) -> Result<(OrderSlack, Event), Refusal> {
        self.may_slack()?;
        if known.is_some_and(|known| known.state == SlackState::Asked) {
            return Err(SlackRejection::Waiting.into());
        }
        let agreed_days = known.map_or(0, |known| known.agreed_days);
        let mut check = FieldCheck::default();
        check.that((0..=MOST_SLACK).contains(&days), "/days", FieldRule::OutOfRange { min: 0, max: MOST_SLACK });
        check.required(reason.trim(), 500, "/reason");
        Refusal::unless_valid(check.errors)?;
        let slack = OrderSlack {
            order_id: self.id,
            version: known.map_or(Version::FIRST, |known| known.version),
            state: SlackState::Asked,
            days,
            agreed_days,
            reason: reason.trim().to_owned(),
            asked_by: by,
            asked_at: now,
            answered_by: None,
            answered_at: None,
            answer: String::new(),
        };
        Ok((slack, self.event(EventKind::OrderSlackAsked).because(reason.trim()).with("days", days)))
    }

    /// Answers; with yes the promised day moves by the days that are new.
    ///
    /// # Errors
    /// `NotNow`, `NotAsked`, `OwnAnswer`.
    ///
    /// Source: PRM-02
    pub fn answer_slack(&mut self, slack: &mut OrderSlack, yes: bool, answer: &str, by: UserId, now: Instant) -> Result<Event, Refusal> {
        self.may_slack()?;
        if slack.state != SlackState::Asked {
            return Err(SlackRejection::NotAsked.into());
        }
        if slack.asked_by == by {
            return Err(SlackRejection::OwnAnswer.into());
        }
        let mut check = FieldCheck::default();
        check.optional(answer.trim(), 500, "/note");
        Refusal::unless_valid(check.errors)?;
        slack.state = if yes { SlackState::Agreed } else { SlackState::Refused };
        (slack.answered_by, slack.answered_at, slack.answer) = (Some(by), Some(now), answer.trim().to_owned());
        let kind = if yes { EventKind::OrderSlackAgreed } else { EventKind::OrderSlackRefused };
        let event = self.event(kind).because(answer.trim()).with("days", slack.days);
        if !yes {
            return Ok(event);
        }
        let more = slack.days - slack.agreed_days;
        slack.agreed_days = slack.days;
        let before = self.promised_on;
        self.promised_on = before.map(|day| day.plus_days(more));
        let changes: Vec<Change> = Change::between("promised_on", before, self.promised_on).into_iter().collect();
        Ok(event.changing(changes))
    }
}
