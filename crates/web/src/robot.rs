//! The robots of group chats over HTTP.

use app::notify::words::{Told, words};
use app::robot::{RobotInput as Input, create, delete, edit};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::notify::{Robot, RobotProvider};
use domain::{Act, Instant, Language, RobotId};
use serde::{Deserialize, Serialize};
use store::query::notify;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::mail_settings::test_facts;
use crate::sending::{Known, send_to_robot};
use crate::state::Web;
use crate::value::{LanguageCode, RobotProviderCode, Saved};
use crate::version::{Created, Matching, Tagged};
use crate::webhook::Tested;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete)).routes(routes!(test))
}

/// The robot of a group chat that is told of events in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Robot)]
pub struct RobotJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// What people call it.
    pub name: String,
    /// Whose it is.
    pub provider: RobotProviderCode,
    /// Where it is, without the end, which is a key.
    pub url: String,
    /// Whether it has a secret, which is in no answer.
    pub signs: bool,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Vec<String>,
    /// Language of the group.
    pub language: LanguageCode,
    /// Whether it is told.
    pub active: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// The beginning of an address: its host and four letters more.
fn beginning(url: &str) -> String {
    let host_end = url.find("://").map_or(0, |at| at + 3);
    let path = url[host_end..].find('/').map_or(url.len(), |at| host_end + at);
    let shown: String = url[path..].chars().take(5).collect();
    format!("{}{shown}…", &url[..path])
}

impl From<Robot> for RobotJson {
    fn from(robot: Robot) -> Self {
        RobotJson {
            id: robot.id.to_string(),
            version: robot.version.raw(),
            name: robot.name,
            provider: robot.provider.into(),
            url: beginning(&robot.url),
            signs: !robot.secret.is_empty(),
            kinds: robot.kinds.iter().map(str::to_owned).collect(),
            language: robot.language.into(),
            active: robot.active,
            created_at: robot.created_at,
        }
    }
}

impl Tabular for RobotJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "provider", cell: |row| Cell::from(&row.provider.0) },
        Column { name: "kinds", cell: |row| Cell::from(&row.kinds.join(",")) },
        Column { name: "language", cell: |row| Cell::from(&row.language.0) },
        Column { name: "active", cell: |row| row.active.into() },
        Column { name: "created_at", cell: |row| row.created_at.into() },
    ];
}

/// A robot, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RobotInput {
    /// What people call it.
    pub name: String,
    /// Whose it is.
    pub provider: RobotProviderCode,
    /// Where it is; where none is sent, as it was.
    pub url: Option<String>,
    /// Its secret; where none is sent, as it was; empty: none.
    pub secret: Option<String>,
    /// Of which events it is told; none: of those the rules of notification name.
    pub kinds: Vec<String>,
    /// Language of the group; `zh-CN`.
    pub language: LanguageCode,
    /// Whether it is told; `true`.
    pub active: Option<bool>,
}

impl RobotInput {
    fn read(self) -> Result<Input, Error> {
        let mut fields = Fields::new();
        let provider: RobotProvider = fields.code("/provider", &self.provider);
        let language = fields.code_or("/language", &self.language, Language::ZhCn);
        fields.done()?;
        let text = |text: Option<String>| text.map(|text| text.trim().to_owned());
        Ok(Input {
            name: self.name.trim().to_owned(),
            provider,
            url: text(self.url).filter(|url| !url.is_empty()),
            secret: text(self.secret),
            kinds: self.kinds.iter().map(String::as_str).collect(),
            language,
            active: self.active.unwrap_or(true),
        })
    }
}

/// Robots are few: there is nothing to filter by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RobotQuery {}

/// Lists robots. Sorts: `created_at` (usual), `name`.
#[utoipa::path(get, path = "/robots", operation_id = "list_robots", tag = "notification", params(PageParams), responses((status = 200, body = Listed<RobotJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<RobotQuery>) -> Result<Response, Error> {
    by.may(Act::EditNotification)?;
    let company = by.company_id;
    let sorts = Sorts { sorts: notify::ROBOT_SORTS, ties: notify::ROBOT_TIES, usual: "created_at" };
    list::answer(&web, &by, "robots", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(notify::robots(reader, company, page)?.map(RobotJson::from))
    })
    .await
}

async fn found(web: &Web, by: &By, id: &str) -> Result<Robot, Error> {
    by.may(Act::EditNotification)?;
    let (company, id) = (by.company_id, id_of(id)?);
    let found = web.app.store.read(move |reader| reader.get::<Robot>(company, id)).await?;
    found.ok_or_else(|| Error::not_found("robot"))
}

/// Shows a robot.
#[utoipa::path(get, path = "/robots/{id}", operation_id = "show_robot", tag = "notification", responses((status = 200, body = RobotJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<RobotJson>, Error> {
    let found = RobotJson::from(found(&web, &by, &id).await?);
    Ok(Tagged(found.version, found))
}

/// Adds a robot.
#[utoipa::path(post, path = "/robots", operation_id = "create_robot", tag = "notification", request_body = RobotInput, responses((status = 201, body = Saved)))]
async fn create(State(web): State<Web>, by: By, body: Body<RobotInput>) -> Result<Created<Saved>, Error> {
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("robots", saved))
}

/// Changes a robot.
#[utoipa::path(put, path = "/robots/{id}", operation_id = "edit_robot", tag = "notification", request_body = RobotInput, responses((status = 200, body = Saved)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<RobotInput>,
) -> Result<Tagged<Saved>, Error> {
    let (id, input) = (id_of(&id)?, body.input.read()?);
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Takes a robot away.
#[utoipa::path(delete, path = "/robots/{id}", operation_id = "delete_robot", tag = "notification", responses((status = 204)))]
async fn delete(State(web): State<Web>, by: By, Path(id): Path<String>, Matching(version): Matching) -> Result<StatusCode, Error> {
    let id = id_of(&id)?;
    web.app.command(&by, None, move |work, by| delete::delete(work, by, id, Some(version))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a robot a test message and tells what was answered.
#[utoipa::path(post, path = "/robots/{id}/test", operation_id = "test_robot", tag = "notification", request_body = Empty, responses((status = 200, body = Tested)))]
async fn test(State(web): State<Web>, by: By, Path(id): Path<String>, _body: Body<Empty>) -> Result<Json<Tested>, Error> {
    let robot = found(&web, &by, &id).await?;
    let company = by.company_id;
    let known = web.app.store.read(move |reader| Known::of(reader, company)).await?;
    let facts = test_facts(&web, &by);
    let told = Told { kind: "", template: "test", subject_kind: "", subject_id: 0, subject_number: "", facts: &facts, recipient: "" };
    let words = words(known.templates.get("test"), &told, &known.around, robot.language);
    let text = format!("{}\n\n{}", words.subject, words.body.trim());
    Ok(Json(Tested::of(send_to_robot(&web.caller, &robot, &text, web.now()).await, &by)))
}

fn id_of(text: &str) -> Result<RobotId, Error> {
    text.parse().map_err(|_| Error::not_found("robot"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_in_an_address_is_not_shown() {
        assert_eq!(beginning("https://oapi.dingtalk.com/robot/send?access_token=abc"), "https://oapi.dingtalk.com/robo…");
        assert_eq!(beginning("https://x"), "https://x…");
    }
}
