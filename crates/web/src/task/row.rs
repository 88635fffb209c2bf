//! The list of tasks, and the board.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{Act, Actor, Instant, TaskStatus, UserId};
use serde::{Deserialize, Serialize};
use store::query::task::{self as query, Filter, SORTS, TIES};
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};

use super::json::{Names, TaskRow};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order;
use crate::state::Web;
use crate::value::TaskStatusCode;

impl Tabular for TaskRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "kind", cell: |row| Cell::from(&row.kind.name) },
        Column { name: "title", cell: |row| Cell::from(&row.title) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "priority", cell: |row| Cell::Int(row.priority) },
        Column { name: "order_number", cell: |row| Cell::from(row.order.as_ref().map_or("", |order| &order.number)) },
        Column { name: "customer_name", cell: |row| Cell::from(&row.customer_name) },
        Column { name: "assignee", cell: |row| Cell::from(row.assignee.as_ref().map_or("", |person| &person.name)) },
        Column { name: "city", cell: |row| Cell::from(&row.city) },
        Column { name: "district", cell: |row| Cell::from(&row.district) },
        Column { name: "planned_minutes", cell: |row| Cell::Int(row.planned_minutes) },
        Column { name: "due_at", cell: |row| Cell::from(row.due_at.as_deref().unwrap_or_default()) },
        Column { name: "percent", cell: |row| Cell::Int(row.percent) },
        Column { name: "delivered_at", cell: |row| Cell::from(row.delivered_at.as_deref().unwrap_or_default()) },
        Column { name: "done_at", cell: |row| Cell::from(row.done_at.as_deref().unwrap_or_default()) },
        Column { name: "quality", cell: |row| row.quality.map_or(Cell::from(""), Cell::Int) },
        Column { name: "timeliness", cell: |row| row.timeliness.map_or(Cell::from(""), Cell::Int) },
    ];
}

/// What tasks may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Words in number, title, customer or order.
    pub q: Option<String>,
    /// States, with commas between.
    pub status: Option<String>,
    /// `true`: in my hands or sent to me.
    pub mine: Option<String>,
    /// `true`: those I may take.
    pub pool: Option<String>,
    /// `true`: made by me.
    pub created_by_me: Option<String>,
    /// Id of who has it.
    pub assignee: Option<String>,
    /// Code of the kind.
    pub kind: Option<String>,
    /// Code of the role whose pool it is in.
    pub role: Option<String>,
    /// `true`: due before now and not delivered.
    pub overdue: Option<String>,
    /// Id or number of the order.
    pub order: Option<String>,
}

/// The roles whose pools are open to somebody; the empty one is everybody's.
pub(crate) fn pools(by: &Actor) -> Vec<String> {
    by.roles.iter().map(str::to_owned).chain([String::new()]).collect()
}

impl TaskQuery {
    async fn read(self, web: &Web, by: &By) -> Result<Filter, Error> {
        let mut fields = Fields::new();
        let mut is = |pointer: &str, value: &Option<String>| yes_or_no(&mut fields, pointer, value.as_deref()) == Some(true);
        let (mine, pool) = (is("/mine", &self.mine), is("/pool", &self.pool));
        let (made, overdue) = (is("/created_by_me", &self.created_by_me), is("/overdue", &self.overdue));
        let mut status = codes::<TaskStatus>(&mut fields, "/status", self.status.as_deref());
        let assignee = fields.optional_id::<UserId>("/assignee", self.assignee.as_deref());
        fields.done()?;
        let mut roles: Vec<String> = self.role.into_iter().collect();
        if pool {
            roles = pools(by);
            status = vec![TaskStatus::Open];
        }
        let order = match self.order {
            Some(reference) => Some(order::which(web, by, &reference).await?),
            None => None,
        };
        Ok(Filter {
            q: self.q,
            status,
            assignee: if mine { Some(by.user_id) } else { assignee },
            created_by: made.then_some(by.user_id),
            kind: self.kind,
            roles,
            order,
            overdue_at: overdue.then(|| web.now()),
        })
    }
}

/// Tasks, filtered and sorted. Sorts: `due_at` (usual), `priority`, `created_at`, `number`.
#[utoipa::path(get, path = "/tasks", tag = "tasks", operation_id = "list_tasks", params(TaskQuery, PageParams),
    responses((status = 200, body = Listed<TaskRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<TaskQuery>) -> Result<Response, Error> {
    by.may(Act::ViewTask)?;
    let filter = asked.filter.read(&web, &by).await?;
    let (actor, now) = (by.actor.clone(), web.now());
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "due_at" };
    list::answer(&web, &by, "tasks", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = Names::read(reader, actor.company_id, actor.language)?;
        Ok(query::list(reader, actor.company_id, &filter, page)?.map(|task| TaskRow::of(&task, &actor, &names, now)))
    })
    .await
}

/// A column of the board.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskColumn {
    /// The state.
    pub status: TaskStatusCode,
    /// Its name.
    pub name: String,
    /// How many tasks, counted up to 1,000.
    pub count: i64,
    /// The most urgent of them; of the done ones the last.
    pub tasks: Vec<TaskRow>,
}

/// Tasks of one column at the most.
const CARDS: i64 = 40;

const COUNTED: i64 = 1_000;

fn columns(reader: &Reader<'_>, by: &Actor, filter: &Filter, now: Instant) -> Result<Vec<TaskColumn>, Fault> {
    let names = Names::read(reader, by.company_id, by.language)?;
    let mut all = Vec::new();
    for status in TaskStatus::ALL.iter().filter(|status| **status != TaskStatus::Cancelled) {
        let tasks = query::column(reader, by.company_id, filter, *status, CARDS)?;
        let few = i64::try_from(tasks.len()).unwrap_or(CARDS);
        let whole = Filter { status: vec![*status], ..filter.clone() };
        let count = if few < CARDS { few } else { query::count(reader, by.company_id, &whole, COUNTED)? };
        let tasks = tasks.iter().map(|task| TaskRow::of(task, by, &names, now)).collect();
        all.push(TaskColumn { status: (*status).into(), name: domain::name_of(by.language, *status), count, tasks });
    }
    Ok(all)
}

/// The board: tasks by state, each the most urgent first.
#[utoipa::path(get, path = "/tasks/board", tag = "tasks", operation_id = "task_board", params(TaskQuery),
    responses((status = 200, body = Vec<TaskColumn>), (status = "default", body = Problem)))]
pub(super) async fn board(State(web): State<Web>, by: By, asked: Asked<TaskQuery>) -> Result<Json<Vec<TaskColumn>>, Error> {
    by.may(Act::ViewTask)?;
    let filter = asked.filter.read(&web, &by).await?;
    let (actor, now) = (by.actor.clone(), web.now());
    Ok(Json(web.app.store.read(move |reader| columns(reader, &actor, &filter, now)).await?))
}
