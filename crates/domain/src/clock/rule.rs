//! The rule of a clock, as a file says it in a table `[[clock]]`.

use serde::{Deserialize, Serialize};

use super::{ClockRuleMistake, ClockTerms};
use crate::codes::{Codes, SalesCategory, codes};
use crate::date::Date;
use crate::event::EventKind;
use crate::names::Names;
use crate::order::Order;
use crate::refusal::FieldError;
use crate::rule::{FieldCheck, FieldRule};
use crate::rules::Condition;
use crate::time_span::TimeSpan;

codes! {
    /// A date of an order that a clock may be reckoned from.
    ClockAnchor in "clock.anchor" {
        /// The day promised, or where none is, the day asked for.
        PromisedOn = "promised_on",
        RequiredOn = "required_on",
        PlannedShipOn = "planned_ship_on",
        ExpectedOn = "expected_on",
        FollowUpDueOn = "follow_up_due_on",
    }
}

impl ClockAnchor {
    /// This date of an order.
    pub fn of(self, order: &Order) -> Option<Date> {
        match self {
            Self::PromisedOn => order.promised_on.or(order.required_on),
            Self::RequiredOn => order.required_on,
            Self::PlannedShipOn => order.planned_ship_on,
            Self::ExpectedOn => order.expected_on,
            Self::FollowUpDueOn => order.follow_up_due_on,
        }
    }
}

/// Who hears of a clock that was not kept, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// After the breach, counted by the clock's calendar.
    pub after: TimeSpan,
    /// Code of the role.
    pub role: String,
}

/// When a clock starts, pauses and stops, how much time it gives, and who hears of it. In a file:
///
/// ```toml
/// [[clock]]
/// code = "order.review"
/// name = { zh-CN = "初审", zh-TW = "初審", en = "Review" }
/// starts = ["OrderSubmitted"]
/// stops = ["OrderReviewed", "OrderReturned", "OrderVoided"]
/// pauses = ["OrderHeld"]
/// resumes = ["OrderResumed"]
/// except_categories = ["export"]
/// when = "order.payable > limit.large"    # left out: for every order
/// calendar = "office"        # left out: around the clock
/// limit = "2h"               # a day, "1d", is 24 hours of what the calendar counts
/// warn_before = "30m"
/// role = "customer_service"
/// task = "expedite"          # at the breach a task of this kind is made; left out: none
/// escalation = [{ after = "1h", role = "sales_manager" }]
/// ```
///
/// Instead of `limit`, `anchor = "promised_on"` reckons from a date of the order: the clock is due at the end of that day, and by `before = "1d"` so much
/// earlier. A rule without `starts` is started by a person, with a time that is said then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClockRule {
    /// Its code: `order.review`.
    pub code: String,
    /// What it is called.
    pub name: Names,
    /// What it is about: `order`.
    pub subject: ClockSubject,
    /// Start it; none: a person does.
    pub starts: Vec<EventKind>,
    /// Stop it.
    pub stops: Vec<EventKind>,
    /// Pause it.
    pub pauses: Vec<EventKind>,
    /// Let it go on.
    pub resumes: Vec<EventKind>,
    /// Whether a person may say that it is done: of what no event tells.
    pub stops_by_hand: bool,
    /// Only for orders of these categories; none: of all.
    pub categories: Vec<SalesCategory>,
    /// Not for orders of these categories.
    pub except_categories: Vec<SalesCategory>,
    /// Only for orders of which this holds when it would start, or of which it is not known; nothing: of all.
    pub when: Option<Condition>,
    /// Code of the calendar it counts by; empty: around the clock.
    pub calendar: String,
    /// How much time it gives.
    pub limit: Option<TimeSpan>,
    /// The date it is reckoned from.
    pub anchor: Option<ClockAnchor>,
    /// How long before the end of that day it is due.
    pub before: TimeSpan,
    /// So long before it is due, a warning goes out; none: no warning.
    pub warn_before: TimeSpan,
    /// Code of the role that has to act: it is warned and told of the breach.
    pub role: String,
    /// Who hears of it after it was due.
    pub escalation: Vec<Escalation>,
    /// Code of the kind of task that is made for its role at the breach; empty: none.
    pub task: String,
}

