//! A new customer.

use domain::{Act, Actor, Event, EventKind, Refusal, Version};
use store::rows::{CustomerAddresses, CustomerContacts};
use store::{Outcome, UnitOfWork};

use super::credit::CreditTerms;
use super::input::{CustomerInput, Like, check};
use crate::saved::Saved;

/// Opens a customer file with its people, its addresses and its account. Without `credit.edit` it has no credit: a limit of nothing, due at once.
///
/// # Errors
/// `denied`; `invalid` with everything that is wrong at its field.
///
/// Source: PTY-01
pub fn create(work: &mut UnitOfWork, by: &Actor, input: &CustomerInput) -> Outcome<Saved> {
    by.may(Act::CreateCustomer)?;
    let mut input = input.clone();
    if by.may(Act::EditCredit).is_err() && input.credit_limit.is_none() {
        // Nobody gives credit without limit by saying nothing.
        input.credit_limit = CreditTerms::NONE.limit;
    }
    let input = &input;
    input.want(work);
    let like = Like { id: work.id(), version: Version::FIRST, active: true, created_at: work.now() };
    let mut errors = Vec::new();
    let owner_id = input.owner(work, &mut errors)?;
    let customer = input.customer(&like, owner_id);
    let (contacts, addresses) = (input.contacts_of(like.id), input.addresses_of(like.id));
    errors.extend(check(work, input, &customer, &contacts, &addresses)?);
    errors.extend(input.credit().check_change(CreditTerms::NONE, by));
    Refusal::unless_valid(errors)?;

    let event = Event::of(EventKind::CustomerCreated, "customer", like.id.raw(), &customer.code).with("name", customer.name.as_str());
    let saved = Saved::new(like.id, customer.version, &customer.code);
    work.add(customer);
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
