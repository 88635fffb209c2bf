//! Opening a login at the portal.

use domain::{Act, Actor, Customer, CustomerId, EventKind, FieldError, FieldRule, Language, PortalUser, PortalUserId, Refusal, Version};
use store::rows::{PortalSessions, PortalUserByName};
use store::{Outcome, UnitOfWork};

use super::event;
use crate::saved::Saved;

/// A person to let in; the password was checked and hashed before.
#[derive(Clone, Debug)]
pub struct NewPortalUser {
    /// For which customer, by id or code.
    pub customer: String,
    /// Typed at sign-in.
    pub username: String,
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// Language of screens and messages; the customer's where left out.
    pub language: Option<Language>,
    /// Hash of the first password.
    pub password_hash: String,
    /// Whether the person must set another password first.
    pub must_change: bool,
}

/// Lets a person of a customer in.
///
/// # Errors
/// Refused without `portal_user.edit`, for an unknown customer, and for a username that is taken or malformed.
pub fn create(work: &mut UnitOfWork, by: &Actor, new: &NewPortalUser) -> Outcome<Saved> {
    by.may(Act::EditPortalUser)?;
    work.want_of::<PortalUserByName>([new.username.clone()]);
    let customer = crate::customer::by_id_or_code(work, &new.customer)?;
    let taken = work.one::<PortalUserByName>(new.username.clone())?.is_some();
    let mut user = PortalUser {
        id: PortalUserId::NONE,
        version: Version::FIRST,
        customer_id: customer.as_ref().map_or(CustomerId::NONE, |customer: &store::Held<Customer>| customer.id),
        username: new.username.clone(),
        name: new.name.clone(),
        email: new.email.clone(),
        password_hash: new.password_hash.clone(),
        language: new.language.or(customer.as_ref().map(|customer| customer.language)).unwrap_or(Language::ZhCn),
        must_change: new.must_change,
        active: true,
        created_by: by.user_id,
        created_at: work.now(),
    };
    let mut wrong = user.check();
    if taken {
        wrong.push(FieldError::new("/username", FieldRule::Taken { value: new.username.clone() }));
    }
    if customer.is_none() {
        wrong.push(FieldError::new("/customer_id", FieldRule::Unknown { value: new.customer.clone() }));
    }
    Refusal::unless_valid(wrong)?;
    user.id = work.id();
    work.fresh::<PortalSessions>(user.id);
    let customer = customer.map(|customer| customer.name.clone()).unwrap_or_default();
    work.record(by, event(EventKind::PortalUserCreated, &user).with("customer", customer).with("name", user.name.as_str()));
    let user = work.add(user);
    Ok(Saved::new(user.id, user.version, &user.username))
}
