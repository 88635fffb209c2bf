//! What people of customers agree to, and take back.

use domain::{Act, Actor, Company, Consent, ConsentId, ConsentPurpose, Customer, CustomerId, Date, EventKind, Refusal, Version};
use store::{Outcome, UnitOfWork};

use crate::saved::{Saved, on_version};

/// A consent, as it is said.
#[derive(Clone, Debug)]
pub struct ConsentSent {
    /// Name of the person.
    pub person: String,
    /// To what.
    pub purpose: ConsentPurpose,
    /// When it was given.
    pub given_on: Date,
    /// How, and where the proof is.
    pub evidence: String,
}

/// Records that a person agrees.
///
/// # Errors
/// `denied`, `not-found`, `customer.merged`; `invalid` at what is wrong, see [`Consent::check`].
///
/// Source: PTY-05
pub fn record(work: &mut UnitOfWork, by: &Actor, customer_id: CustomerId, sent: &ConsentSent) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    work.want::<Company>([work.company()]);
    let customer = work.get::<Customer>(customer_id)?;
    customer.not_merged()?;
    let consent = Consent {
        id: work.id(),
        version: Version::FIRST,
        customer_id,
        person: sent.person.trim().to_owned(),
        purpose: sent.purpose,
        given_on: sent.given_on,
        evidence: sent.evidence.trim().to_owned(),
        recorded_by: by.user_id,
        recorded_at: work.now(),
        withdrawn_on: None,
        withdrawn_note: String::new(),
        withdrawn_by: None,
    };
    let today = work.get::<Company>(work.company())?.date_of(work.now());
    Refusal::unless_valid(consent.check(today))?;

    let event = consent.event(EventKind::ConsentRecorded, &customer);
    let saved = Saved::new(consent.id, consent.version, &customer.code);
    work.add(consent);
    work.record(by, event);
    Ok(saved)
}

/// Records that a person takes a consent back.
///
/// # Errors
/// `denied`, `not-found`, `stale`; see [`Consent::withdraw`].
///
/// Source: PTY-05
pub fn withdraw(
    work: &mut UnitOfWork,
    by: &Actor,
    (customer_id, id): (CustomerId, ConsentId),
    expected: Option<Version>,
    (on, note): (Date, &str),
) -> Outcome<Saved> {
    by.may(Act::EditCustomer)?;
    work.want::<Company>([work.company()]);
    work.want::<Customer>([customer_id]);
    let mut consent = work.get::<Consent>(id)?;
    if consent.customer_id != customer_id {
        return Err(Refusal::not_found("consent").into());
    }
    on_version(expected, consent.version, "consent")?;
    let customer = work.get::<Customer>(customer_id)?;
    let today = work.get::<Company>(work.company())?.date_of(work.now());
    let event = consent.withdraw(&customer, (on, note), by.user_id, today)?;

    work.save(&mut consent);
    work.record(by, event);
    Ok(Saved::new(id, consent.version, &customer.code))
}
