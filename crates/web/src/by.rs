//! Who asks: the session of a browser or the token of a program, with what its user may do.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, Method, header, request::Parts};
use domain::{
    Act, Actor, ApiToken, Codes, Company, CompanyId, Language, Role, Session, SessionId, SessionRejection, TokenId, User, permissions_of,
};
use store::query::session;
use store::rows::Table;

use crate::context::{self, Context};
use crate::error::Error;
use crate::known::Known;
use crate::secret;
use crate::state::Web;

/// The name of the session cookie.
pub const COOKIE: &str = "shundan_session";

/// The header that shows that a change comes from our own pages.
pub const CSRF: &str = "x-csrf-token";

/// Who asks. The first argument of a handler behind its state; `&by` is an [`Actor`].
#[derive(Clone, Debug)]
pub struct By {
    /// The actor, for use cases.
    pub actor: Actor,
    /// How they are known.
    pub via: Via,
}

/// How a caller is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// By the cookie of a browser session.
    Session {
        /// Which.
        id: SessionId,
        /// What every change must carry.
        csrf: String,
    },
    /// By the bearer token of a program.
    Token(TokenId),
}

impl Deref for By {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl By {
    /// Nothing where the act is permitted.
    ///
    /// # Errors
    /// 403, naming the permission.
    pub fn may(&self, act: Act) -> Result<(), Error> {
        Ok(self.actor.may(act)?)
    }

    /// The browser session, where it is one.
    pub fn session(&self) -> Option<(SessionId, &str)> {
        match &self.via {
            Via::Session { id, csrf } => Some((*id, csrf)),
            Via::Token(_) => None,
        }
    }
}

impl FromRequestParts<Web> for By {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Error> {
        let context = context::of(parts);
        let by = match credential(&parts.headers) {
            Some(Credential::Bearer(secret)) => of_token(web, &context, secret).await?,
            Some(Credential::Cookie(secret)) => of_cookie(web, &context, secret).await?,
            None => return Err(Error::refused(SessionRejection::NotSignedIn)),
        };
        context.is(by.actor.company_id, by.actor.user_id, by.actor.language);
        if by.actor.may(Act::SeePersonalData).is_err() {
            context.hide();
        }
        if let Via::Session { csrf, .. } = &by.via {
            check_origin(&parts.method, &parts.headers, csrf)?;
        }
        let language = context.language();
        Ok(By { actor: Actor { language, ..by.actor }, ..by })
    }
}

/// Who asks, if anybody is known; for pages that also answer strangers.
#[derive(Clone, Debug)]
pub struct Maybe(pub Option<By>);

impl FromRequestParts<Web> for Maybe {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Error> {
        match By::from_request_parts(parts, web).await {
            Ok(by) => Ok(Maybe(Some(by))),
            Err(error) if error.problem(Language::En).status == 401 => Ok(Maybe(None)),
            Err(error) => Err(error),
        }
    }
}

enum Credential<'a> {
    Bearer(&'a str),
    Cookie(&'a str),
}

fn credential(headers: &HeaderMap) -> Option<Credential<'_>> {
    if let Some(value) = context::text(headers, header::AUTHORIZATION.as_str()) {
        let (scheme, secret) = value.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| Credential::Bearer(secret.trim()));
    }
    cookie(headers).map(Credential::Cookie)
}

/// The value of the session cookie.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// A change must carry the token of its session.
pub(crate) fn check_origin(method: &Method, headers: &HeaderMap, csrf: &str) -> Result<(), Error> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let sent = context::text(headers, CSRF).unwrap_or_default();
    if secret::same(sent, csrf) {
        return Ok(());
    }
    Err(Error::refused(SessionRejection::WrongCsrf))
}

/// Callers that are known for a moment, by the hash of their secret, and the zones of their companies.
pub(crate) struct Callers {
    sessions: Known<String, Arc<(Session, bool, Actor)>>,
    tokens: Known<String, Arc<(ApiToken, bool, Actor)>>,
    zones: Known<CompanyId, Arc<str>>,
}

/// What a caller is made from.
const PEOPLE: &[Table] = &[Table::User, Table::Role, Table::Session, Table::ApiToken];

impl Callers {
    /// Nobody yet.
    pub fn new() -> Self {
        Callers { sessions: Known::of(PEOPLE), tokens: Known::of(PEOPLE), zones: Known::of(&[Table::Company]) }
    }
}

