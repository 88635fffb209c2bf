//! Clocks: time limits that facts start, pause and stop, that warn, breach and escalate (TSK-03, TSK-04, INT-06).

mod rule;
mod run;
mod standard;

pub use rule::{ClockAnchor, ClockRule, ClockSubject, Escalation};
pub use run::{ClockStart, Due, Firing};
pub use standard::{INQUIRY_ANSWER, standard_clocks};

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::event::EventKind;
use crate::id::{ClockId, UserId, Version};
use crate::instant::Instant;
use crate::names::Names;
use crate::refusal::rejections;
use crate::time_span::TimeSpan;

codes! {
    /// State of a clock.
    ClockState in "clock.state" {
        Running = "running",
        Paused = "paused",
        /// Past its time and still running: it escalates.
        Breached = "breached",
        Stopped = "stopped",
    }
}

rejections! {
    /// Why a clock refuses.
    ClockRejection {
        AlreadyPaused => Conflict "clock.already_paused",
        NotPaused => Conflict "clock.not_paused",
        AlreadyStopped => Conflict "clock.already_stopped",
        /// It starts by what happens, not by hand.
        StartsByItself { code: String } => Invalid "clock.starts_by_itself",
        /// It ends by what happens, not by hand.
        StopsByItself => Conflict "clock.stops_by_itself",
        /// A time that is over cannot be promised.
        InThePast => Invalid "clock.in_the_past",
    }
}

rejections! {
    /// What is wrong with the rule of a clock.
    ClockRuleMistake {
        /// Either a limit or a date that it is reckoned from, not both.
        LimitOrAnchor => Invalid "clock.rule.limit_or_anchor",
        /// What is started by itself needs a limit or a date.
        NoLimit => Invalid "clock.rule.no_limit",
        /// A date is reckoned around the clock.
        AnchorWithCalendar => Invalid "clock.rule.anchor_with_calendar",
        /// Levels come one after the other.
        LevelsNotInOrder => Invalid "clock.rule.levels_not_in_order",
        /// What is paused must be resumed by something.
        PauseWithoutResume => Invalid "clock.rule.pause_without_resume",
        /// What only orders have.
        NotOfInquiry => Invalid "clock.rule.not_of_inquiry",
    }
}

/// What a running clock goes on by, kept as it was when it was started: a changed rule is for new clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTerms {
    /// What it is called.
    pub name: Names,
    /// Code of the role that has to act.
    pub role: String,
    /// Stop it.
    pub stops: Vec<EventKind>,
    /// Pause it.
    pub pauses: Vec<EventKind>,
    /// Let it go on.
    pub resumes: Vec<EventKind>,
    /// Whether a person may say that it is done.
    pub stops_by_hand: bool,
    /// Before it is due, a warning goes out.
    pub warn_before: TimeSpan,
    /// Who hears of it after it was due.
    pub escalation: Vec<Escalation>,
    /// Code of the kind of task that is made when it is not kept; empty: none. Clocks from before there was this have none.
    #[serde(default)]
    pub task: String,
}

/// A clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Key.
    pub id: ClockId,
    /// Raised by every change.
    pub version: Version,
    /// Code of its rule.
    pub code: String,
    /// Kind of what it is about: `order`.
    pub subject_kind: String,
    /// Id of what it is about.
    pub subject_id: i64,
    /// Number of what it is about.
    pub subject_number: String,
    /// Code of the calendar it counts by; empty: around the clock.
    pub calendar: String,
    /// Version of that calendar by which its times were reckoned; 0: none.
    pub calendar_version: Version,
    /// The [`ClockTerms`] as JSON.
    pub terms: String,
    /// Working time that it gives.
    pub limit_micros: TimeSpan,
    /// Working time that had passed before it last began to run.
    pub spent_micros: TimeSpan,
    /// When it was started.
    pub started_at: Instant,
    /// Since when it runs, or ran before it was paused.
    pub running_since: Instant,
    /// When its time is over; while it is paused, when it would have been.
    pub due_at: Instant,
    /// When little of it is left.
    pub warn_at: Instant,
    /// When something happens next by itself: a warning, the breach, an escalation.
    pub next_at: Option<Instant>,
    /// State.
    pub state: ClockState,
    /// How many of its stages have happened: 1 the warning, 2 the breach, 3 the first level of escalation, …
    pub fired: i64,
    /// When it was paused.
    pub paused_at: Option<Instant>,
    /// Who paused it; nobody where an event did.
    pub paused_by: UserId,
    /// Why it is paused.
    pub pause_reason: String,
    /// When it was breached.
    pub breached_at: Option<Instant>,
    /// When it was stopped.
    pub stopped_at: Option<Instant>,
    /// Who started it; nobody where an event did.
    pub started_by: UserId,
    /// What is promised, or anything else to know.
    pub note: String,
}

impl Clock {
    /// What it goes on by.
    pub fn terms(&self) -> ClockTerms {
        serde_json::from_str(&self.terms).unwrap_or_default()
    }

    /// Whether it still runs or is paused.
    pub fn is_open(&self) -> bool {
        self.state != ClockState::Stopped
    }

    /// The level of escalation it has reached, 0 for none.
    pub fn level(&self) -> i64 {
        (self.fired - 2).max(0)
    }
}

#[cfg(test)]
mod tests;
