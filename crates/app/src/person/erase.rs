//! What is kept of a person, erased at their wish; orders and what the law wants kept stay with their figures.

use domain::notify::Delivery;
use domain::{
    Act, Actor, Company, Confirmation, Consent, Customer, CustomerAddress, CustomerContact, CustomerId, ERASED, Inquiry, Message, Offer,
    Order, OrderStatus, Person, PersonRejection, PortalUser, Quotation, Refusal, erasure_event,
};
use store::query::person::{self, Held};
use store::rows::{Cart, ChainedEvent, CustomerAddresses, CustomerContacts, PortalSessions};
use store::{Failure, Outcome, UnitOfWork};

use crate::customer::keys;
use crate::portal_user::activate;
use crate::{App, Replay};

/// Why a person cannot be erased now: orders that are not at their end still need to know whom to ask and who takes the goods.
pub fn refusal(held: &Held) -> Option<PersonRejection> {
    let ended = [OrderStatus::Closed, OrderStatus::Rejected, OrderStatus::Void, OrderStatus::Cancelled];
    let open = held.orders.iter().filter(|order| !ended.contains(&order.status)).count();
    (open > 0).then(|| PersonRejection::OpenPapers { count: i64::try_from(open).unwrap_or(i64::MAX) })
}

/// Erases a person of a customer: as a contact, a receiver, somebody who signs in at the portal and agreed to something, in the orders, quotations,
/// inquiries and messages that name the person, and in the events about all of these. Goes on until nothing is left; what was done stays done.
/// Answers with how many rows were changed.
///
/// # Errors
/// `denied`, `customer.merged`; `person.open_papers`; `invalid` at `/name` where nothing is kept of such a person, and at `/reason` without one.
///
/// Source: PTY-05
pub async fn erase(
    app: &App,
    by: &Actor,
    id: CustomerId,
    (name, reason): (String, String),
    replay: Option<Replay>,
) -> Result<i64, Failure> {
    by.may(Act::ManagePerson).map_err(Failure::Refused)?;
    if let Some(count) = app.answered(by, replay.as_ref()).await? {
        return Ok(count);
    }
    let company = by.company_id;
    let asked = name.clone();
    let person = app.store.read(move |reader| person::known(reader, company, id, &asked)).await?;
    let mut count = 0;
    loop {
        let known = person.clone();
        let read = app.store.read(move |reader| {
            let Some(company) = reader.get::<Company>(company, company)? else { return Ok(None) };
            person::held(reader, &company, id, &known)
        });
        let Some(held) = read.await? else { return Err(Failure::Refused(Refusal::not_found("customer"))) };
        if count == 0 {
            check(&held, &name, &reason).map_err(Failure::Refused)?;
        }
        if held.is_erased() {
            break;
        }
        let why = reason.trim().to_owned();
        let erased = app.command(by, None, move |work, by| forget(work, by, &held, &why)).await?;
        if erased == 0 {
            break;
        }
        count += erased;
    }
    app.command(by, replay, move |_, _| Ok(count)).await
}

fn check(held: &Held, name: &str, reason: &str) -> Result<(), Refusal> {
    held.customer.not_merged()?;
    Refusal::unless_valid(domain::check_erasure(name, reason, held.is_erased()))?;
    refusal(held).map_or(Ok(()), |rejection| Err(rejection.into()))
}

/// Erases what was found, in one act.
fn forget(work: &mut UnitOfWork, by: &Actor, held: &Held, reason: &str) -> Outcome<i64> {
    want(work, held);
    let person = &held.person;
    let mut count = papers(work, held)?;
    count += file(work, held)?;
    count += portal(work, by, held)?;
    count += letters(work, held)?;
    let mut redacted = Vec::new();
    for found in &held.events {
        let mut event = work.get::<ChainedEvent>(found.position)?;
        let event_row = &mut *event;
        for text in [&mut event_row.subject_number, &mut event_row.by_name, &mut event_row.reason] {
            erase_in(person, text);
        }
        if let Some(left) = person.erased_json(&event_row.data) {
            event_row.data = left;
        }
        redacted.push((event.position, event.fingerprint()));
        work.save(&mut event);
    }
    count += i64::try_from(redacted.len()).unwrap_or(i64::MAX);
    work.record(by, erasure_event(&held.customer, count, &redacted, reason));
    Ok(count)
}

/// Asks for everything at once.
fn want(work: &mut UnitOfWork, held: &Held) {
    let id = held.customer.id;
    work.want::<Customer>([id]);
    keys::want(work, id);
    work.want_of::<CustomerContacts>([id]);
    work.want_of::<CustomerAddresses>([id]);
    work.want::<Consent>(held.consents.iter().map(|row| row.id));
    work.want::<PortalUser>(held.portal_users.iter().map(|row| row.id));
    work.want_of::<PortalSessions>(held.portal_users.iter().map(|row| row.id));
    work.want_of::<Cart>(held.portal_users.iter().map(|row| row.id));
    work.want::<Order>(held.orders.iter().map(|row| row.id));
    work.want::<Quotation>(held.quotations.iter().map(|row| row.id));
    work.want::<Inquiry>(held.inquiries.iter().map(|row| row.id));
    work.want::<Message>(held.messages.iter().map(|row| row.id));
    work.want::<Confirmation>(held.confirmations.iter().map(|row| row.id));
    work.want::<Offer>(held.offers.iter().map(|row| row.id));
    work.want::<Delivery>(held.letters.iter().map(|row| row.id));
    work.want::<ChainedEvent>(held.events.iter().map(|row| row.position));
}

