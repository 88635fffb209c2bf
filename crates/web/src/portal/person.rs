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
    /// For whom they order.
    pub customer: Customer,
    /// Their session.
    pub session: PortalSessionId,
    /// What every change must carry.
    pub csrf: String,
}

/// The same, also before the first password was changed.
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
    Known::of(&[Table::PortalUser, Table::PortalSession, Table::Customer])
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
    let (user, customer) = (known.user.clone(), known.customer.clone());
    let actor = Actor { address: context.address().to_owned(), ..actor(company, &user, &customer) };
    Ok(Person { actor, user, customer, session: known.session.id, csrf: known.session.csrf.clone() })
}

/// A person of the portal as who acts: known in events by name and customer, and permitted nothing by roles.
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
