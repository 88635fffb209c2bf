//! The steps of a task: each checks everything first, then changes.

use super::{STEPS_MAX, Task, TaskRejection, TaskStatus, TaskStep, TaskVerb, Worker};
use crate::actor::Actor;
use crate::event::{Event, EventKind};
use crate::instant::Instant;
use crate::order::checked_reason;
use crate::refusal::{Detail, FieldError, GateRefusal, MissingFact, Refusal};
use crate::rule::{FieldCheck, FieldRule};

/// The longest thing that is said at once, in characters.
const SAID_MAX: i64 = 2000;

/// Nothing where every step of the checklist is done.
pub(super) fn check_steps(steps: &[TaskStep]) -> Result<(), Refusal> {
    let required: Vec<&TaskStep> = steps.iter().filter(|step| step.required).collect();
    let open: Vec<&str> = required.iter().filter(|step| step.done_at.is_none()).map(|step| step.text.as_str()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let done = Detail::from(required.len() - open.len());
    let missing = vec![MissingFact { fact: "required_steps", current: done, required: Detail::from(required.len()), label: None }];
    let details = vec![("steps", Detail::Text(open.join("、")))];
    Err(Refusal::gates(vec![GateRefusal { code: "task.deliver.steps".into(), details, missing, override_by: Vec::new(), text: None }]))
}

fn said<'a>(text: &'a str, pointer: &str) -> Result<&'a str, Refusal> {
    let mut check = FieldCheck::default();
    check.required(text, SAID_MAX, pointer);
    Refusal::unless_valid(check.errors)?;
    Ok(text.trim())
}

impl Task {
    fn moved(&mut self, verb: TaskVerb) {
        if let Some(to) = verb.table_row().to {
            self.status = to;
        }
    }

    fn sent_to(&mut self, to: &Worker, now: Instant) {
        self.assignee = Some(to.user_id);
        self.offered_at = Some(now);
        self.accepted_at = None;
    }

    fn check_receiver(&self, to: &Worker) -> Result<(), Refusal> {
        let wrong = |no: TaskRejection| Err(Refusal::invalid(vec![FieldError::new("/user_id", no)]));
        if !to.active {
            return wrong(TaskRejection::NotAWorker);
        }
        if self.assignee == Some(to.user_id) {
            return wrong(TaskRejection::SamePerson);
        }
        Ok(())
    }