/// A text without the person; whether it changed.
fn erase_in(person: &Person, text: &mut String) -> bool {
    match person.erased(text) {
        Some(left) => {
            *text = left;
            true
        }
        None => false,
    }
}

fn papers(work: &mut UnitOfWork, held: &Held) -> Outcome<i64> {
    let person = &held.person;
    let mut count = 0;
    macro_rules! each {
        ($row:ty, $found:expr, [$($field:ident),+]) => {
            for found in $found {
                let mut row = work.get::<$row>(found.id)?;
                let changed = [$(erase_in(person, &mut row.$field)),+];
                if changed.contains(&true) {
                    work.save(&mut row);
                    count += 1;
                }
            }
        };
    }
    each!(Order, &held.orders, [contact_name, contact_phone, receiver, delivery_address, notes, special_requirements]);
    each!(Quotation, &held.quotations, [contact_name, contact_phone, receiver, delivery_address, notes]);
    each!(Inquiry, &held.inquiries, [contact_name, contact_phone, said, answer]);
    each!(Message, &held.messages, [author, text]);
    for found in &held.inquiries {
        let mut row = work.get::<Inquiry>(found.id)?;
        if let Some(left) = person.erased_json(&row.items) {
            row.items = left;
            work.save(&mut row);
        }
    }
    Ok(count)
}

/// In the customer's file: contacts go, addresses stay without the receiver.
fn file(work: &mut UnitOfWork, held: &Held) -> Outcome<i64> {
    let (person, id) = (&held.person, held.customer.id);
    let mut count = 0;
    for found in &held.consents {
        let mut consent = work.get::<Consent>(found.id)?;
        ERASED.clone_into(&mut consent.person);
        erase_in(person, &mut consent.evidence);
        erase_in(person, &mut consent.withdrawn_note);
        work.save(&mut consent);
        count += 1;
    }
    let (contacts, addresses) = (work.of::<CustomerContacts>(id)?, work.of::<CustomerAddresses>(id)?);
    let mine = |contact: &CustomerContact| person.is(&contact.name) || person.is(&contact.phone) || person.is(&contact.email);
    let mut kept: Vec<CustomerContact> = contacts.iter().map(|held| (**held).clone()).filter(|contact| !mine(contact)).collect();
    let places: Vec<CustomerAddress> = addresses
        .iter()
        .map(|held| {
            let mut address = (**held).clone();
            if person.is(&address.receiver) || person.is(&address.phone) {
                address.receiver.clear();
                address.phone.clear();
            }
            address
        })
        .collect();
    let changed = places.iter().zip(&addresses).filter(|(now, before)| **now != ***before).count();
    let gone = contacts.len() - kept.len();
    if gone == 0 && changed == 0 {
        return Ok(count);
    }
    if gone > 0 && !kept.is_empty() && !kept.iter().any(|contact| contact.main) {
        kept[0].main = true;
    }
    for (contact, position) in kept.iter_mut().zip(1..) {
        contact.position = position;
    }
    let mut customer = work.get::<Customer>(id)?;
    keys::change(work, &customer, &kept, &places)?;
    crate::customer::edit::put(work, contacts, kept);
    crate::customer::edit::put(work, addresses, places);
    work.save(&mut customer);
    count += i64::try_from(gone + changed).unwrap_or(i64::MAX);
    Ok(count)
}

/// At the portal: nobody signs in as the person any more, and the login tells nothing.
fn portal(work: &mut UnitOfWork, by: &Actor, held: &Held) -> Outcome<i64> {
    for found in &held.portal_users {
        activate::stop(work, by, found.id)?;
        let mut user = work.get::<PortalUser>(found.id)?;
        user.username = format!("erased-{}", user.id);
        ERASED.clone_into(&mut user.name);
        user.email.clear();
        work.save(&mut user);
    }
    Ok(i64::try_from(held.portal_users.len()).unwrap_or(i64::MAX))
}

/// Letters tell neither to whom they went nor what was in them, and what still waits is not sent; confirmations and offers tell who signed, not where
/// they were sent.
fn letters(work: &mut UnitOfWork, held: &Held) -> Outcome<i64> {
    let person = &held.person;
    for found in &held.letters {
        let mut letter = work.get::<Delivery>(found.id)?;
        letter.erase(person);
        work.save(&mut letter);
    }
    let mut count = held.letters.len();
    for found in &held.confirmations {
        let mut row = work.get::<Confirmation>(found.id)?;
        if person.is(&row.sent_to) {
            ERASED.clone_into(&mut row.sent_to);
            work.save(&mut row);
            count += 1;
        }
    }
    for found in &held.offers {
        let mut row = work.get::<Offer>(found.id)?;
        if person.is(&row.sent_to) {
            ERASED.clone_into(&mut row.sent_to);
            work.save(&mut row);
            count += 1;
        }
    }
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}
