//! Roles and permissions over HTTP.

use app::role::{RoleInput, create, edit};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Codes, Language, Role};
use serde::{Deserialize, Serialize};
use store::query::role;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit)).routes(routes!(permissions))
}

/// A name in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// In Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
    /// In English.
    pub en: String,
}

/// A named set of permissions.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Role)]
pub struct RoleJson {
    /// Its key.
    pub code: String,
    /// Raised by every change.
    pub version: i64,
    /// Its names.
    pub name: Names,
    /// Codes of permissions.
    pub permissions: Vec<String>,
    /// Came with the product.
    pub built_in: bool,
}

impl From<Role> for RoleJson {
    fn from(role: Role) -> Self {
        RoleJson {
            permissions: role.permissions.iter().map(str::to_owned).collect(),
            version: role.version.raw(),
            name: Names { zh_cn: role.name_zh_cn, zh_tw: role.name_zh_tw, en: role.name_en },
            code: role.code,
            built_in: role.built_in,
        }
    }
}

impl Tabular for RoleJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |role| Cell::from(&role.code) },
        Column { name: "name", cell: |role| Cell::from(&role.name.zh_cn) },
        Column { name: "name_zh_tw", cell: |role| Cell::from(&role.name.zh_tw) },
        Column { name: "name_en", cell: |role| Cell::from(&role.name.en) },
        Column { name: "permissions", cell: |role| Cell::from(&role.permissions.join(",")) },
        Column { name: "built_in", cell: |role| role.built_in.into() },
    ];
}

/// A role to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RoleNew {
    /// Its key: cannot be changed later.
    pub code: String,
    /// Its names.
    pub name: Names,
    /// Codes of permissions.
    pub permissions: Vec<String>,
}

/// What a role is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RoleChange {
    /// Its names.
    pub name: Names,
    /// Codes of permissions.
    pub permissions: Vec<String>,
}

/// Something that can be permitted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Permission {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub group: String,
    /// What it is about, in the caller's language.
    pub group_name: String,
    /// What it permits, in the caller's language.
    pub name: String,
}

/// The filters of the list of roles.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoleQuery {
    /// Words in the code or a name.
    pub q: Option<String>,
}

/// Lists roles by code.
#[utoipa::path(get, path = "/roles", operation_id = "list_roles", tag = "role", params(RoleQuery, PageParams), responses((status = 200, body = Listed<RoleJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<RoleQuery>) -> Result<Response, Error> {
    by.may(Act::ViewUser)?;
    let company = by.company_id;
    let sorts = Sorts { sorts: role::SORTS, ties: role::TIES, usual: "code" };
    list::answer(&web, &by, "roles", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(role::list(reader, company, asked.filter.q.as_deref(), page)?.map(RoleJson::from))
    })
    .await
}

/// Shows a role.
#[utoipa::path(get, path = "/roles/{code}", operation_id = "show_role", tag = "role", responses((status = 200, body = RoleJson)))]
async fn show(State(web): State<Web>, by: By, Path(code): Path<String>) -> Result<Tagged<RoleJson>, Error> {
    by.may(Act::ViewUser)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| role::one(reader, company, &code)).await?;
    let found = RoleJson::from(found.ok_or_else(|| Error::not_found("role"))?);
    Ok(Tagged(found.version, found))
}

/// Makes a role.
#[utoipa::path(post, path = "/roles", operation_id = "create_role", tag = "role", request_body = RoleNew, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<RoleNew>) -> Result<Created<Saved>, Error> {
    let RoleNew { code, name, permissions } = body.input;
    let input = input(code.trim(), &name, &permissions);
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("roles", saved))
}

/// Changes the names and permissions of a role; it holds at once, also for who is signed in.
#[utoipa::path(put, path = "/roles/{code}", operation_id = "edit_role", tag = "role", request_body = RoleChange, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(code): Path<String>,
    Matching(version): Matching,
    body: Body<RoleChange>,
) -> Result<Tagged<Saved>, Error> {
    let input = input(&code, &body.input.name, &body.input.permissions);
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

fn input(code: &str, name: &Names, permissions: &[String]) -> RoleInput {
    let text = |text: &String| text.trim().to_owned();
    let permissions: Codes = permissions.iter().map(String::as_str).collect();
    RoleInput { code: code.to_owned(), name_zh_cn: text(&name.zh_cn), name_zh_tw: text(&name.zh_tw), name_en: text(&name.en), permissions }
}

/// Lists everything that can be permitted.
#[utoipa::path(get, path = "/permissions", operation_id = "list_permissions", tag = "role", responses((status = 200, body = Vec<Permission>)))]
async fn permissions(by: By) -> Json<Vec<Permission>> {
    Json(Act::ALL.iter().map(|act| permission(*act, by.language)).collect())
}

fn permission(act: Act, language: Language) -> Permission {
    Permission {
        code: act.as_str().to_owned(),
        group: act.group().to_owned(),
        group_name: domain::text(language, &format!("permission_group.{}", act.group()), &[]),
        name: domain::name_of(language, act),
    }
}