codes! {
    /// What a clock may be about.
    ClockSubject in "clock.subject" {
        Order = "order",
        Inquiry = "inquiry",
    }
}

#[allow(clippy::derivable_impls)] // Sets of codes have no first among equals; a rule that says nothing is about orders.
impl Default for ClockSubject {
    fn default() -> Self {
        Self::Order
    }
}

/// Levels of escalation at the most.
const MAX_LEVELS: usize = 9;

impl ClockRule {
    /// Whether it is for orders of this category.
    pub fn is_for(&self, category: SalesCategory) -> bool {
        (self.categories.is_empty() || self.categories.contains(&category)) && !self.except_categories.contains(&category)
    }

    /// Whether a person starts it.
    pub fn by_hand(&self) -> bool {
        self.starts.is_empty()
    }

    /// What a clock of this rule goes on by.
    pub fn terms(&self) -> ClockTerms {
        ClockTerms {
            name: self.name.clone(),
            role: self.role.clone(),
            stops: self.stops.clone(),
            pauses: self.pauses.clone(),
            resumes: self.resumes.clone(),
            stops_by_hand: self.stops_by_hand,
            warn_before: self.warn_before,
            escalation: self.escalation.clone(),
            task: self.task.clone(),
        }
    }

    /// What is wrong with it, each at its field; `roles` and `calendars` are the codes that are known.
    pub fn check(&self, roles: &Codes, calendars: &Codes) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.code(&self.code, "/code");
        self.name.check(&mut check, "/name");
        self.check_time(&mut check, calendars);
        self.check_subject(&mut check);
        if !self.pauses.is_empty() && self.resumes.is_empty() {
            check.errors.push(FieldError::new("/resumes", ClockRuleMistake::PauseWithoutResume));
        }
        let role = |check: &mut FieldCheck, role: &str, pointer: &str| {
            check.that_or(roles.contains(role), pointer, || FieldRule::Unknown { value: role.to_owned() });
        };
        role(&mut check, &self.role, "/role");
        let max = i64::try_from(MAX_LEVELS).unwrap_or(i64::MAX);
        check.that(self.escalation.len() <= MAX_LEVELS, "/escalation", FieldRule::TooMany { max });
        for (place, level) in self.escalation.iter().enumerate() {
            role(&mut check, &level.role, &format!("/escalation/{place}/role"));
            if place > 0 && self.escalation[place - 1].after > level.after {
                check.errors.push(FieldError::new(format!("/escalation/{place}/after"), ClockRuleMistake::LevelsNotInOrder));
            }
        }
        check.errors
    }

    /// Of an inquiry neither dates, categories nor conditions of orders are known.
    fn check_subject(&self, check: &mut FieldCheck) {
        if self.subject == ClockSubject::Order {
            return;
        }
        let of_orders = [
            ("/anchor", self.anchor.is_some()),
            ("/categories", !self.categories.is_empty()),
            ("/except_categories", !self.except_categories.is_empty()),
            ("/when", self.when.is_some()),
        ];
        let wrong = of_orders.into_iter().filter(|(_, said)| *said);
        check.errors.extend(wrong.map(|(pointer, _)| FieldError::new(pointer, ClockRuleMistake::NotOfInquiry)));
    }

    fn check_time(&self, check: &mut FieldCheck, calendars: &Codes) {
        let known = self.calendar.is_empty() || calendars.contains(&self.calendar);
        check.that_or(known, "/calendar", || FieldRule::Unknown { value: self.calendar.clone() });
        let mistake = match (self.limit, self.anchor) {
            (Some(_), Some(_)) => Some(("/anchor", ClockRuleMistake::LimitOrAnchor)),
            (None, None) if !self.by_hand() => Some(("/limit", ClockRuleMistake::NoLimit)),
            (None, _) if !self.calendar.is_empty() => Some(("/calendar", ClockRuleMistake::AnchorWithCalendar)),
            (None, None) if !self.before.is_zero() => Some(("/anchor", ClockRuleMistake::NoLimit)),
            _ => None,
        };
        check.errors.extend(mistake.map(|(pointer, mistake)| FieldError::new(pointer, mistake)));
        check.that(self.limit.is_none_or(|limit| !limit.is_zero()), "/limit", FieldRule::NotPositive);
    }
}
