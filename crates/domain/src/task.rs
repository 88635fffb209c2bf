//! Tasks: work that is sent to a person or taken from a pool, done in steps, delivered and judged (TSK-01).

mod candidate;
mod figures;
mod kind;
mod moves;
mod step;
#[cfg(test)]
mod tests;
mod worker;

pub use candidate::*;
pub use figures::*;
pub use kind::*;
pub use moves::*;
pub use worker::*;

use crate::codes::{Codes, codes};
use crate::event::{Change, Event, EventKind, changes};
use crate::id::{OrderId, TaskEntryId, TaskId, UserId, Version};
use crate::instant::Instant;
use crate::refusal::{Detail, FieldError, rejections};
use crate::rule::{FieldCheck, FieldRule};

codes! {
    /// State of a task.
    TaskStatus in "task.status" {
        /// Nobody has it.
        Open = "open",
        /// Sent to a person who has not answered yet.
        Offered = "offered",
        Accepted = "accepted",
        InProgress = "in_progress",
        /// Waits for somebody to judge it.
        Delivered = "delivered",
        Done = "done",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What made a task.
    TaskCause in "task.cause" {
        Person = "person",
        /// A gate that was shut.
        Gate = "gate",
        /// A clock that ran out.
        Clock = "clock",
        /// A gate that was overridden: the evidence comes later.
        Override = "override",
    }
}

codes! {
    /// What somebody said about a task.
    TaskEntryKind in "task.entry_kind" {
        Report = "report",
        Question = "question",
        Answer = "answer",
        Refusal = "refusal",
        HandOver = "hand_over",
        Delivery = "delivery",
        Rework = "rework",
        Cancellation = "cancellation",
    }
}

rejections! {
    /// Why a task refuses a step.
    TaskRejection {
        NotOpen { status: TaskStatus } => Conflict "task.not_open",
        /// Neither waiting for somebody nor for an answer.
        NotToOffer { status: TaskStatus } => Conflict "task.not_to_offer",
        NotOffered { status: TaskStatus } => Conflict "task.not_offered",
        NotAccepted { status: TaskStatus } => Conflict "task.not_accepted",
        /// Neither accepted nor in progress.
        NotInHand { status: TaskStatus } => Conflict "task.not_in_hand",
        NotInProgress { status: TaskStatus } => Conflict "task.not_in_progress",
        NotDelivered { status: TaskStatus } => Conflict "task.not_delivered",
        NotDone { status: TaskStatus } => Conflict "task.not_done",
        /// Done or cancelled.
        Ended { status: TaskStatus } => Conflict "task.ended",
        /// It was sent to somebody else.
        NotAssignee => Denied "task.not_assignee",
        /// The pool is another role's.
        NotInPool { role: Detail } => Denied "task.not_in_pool",
        /// Neither its maker nor a dispatcher.
        NotCreator => Denied "task.not_creator",
        /// Nobody judges what they did themselves.
        OwnWork => Denied "task.own_work",
        /// Questions are answered by somebody else.
        OwnQuestion => Denied "task.own_question",
        AlreadyEvaluated => Conflict "task.already_evaluated",
        /// Whoever has it need not be sent it.
        SamePerson => Invalid "task.same_person",
        /// Tasks are sent to people with an active worker profile.
        NotAWorker => Invalid "task.not_a_worker",
        UnknownStep { no: i64 } => Invalid "task.unknown_step",
        /// The profile is there already.
        WorkerKnown => Invalid "task.worker_known",
    }
}

/// A piece of work for one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Key.
    pub id: TaskId,
    /// Raised by every change.
    pub version: Version,
    /// Of the series `TK`, unique in the company.
    pub number: String,
    /// Code of its kind.
    pub kind: String,
    /// What is to be done, in a line.
    pub title: String,
    /// What is to be done, at length.
    pub detail: String,
    /// Order it is about.
    pub order_id: Option<OrderId>,
    /// Number of that order.
    pub order_number: String,
    /// Customer it is about.
    pub customer_name: String,
    /// What made it.
    pub cause: TaskCause,
    /// Code of the gate, clock or override.
    pub cause_code: String,
    /// Id of the gate's, clock's or override's row; 0: none.
    pub cause_id: i64,
    /// Role whose members may take it; empty: whoever may work on tasks.
    pub role: String,
    /// Who has it, or was sent it.
    pub assignee: Option<UserId>,
    /// State.
    pub status: TaskStatus,
    /// 1 urgent, 2 high, 3 usual, 4 low.
    pub priority: i64,
    /// City it is done in; empty: anywhere.
    pub city: String,
    /// District of that city.
    pub district: String,
    /// Address it is done at.
    pub place: String,
    /// Codes of the skills it needs.
    pub skills: Codes,
    /// Minutes it should take.
    pub planned_minutes: i64,
    /// When it should be delivered.
    pub due_at: Option<Instant>,
    /// How much is done, 0 to 100.
    pub percent: i64,
    /// Sent to whoever has it at.
    pub offered_at: Option<Instant>,
    /// Accepted at.
    pub accepted_at: Option<Instant>,
    /// Delivered at.
    pub delivered_at: Option<Instant>,
    /// Taken as done at.
    pub done_at: Option<Instant>,
    /// How good it is: 1 (bad) to 5 (good).
    pub quality: Option<i64>,
    /// How well the time was kept: 1 (bad) to 5 (good).
    pub timeliness: Option<i64>,
    /// Why it was judged so.
    pub evaluation: String,
    /// Who judged it.
    pub evaluated_by: Option<UserId>,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Instant,
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskStep {
    /// Of which task.
    pub task_id: TaskId,
    /// Its place in the plan, from 1.
    pub no: i64,
    /// What is done.
    pub text: String,
    /// From the checklist of the kind: without it the task cannot be delivered.
    pub required: bool,
    /// When it was done.
    pub done_at: Option<Instant>,
}

/// Something that was said about a task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskEntry {
    /// Key.
    pub id: TaskEntryId,
    /// About which task.
    pub task_id: TaskId,
    /// What it is.
    pub kind: TaskEntryKind,
    /// What was said.
    pub text: String,
    /// How much was done then, 0 to 100.
    pub percent: i64,
    /// Who said it.
    pub by: UserId,
    /// When.
    pub at: Instant,
}