/// The time zone of a company.
pub(crate) async fn zone(web: &Web, company: CompanyId) -> Result<Arc<str>, Error> {
    let read = web.app.store.read(move |reader| reader.get::<Company>(company, company));
    let read = async { Ok::<_, store::Fault>(read.await?.map(|company| company.time_zone.into())) };
    Ok(web.known.zones.get(&web.app.store, company, read).await?.unwrap_or_else(|| "UTC".into()))
}

async fn of_cookie(web: &Web, context: &Context, secret: &str) -> Result<By, Error> {
    let ended = || Error::refused(SessionRejection::Ended);
    let company = secret::company_of(secret).ok_or_else(ended)?;
    let hash = secret::hash(secret);
    let key = hash.clone();
    let read = async {
        let found = web.app.store.read(move |reader| session::by_token(reader, company, &hash)).await?;
        let known = |f: session::SignedIn| (f.session, f.user.active, actor(company, &f.user, &f.roles, None, "web"));
        Ok::<_, store::Fault>(found.map(known).map(Arc::new))
    };
    let known = web.known.sessions.get(&web.app.store, key, read).await?.ok_or_else(ended)?;
    let (session, active, actor) = &*known;
    let now = web.now();
    if session.revoked || session.expires_at <= now || !active {
        return Err(ended());
    }
    if app::session::is_due(session, now) {
        touch(web, company, Touch::Session(session.id));
    }
    let actor = Actor { address: context.address().to_owned(), ..actor.clone() };
    Ok(By { actor, via: Via::Session { id: session.id, csrf: session.csrf.clone() } })
}

async fn of_token(web: &Web, context: &Context, secret: &str) -> Result<By, Error> {
    let refused = || Error::refused(SessionRejection::NotSignedIn);
    let company = secret::company_of_bearer(secret).ok_or_else(refused)?;
    let hash = secret::hash(secret);
    let key = hash.clone();
    let read = async {
        let found = web.app.store.read(move |reader| session::by_secret(reader, company, &hash)).await?;
        let known = |f: session::Bearer| {
            let actor = actor(company, &f.user, &f.roles, Some(&f.token.scopes), "api");
            (f.token, f.user.active, actor)
        };
        Ok::<_, store::Fault>(found.map(known).map(Arc::new))
    };
    let known = web.known.tokens.get(&web.app.store, key, read).await?.ok_or_else(refused)?;
    let (token, active, actor) = &*known;
    let now = web.now();
    if !app::token::works(token, now) || !active {
        return Err(refused());
    }
    if app::token::is_due(token, now) {
        touch(web, company, Touch::Token(token.id));
    }
    let actor = Actor { address: context.address().to_owned(), ..actor.clone() };
    Ok(By { actor, via: Via::Token(token.id) })
}

fn actor(company_id: CompanyId, user: &User, roles: &[Role], scopes: Option<&Codes>, channel: &str) -> Actor {
    let permissions = permissions_of(roles.iter().filter(|role| user.roles.contains(&role.code)));
    Actor {
        user_id: user.id,
        name: user.name.clone(),
        roles: user.roles.clone(),
        permissions: scopes.map_or_else(|| permissions.clone(), |scopes| permissions.intersection(scopes)),
        language: user.language,
        channel: channel.to_owned(),
        address: String::new(),
        company_id,
        customer_id: None,
    }
}

enum Touch {
    Session(SessionId),
    Token(TokenId),
}

/// Writes the sign of life, beside the request: nobody waits for it, and where it fails the next request tries again.
fn touch(web: &Web, company: CompanyId, what: Touch) {
    let store = web.app.store.clone();
    tokio::spawn(async move {
        let done = match what {
            Touch::Session(id) => store.write(company, move |work| app::session::touch(work, id)).await,
            Touch::Token(id) => store.write(company, move |work| app::token::touch(work, id)).await,
        };
        if let Err(why) = done {
            tracing::warn!(?why, "a sign of life was not written");
        }
    });
}

/// Whether the caller is still known and may still do what they might at the beginning: for streams that stay open.
pub(crate) async fn again(web: &Web, context: &Context, headers: &HeaderMap) -> Option<By> {
    let by = match credential(headers)? {
        Credential::Bearer(secret) => of_token(web, context, secret).await,
        Credential::Cookie(secret) => of_cookie(web, context, secret).await,
    };
    by.ok()
}
