//! A changed customer.

use domain::{
    Act, Actor, Change, Customer, CustomerAccount, CustomerId, CustomerVerification, Event, EventKind, FieldError, GradeRule, Refusal,
    User, Version, check_similar, name_key,
};
use store::rows::{CustomerAddresses, CustomerContacts};
use store::{Held, Outcome, Row, UnitOfWork};

use super::change;
use super::credit::CreditTerms;
use super::input::{CustomerInput, Like, check};
use super::{keys, verify};
use crate::saved::{Saved, on_version};

/// Makes a customer file what `input` says: head, people, addresses and credit limit under one version. Nothing happens where nothing differs.
///
/// # Errors
/// `denied`, `not-found`, `stale`; `invalid` with everything that is wrong at its field, at `/grade` where it is another one, and at what decides credit where it changes without
/// `credit.edit`.
///
/// Source: PTY-01, SEC-02, CRD-01
pub fn edit(work: &mut UnitOfWork, by: &Actor, id: CustomerId, expected: Option<Version>, input: &CustomerInput) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    input.want(work);
    keys::want(work, id);
    work.want::<CustomerAccount>([id]);
    work.want::<CustomerVerification>([id]);
    work.want_of::<CustomerContacts>([id]);
    work.want_of::<CustomerAddresses>([id]);
    let mut customer = work.get::<Customer>(id)?;
    on_version(expected, customer.version, "customer")?;
    customer.not_merged()?;
    let before = (*customer).clone();
    let old_contacts = work.of::<CustomerContacts>(id)?;
    let old_addresses = work.of::<CustomerAddresses>(id)?;
    let account = work.get::<CustomerAccount>(id)?;

    let like = Like {
        id,
        version: before.version,
        active: before.active,
        verified: before.verified,
        grade: before.grade,
        created_at: before.created_at,
    };
    let mut errors = Vec::new();
    let owner_id = input.owner(work, &mut errors)?;
    *customer = Customer { former: before.former.clone(), ..input.customer(&like, owner_id) };
    customer.index();
    let (contacts, addresses) = (input.contacts_of(id), input.addresses_of(id));
    errors.extend(check(work, input, &customer, Some(&before), &contacts, &addresses)?);
    let renamed = name_key(&customer.name) != name_key(&before.name);
    errors.extend(check_similar(&input.similar, &input.duplicate_reason).filter(|_| renamed));
    errors.extend(customer.check_currency(&before, &account));
    if customer.grade != before.grade {
        errors.push(FieldError::new("/grade", GradeRule::ByApproval));
    }
    let terms = CreditTerms { limit: account.limit(), terms_days: before.terms_days, grace_days: account.grace_days };
    errors.extend(input.credit().check_change(terms, by));
    Refusal::unless_valid(errors)?;

    let mut changes = customer.changes_from(&before);
    changes.extend(owner_change(work, &before, &customer)?);
    changes.extend(Change::between(
        "credit_limit",
        account.limit().map(|limit| (limit, before.currency)),
        input.credit_limit.map(|limit| (limit, customer.currency)),
    ));
    changes.extend(Change::between("grace_days", account.grace_days, input.grace_days));
    changes.extend(change::contacts(&old_contacts, &contacts));
    changes.extend(change::addresses(&old_addresses, &addresses));
    if changes.is_empty() {
        return Ok(Saved::new(id, before.version, &before.code));
    }
    keys::change(work, &customer, &contacts, &addresses)?;
    verify::lapse(work, by, &before, &mut customer)?;
    put(work, old_contacts, contacts);
    put(work, old_addresses, addresses);
    let terms = input.account(id);
    let (limit, grace) = ((terms.limit_minor - account.limit_minor).minor(), terms.grace_days - account.grace_days);
    work.count::<CustomerAccount>(id, &[limit, 0, 0, 0, 0, grace], false)?;
    work.save(&mut customer);
    let reason = if renamed { super::create::keep_apart(work, by, id, input)? } else { "" };
    work.record(by, Event::of(EventKind::CustomerEdited, "customer", id.raw(), &customer.code).changing(changes).because(reason));
    Ok(Saved::new(id, customer.version, &customer.code))
}

/// The change of the sales representative, by name.
pub(super) fn owner_change(work: &mut UnitOfWork, before: &Customer, after: &Customer) -> Outcome<Option<Change>> {
    if before.owner_id == after.owner_id {
        return Ok(None);
    }
    work.want::<User>(before.owner_id.into_iter().chain(after.owner_id));
    let mut name = |owner| match owner {
        Some(id) => work.find::<User>(id).map(|user| user.map(|user| user.name.clone())),
        None => Ok(None),
    };
    Ok(Change::between("owner_id", name(before.owner_id)?, name(after.owner_id)?))
}

/// Makes the rows of a list the new ones, place by place.
pub(crate) fn put<R: Row + PartialEq>(work: &mut UnitOfWork, old: Vec<Held<R>>, new: Vec<R>) {
    let mut new = new.into_iter();
    for mut held in old {
        match new.next() {
            Some(row) if *held == row => {}
            Some(row) => {
                *held = row;
                work.save(&mut held);
            }
            None => work.remove(&held),
        }
    }
    for row in new {
        work.add(row);
    }
}
