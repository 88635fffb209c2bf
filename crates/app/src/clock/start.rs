//! An answer promised to a customer by a time (INT-06).

use domain::{
    Act, Actor, Clock, ClockRejection, ClockStart, ClockSubject, Company, Due, Event, EventKind, FieldError, FieldRule, Instant, Order,
    OrderId, Refusal,
};
use store::{Outcome, UnitOfWork};

use super::rules;
use crate::calendar;
use crate::saved::Saved;

/// What is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Code of a rule that a person starts: `order.answer`.
    pub code: String,
    /// By when; nothing: as long as its rule gives.
    pub due_at: Option<Instant>,
    /// What, or to whom.
    pub note: String,
}

/// Starts a clock of an order with a time of its own.
///
/// # Errors
/// `denied`, `not-found`; `invalid` for a code that is none, starts by itself, or a time that is over.
///
/// Source: INT-06
pub fn start(work: &mut UnitOfWork, by: &Actor, id: OrderId, promise: &Promise) -> Outcome<Saved> {
    by.may(Act::StartClock)?;
    work.want::<Company>([work.company()]);
    let order = work.get::<Order>(id)?;
    let company = work.get::<Company>(work.company())?;
    let rules = rules(work)?;
    let rule = rules.iter().find(|rule| rule.code == promise.code && rule.subject == ClockSubject::Order);
    let wrong = match rule {
        None => Some(FieldError::new("/code", FieldRule::Unknown { value: promise.code.clone() })),
        Some(rule) if !rule.by_hand() => Some(FieldError::new("/code", ClockRejection::StartsByItself { code: rule.code.clone() })),
        Some(_) => None,
    };
    let due = match (promise.due_at, rule.and_then(|rule| rule.limit)) {
        (Some(at), _) => Some(Due::At(at)),
        (None, limit) => limit.map(Due::After),
    };
    let over = match promise.due_at {
        Some(at) if at <= work.now() => Some(FieldError::new("/due_at", ClockRejection::InThePast)),
        None if due.is_none() => Some(FieldError::new("/due_at", FieldRule::Required)),
        _ => None,
    };
    let too_long = (promise.note.chars().count() > 500).then(|| FieldError::new("/note", FieldRule::TooLong { max: 500 }));
    Refusal::unless_valid(wrong.into_iter().chain(over).chain(too_long).collect())?;
    let (Some(rule), Some(due)) = (rule, due) else { return Err(Refusal::not_found("clock").into()) };

    // A time that a person says is that time, whatever the calendar.
    let counted_by = if promise.due_at.is_some() { "" } else { rule.calendar.as_str() };
    let (hours, calendar_version) = calendar::hours(work, counted_by)?;
    let (clock_id, now, terms) = (work.id(), work.now(), rule.terms());
    let start = ClockStart {
        id: clock_id,
        code: &rule.code,
        terms: &terms,
        subject: (ClockSubject::Order, id.raw(), &order.number),
        calendar: (counted_by, calendar_version),
        at: now,
        due,
        by: by.user_id,
        note: promise.note.trim(),
    };
    let held = work.add(Clock::start(&start, &hours, now));
    let due_at = held.due_at;
    let shown = due_at.shown_in(&company.time_zone).unwrap_or_else(|| due_at.to_string());
    let event = Event::of_order(EventKind::ClockStarted, id, &order.number).because(promise.note.trim());
    work.record(by, event.with("clock", terms.name).with("clock_id", held.id.to_string()).with("due_at", due_at).with("due", shown));
    Ok(Saved::new(held.id, held.version, &held.code))
}
