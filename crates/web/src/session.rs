//! Sessions over HTTP: who is signed in, where, and what they may do.

mod list;
pub(crate) mod sign_in;

use app::session::change_password::{NewPassword, change_password};
use app::session::prefer::prefer;
use app::session::sign_out;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{SessionRejection, UserRejection};
use serde::{Deserialize, Serialize};
use store::query::{company, session, user};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::{self, By};
use crate::context::Context;
use crate::error::Error;
use crate::fields::Fields;
use crate::password;
use crate::state::{DemoLogin, Web};
use crate::value::LanguageCode;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(welcome))
        .routes(routes!(sign_in::sign_in, show, sign_out))
        .routes(routes!(change_own_password))
        .routes(routes!(prefer_language))
        .routes(routes!(list::list))
        .routes(routes!(list::revoke))
}

/// A company as the sign-in page shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompanyName {
    /// Typed at sign-in.
    pub code: String,
    /// For people.
    pub name: String,
}

/// What the sign-in page shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignInPage {
    /// The companies, where there are five at the most.
    pub companies: Vec<CompanyName>,
    /// The logins of a demo; `null` outside one.
    pub demo: Option<Vec<DemoLogin>>,
}

/// The company one is signed in to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionCompany {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Of its books.
    pub currency: String,
    /// Of its working day.
    pub time_zone: String,
}

/// A role by its code and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoleName {
    /// Its code.
    pub code: String,
    /// Its name in the caller's language.
    pub name: String,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionUser {
    /// Their id.
    pub id: String,
    /// Typed at sign-in.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// Language of screens and messages.
    pub language: LanguageCode,
    /// Their roles.
    pub roles: Vec<RoleName>,
}

/// A session: who is signed in, where, and what they may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionJson {
    /// Who.
    pub user: SessionUser,
    /// Where.
    pub company: SessionCompany,
    /// What they may do.
    pub permissions: Vec<String>,
    /// To be sent as `X-CSRF-Token` with every change; empty for a bearer token.
    pub csrf_token: String,
}

/// A change of one's own password.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordChange {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// What one prefers.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// Language of screens and messages.
    pub language: LanguageCode,
}

/// Companies are listed on the sign-in page only up to so many.
pub(crate) const MAX_SHOWN: i64 = 5;

/// Tells what the sign-in page shows.
#[utoipa::path(get, path = "/sign-in", operation_id = "sign_in_page", tag = "session", security(()), responses((status = 200, body = SignInPage)))]
async fn welcome(State(web): State<Web>, context: Context) -> Result<Json<SignInPage>, Error> {
    let mut found = web.app.store.read(|reader| company::first(reader, MAX_SHOWN + 1)).await?;
    if i64::try_from(found.len()).is_ok_and(|count| count > MAX_SHOWN) {
        found.clear();
    }
    let companies = found.into_iter().map(|company| CompanyName { code: company.code, name: company.name }).collect();
    Ok(Json(SignInPage { companies, demo: web.options.demo.map(|logins| logins(context.language())) }))
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/session", operation_id = "show_session", tag = "session", responses((status = 200, body = SessionJson)))]
async fn show(State(web): State<Web>, by: By) -> Result<Json<SessionJson>, Error> {
    Ok(Json(of(&web, &by).await?))
}

/// What is told of a session.
pub(crate) async fn of(web: &Web, by: &By) -> Result<SessionJson, Error> {
    let (company, id) = (by.company_id, by.user_id);
    let found = web
        .app
        .store
        .read(move |reader| Ok((company::one(reader, company)?, user::one(reader, company, id)?, session::roles(reader, company)?)));
    let (company, user, roles) = found.await?;
    let company = company.ok_or_else(|| Error::refused(SessionRejection::Ended))?;
    let user = user.ok_or_else(|| Error::refused(SessionRejection::Ended))?.user;
    let theirs = roles.iter().filter(|role| user.roles.contains(&role.code));
    let roles = theirs.map(|role| RoleName { code: role.code.clone(), name: role.name(by.language).to_owned() }).collect();
    Ok(SessionJson {
        user: SessionUser { id: user.id.to_string(), username: user.username, name: user.name, language: user.language.into(), roles },
        company: SessionCompany {
            id: company.id.to_string(),
            code: company.code,
            name: company.name,
            currency: company.currency.as_str().to_owned(),
            time_zone: company.time_zone,
        },
        permissions: by.permissions.iter().map(str::to_owned).collect(),
        csrf_token: by.session().map(|(_, csrf)| csrf.to_owned()).unwrap_or_default(),
    })
}

/// Signs out.
#[utoipa::path(delete, path = "/session", operation_id = "sign_out", tag = "session", responses((status = 204)))]
async fn sign_out(State(web): State<Web>, by: By, headers: HeaderMap) -> Result<Response, Error> {
    if let Some((id, _)) = by.session() {
        web.app.command(&by, None, move |work, by| sign_out::sign_out(work, by, id)).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&web, &headers, "", 0)?);
    Ok(response)
}

/// The cookie of a session, which browsers keep for so many seconds.
pub(crate) fn cookie(web: &Web, headers: &HeaderMap, secret: &str, seconds: i64) -> Result<HeaderValue, Error> {
    let secure = if web.options.is_https(headers) { "; Secure" } else { "" };
    let text = format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", by::COOKIE);
    HeaderValue::from_str(&text).map_err(Error::internal)
}

/// Changes one's own password and ends one's other sessions.
#[utoipa::path(post, path = "/session/change-password", operation_id = "change_password", tag = "session", request_body = PasswordChange, responses((status = 204)))]
async fn change_own_password(State(web): State<Web>, by: By, context: Context, body: Body<PasswordChange>) -> Result<StatusCode, Error> {
    let Some((keep, _)) = by.session() else { return Err(Error::refused(SessionRejection::NotSignedIn)) };
    let (company, id) = (by.company_id, by.user_id);
    let found = web.app.store.read(move |reader| user::with_password(reader, company, id)).await?;
    let user = found.ok_or_else(|| Error::not_found("user"))?;
    let counted = format!("{company}/{}", user.username);
    let wait = web.throttle.begin(&counted, context.address(), web.now());
    if wait > 0 {
        return Err(Error::throttled(wait));
    }
    let mut fields = Fields::new();
    let right = password::is_right(&web, body.input.current, Some(user.password_hash.clone())).await?;
    if right {
        web.throttle.succeeded(&counted, context.address());
    } else {
        fields.wrong("/current", UserRejection::WrongPassword);
    }
    password::check(&mut fields, "/new", &user.username, &body.input.new);
    fields.done()?;
    let hash = password::hash(&web, body.input.new).await?;
    let new = NewPassword { hash, before: user.password_hash, keep: Some(keep) };
    web.app.command(&by, None, move |work, by| change_password(work, by, &new)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets what one prefers.
#[utoipa::path(put, path = "/session/preferences", operation_id = "set_preferences", tag = "session", request_body = Preferences, responses((status = 200, body = SessionJson)))]
async fn prefer_language(State(web): State<Web>, by: By, body: Body<Preferences>) -> Result<Json<SessionJson>, Error> {
    let mut fields = Fields::new();
    let language = fields.code("/language", &body.input.language);
    fields.done()?;
    web.app.command(&by, None, move |work, by| prefer(work, by, language)).await?;
    Ok(Json(of(&web, &by).await?))
}
