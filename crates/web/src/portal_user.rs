//! Logins of the portal over HTTP, for the company's people.

use app::portal_user::create::NewPortalUser;
use app::portal_user::edit::PortalUserEdit;
use app::portal_user::{activate, create, edit, set_password};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Instant, PortalUserId};
use serde::{Deserialize, Serialize};
use store::query::portal::{self, Seen};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::password;
use crate::state::Web;
use crate::user::PasswordInput;
use crate::value::{Coded, LanguageCode, Saved};
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

/// A person of a customer who may sign in at the portal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PortalUser)]
pub struct PortalUserJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// For whom they order.
    pub customer: Coded,
    /// Typed at sign-in.
    pub username: String,
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// Language of screens and messages.
    pub language: LanguageCode,
    /// The first password was not changed yet.
    pub must_change: bool,
    /// Whether sign-in is allowed.
    pub active: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// The last sign of life of any session.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_seen_at: Option<Instant>,
}

impl From<Seen> for PortalUserJson {
    fn from(seen: Seen) -> Self {
        let user = seen.user;
        PortalUserJson {
            id: user.id.to_string(),
            version: user.version.raw(),
            customer: Coded { id: user.customer_id.to_string(), code: seen.customer_code, name: seen.customer_name },
            username: user.username,
            name: user.name,
            email: user.email,
            language: user.language.into(),
            must_change: user.must_change,
            active: user.active,
            created_at: user.created_at,
            last_seen_at: seen.last_seen_at,
        }
    }
}

impl Tabular for PortalUserJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "username", cell: |user| Cell::from(&user.username) },
        Column { name: "name", cell: |user| Cell::from(&user.name) },
        Column { name: "customer", cell: |user| Cell::from(&user.customer.name) },
        Column { name: "email", cell: |user| Cell::from(&user.email) },
        Column { name: "language", cell: |user| Cell::from(&user.language.0) },
        Column { name: "active", cell: |user| user.active.into() },
        Column { name: "created_at", cell: |user| user.created_at.into() },
        Column { name: "last_seen_at", cell: |user| user.last_seen_at.into() },
    ];
}

/// A person to let in.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalUserInput {
    /// For which customer, by id or code.
    pub customer_id: String,
    /// Typed at sign-in: lower-case letters, digits, dot, dash, underscore. Cannot be changed later.
    pub username: String,
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// Language of screens and messages; the customer's where left out.
    pub language: Option<LanguageCode>,
    /// The first password, which has to be changed at the first sign-in.
    pub password: String,
}

/// What a person of the portal is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PortalUserChange {
    /// Shown beside what they do.
    pub name: String,
    /// Where they are written to; may be empty.
    pub email: String,
    /// Language of screens and messages.
    pub language: LanguageCode,
}

/// The filters of the list of portal logins.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PortalUserQuery {
    /// Of this customer.
    pub customer_id: Option<String>,
}

/// Lists portal logins. Sorts: `username` (usual), `created_at`.
#[utoipa::path(get, path = "/portal-users", operation_id = "list_portal_users", tag = "portal_user", params(PortalUserQuery, PageParams), responses((status = 200, body = Listed<PortalUserJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<PortalUserQuery>) -> Result<Response, Error> {
    by.may(Act::ViewCustomer)?;
    let mut fields = Fields::new();
    let customer = fields.optional_id("/customer_id", asked.filter.customer_id.as_deref());
    fields.done()?;
    let company = by.company_id;
    let sorts = Sorts { sorts: portal::SORTS, ties: portal::TIES, usual: "username" };
    list::answer(&web, &by, "portal-users", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(portal::users(reader, company, customer, page)?.map(PortalUserJson::from))
    })
    .await
}

/// Shows a portal login.
#[utoipa::path(get, path = "/portal-users/{id}", operation_id = "show_portal_user", tag = "portal_user", responses((status = 200, body = PortalUserJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<PortalUserJson>, Error> {
    by.may(Act::ViewCustomer)?;
    let found = one(&web, &by, id_of(&id)?).await?;
    Ok(Tagged(found.version, found))
}

async fn one(web: &Web, by: &By, id: PortalUserId) -> Result<PortalUserJson, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| portal::user(reader, company, id)).await?;
    Ok(found.ok_or_else(|| Error::not_found("portal_user"))?.into())
}

/// Lets a person of a customer in.
#[utoipa::path(post, path = "/portal-users", operation_id = "create_portal_user", tag = "portal_user", request_body = PortalUserInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<PortalUserInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditPortalUser)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let username = fields.text("/username", &input.username, 40);
    let name = fields.text("/name", &input.name, 100);
    let email = fields.text("/email", &input.email, 200);
    let language = input.language.as_ref().map(|language| fields.code("/language", language));
    password::check(&mut fields, "/password", &username, &input.password);
    fields.done()?;
    let password_hash = password::hash(&web, input.password).await?;
    let customer = input.customer_id.trim().to_owned();
    let new = NewPortalUser { customer, username, name, email, language, password_hash, must_change: true };
    let saved = web.app.command(&by, replay, move |work, by| create::create(work, by, &new)).await?;
    Ok(Created::at("portal-users", saved))
}

/// Changes a portal login.
#[utoipa::path(put, path = "/portal-users/{id}", operation_id = "edit_portal_user", tag = "portal_user", request_body = PortalUserChange, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<PortalUserChange>,
) -> Result<Tagged<Saved>, Error> {
    let mut fields = Fields::new();
    let name = fields.text("/name", &body.input.name, 100);
    let email = fields.text("/email", &body.input.email, 200);
    let language = fields.code("/language", &body.input.language);
    fields.done()?;
    let change = PortalUserEdit { id: id_of(&id)?, version: Some(version), name, email, language };
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, &change)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a person sign in at the portal again.
#[utoipa::path(post, path = "/portal-users/{id}/activate", operation_id = "activate_portal_user", tag = "portal_user", request_body = Empty, responses((status = 200, body = Saved)))]
async fn activate(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::activate(work, by, id)).await?;
    Ok(Tagged::saved(saved))
}

/// Stops a person from signing in at the portal, ends their sessions and gives free what their cart holds.
#[utoipa::path(post, path = "/portal-users/{id}/deactivate", operation_id = "deactivate_portal_user", tag = "portal_user", request_body = Empty, responses((status = 200, body = Saved)))]
async fn deactivate(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<Empty>) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| activate::deactivate(work, by, id)).await?;
    Ok(Tagged::saved(saved))
}

/// Gives a person of the portal another first password and ends their sessions.
#[utoipa::path(post, path = "/portal-users/{id}/set-password", operation_id = "set_portal_password", tag = "portal_user", request_body = PasswordInput, responses((status = 200, body = Saved)))]
async fn set_password(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<PasswordInput>) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditPortalUser)?;
    let id = id_of(&id)?;
    let username = one(&web, &by, id).await?.username;
    let mut fields = Fields::new();
    password::check(&mut fields, "/password", &username, &body.input.password);
    fields.done()?;
    let hash = password::hash(&web, body.input.password).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| set_password::set_password(work, by, id, &hash)).await?;
    Ok(Tagged::saved(saved))
}

fn id_of(text: &str) -> Result<PortalUserId, Error> {
    text.parse().map_err(|_| Error::not_found("portal_user"))
}
