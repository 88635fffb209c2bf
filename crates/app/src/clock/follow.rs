//! What happened starts, pauses, resumes and stops clocks, as of when it happened.

use std::collections::BTreeSet;

use domain::{
    Actor, Calendar, Clock, ClockRule, ClockStart, ClockSubject, Company, Due, Event, EventKind, Instant, Order, OrderId, TimeSpan, UserId,
};
use store::rows::OpenClocks;
use store::{Outcome, UnitOfWork};

use super::rules;
use crate::calendar;
use crate::follow::Follower;
use crate::order::gate;

/// The follower of the event stream that clocks run by.
pub const FOLLOWER: Follower = Follower { name: "clocks", act };

/// What ended so long before it is looked at is history: of it no clock is kept.
const HISTORY: TimeSpan = TimeSpan::from_minutes(24 * 60);

/// An event of what clocks are about, with its kind.
struct Heard<'a> {
    event: &'a Event,
    kind: EventKind,
    about: ClockSubject,
}

impl<'a> Heard<'a> {
    /// Of an order or an inquiry, and not of its clocks.
    fn of(event: &'a Event) -> Option<Self> {
        let (kind, about) = (EventKind::parse(&event.kind)?, ClockSubject::parse(&event.subject_kind)?);
        (!event.kind.starts_with("Clock")).then_some(Heard { event, kind, about })
    }

    /// The order it is about, if it is about one.
    fn order(&self) -> Option<OrderId> {
        (self.about == ClockSubject::Order).then(|| OrderId::from_raw(self.event.subject_id))
    }

    fn starts(&self, rule: &ClockRule) -> bool {
        rule.subject == self.about && rule.starts.contains(&self.kind)
    }
}

fn act(work: &mut UnitOfWork, _by: &Actor, events: &[Event]) -> Outcome<()> {
    let rules = rules(work)?;
    let heard: Vec<Heard<'_>> = events.iter().filter_map(Heard::of).collect();
    if heard.is_empty() {
        return Ok(());
    }
    work.want_of::<OpenClocks>(heard.iter().map(|heard| heard.event.subject_id).collect::<BTreeSet<_>>());
    let started: Vec<&Heard<'_>> = heard.iter().filter(|heard| rules.iter().any(|rule| heard.starts(rule))).collect();
    if !started.is_empty() {
        work.want::<Company>([work.company()]);
        work.want::<Calendar>(rules.iter().filter(|rule| !rule.calendar.is_empty()).map(|rule| rule.calendar.clone()));
        work.want::<Order>(started.iter().filter_map(|heard| heard.order()).collect::<BTreeSet<_>>());
        for rule in rules.iter() {
            let Some(when) = &rule.when else { continue };
            let asked = heard.iter().filter(|heard| heard.starts(rule)).filter_map(Heard::order);
            let asked: BTreeSet<OrderId> = asked.collect();
            gate::want(work, &asked.into_iter().collect::<Vec<_>>(), when)?;
        }
    }
    for heard in &heard {
        hear(work, heard)?;
        for rule in rules.iter().filter(|rule| heard.starts(rule)) {
            start(work, heard, rule)?;
        }
    }
    Ok(())
}

/// Lets the open clocks of what it is about know.
fn hear(work: &mut UnitOfWork, heard: &Heard<'_>) -> Outcome<()> {
    for mut clock in work.of::<OpenClocks>(heard.event.subject_id)? {
        let (hours, _) = calendar::hours(work, &clock.calendar)?;
        if !clock.hear(heard.kind, &hours, heard.event.at, &heard.event.reason) {
            continue;
        }
        if !clock.is_open() && Instant::from_micros(heard.event.at.micros() + HISTORY.micros()) < work.now() {
            work.remove(&clock);
        } else {
            work.save(&mut clock);
        }
    }
    Ok(())
}

/// Starts a clock unless what it would be about is not meant, lacks the date, or has it running. What its rule asks is asked of the order as it stands now, a moment
/// after the event; an order of which that is not known is meant, as by a gate.
fn start(work: &mut UnitOfWork, heard: &Heard<'_>, rule: &ClockRule) -> Outcome<()> {
    let order = match heard.order() {
        Some(id) => work.find::<Order>(id)?,
        None => None,
    };
    if order.is_none() && heard.about == ClockSubject::Order {
        return Ok(());
    }
    let order = order.as_deref();
    let runs = work.of::<OpenClocks>(heard.event.subject_id)?.iter().any(|clock| clock.code == rule.code);
    if runs || order.is_some_and(|order| !rule.is_for(order.category)) {
        return Ok(());
    }
    if let (Some(when), Some(order)) = (&rule.when, order)
        && gate::holds(work, order, when)? == Some(false)
    {
        return Ok(());
    }
    let due = match (rule.limit, rule.anchor) {
        (Some(limit), _) => Due::After(limit),
        (None, Some(anchor)) => {
            let Some(day) = order.and_then(|order| anchor.of(order)) else { return Ok(()) };
            let zone = work.get::<Company>(work.company())?.time_zone.clone();
            let end = Instant::start_of_in(day.plus_days(1), &zone);
            Due::At(Instant::from_micros(end.micros() - rule.before.micros()))
        }
        (None, None) => return Ok(()),
    };
    let (hours, version) = calendar::hours(work, &rule.calendar)?;
    let (id, now) = (work.id(), work.now());
    let start = ClockStart {
        id,
        code: &rule.code,
        terms: &rule.terms(),
        subject: (heard.about, heard.event.subject_id, &heard.event.subject_number),
        calendar: (&rule.calendar, version),
        at: heard.event.at,
        due,
        by: UserId::NONE,
        note: "",
    };
    work.add(Clock::start(&start, &hours, now));
    Ok(())
}
