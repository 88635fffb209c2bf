//! Signing in: slow for who guesses, the same for every way to be wrong (SEC-01).

use app::session::sign_in::{self, NewSession};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::{Actor, CompanyId, SessionRejection, User, permissions_of};
use serde::Deserialize;
use store::query::{company, session, user};
use utoipa::ToSchema;

use crate::body::Body;
use crate::by::{By, Via};
use crate::context::Context;
use crate::error::Error;
use crate::session::{SessionJson, cookie, of};
use crate::state::Web;
use crate::{password, secret};

/// Who wants to sign in.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credentials {
    /// Code of the company; may be left out where there is only one.
    pub company: String,
    /// The username.
    pub username: String,
    /// The password.
    pub password: String,
}

/// Signs in. The answer sets the session cookie; after several failures it is 429 with `Retry-After`.
#[utoipa::path(post, path = "/session", operation_id = "sign_in", tag = "session", security(()), request_body = Credentials, responses((status = 200, body = SessionJson)))]
pub(crate) async fn sign_in(
    State(web): State<Web>,
    context: Context,
    headers: HeaderMap,
    body: Body<Credentials>,
) -> Result<Response, Error> {
    let Credentials { company, username, password } = body.input;
    let (code, username) = (company.trim().to_owned(), username.trim().to_owned());
    let counted = format!("{code}/{username}");
    let wait = web.throttle.begin(&counted, context.address(), web.now());
    if wait > 0 {
        return Err(Error::throttled(wait));
    }
    let found = look_up(&web, code, username).await?;
    let hash = found.as_ref().filter(|found| found.user.active).map(|found| found.user.password_hash.clone());
    let right = password::is_right(&web, password, hash).await?;
    let actor = found.as_ref().map(|found| actor(found, &context));
    let (Some(found), Some(actor), true) = (found, actor.clone(), right) else {
        remember(&web, actor);
        return Err(Error::refused(SessionRejection::WrongCredentials));
    };
    web.throttle.succeeded(&counted, context.address());
    begin(&web, &context, &headers, found, actor).await
}

struct Known {
    company: CompanyId,
    user: User,
    permissions: domain::Codes,
}

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
        let Some(user) = user::by_username(reader, company.id, &username)? else { return Ok(None) };
        let roles = session::roles(reader, company.id)?;
        let permissions = permissions_of(roles.iter().filter(|role| user.roles.contains(&role.code)));
        Ok(Some(Known { company: company.id, user, permissions }))
    });
    Ok(found.await?)
}

fn actor(known: &Known, context: &Context) -> Actor {
    Actor {
        user_id: known.user.id,
        name: known.user.name.clone(),
        roles: known.user.roles.clone(),
        permissions: known.permissions.clone(),
        language: context.accepted().unwrap_or(known.user.language),
        channel: "web".to_owned(),
        address: context.address().to_owned(),
        company_id: known.company,
        customer_id: None,
    }
}

/// Records a failed sign-in of an existing user, beside the answer, which must not take longer for existing users.
fn remember(web: &Web, actor: Option<Actor>) {
    let Some(actor) = actor else { return };
    let app = web.app.clone();
    tokio::spawn(async move {
        let user = actor.user_id;
        if let Err(why) = app.command(&actor, None, move |work, by| sign_in::failed(work, by, user)).await {
            tracing::warn!(?why, "a failed sign-in was not recorded");
        }
    });
}

async fn begin(web: &Web, context: &Context, headers: &HeaderMap, known: Known, actor: Actor) -> Result<Response, Error> {
    let (secret, csrf) = (secret::cookie(web, known.company), secret::csrf(web));
    let agent = context.agent().to_owned();
    let new = NewSession { token_hash: secret::hash(&secret), csrf: csrf.clone(), agent, password_hash: known.user.password_hash };
    let id = web.app.command(&actor, None, move |work, by| sign_in::sign_in(work, by, &new)).await?;
    context.is(known.company, known.user.id, known.user.language);
    let by = By { actor, via: Via::Session { id, csrf } };
    let mut response = Json(of(web, &by).await?).into_response();
    let cookie = cookie(web, headers, &secret, app::session::LONGEST_SECONDS)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