/// The longest list of steps.
pub const STEPS_MAX: usize = 50;

/// The least urgent priority; 1 is the most urgent.
pub const PRIORITY_MAX: i64 = 4;

impl TaskStatus {
    /// Whether there is still something to be done about it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Cancelled)
    }

    /// Whether a person has it in hand or on the desk: that is their load.
    pub const fn is_load(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted | Self::InProgress)
    }
}

impl Task {
    /// What is wrong with it, each at its field; codes are looked up by who keeps them.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = FieldCheck::default();
        check.required(&self.title, 200, "/title");
        check.optional(&self.detail, 4000, "/detail");
        check.optional(&self.city, 60, "/city");
        check.optional(&self.district, 60, "/district");
        check.optional(&self.place, 300, "/place");
        let range = FieldRule::OutOfRange { min: 1, max: PRIORITY_MAX };
        check.that((1..=PRIORITY_MAX).contains(&self.priority), "/priority", range);
        let minutes = FieldRule::OutOfRange { min: 0, max: 100_000 };
        check.that((0..=100_000).contains(&self.planned_minutes), "/planned_minutes", minutes);
        check.errors
    }

    /// Minutes that are left of it.
    pub const fn left_minutes(&self) -> i64 {
        self.planned_minutes * (100 - self.percent) / 100
    }

    /// Whether it should have been delivered by now and was not.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.status.is_open() && self.delivered_at.is_none() && self.due_at.is_some_and(|due| due < now)
    }

    /// What changed from `before` to this.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        changes!(before, self;
            "title": |task| task.title.clone(),
            "detail": |task| task.detail.clone(),
            "kind": |task| task.kind.clone(),
            "pool_role": |task| task.role.clone(),
            "priority": |task| task.priority,
            "city": |task| task.city.clone(),
            "district": |task| task.district.clone(),
            "place": |task| task.place.clone(),
            "skills": |task| task.skills.clone(),
            "planned_minutes": |task| task.planned_minutes,
            "due_at": |task| task.due_at,
        )
    }

    /// Something happened to it.
    pub fn event(&self, kind: EventKind) -> Event {
        let event = Event::of(kind, "task", self.id.raw(), &self.number).with("title", self.title.as_str());
        if self.order_number.is_empty() { event } else { event.with("order", self.order_number.as_str()) }
    }
}