    /// Sends it to a person, or to another one before the first has answered.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` for somebody without an active profile, or who was sent it already.
    pub fn offer(&mut self, to: &Worker, name: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Offer, by)?;
        self.check_receiver(to)?;
        self.sent_to(to, now);
        self.moved(TaskVerb::Offer);
        Ok(self.event(EventKind::TaskOffered).with("to", name))
    }

    /// Takes it from the pool.
    ///
    /// # Errors
    /// As [`Task::may`].
    pub fn take(&mut self, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Take, by)?;
        self.assignee = Some(by.user_id);
        self.offered_at = Some(now);
        self.accepted_at = Some(now);
        self.moved(TaskVerb::Take);
        Ok(self.event(EventKind::TaskTaken))
    }

    /// Accepts what was sent.
    ///
    /// # Errors
    /// As [`Task::may`].
    pub fn accept(&mut self, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Accept, by)?;
        self.accepted_at = Some(now);
        self.moved(TaskVerb::Accept);
        Ok(self.event(EventKind::TaskAccepted))
    }

    /// Refuses what was sent; it is open again.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a reason.
    pub fn refuse(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Refuse, by)?;
        let reason = checked_reason(reason)?;
        self.assignee = None;
        self.offered_at = None;
        self.moved(TaskVerb::Refuse);
        Ok(self.event(EventKind::TaskRefused).because(reason))
    }

    /// Begins the work.
    ///
    /// # Errors
    /// As [`Task::may`].
    pub fn start(&mut self, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Start, by)?;
        self.moved(TaskVerb::Start);
        Ok(self.event(EventKind::TaskStarted))
    }

    /// Replaces the plan. What is done and what the checklist wants stays; the answer is the plan as it is now, numbered from 1.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` for empty steps and too many.
    pub fn plan(&mut self, steps: &[TaskStep], texts: &[String], by: &Actor) -> Result<(Vec<TaskStep>, Event), Refusal> {
        self.may(TaskVerb::Plan, by)?;
        let mut check = FieldCheck::default();
        let max = i64::try_from(STEPS_MAX).unwrap_or(i64::MAX);
        for (place, text) in texts.iter().enumerate() {
            check.required(text, 200, &format!("/steps/{place}"));
        }
        let mut plan: Vec<TaskStep> = steps.iter().filter(|step| step.required || step.done_at.is_some()).cloned().collect();
        let new = |text: &str| TaskStep { task_id: self.id, no: 0, text: text.to_owned(), required: false, done_at: None };
        for text in texts.iter().map(|text| text.trim()) {
            if !plan.iter().any(|step| step.text == text) {
                plan.push(new(text));
            }
        }
        check.that(plan.len() <= STEPS_MAX, "/steps", FieldRule::TooMany { max });
        Refusal::unless_valid(check.errors)?;
        for (no, step) in (1..).zip(&mut plan) {
            step.no = no;
        }
        let event = self.event(EventKind::TaskPlanned).with("steps", plan.len());
        Ok((plan, event))
    }

    /// A step of the plan is done, or not after all; the progress follows.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` where there is no such step.
    pub fn tick(&mut self, steps: &mut [TaskStep], no: i64, done: bool, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Tick, by)?;
        let Some(step) = steps.iter_mut().find(|step| step.no == no) else {
            return Err(Refusal::field("/no", TaskRejection::UnknownStep { no }));
        };
        step.done_at = done.then(|| step.done_at.unwrap_or(now));
        let text = step.text.clone();
        let ticked = steps.iter().filter(|step| step.done_at.is_some()).count();
        self.percent = i64::try_from(ticked * 100 / steps.len()).unwrap_or(100);
        Ok(self.event(EventKind::TaskStepTicked).with("step", text).with("done", done).with("percent", self.percent))
    }

    /// Tells how far it is.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a text, and for a percentage outside 0 to 100.
    pub fn report(&mut self, text: &str, percent: Option<i64>, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Report, by)?;
        let mut check = FieldCheck::default();
        check.required(text, SAID_MAX, "/text");
        let percent = percent.unwrap_or(self.percent);
        check.that((0..=100).contains(&percent), "/percent", FieldRule::OutOfRange { min: 0, max: 100 });
        Refusal::unless_valid(check.errors)?;
        self.percent = percent;
        Ok(self.event(EventKind::TaskReported).because(text.trim()).with("percent", percent))
    }

    /// Asks whoever made or sent it.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a text.
    pub fn ask(&self, text: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Ask, by)?;
        Ok(self.event(EventKind::TaskAsked).because(said(text, "/text")?))
    }

    /// Answers who has it.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a text.
    pub fn answer(&self, text: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Answer, by)?;
        Ok(self.event(EventKind::TaskAnswered).because(said(text, "/text")?))
    }

    /// Hands in the result; the steps of the checklist must be done.
    ///
    /// # Errors
    /// As [`Task::may`]; gate `task.deliver.steps`; `invalid` for a note that is too long.
    pub fn deliver(&mut self, steps: &[TaskStep], note: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Deliver, by)?;
        check_steps(steps)?;
        let mut check = FieldCheck::default();
        check.optional(note, SAID_MAX, "/note");
        Refusal::unless_valid(check.errors)?;
        self.percent = 100;
        self.delivered_at = Some(now);
        self.moved(TaskVerb::Deliver);
        Ok(self.event(EventKind::TaskDelivered).because(note.trim()))
    }

    /// Gives the result back; a part of the work is left again.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a reason.
    pub fn rework(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Rework, by)?;
        let reason = checked_reason(reason)?;
        self.percent = self.percent.min(90);
        self.delivered_at = None;
        self.moved(TaskVerb::Rework);
        Ok(self.event(EventKind::TaskReworked).because(reason))
    }

    /// Takes the result.
    ///
    /// # Errors
    /// As [`Task::may`].
    pub fn finish(&mut self, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::Finish, by)?;
        self.done_at = Some(now);
        self.moved(TaskVerb::Finish);
        Ok(self.event(EventKind::TaskFinished))
    }

    /// The task is done by what it was for having happened, whoever had it; nothing where it has ended already.
    pub fn settle(&mut self, now: Instant) -> Option<Event> {
        if matches!(self.status, TaskStatus::Done | TaskStatus::Cancelled) {
            return None;
        }
        self.status = TaskStatus::Done;
        self.percent = 100;
        self.delivered_at = self.delivered_at.or(Some(now));
        self.done_at = Some(now);
        Some(self.event(EventKind::TaskFinished))
    }

    /// Judges quality and time, each 1 (bad) to 5 (good), once.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` for a score outside 1 to 5.
    pub fn evaluate(&mut self, quality: i64, timeliness: i64, comment: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Evaluate, by)?;
        let mut check = FieldCheck::default();
        check.that((1..=5).contains(&quality), "/quality", FieldRule::OutOfRange { min: 1, max: 5 });
        check.that((1..=5).contains(&timeliness), "/timeliness", FieldRule::OutOfRange { min: 1, max: 5 });
        check.optional(comment, SAID_MAX, "/comment");
        Refusal::unless_valid(check.errors)?;
        self.quality = Some(quality);
        self.timeliness = Some(timeliness);
        comment.trim().clone_into(&mut self.evaluation);
        self.evaluated_by = Some(by.user_id);
        let event = self.event(EventKind::TaskEvaluated).because(comment.trim());
        Ok(event.with("quality", quality).with("timeliness", timeliness))
    }

    /// Hands it over to another person, who is asked first.
    ///
    /// # Errors
    /// As [`Task::offer`]; `invalid` without a reason.
    pub fn hand_over(&mut self, to: &Worker, name: &str, reason: &str, by: &Actor, now: Instant) -> Result<Event, Refusal> {
        self.may(TaskVerb::HandOver, by)?;
        let reason = checked_reason(reason)?;
        self.check_receiver(to)?;
        self.sent_to(to, now);
        self.moved(TaskVerb::HandOver);
        Ok(self.event(EventKind::TaskHandedOver).because(reason).with("to", name))
    }

    /// Ends it without a result.
    ///
    /// # Errors
    /// As [`Task::may`]; `invalid` without a reason.
    pub fn cancel(&mut self, reason: &str, by: &Actor) -> Result<Event, Refusal> {
        self.may(TaskVerb::Cancel, by)?;
        let reason = checked_reason(reason)?;
        self.moved(TaskVerb::Cancel);
        debug_assert_eq!(self.status, TaskStatus::Cancelled);
        Ok(self.event(EventKind::TaskCancelled).because(reason))
    }
}
