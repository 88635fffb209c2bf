//! What happened starts, pauses, resumes and stops clocks, as of when it happened.

use std::collections::BTreeSet;

use domain::{Actor, Calendar, Clock, ClockRule, ClockStart, Company, Due, Event, EventKind, Instant, Order, OrderId, TimeSpan, UserId};
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

/// An event of an order with its kind.
struct Heard<'a> {
    event: &'a Event,
    kind: EventKind,
    order: OrderId,
}

impl<'a> Heard<'a> {
    /// Of an order, and not of its clocks.
    fn of(event: &'a Event) -> Option<Self> {
        let kind = EventKind::parse(&event.kind)?;
        let meant = event.subject_kind == "order" && !event.kind.starts_with("Clock");
        meant.then(|| Heard { event, kind, order: OrderId::from_raw(event.subject_id) })
    }
}

fn act(work: &mut UnitOfWork, _by: &Actor, events: &[Event]) -> Outcome<()> {
    let rules = rules(work)?;
    let heard: Vec<Heard<'_>> = events.iter().filter_map(Heard::of).collect();
    if heard.is_empty() {
        return Ok(());
    }
    work.want_of::<OpenClocks>(heard.iter().map(|heard| heard.order.raw()).collect::<BTreeSet<_>>());
    let starts = |heard: &&Heard<'_>| rules.iter().any(|rule| rule.starts.contains(&heard.kind));
    let started: BTreeSet<OrderId> = heard.iter().filter(starts).map(|heard| heard.order).collect();
    if !started.is_empty() {
        work.want::<Company>([work.company()]);
        work.want::<Calendar>(rules.iter().filter(|rule| !rule.calendar.is_empty()).map(|rule| rule.calendar.clone()));
        work.want::<Order>(started.iter().copied());
        for rule in rules.iter() {
            let Some(when) = &rule.when else { continue };
            let asked = heard.iter().filter(|heard| rule.starts.contains(&heard.kind)).map(|heard| heard.order);
            let asked: BTreeSet<OrderId> = asked.collect();
            gate::want(work, &asked.into_iter().collect::<Vec<_>>(), when)?;
        }
    }
    for heard in &heard {
        hear(work, heard)?;
        for rule in rules.iter().filter(|rule| rule.starts.contains(&heard.kind)) {
            start(work, heard, rule)?;
        }
    }
    Ok(())
}

/// Lets the order's open clocks know.
fn hear(work: &mut UnitOfWork, heard: &Heard<'_>) -> Outcome<()> {
    for mut clock in work.of::<OpenClocks>(heard.order.raw())? {
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

/// Starts a clock unless the order is not meant, lacks the date, or has it running. What its rule asks is asked of the order as it stands now, a moment
/// after the event; an order of which that is not known is meant, as by a gate.
fn start(work: &mut UnitOfWork, heard: &Heard<'_>, rule: &ClockRule) -> Outcome<()> {
    let Some(order) = work.find::<Order>(heard.order)? else { return Ok(()) };
    let runs = work.of::<OpenClocks>(heard.order.raw())?.iter().any(|clock| clock.code == rule.code);
    if runs || !rule.is_for(order.category) {
        return Ok(());
    }
    if let Some(when) = &rule.when
        && gate::holds(work, &order, when)? == Some(false)
    {
        return Ok(());
    }
    let due = match (rule.limit, rule.anchor) {
        (Some(limit), _) => Due::After(limit),
        (None, Some(anchor)) => {
            let Some(day) = anchor.of(&order) else { return Ok(()) };
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
        order: (heard.order, &heard.event.subject_number),
        calendar: (&rule.calendar, version),
        at: heard.event.at,
        due,
        by: UserId::NONE,
        note: "",
    };
    work.add(Clock::start(&start, &hours, now));
    Ok(())
}
