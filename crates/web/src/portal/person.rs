//! Who asks at the portal: the session of a browser of a customer's person.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use domain::{Actor, Codes, CompanyId, Customer, PortalRejection, PortalSessionId, PortalUser, SessionRejection};
use store::query::portal;
use store::rows::Table;

use crate::by::check_origin;
use crate::context::{self, Context};
use crate::error::Error;
use crate::known::Known;
use crate::secret;
use crate::state::Web;

/// The name of the portal's session cookie.
pub const COOKIE: &str = "shundan_portal";

/// Where browsers send it, and nowhere else.
pub const PATH: &str = "/api/v1/portal";

/// A person of a customer who is signed in; `&person` is an [`Actor`] whom nothing is permitted by roles.
#[derive(Clone, Debug)]
pub struct Person {
    /// The actor, for use cases of the portal.
    pub actor: Actor,
    /// Who.
    pub user: PortalUser,
    /// Whose people they are.
    pub own: Customer,
    /// For whom they order: the own customer, or one that orders through it (PTY-06).
    pub customer: Customer,
    /// The customer that was acted for no longer orders through the own one: nothing is done until another one was chosen.
    pub acting_ended: bool,
    /// Their session.
    pub session: PortalSessionId,
    /// What every change must carry.
    pub csrf: String,
}

/// The same, also before the first password was changed, and after acting for somebody ended.
#[derive(Clone, Debug)]
pub struct Newcomer(pub Person);

impl Deref for Person {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl FromRequestParts<Web> for Person {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Error> {
        let Newcomer(person) = Newcomer::from_request_parts(parts, web).await?;
        if person.user.must_change {
            return Err(Error::refused(PortalRejection::MustChangePassword));
        }
        if person.acting_ended {
            return Err(Error::refused(PortalRejection::ActingEnded));
        }
        Ok(person)
    }
}

impl FromRequestParts<Web> for Newcomer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Error> {
        let context = context::of(parts);
        let secret = cookie(&parts.headers).ok_or_else(|| Error::refused(SessionRejection::NotSignedIn))?;
        let mut person = of_cookie(web, &context, secret).await?;
        context.is(person.company_id, person.user_id, person.user.language);
        check_origin(&parts.method, &parts.headers, &person.csrf)?;
        person.actor.language = context.language();
        Ok(Newcomer(person))
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// People of the portal that are known for a moment, by the hash of their secret.
pub(crate) type Callers = Known<String, Arc<portal::SignedIn>>;

/// Nobody yet.
pub(crate) fn nobody() -> Callers {
    Known::of(&[Table::PortalUser, Table::PortalSession, Table::Customer, Table::Agent, Table::AgentCustomer])
}

async fn of_cookie(web: &Web, context: &Context, secret: &str) -> Result<Person, Error> {
    let ended = || Error::refused(SessionRejection::Ended);
    let company = secret::company_of(secret).ok_or_else(ended)?;
    let hash = secret::hash(secret);
    let key = hash.clone();
    let read = async {
        let found = web.app.store.read(move |reader| portal::by_token(reader, company, &hash)).await?;
        Ok::<_, store::Fault>(found.map(Arc::new))
    };
    let known = web.guests.get(&web.app.store, key, read).await?.ok_or_else(ended)?;
    let now = web.now();
    if known.session.revoked || known.session.expires_at <= now || !known.user.active {
        return Err(ended());
    }
    if app::portal::sign_in::is_due(&known.session, now) {
        touch(web, company, known.session.id);
    }
    Ok(of(company, &known, context.address()))
}

fn of(company: CompanyId, known: &portal::SignedIn, address: &str) -> Person {
    let (user, own) = (known.user.clone(), known.customer.clone());
    let (customer, acting_ended) = match &known.acting {
        portal::Acting::Own => (own.clone(), false),
        portal::Acting::For(customer) => ((**customer).clone(), false),
        portal::Acting::Ended => (own.clone(), true),
    };
    let actor = Actor { address: address.to_owned(), customer_id: Some(customer.id), ..actor(company, &user, &own) };
    Person { actor, user, own, customer, acting_ended, session: known.session.id, csrf: known.session.csrf.clone() }
}

/// The same person after a change of the session.
pub(super) async fn again(web: &Web, person: Person) -> Result<Person, Error> {
    let (company, id) = (person.company_id, person.session);
    let found = web.app.store.read(move |reader| portal::signed_in(reader, company, id)).await?;
    let found = found.ok_or_else(|| Error::refused(SessionRejection::Ended))?;
    let language = person.actor.language;
    let mut person = of(company, &found, &person.actor.address);
    person.actor.language = language;
    Ok(person)
}

/// A person of the portal as who acts, for the own customer: known in events by name and that customer, and permitted nothing by roles.
pub(crate) fn actor(company_id: CompanyId, user: &PortalUser, customer: &Customer) -> Actor {
    let of = if customer.short_name.is_empty() { &customer.name } else { &customer.short_name };
    Actor {
        user_id: user.id.as_user(),
        name: format!("{} · {of}", user.name),
        roles: Codes::default(),
        permissions: Codes::default(),
        language: user.language,
        channel: "portal".to_owned(),
        address: String::new(),
        company_id,
        customer_id: Some(customer.id),
    }
}

/// Writes the sign of life, beside the request.
fn touch(web: &Web, company: CompanyId, id: PortalSessionId) {
    let store = web.app.store.clone();
    tokio::spawn(async move {
        if let Err(why) = store.write(company, move |work| app::portal::sign_in::touch(work, id)).await {
            tracing::warn!(?why, "a sign of life was not written");
        }
    });
}
