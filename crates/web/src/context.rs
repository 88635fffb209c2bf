//! What is known of a request before it is understood, and what becomes of every answer: problems are put into the caller's language,
//! each answer carries the request's id and is logged once.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{CompanyId, Language, UserId};

use crate::error::{self, Error};
use crate::mask;
use crate::replay::Guard;
use crate::state::Web;

/// What is known of a request; handlers may take it as an argument.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    id: String,
    address: String,
    agent: String,
    accepted: Option<Language>,
    preferred: OnceLock<Language>,
    who: OnceLock<(CompanyId, UserId)>,
    guard: Mutex<Option<Guard>>,
    hides: OnceLock<()>,
}

impl Context {
    fn of(web: &Web, request: &Request) -> Self {
        let headers = request.headers();
        let given = text(headers, "x-request-id").filter(|id| id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        let id = given.map_or_else(|| crate::secret::hex(&web.random::<8>()), str::to_owned);
        let agent = text(headers, header::USER_AGENT.as_str()).unwrap_or_default().chars().take(200).collect();
        let accepted = text(headers, header::ACCEPT_LANGUAGE.as_str()).and_then(Language::accepted);
        let (preferred, who, guard, hides) = (OnceLock::new(), OnceLock::new(), Mutex::new(None), OnceLock::new());
        Context(Arc::new(Inner { id, address: address(web, request), agent, accepted, preferred, who, guard, hides }))
    }

    /// The id of the request, also in the log.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The network address of the caller.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// What the caller's program calls itself.
    pub fn agent(&self) -> &str {
        &self.0.agent
    }

    /// The language of the answer: what the request accepts, else what the user prefers, else Simplified Chinese.
    pub fn language(&self) -> Language {
        self.0.accepted.or_else(|| self.0.preferred.get().copied()).unwrap_or(Language::ZhCn)
    }

    /// The first language that the request accepts and the product speaks.
    pub fn accepted(&self) -> Option<Language> {
        self.0.accepted
    }

    pub(crate) fn is(&self, company: CompanyId, user: UserId, preferred: Language) {
        let _ = self.0.preferred.set(preferred);
        let _ = self.0.who.set((company, user));
    }

    /// From now on phones and e-mails of customers' people are masked in the answer.
    pub(crate) fn hide(&self) {
        let _ = self.0.hides.set(());
    }

    /// Whether the caller may not see phones and e-mails of customers' people.
    pub(crate) fn hides(&self) -> bool {
        self.0.hides.get().is_some()
    }

    pub(crate) fn who(&self) -> Option<(CompanyId, UserId)> {
        self.0.who.get().copied()
    }

    pub(crate) fn hold(&self, guard: Guard) {
        *self.0.guard.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
    }

    fn finish(&self) {
        drop(self.0.guard.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl<S: Sync> FromRequestParts<S> for Context {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(of(parts))
    }
}

/// The context of a request that went through the layer.
pub(crate) fn of(parts: &Parts) -> Context {
    parts.extensions.get::<Context>().cloned().expect("every request goes through the layer of contexts")
}

/// A header as text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A path without the secret of a link: no word in it is as long as one.
fn without_secrets(path: &str) -> String {
    let shown = |word: &str| if word.len() >= 40 { "…".to_owned() } else { word.to_owned() };
    path.split('/').map(shown).collect::<Vec<_>>().join("/")
}

fn address(web: &Web, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical().to_string());
    // The last entry is the one that our own proxy wrote; those before it are the caller's word.
    let forwarded =
        text(request.headers(), "x-forwarded-for").and_then(|list| list.rsplit(',').next()).map(|entry| entry.trim().to_owned());
    let known = if web.options.behind_proxy { forwarded.or(peer) } else { peer };
    known.unwrap_or_default()
}

/// Gives every request its context and every answer its last form.
pub(crate) async fn layer(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let began = std::time::Instant::now();
    let context = Context::of(&web, &request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(context.clone());
    // No text holds the character NUL, and PostgreSQL cannot even be asked for it.
    let nul = request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00"));
    let mut response = if nul { Error::plain(StatusCode::BAD_REQUEST, "malformed").into_response() } else { next.run(request).await };
    if let Some(error) = response.extensions_mut().remove::<Error>().or_else(|| error::of_plain(&response)) {
        response = error::render(error, &context, response);
    }
    if context.hides() && !mask::is_own(&path) {
        response = mask::answer(response).await;
    }
    context.finish();
    if let Ok(id) = HeaderValue::from_str(context.id()) {
        response.headers_mut().insert("x-request-id", id);
    }
    let user = context.who().map(|(_, user)| user.to_string()).unwrap_or_default();
    let (status, ms) = (response.status().as_u16(), began.elapsed().as_millis());
    tracing::info!(%method, path = without_secrets(&path), status, ms, id = context.id(), user, "request");
    response
}
