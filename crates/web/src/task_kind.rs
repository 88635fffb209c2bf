//! Kinds of tasks over HTTP.

use app::task_kind::{create, edit};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Codes, TaskKind, Version};
use serde::{Deserialize, Serialize};
use store::query::worker;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::role::Names;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create_kind)).routes(routes!(edit_kind))
}

/// A kind of task.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskKind)]
pub struct TaskKindJson {
    /// Its key.
    pub code: String,
    /// Raised by every change.
    pub version: i64,
    /// Its names.
    pub name: Names,
    /// Codes of the skills it needs.
    pub skills: Vec<String>,
    /// Code of the role whose members may take it; empty: whoever may work on tasks.
    pub role: String,
    /// Minutes it takes as a rule.
    pub planned_minutes: i64,
    /// Hours from its making until it is due; 0: no limit.
    pub due_hours: i64,
    /// Urgency of a new one, 1 to 4.
    pub priority: i64,
    /// Steps without which it cannot be delivered.
    pub checklist: Vec<String>,
    /// Whether people may make new ones.
    pub active: bool,
}

impl From<TaskKind> for TaskKindJson {
    fn from(kind: TaskKind) -> Self {
        TaskKindJson {
            skills: kind.skills.iter().map(str::to_owned).collect(),
            checklist: kind.checklist().map(str::to_owned).collect(),
            code: kind.code,
            version: kind.version.raw(),
            name: Names { zh_cn: kind.name_zh_cn, zh_tw: kind.name_zh_tw, en: kind.name_en },
            role: kind.role,
            planned_minutes: kind.planned_minutes,
            due_hours: kind.due_hours,
            priority: kind.priority,
            active: kind.active,
        }
    }
}

/// A kind of task, as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TaskKindInput {
    /// Its key; only for a new one.
    pub code: Option<String>,
    /// Its names.
    pub name: Names,
    /// Codes of the skills it needs.
    pub skills: Vec<String>,
    /// Code of the role whose members may take it; empty: whoever may work on tasks.
    pub role: String,
    /// Minutes it takes as a rule.
    pub planned_minutes: i64,
    /// Hours from its making until it is due; 0: no limit.
    pub due_hours: i64,
    /// Urgency of a new one, 1 to 4; 3.
    pub priority: Option<i64>,
    /// Steps without which it cannot be delivered.
    pub checklist: Vec<String>,
    /// Whether people may make new ones; `true`.
    pub active: Option<bool>,
}

impl TaskKindInput {
    fn read(self, code: Option<String>) -> TaskKind {
        let text = |text: String| text.trim().to_owned();
        let step = |step: &String| step.split_whitespace().collect::<Vec<_>>().join(" ");
        TaskKind {
            code: text(code.or(self.code).unwrap_or_default()),
            version: Version::FIRST,
            name_zh_cn: text(self.name.zh_cn),
            name_zh_tw: text(self.name.zh_tw),
            name_en: text(self.name.en),
            skills: self.skills.into_iter().collect::<Codes>(),
            role: text(self.role),
            planned_minutes: self.planned_minutes,
            due_hours: self.due_hours,
            priority: self.priority.unwrap_or(3),
            checklist: self.checklist.iter().map(step).collect::<Vec<_>>().join("\n"),
            active: self.active.unwrap_or(true),
        }
    }
}

/// All kinds of tasks: a company has few of them.
#[utoipa::path(get, path = "/task-kinds", operation_id = "list_task_kinds", tag = "tasks", responses((status = 200, body = Vec<TaskKindJson>)))]
async fn list(State(web): State<Web>, by: By) -> Result<Json<Vec<TaskKindJson>>, Error> {
    by.may(Act::ViewTask)?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| worker::kinds(reader, company)).await?;
    Ok(Json(found.into_iter().map(TaskKindJson::from).collect()))
}

/// Adds a kind of task.
#[utoipa::path(post, path = "/task-kinds", operation_id = "create_task_kind", tag = "tasks", request_body = TaskKindInput, responses((status = 201, body = Saved)))]
async fn create_kind(State(web): State<Web>, by: By, body: Body<TaskKindInput>) -> Result<Created<Saved>, Error> {
    let kind = body.input.read(None);
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &kind)).await?;
    Ok(Created::at("task-kinds", saved))
}

/// Changes a kind of task; tasks that are there stay as they are.
#[utoipa::path(put, path = "/task-kinds/{code}", operation_id = "edit_task_kind", tag = "tasks", request_body = TaskKindInput, responses((status = 200, body = Saved)))]
async fn edit_kind(
    State(web): State<Web>,
    by: By,
    Path(code): Path<String>,
    Matching(version): Matching,
    body: Body<TaskKindInput>,
) -> Result<Tagged<Saved>, Error> {
    let kind = body.input.read(Some(code));
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &kind)).await?;
    Ok(Tagged::saved(saved))
}
