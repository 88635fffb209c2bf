//! What a clock does. Time is counted as working time spent since the start: stages happen when so much is spent, wherever pauses lie.

use super::{Clock, ClockRejection, ClockState, ClockSubject, ClockTerms};
use crate::calendar::WorkCalendar;
use crate::event::EventKind;
use crate::id::{ClockId, UserId, Version};
use crate::instant::Instant;
use crate::time_span::TimeSpan;

/// What a clock is started with.
#[derive(Clone, Debug)]
pub struct ClockStart<'a> {
    /// Its key.
    pub id: ClockId,
    /// Code of its rule.
    pub code: &'a str,
    /// What it goes on by.
    pub terms: &'a ClockTerms,
    /// What it is about: kind, id and number.
    pub subject: (ClockSubject, i64, &'a str),
    /// Code and version of its calendar; empty: around the clock.
    pub calendar: (&'a str, Version),
    /// When.
    pub at: Instant,
    /// When it is due, by a limit of working time or by itself.
    pub due: Due,
    /// Who started it; nobody where an event did.
    pub by: UserId,
    /// What is promised.
    pub note: &'a str,
}

/// When a clock is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// After so much time by its calendar.
    After(TimeSpan),
    /// Then.
    At(Instant),
}

/// What a clock does by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Firing {
    /// Little time is left.
    Warned,
    /// The time is over.
    Breached,
    /// Somebody else hears of it.
    Escalated {
        /// The level, from 1.
        level: i64,
        /// Code of the role that hears of it.
        role: String,
    },
}

const WARNING: i64 = 1;
const BREACH: i64 = 2;

impl Clock {
    /// A clock that starts. Of stages that are over by `now` already, only the last is left to happen: what began long ago does not storm.
    pub fn start(start: &ClockStart<'_>, calendar: &WorkCalendar, now: Instant) -> Self {
        let limit = match start.due {
            Due::After(limit) => limit,
            Due::At(due) => calendar.worked(start.at, due),
        };
        let (kind, subject_id, number) = start.subject;
        let mut clock = Self {
            id: start.id,
            version: Version::FIRST,
            code: start.code.to_owned(),
            subject_kind: kind.as_str().to_owned(),
            subject_id,
            subject_number: number.to_owned(),
            calendar: start.calendar.0.to_owned(),
            calendar_version: start.calendar.1,
            terms: serde_json::to_string(start.terms).expect("terms are plain data"),
            limit_micros: limit,
            spent_micros: TimeSpan::ZERO,
            started_at: start.at,
            running_since: start.at,
            due_at: start.at,
            warn_at: start.at,
            next_at: None,
            state: ClockState::Running,
            fired: 0,
            paused_at: None,
            paused_by: UserId::NONE,
            pause_reason: String::new(),
            breached_at: None,
            stopped_at: None,
            started_by: start.by,
            note: start.note.to_owned(),
        };
        clock.reckon(start.terms, calendar);
        if let Due::At(due) = start.due {
            // Also where that is over already.
            clock.due_at = due;
        }
        clock.pass_over(start.terms, calendar, now);
        clock
    }

    /// Counts stages that are over as if they had happened, all but the last.
    fn pass_over(&mut self, terms: &ClockTerms, calendar: &WorkCalendar, now: Instant) {
        while let Some(second) = self.stage_after(terms, self.next_stage(terms))
            && self.reached(terms, calendar, second).is_some_and(|at| at <= now)
        {
            self.pass(self.next_stage(terms));
        }
        self.next_at = self.reached(terms, calendar, self.next_stage(terms));
    }

    /// A stage has happened.
    fn pass(&mut self, stage: i64) {
        self.fired = stage;
        if stage >= BREACH && self.breached_at.is_none() {
            self.breached_at = Some(self.due_at);
            self.state = ClockState::Breached;
        }
    }

    fn next_stage(&self, terms: &ClockTerms) -> i64 {
        let next = self.fired + 1;
        if next == WARNING && terms.warn_before.is_zero() { BREACH } else { next }
    }

    fn stage_after(&self, terms: &ClockTerms, stage: i64) -> Option<i64> {
        let last = BREACH + i64::try_from(terms.escalation.len()).unwrap_or_default();
        (stage < last).then_some(stage + 1)
    }

    /// The working time after which a stage is reached; none where there is no such stage.
    fn threshold(&self, terms: &ClockTerms, stage: i64) -> Option<TimeSpan> {
        match stage {
            WARNING => Some(self.limit_micros.minus(terms.warn_before)),
            BREACH => Some(self.limit_micros),
            level => {
                let level = usize::try_from(level - BREACH - 1).ok()?;
                Some(self.limit_micros.plus(terms.escalation.get(level)?.after))
            }
        }
    }

    /// When a stage is reached, as it runs now.
    fn reached(&self, terms: &ClockTerms, calendar: &WorkCalendar, stage: i64) -> Option<Instant> {
        let threshold = self.threshold(terms, stage)?;
        Some(calendar.due(self.running_since, threshold.minus(self.spent_micros)))
    }

