//! The clock of the answer that was promised (INT-06).

use domain::{Actor, ClockRule, ClockStart, ClockSubject, Due, EventKind, INQUIRY_ANSWER, Inquiry, InquiryId, Instant, standard_clocks};
use store::rows::OpenClocks;
use store::{Outcome, UnitOfWork};

use crate::calendar;
use crate::clock::rules;

/// The rule in force; a company whose rules have none has that of the product: a promise is watched.
fn rule(work: &mut UnitOfWork) -> Outcome<ClockRule> {
    let is_it = |rule: &&ClockRule| rule.code == INQUIRY_ANSWER && rule.subject == ClockSubject::Inquiry;
    if let Some(own) = rules(work)?.iter().find(is_it) {
        return Ok(own.clone());
    }
    Ok(standard_clocks().iter().find(is_it).cloned().expect("the product has a rule for answers to inquiries"))
}

/// Starts the clock of a promise; that of an earlier one ends.
pub(super) fn start(work: &mut UnitOfWork, by: &Actor, inquiry: &Inquiry, due: Instant, note: &str) -> Outcome<()> {
    let rule = rule(work)?;
    for mut clock in work.of::<OpenClocks>(inquiry.id.raw())? {
        if clock.code == rule.code {
            clock.stop(work.now())?;
            work.save(&mut clock);
        }
    }
    // A time that a person says is that time, whatever the calendar.
    let (hours, version) = calendar::hours(work, "")?;
    let (id, now, terms) = (work.id(), work.now(), rule.terms());
    let start = ClockStart {
        id,
        code: &rule.code,
        terms: &terms,
        subject: (ClockSubject::Inquiry, inquiry.id.raw(), &inquiry.number),
        calendar: ("", version),
        at: now,
        due: Due::At(due),
        by: by.user_id,
        note,
    };
    work.add(domain::Clock::start(&start, &hours, now));
    Ok(())
}

/// Ends the clocks that such an event ends, at once; the follower of events finds none then.
pub(super) fn stop(work: &mut UnitOfWork, id: InquiryId, kind: EventKind) -> Outcome<()> {
    for mut clock in work.of::<OpenClocks>(id.raw())? {
        if clock.terms().stops.contains(&kind) {
            clock.stop(work.now())?;
            work.save(&mut clock);
        }
    }
    Ok(())
}
