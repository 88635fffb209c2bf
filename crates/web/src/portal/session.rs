//! Sessions of the portal: separate from those of the company's people in everything.

use app::portal::{change_password as changing, sign_in as signing_in, sign_out as signing_out};
use app::session::sign_in::NewSession;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Company, CompanyId, Customer, PortalUser, SessionRejection, UserRejection};
use serde::Serialize;
use store::query::{agent, company, portal};
use utoipa::ToSchema;

use super::person::{self, Newcomer, Person};
use crate::agent::file;
use crate::body::Body;
use crate::context::Context;
use crate::error::Error;
use crate::fields::Fields;
use crate::session::sign_in::Credentials;
use crate::session::{CompanyName, MAX_SHOWN, PasswordChange};
use crate::state::{DemoLogin, Web};
use crate::value::{Coded, LanguageCode};
use crate::{password, secret};

/// What the portal's sign-in page shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalSignInPage {
    /// The companies, where there are five at the most.
    pub companies: Vec<CompanyName>,
    /// The logins of a demo; `null` outside one.
    pub demo: Option<Vec<DemoLogin>>,
}

/// Who is signed in at the portal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PortalSession)]
pub struct PortalSessionJson {
    /// Typed at sign-in.
    pub username: String,
    /// Shown beside what they do.
    pub name: String,
    /// Language of screens and messages.
    pub language: LanguageCode,
    /// For whom they order.
    pub customer: Coded,
    /// Whose people they are.
    pub own: Coded,
    /// Customers that order through their own, for whom they may act too, by code.
    pub acts_for: Vec<Coded>,
    /// The customer they acted for no longer orders through their own: they choose for whom they order.
    pub acting_ended: bool,
    /// From whom.
    pub company: CompanyName,
    /// Of the customer's orders.
    pub currency: String,
    /// Whether the customer's prices contain tax.
    pub tax_inclusive: bool,
    /// Of the company's working day.
    pub time_zone: String,
    /// The first password has to be changed before anything else.
    pub must_change_password: bool,
    /// To be sent as `X-CSRF-Token` with every change.
    pub csrf_token: String,
}

/// Tells what the portal's sign-in page shows.
#[utoipa::path(get, path = "/portal/sign-in", operation_id = "portal_sign_in_page", tag = "portal", security(()), responses((status = 200, body = PortalSignInPage)))]
pub(super) async fn welcome(State(web): State<Web>, context: Context) -> Result<Json<PortalSignInPage>, Error> {
    let mut found = web.app.store.read(|reader| company::first(reader, MAX_SHOWN + 1)).await?;
    if i64::try_from(found.len()).is_ok_and(|count| count > MAX_SHOWN) {
        found.clear();
    }
    let companies = found.into_iter().map(|company| CompanyName { code: company.code, name: company.name }).collect();
    let login = |login: app::demo::Login| DemoLogin {
        username: login.username.to_owned(),
        password: login.password.to_owned(),
        name: login.name.to_owned(),
        role_name: login.role_name,
    };
    let demo = web.options.demo.map(|_| app::demo::portal_logins(context.language()).into_iter().map(login).collect());
    Ok(Json(PortalSignInPage { companies, demo }))
}

/// Signs in at the portal. The answer sets its cookie; after several failures it is 429 with `Retry-After`.
#[utoipa::path(post, path = "/portal/session", operation_id = "portal_sign_in", tag = "portal", security(()), request_body = Credentials, responses((status = 200, body = PortalSessionJson)))]
pub(super) async fn sign_in(
    State(web): State<Web>,
    context: Context,
    headers: HeaderMap,
    body: Body<Credentials>,
) -> Result<Response, Error> {
    let Credentials { company, username, password } = body.input;
    let (code, username) = (company.trim().to_owned(), username.trim().to_owned());
    let counted = format!("portal/{code}/{username}");
    let wait = web.throttle.begin(&counted, context.address(), web.now());
    if wait > 0 {
        return Err(Error::throttled(wait));
    }
    let found = look_up(&web, code, username).await?;
    let hash = found.as_ref().filter(|(_, user, _)| user.active).map(|(_, user, _)| user.password_hash.clone());
    let right = password::is_right(&web, password, hash).await?;
    match found {
        Some((company, user, customer)) if right => {
            web.throttle.succeeded(&counted, context.address());
            begin(&web, &context, &headers, (company, user, customer)).await
        }
        found => {
            remember(&web, &context, found);
            Err(Error::refused(SessionRejection::WrongCredentials))
        }
    }
}

type Known = (CompanyId, PortalUser, Customer);

async fn look_up(web: &Web, code: String, username: String) -> Result<Option<Known>, Error> {
    let found = web.app.store.read(move |reader| {
        let company = if code.is_empty() {
            // One company needs no code; of several none is meant by an empty one.
            let mut first = company::first(reader, 2)?;
            if first.len() == 1 { first.pop() } else { None }
        } else {
            company::by_code(reader, &code)?
        };
        let Some(company) = company else { return Ok(None) };
        Ok(portal::by_username(reader, company.id, &username)?.map(|(user, customer)| (company.id, user, customer)))
    });
    Ok(found.await?)
}