    /// Reckons its times anew: after it was started or resumed, and when its calendar has changed.
    pub fn reckon(&mut self, terms: &ClockTerms, calendar: &WorkCalendar) {
        let left = self.limit_micros.minus(self.spent_micros);
        if !left.is_zero() {
            self.due_at = calendar.due(self.running_since, left);
        }
        let warning = self.limit_micros.minus(terms.warn_before).minus(self.spent_micros);
        self.warn_at = if warning.is_zero() { self.running_since.min(self.due_at) } else { calendar.due(self.running_since, warning) };
        let runs = matches!(self.state, ClockState::Running | ClockState::Breached);
        self.next_at = if runs { self.reached(terms, calendar, self.next_stage(terms)) } else { None };
    }

    /// Lets it rest; the time until it goes on does not count.
    ///
    /// # Errors
    /// `AlreadyPaused`, `AlreadyStopped`.
    pub fn pause(&mut self, calendar: &WorkCalendar, at: Instant, by: UserId, reason: &str) -> Result<(), ClockRejection> {
        match self.state {
            ClockState::Paused => return Err(ClockRejection::AlreadyPaused),
            ClockState::Stopped => return Err(ClockRejection::AlreadyStopped),
            ClockState::Running | ClockState::Breached => {}
        }
        self.spent_micros = self.spent_micros.plus(calendar.worked(self.running_since, at));
        self.state = ClockState::Paused;
        self.paused_at = Some(at);
        self.paused_by = by;
        reason.clone_into(&mut self.pause_reason);
        self.next_at = None;
        Ok(())
    }

    /// Lets it go on: it is due as much later as it was paused.
    ///
    /// # Errors
    /// `NotPaused`, `AlreadyStopped`.
    pub fn resume(&mut self, calendar: &WorkCalendar, at: Instant) -> Result<(), ClockRejection> {
        match self.state {
            ClockState::Paused => {}
            ClockState::Stopped => return Err(ClockRejection::AlreadyStopped),
            ClockState::Running | ClockState::Breached => return Err(ClockRejection::NotPaused),
        }
        self.state = if self.breached_at.is_some() { ClockState::Breached } else { ClockState::Running };
        self.running_since = self.paused_at.map_or(at, |paused| at.max(paused));
        self.paused_at = None;
        self.paused_by = UserId::NONE;
        self.pause_reason.clear();
        self.reckon(&self.terms(), calendar);
        Ok(())
    }

    /// Ends it: what it was for is done. If that was too late, it is breached, also where nobody had noticed yet.
    ///
    /// # Errors
    /// `AlreadyStopped`.
    pub fn stop(&mut self, at: Instant) -> Result<(), ClockRejection> {
        if self.state == ClockState::Stopped {
            return Err(ClockRejection::AlreadyStopped);
        }
        if self.breached_at.is_none() && self.state == ClockState::Running && at > self.due_at {
            self.breached_at = Some(self.due_at);
        }
        self.state = ClockState::Stopped;
        self.stopped_at = Some(at);
        self.next_at = None;
        Ok(())
    }

    /// What it does now by itself, each stage once; nothing before its time, and nothing twice where the time goes backwards.
    pub fn fire(&mut self, calendar: &WorkCalendar, now: Instant) -> Vec<Firing> {
        let mut fired = Vec::new();
        if self.next_at.is_none_or(|at| at > now) {
            return fired;
        }
        let terms = self.terms();
        while let Some(at) = self.next_at.filter(|at| *at <= now) {
            let stage = self.next_stage(&terms);
            self.pass(stage);
            if stage == BREACH {
                self.breached_at = Some(at);
            }
            fired.push(match stage {
                WARNING => Firing::Warned,
                BREACH => Firing::Breached,
                _ => {
                    let level = stage - BREACH;
                    let named = usize::try_from(level - 1).ok().and_then(|place| terms.escalation.get(place));
                    Firing::Escalated { level, role: named.map(|level| level.role.clone()).unwrap_or_default() }
                }
            });
            self.next_at = self.reached(&terms, calendar, self.next_stage(&terms));
        }
        fired
    }

    /// What an event does to it: stops, pauses or resumes it. False where that is nothing.
    pub fn hear(&mut self, kind: EventKind, calendar: &WorkCalendar, at: Instant, reason: &str) -> bool {
        if !self.is_open() {
            return false;
        }
        let terms = self.terms();
        if terms.stops.contains(&kind) {
            return self.stop(at).is_ok();
        }
        if terms.pauses.contains(&kind) {
            return self.pause(calendar, at, UserId::NONE, reason).is_ok();
        }
        // What a person has paused, a person lets go on.
        let by_event = self.state == ClockState::Paused && self.paused_by.is_none();
        by_event && terms.resumes.contains(&kind) && self.resume(calendar, at).is_ok()
    }
}
