//! A new customer.

use domain::{
    Act, Actor, CustomerId, CustomerPair, CustomerVerification, Event, EventKind, FieldError, Grade, GradeRule, NEEDS_A_REASON, PairState,
    Refusal, Similar, Version, check_similar,
};
use store::rows::{CustomerAddresses, CustomerContacts};
use store::{Outcome, UnitOfWork};

use super::credit::CreditTerms;
use super::input::{CustomerInput, Like, check};
use super::keys;
use crate::saved::Saved;

/// Opens a customer file with its people, its addresses and its account. Without `credit.edit` it has no credit: a limit of nothing, due at once.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field, at `/grade` for another than the lowest without `customer.grade`, and at `/duplicate_reason` where another customer is very like it and nothing
/// says why it is another one.
///
/// Source: PTY-01, PTY-03
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &CustomerInput) -> Outcome<Saved> {
    by.may(Act::CreateCustomer)?;
    let mut input = input.clone();
    if by.may(Act::EditCredit).is_err() && input.credit_limit.is_none() {
        // Nobody gives credit without limit by saying nothing.
        input.credit_limit = CreditTerms::NONE.limit;
    }
    let input = &input;
    input.want(work);
    let like = Like { id: work.id(), version: Version::FIRST, active: true, verified: false, grade: Grade::C, created_at: work.now() };
    let mut errors = Vec::new();
    let owner_id = input.owner(work, &mut errors)?;
    let customer = input.customer(&like, owner_id);
    let (contacts, addresses) = (input.contacts_of(like.id), input.addresses_of(like.id));
    errors.extend(check(work, input, &customer, None, &contacts, &addresses)?);
    errors.extend(check_similar(&input.similar, &input.duplicate_reason));
    errors.extend(input.credit().check_change(CreditTerms::NONE, by));
    if customer.grade != Grade::C && by.may(Act::GradeCustomer).is_err() {
        errors.push(FieldError::new("/grade", GradeRule::NeedsApproval));
    }
    Refusal::unless_valid(errors)?;

    let reason = keep_apart(work, by, like.id, input)?;
    let event = Event::of(EventKind::CustomerCreated, "customer", like.id.raw(), &customer.code);
    let event = event.with("name", customer.name.as_str()).because(reason);
    keys::add(work, &customer, &contacts, &addresses);
    let saved = Saved::new(like.id, customer.version, &customer.code);
    work.add(customer);
    work.add(CustomerVerification::entered(like.id, by.user_id));
    work.add(input.account(like.id));
    work.fresh::<CustomerContacts>(like.id);
    work.fresh::<CustomerAddresses>(like.id);
    for contact in contacts {
        work.add(contact);
    }
    for address in addresses {
        work.add(address);
    }
    work.record(by, event);
    Ok(saved)
}

/// Remembers that a customer is another one than those it is very like, for the reason that was given; answers with the reason where there are such.
pub(super) fn keep_apart<'i>(work: &mut UnitOfWork, by: &Actor, id: CustomerId, input: &'i CustomerInput) -> Outcome<&'i str> {
    let very_like: Vec<&Similar> = input.similar.iter().filter(|one| one.likeness.score >= NEEDS_A_REASON).collect();
    let reason = input.duplicate_reason.trim();
    if reason.is_empty() {
        return Ok("");
    }
    work.want::<CustomerPair>(very_like.iter().map(|one| keys::pair_of(id, one.customer_id)));
    for one in &very_like {
        let said = CustomerPair {
            state: PairState::Distinct,
            note: reason.to_owned(),
            decided_by: Some(by.user_id),
            decided_at: Some(work.now()),
            ..keys::pair(work, id, one)
        };
        match work.find::<CustomerPair>((said.customer_id, said.other_id))? {
            Some(mut known) => {
                let version = known.version;
                *known = CustomerPair { version, found_at: known.found_at, ..said };
                work.save(&mut known);
            }
            None => {
                work.add(said);
            }
        }
    }
    Ok(if very_like.is_empty() { "" } else { reason })
}