/// Records a failed sign-in of an existing person, beside the answer, which must not take longer for existing ones.
fn remember(web: &Web, context: &Context, found: Option<Known>) {
    let Some((company, user, customer)) = found else { return };
    let mut actor = person::actor(company, &user, &customer);
    context.address().clone_into(&mut actor.address);
    let app = web.app.clone();
    tokio::spawn(async move {
        let id = user.id;
        if let Err(why) = app.command(&actor, None, move |work, by| signing_in::failed(work, by, id)).await {
            tracing::warn!(?why, "a failed sign-in was not recorded");
        }
    });
}

async fn begin(web: &Web, context: &Context, headers: &HeaderMap, (company, user, customer): Known) -> Result<Response, Error> {
    let (secret, csrf) = (secret::cookie(web, company), secret::csrf(web));
    let mut actor = person::actor(company, &user, &customer);
    context.address().clone_into(&mut actor.address);
    let new = NewSession {
        token_hash: secret::hash(&secret),
        csrf: csrf.clone(),
        agent: context.agent().to_owned(),
        password_hash: user.password_hash.clone(),
    };
    let session = web.app.command(&actor, None, move |work, by| signing_in::sign_in(work, by, &new)).await?;
    context.is(company, actor.user_id, user.language);
    let person = Person { actor, user, own: customer.clone(), customer, acting_ended: false, session, csrf };
    let mut response = Json(of(web, &person).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(web, headers, &secret, app::session::LONGEST_SECONDS)?);
    Ok(response)
}

fn cookie(web: &Web, headers: &HeaderMap, secret: &str, seconds: i64) -> Result<HeaderValue, Error> {
    let secure = if web.options.is_https(headers) { "; Secure" } else { "" };
    let (name, path) = (person::COOKIE, person::PATH);
    HeaderValue::from_str(&format!("{name}={secret}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
        .map_err(Error::internal)
}

/// Customers of an agent that are told to its people.
const ACTS_FOR: i64 = 500;

/// The session as it is answered.
pub(super) async fn of(web: &Web, person: &Person) -> Result<PortalSessionJson, Error> {
    let company = company_of(web, person).await?;
    let (id, own) = (person.company_id, person.own.id);
    let acts_for = web.app.store.read(move |reader| agent::acts_for(reader, id, own, ACTS_FOR)).await?;
    Ok(PortalSessionJson {
        username: person.user.username.clone(),
        name: person.user.name.clone(),
        language: person.user.language.into(),
        customer: file(&person.customer),
        own: file(&person.own),
        acts_for: acts_for.iter().map(file).collect(),
        acting_ended: person.acting_ended,
        company: CompanyName { code: company.code, name: company.name },
        currency: person.customer.currency.as_str().to_owned(),
        tax_inclusive: person.customer.tax_inclusive,
        time_zone: company.time_zone,
        must_change_password: person.user.must_change,
        csrf_token: person.csrf.clone(),
    })
}

/// The company a person of the portal buys from.
pub(super) async fn company_of(web: &Web, person: &Person) -> Result<Company, Error> {
    let id = person.company_id;
    let found = web.app.store.read(move |reader| company::one(reader, id)).await?;
    found.ok_or_else(|| Error::refused(SessionRejection::Ended))
}

/// Tells who is signed in at the portal.
#[utoipa::path(get, path = "/portal/session", operation_id = "show_portal_session", tag = "portal", security(("portal" = [])), responses((status = 200, body = PortalSessionJson)))]
pub(super) async fn show(State(web): State<Web>, Newcomer(person): Newcomer) -> Result<Json<PortalSessionJson>, Error> {
    Ok(Json(of(&web, &person).await?))
}

/// Signs out of the portal.
#[utoipa::path(delete, path = "/portal/session", operation_id = "portal_sign_out", tag = "portal", security(("portal" = [])), responses((status = 204)))]
pub(super) async fn sign_out(State(web): State<Web>, Newcomer(person): Newcomer, headers: HeaderMap) -> Result<Response, Error> {
    let id = person.session;
    web.app.command(&person, None, move |work, by| signing_out::sign_out(work, by, id)).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&web, &headers, "", 0)?);
    Ok(response)
}

/// Changes one's own password at the portal and ends one's other sessions.
#[utoipa::path(post, path = "/portal/session/change-password", operation_id = "change_portal_password", tag = "portal", security(("portal" = [])), request_body = PasswordChange, responses((status = 204)))]
pub(super) async fn change_password(
    State(web): State<Web>,
    Newcomer(person): Newcomer,
    context: Context,
    body: Body<PasswordChange>,
) -> Result<StatusCode, Error> {
    let counted = format!("portal/{}/{}", person.company_id, person.user.username);
    let wait = web.throttle.begin(&counted, context.address(), web.now());
    if wait > 0 {
        return Err(Error::throttled(wait));
    }
    let mut fields = Fields::new();
    let before = person.user.password_hash.clone();
    if password::is_right(&web, body.input.current, Some(before.clone())).await? {
        web.throttle.succeeded(&counted, context.address());
    } else {
        fields.wrong("/current", UserRejection::WrongPassword);
    }
    password::check(&mut fields, "/new", &person.user.username, &body.input.new);
    fields.done()?;
    let hash = password::hash(&web, body.input.new).await?;
    let keep = person.session;
    web.app.command(&person, None, move |work, by| changing::change_password(work, by, &before, &hash, keep)).await?;
    Ok(StatusCode::NO_CONTENT)
}
