//! Tasks over HTTP: making, sending, doing and judging them.

mod candidate;
mod figure;
pub(crate) mod json;
pub(crate) mod row;
mod step;

use app::task::{NewTask, TaskInput, TaskState, create, edit};
use axum::extract::{Path, State};
use domain::{Act, Codes, Instant, TaskId};
use serde::{Deserialize, Serialize};
use store::query::task as query;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::named;
use crate::state::Web;
use crate::value::TaskStatusCode;
use crate::version::{Created, Matching, Tagged};
use json::{Names, TaskJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, create_task))
        .routes(routes!(row::board))
        .routes(routes!(figure::statistics))
        .routes(routes!(json::options))
        .routes(routes!(read, edit_task))
        .routes(routes!(candidate::candidates))
        .merge(step::routes())
}

/// The task that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<TaskId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("task"))
}

/// A task after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskState)]
pub struct TaskStateJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: TaskStatusCode,
    /// How much is done, 0 to 100.
    pub percent: i64,
    /// Id of who has it.
    pub assignee_id: Option<String>,
}

impl From<TaskState> for TaskStateJson {
    fn from(state: TaskState) -> Self {
        TaskStateJson {
            id: state.id.to_string(),
            number: state.number,
            version: state.version,
            status: state.status.into(),
            percent: state.percent,
            assignee_id: state.assignee.map(|id| id.to_string()),
        }
    }
}

/// A task as it is to be. What is left out of a new one comes from its kind and its order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TaskSent {
    /// Code of its kind.
    pub kind: String,
    /// What is to be done, in a line; the name of the kind.
    pub title: String,
    /// What is to be done, at length.
    pub detail: String,
    /// Id or number of the order it is about; stays as it is once the task is made.
    pub order_id: Option<String>,
    /// Code of the role whose members may take it; empty: whoever may work on tasks.
    pub role: Option<String>,
    /// 1 urgent, 2 high, 3 usual, 4 low.
    pub priority: Option<i64>,
    /// City it is done in.
    pub city: String,
    /// District of that city.
    pub district: String,
    /// Address it is done at.
    pub place: String,
    /// Codes of the skills it needs.
    pub skills: Option<Vec<String>>,
    /// Minutes it should take.
    pub planned_minutes: Option<i64>,
    /// When it should be delivered.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
}

impl TaskSent {
    fn read(self) -> Result<TaskInput, Error> {
        let mut fields = Fields::new();
        let kind = fields.required("/kind", &self.kind, 40);
        let due = self.due_at.filter(|text| !text.is_empty());
        let due_at = due.and_then(|text| Instant::parse(&text).map_err(|error| fields.wrong("/due_at", error)).ok());
        fields.done()?;
        let task = NewTask {
            title: self.title,
            detail: self.detail,
            role: self.role.map(|role| role.trim().to_owned()),
            priority: self.priority,
            city: self.city,
            district: self.district,
            place: self.place,
            skills: self.skills.map(|codes| codes.into_iter().collect::<Codes>()),
            planned_minutes: self.planned_minutes,
            due_at,
            ..NewTask::of(&kind)
        };
        Ok(TaskInput { task, order: self.order_id.unwrap_or_default() })
    }
}

/// A task with its plan, its talk, its files, and everything that may be done with it.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", operation_id = "get_task",
    params(("id" = String, Path, description = "Id or number of the task")),
    responses((status = 200, body = TaskJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<TaskJson>, Error> {
    by.may(Act::ViewTask)?;
    let id = which(&web, &by, &id).await?;
    let (company, language, now) = (by.company_id, by.language, web.now());
    let found = web.app.store.read(move |reader| {
        let Some(whole) = query::whole(reader, company, id)? else { return Ok(None) };
        Ok(Some((whole, Names::read(reader, company, language)?)))
    });
    let (whole, names) = found.await?.ok_or_else(|| Error::not_found("task"))?;
    Ok(Tagged(whole.task.version.raw(), TaskJson::of(&whole, &by, &names, now)))
}

/// Makes a task; it waits in its pool until somebody takes it or it is sent to somebody.
#[utoipa::path(post, path = "/tasks", tag = "tasks", operation_id = "create_task", request_body = TaskSent,
    responses((status = 201, body = TaskStateJson), (status = "default", body = Problem)))]
async fn create_task(State(web): State<Web>, by: By, body: Body<TaskSent>) -> Result<Created<TaskStateJson>, Error> {
    let input = body.input.read()?;
    let state = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created { location: format!("/api/v1/tasks/{}", state.id), version: state.version, body: state.into() })
}

/// Changes a task that is not delivered yet.
#[utoipa::path(put, path = "/tasks/{id}", tag = "tasks", operation_id = "edit_task", request_body = TaskSent,
    params(("id" = String, Path, description = "Id or number of the task")),
    responses((status = 200, body = TaskStateJson), (status = "default", body = Problem)))]
async fn edit_task(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<TaskSent>,
) -> Result<Tagged<TaskStateJson>, Error> {
    let id = which(&web, &by, &id).await?;
    let input = body.input.read()?;
    let state = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged(state.version, state.into()))
}
