//! What clocks do when their time comes: each stage once, recorded as an event that says who was told.

use std::collections::BTreeMap;

use domain::{
    Actor, Calendar, Clock, ClockId, ClockSubject, ClockTerms, Company, CompanyId, Event, EventKind, Firing, Instant, Order, OrderId,
    TaskCause, TaskKind, WorkCalendar,
};
use store::query::clock;
use store::rows::TasksByCause;
use store::{Failure, Held, Outcome, UnitOfWork};

use super::FOLLOWER;
use crate::absence::{self, Present};
use crate::task::{self, NewTask};
use crate::{App, calendar, follow};

/// Clocks that fire in one transaction.
const BATCH: i64 = 200;

/// Transactions of one look at the most; the rest is left to the next.
const LOOKS: usize = 500;

/// Lets everything happen that is due in a company; answers with how much this process has done of it. However many processes do this at once, and
/// however often, each stage of a clock happens once: a clock is a versioned row that says which stages have happened.
///
/// # Errors
/// Why it could not be read or written; what was not done is due still.
///
/// Source: TSK-03, TSK-04
pub async fn fire_due(app: &App, company: CompanyId) -> Result<usize, Failure> {
    let mut all = 0;
    for _ in 0..LOOKS {
        // What happens from here on comes too late to stop what is due now; what happened before is heard first.
        let until = app.store.now();
        let read = app.store.read(move |reader| clock::due(reader, company, until, BATCH));
        let due = read.await?;
        if due.is_empty() {
            break;
        }
        follow::catch_up(app, company, FOLLOWER).await?;
        let full = i64::try_from(due.len()).is_ok_and(|count| count == BATCH);
        let actor = follow::product(company);
        all += app.store.write(company, move |work| fire(work, &actor, &due, until)).await?;
        if !full {
            break;
        }
    }
    Ok(all)
}

/// Lets those of these clocks fire that are due.
fn fire(work: &mut UnitOfWork, by: &Actor, ids: &[ClockId], until: Instant) -> Outcome<usize> {
    work.want::<Clock>(ids.iter().copied());
    work.want::<Company>([work.company()]);
    let mut due: Vec<Held<Clock>> = Vec::with_capacity(ids.len());
    for id in ids {
        // What is there no more, or was fired by another process, is passed by.
        let found = work.find::<Clock>(*id)?;
        due.extend(found.filter(|clock| clock.next_at.is_some_and(|at| at <= until)));
    }
    if due.is_empty() {
        return Ok(0);
    }
    let now = work.now();
    let today = work.get::<Company>(work.company())?.date_of(now);
    work.want::<Calendar>(due.iter().filter(|clock| !clock.calendar.is_empty()).map(|clock| clock.calendar.clone()));
    let present = absence::present(work, today)?;
    want_tasks(work, &due);
    let mut calendars: BTreeMap<String, (WorkCalendar, domain::Version)> = BTreeMap::new();
    let mut count = 0;
    for mut clock in due {
        if !calendars.contains_key(&clock.calendar) {
            let hours = calendar::hours(work, &clock.calendar)?;
            calendars.insert(clock.calendar.clone(), hours);
        }
        let (hours, version) = &calendars[&clock.calendar];
        if clock.calendar_version != *version {
            clock.calendar_version = *version;
            let terms = clock.terms();
            clock.reckon(&terms, hours);
        }
        let terms = clock.terms();
        let fired = clock.fire(hours, until);
        for firing in &fired {
            work.record(by, event(&clock, &terms, firing, &present));
        }
        if fired.iter().any(|firing| *firing != Firing::Warned) {
            make_task(work, by, &clock, &terms)?;
        }
        count += fired.len();
        work.save(&mut clock);
    }
    Ok(count)
}

/// Makes the task that the clock's rule wants when it is not kept, once: what was breached before the product could look has its task with the first
/// level of escalation. A kind that the company has no more makes none, so that the others of its batch fire.
fn make_task(work: &mut UnitOfWork, by: &Actor, clock: &Clock, terms: &ClockTerms) -> Outcome<()> {
    if terms.task.is_empty() || work.find::<TaskKind>(terms.task.clone())?.is_none() {
        return Ok(());
    }
    if !work.of::<TasksByCause>(clock.id.raw())?.is_empty() {
        return Ok(());
    }
    let task = NewTask {
        detail: [terms.name.of(by.language), clock.note.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("："),
        order: order_of(clock),
        cause: TaskCause::Clock,
        cause_code: clock.code.clone(),
        cause_id: clock.id.raw(),
        role: Some(terms.role.clone()),
        ..NewTask::of(&terms.task)
    };
    task::open(work, by, &task)?;
    Ok(())
}

/// The order that a clock is about, if it is about one.
fn order_of(clock: &Clock) -> Option<OrderId> {
    (clock.subject_kind == ClockSubject::Order.as_str()).then(|| OrderId::from_raw(clock.subject_id))
}

/// Asks at once for what the tasks of these clocks need.
fn want_tasks(work: &mut UnitOfWork, due: &[Held<Clock>]) {
    for clock in due {
        let task = clock.terms().task;
        if !task.is_empty() {
            work.want_of::<TasksByCause>([clock.id.raw()]);
            work.want::<TaskKind>([task]);
            work.want::<Order>(order_of(clock));
        }
    }
}

/// What is recorded when a clock does something, with whom it was told to.
fn event(clock: &Clock, terms: &ClockTerms, firing: &Firing, present: &Present) -> Event {
    let (kind, level, role) = match firing {
        Firing::Warned => (EventKind::ClockWarned, 0, &terms.role),
        Firing::Breached => (EventKind::ClockBreached, 0, &terms.role),
        Firing::Escalated { level, role } => (EventKind::ClockEscalated, *level, role),
    };
    Event::of(kind, &clock.subject_kind, clock.subject_id, &clock.subject_number)
        .with("clock", terms.name.clone())
        .with("clock_id", clock.id.to_string())
        .with("code", clock.code.as_str())
        .with("due_at", clock.due_at)
        .with("role", role.as_str())
        .with("role_name", domain::role_detail(role))
        .with("level", level)
        .told(present.in_role(role))
}
