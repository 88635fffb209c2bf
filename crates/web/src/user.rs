//! Users over HTTP.

use app::user::create::NewUser;
use app::user::edit::UserEdit;
use app::user::{activate, create, edit, set_password};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Codes, Instant, Language, UserId};
use serde::{Deserialize, Serialize};
use store::query::user::{self, Filter, Seen};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::password;
use crate::state::Web;
use crate::value::{LanguageCode, Saved};
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, edit))
        .routes(routes!(activate))
        .routes(routes!(deactivate))
        .routes(routes!(set_password))
}

/// A person who may sign in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Typed at sign-in.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// Where notifications go; may be empty.
    pub email: String,
    /// Language of screens and messages.
    pub language: LanguageCode,
    /// Codes of roles.
    pub roles: Vec<String>,
    /// Whether sign-in is allowed.
    pub active: bool,
    /// When the user was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// The last sign of life of any session.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_seen_at: Option<Instant>,
}

impl From<Seen> for UserJson {
    fn from(Seen { user, last_seen_at }: Seen) -> Self {
        UserJson {
            id: user.id.to_string(),
            version: user.version.raw(),
            username: user.username,
            name: user.name,
            email: user.email,
            language: user.language.into(),
            roles: user.roles.iter().map(str::to_owned).collect(),
            active: user.active,
            created_at: user.created_at,
            last_seen_at,
        }
    }
}

impl Tabular for UserJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "username", cell: |user| Cell::from(&user.username) },
        Column { name: "name", cell: |user| Cell::from(&user.name) },
        Column { name: "email", cell: |user| Cell::from(&user.email) },
        Column { name: "language", cell: |user| Cell::from(&user.language.0) },
        Column { name: "roles", cell: |user| Cell::from(&user.roles.join(",")) },
        Column { name: "active", cell: |user| user.active.into() },
        Column { name: "created_at", cell: |user| user.created_at.into() },
        Column { name: "last_seen_at", cell: |user| user.last_seen_at.into() },
    ];
}

/// A user to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UserInput {
    /// Typed at sign-in: lower-case letters, digits, dot, dash, underscore. Cannot be changed later.
    pub username: String,
    /// Shown on documents.
    pub name: String,
    /// Where notifications go; may be empty.
    pub email: String,
    /// Language of screens and messages; `zh-CN` where none is sent.
    pub language: LanguageCode,
    /// Codes of roles.
    pub roles: Vec<String>,
    /// The first password.
    pub password: String,
}

/// What a user is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UserChange {
    /// Shown on documents.
    pub name: String,
    /// Where notifications go; as it was where none is sent, none where it is empty.
    pub email: Option<String>,
    /// Language of screens and messages.
    pub language: LanguageCode,
    /// Codes of roles.
    pub roles: Vec<String>,
}

/// A password to set.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordInput {
    /// Ten characters at the least, without the username in it.
    pub password: String,
}

/// The filters of the list of users.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Words in the name or username.
    pub q: Option<String>,
    /// With this role.
    pub role: Option<String>,
    /// `true`: who may sign in; `false`: who may not.
    pub active: Option<String>,
}

/// Lists users. Sorts: `username` (usual), `name`, `created_at`.
#[utoipa::path(get, path = "/users", operation_id = "list_users", tag = "user", params(UserQuery, PageParams), responses((status = 200, body = Listed<UserJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<UserQuery>) -> Result<Response, Error> {
    by.may(Act::ViewUser)?;
    let mut fields = Fields::new();
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    fields.done()?;
    let filter = Filter { q: asked.filter.q, role: asked.filter.role, active };
    let company = by.company_id;
    let sorts = Sorts { sorts: user::SORTS, ties: user::TIES, usual: "username" };
    list::answer(&web, &by, "users", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(user::list(reader, company, &filter, page)?.map(UserJson::from))
    })
    .await
}

/// Shows a user.
#[utoipa::path(get, path = "/users/{id}", operation_id = "show_user", tag = "user", responses((status = 200, body = UserJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<UserJson>, Error> {
    by.may(Act::ViewUser)?;
    let id = id_of(&id)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| user::one(reader, company, id)).await?;
    let found = UserJson::from(found.ok_or_else(|| Error::not_found("user"))?);
    Ok(Tagged(found.version, found))
}

/// Makes a user.
#[utoipa::path(post, path = "/users", operation_id = "create_user", tag = "user", request_body = UserInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<UserInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditUser)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let username = fields.text("/username", &input.username, 40);
    let name = fields.text("/name", &input.name, 100);
    let email = fields.text("/email", &input.email, 200);
    let language = fields.code_or("/language", &input.language, Language::ZhCn);
    password::check(&mut fields, "/password", &username, &input.password);
    fields.done()?;
    let password_hash = password::hash(&web, input.password).await?;
    let new = NewUser { username, name, email, language, roles: codes(&input.roles), password_hash };
    let saved = web.app.command(&by, replay, move |work, by| create::create(work, by, &new)).await?;
    Ok(Created::at("users", saved))
}

/// Changes a user.
#[utoipa::path(put, path = "/users/{id}", operation_id = "edit_user", tag = "user", request_body = UserChange, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<UserChange>,
) -> Result<Tagged<Saved>, Error> {
    let mut fields = Fields::new();
    let name = fields.text("/name", &body.input.name, 100);
    let email = body.input.email.as_deref().map(|email| fields.text("/email", email, 200));
    let language = fields.code("/language", &body.input.language);
    fields.done()?;
    let change = UserEdit { id: id_of(&id)?, version: Some(version), name, email, language, roles: codes(&body.input.roles) };
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, &change)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a user sign in again.
#[utoipa::path(post, path = "/users/{id}/activate", operation_id = "activate_user", tag = "user", request_body = Empty, responses((status = 200, body = Saved)))]
async fn activate(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id)).await?;
    Ok(Tagged::saved(saved))
}

/// Stops a user from signing in and ends their sessions.
#[utoipa::path(post, path = "/users/{id}/deactivate", operation_id = "deactivate_user", tag = "user", request_body = Empty, responses((status = 200, body = Saved)))]
async fn deactivate(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::deactivate(work, by, id)).await?;
    Ok(Tagged::saved(saved))
}

/// Gives a user another password and ends their sessions.
#[utoipa::path(post, path = "/users/{id}/set-password", operation_id = "set_user_password", tag = "user", request_body = PasswordInput, responses((status = 200, body = Saved)))]
async fn set_password(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<PasswordInput>) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditUser)?;
    let id = id_of(&id)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| user::one(reader, company, id)).await?;
    let username = found.ok_or_else(|| Error::not_found("user"))?.user.username;
    let mut fields = Fields::new();
    password::check(&mut fields, "/password", &username, &body.input.password);
    fields.done()?;
    let hash = password::hash(&web, body.input.password).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| set_password::set_password(work, by, id, &hash)).await?;
    Ok(Tagged::saved(saved))
}

fn id_of(text: &str) -> Result<UserId, Error> {
    text.parse().map_err(|_| Error::not_found("user"))
}

fn codes(list: &[String]) -> Codes {
    list.iter().map(String::as_str).collect()
}
