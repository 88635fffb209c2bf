//! Two customers that look like one and are two.

use domain::{Act, Actor, Customer, CustomerId, CustomerPair, CustomerRejection, Event, EventKind, FieldRule, PairState, Refusal, Version};
use store::{Outcome, UnitOfWork};

use super::keys::pair_of;

/// Remembers that two customers are different ones, and why; they are not brought up again.
///
/// # Errors
/// `denied`, `not-found`; `invalid` without a reason or for one customer twice; `customer.already_distinct`.
///
/// Source: PTY-03
pub fn tell_apart(work: &mut UnitOfWork, by: &Actor, one: CustomerId, other: CustomerId, reason: &str) -> Outcome<Version> {
    by.may(Act::EditCustomer)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::field("/reason", FieldRule::Required).into());
    }
    if one == other {
        return Err(CustomerRejection::SameCustomer.into());
    }
    let key = pair_of(one, other);
    work.want::<Customer>([key.0, key.1]);
    work.want::<CustomerPair>([key]);
    let (first, second) = (work.get::<Customer>(key.0)?, work.get::<Customer>(key.1)?);
    let version = match work.find::<CustomerPair>(key)? {
        Some(pair) if pair.state == PairState::Distinct => return Err(CustomerRejection::AlreadyDistinct.into()),
        Some(mut pair) => {
            (pair.state, pair.decided_by, pair.decided_at) = (PairState::Distinct, Some(by.user_id), Some(work.now()));
            reason.clone_into(&mut pair.note);
            work.save(&mut pair);
            pair.version
        }
        None => {
            let (customer_id, other_id) = key;
            let now = work.now();
            work.add(CustomerPair {
                customer_id,
                other_id,
                version: Version::FIRST,
                score: 0,
                name_score: 0,
                reasons: String::new(),
                state: PairState::Distinct,
                note: reason.to_owned(),
                decided_by: Some(by.user_id),
                decided_at: Some(now),
                found_at: now,
            });
            Version::FIRST
        }
    };
    let event = Event::of(EventKind::CustomersToldApart, "customer", second.id.raw(), &second.code);
    work.record(by, event.with("other", format!("{} {}", first.code, first.name)).because(reason));
    Ok(version)
}
