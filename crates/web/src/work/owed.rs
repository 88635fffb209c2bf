//! What should have been done already or is owed: time limits that are over, and what overrides left to be brought.

use domain::{Act, Actor, ClockTerms, Instant, OrderId, Override, Verb, name_of};
use serde::Serialize;
use store::query::{blueprint, clock, order};
use store::{Fault, Reader};
use utoipa::ToSchema;

use super::{WorkItem, ends};
use crate::clock::{ClockJson, role_names};
use crate::order::gate::OverrideJson;
use crate::value::VerbCode;

/// Of each at the most.
const SHOWN: usize = 100;

/// Looked at, of which some may stand in the queue already.
const READ: i64 = 500;

/// A time limit that is over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkClock {
    /// The time limit, with what the caller may do with it.
    pub clock: ClockJson,
    /// Name of the customer.
    pub customer_name: String,
    /// The step that ends it, where the caller may do it.
    pub verb: Option<VerbCode>,
    /// The same, for people.
    pub verb_name: Option<String>,
}

/// The step that ends a clock, where this actor may do it; one that people end by saying so has none.
fn verb(terms: &ClockTerms, by: &Actor) -> Option<Verb> {
    if terms.stops_by_hand {
        return None;
    }
    // An order takes effect with its last approval.
    let done_as = |verb| if verb == Verb::TakeEffect { Verb::Approve } else { verb };
    let mut steps = terms.stops.iter().filter_map(|event| Verb::of_event(*event)).map(done_as);
    steps.find(|verb| verb.table_row().act.is_some_and(|act| by.may(act).is_ok()))
}

/// Time limits that are over and wait for a role of the actor, without those that an item of the queue stands for.
pub(super) fn clocks(reader: &Reader<'_>, by: &Actor, now: Instant, items: &[WorkItem]) -> Result<Vec<WorkClock>, Fault> {
    let roles: Vec<String> = by.roles.iter().map(str::to_owned).collect();
    let found = clock::overdue_of_roles(reader, by.company_id, &roles, now, READ)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let names = role_names(reader, by)?;
    let queued = |order: OrderId, terms: &ClockTerms| {
        items.iter().any(|item| item.order.order.id == order && item.verb.get().is_some_and(|verb| ends(terms, verb)))
    };
    let mut all = Vec::new();
    for (clock, customer_name) in found {
        let terms = clock.terms();
        if queued(OrderId::from_raw(clock.subject_id), &terms) {
            continue;
        }
        let verb = verb(&terms, by);
        let verb_name = verb.map(|verb| name_of(by.language, verb));
        all.push(WorkClock { clock: ClockJson::of(clock, by, &names), customer_name, verb: verb.map(VerbCode::from), verb_name });
    }
    all.truncate(SHOWN);
    Ok(all)
}

/// What is owed for overrides of the actor, or done in a role of the actor.
pub(super) fn owed(reader: &Reader<'_>, by: &Actor) -> Result<Vec<Override>, Fault> {
    if by.may(Act::AddAttachment).is_err() {
        return Ok(Vec::new());
    }
    let roles: Vec<String> = by.roles.iter().map(str::to_owned).collect();
    blueprint::owed(reader, by.company_id, by.user_id, &roles, i64::try_from(SHOWN).unwrap_or(i64::MAX))
}

/// The same, for people.
pub(super) fn shown(reader: &Reader<'_>, by: &Actor, owed: Vec<Override>, now: Instant) -> Result<Vec<OverrideJson>, Fault> {
    if owed.is_empty() {
        return Ok(Vec::new());
    }
    let names = order::names(reader, by.company_id)?;
    Ok(owed.iter().map(|done| OverrideJson::of(done, &names, by, now)).collect())
}
