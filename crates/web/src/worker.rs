//! Worker profiles over HTTP.

use app::worker::{create, edit};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, SkillLevels, UserId, Version, Worker, WorkerKind};
use serde::{Deserialize, Serialize};
use store::query::worker::{self, Busy, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::task::json::{Names, Worded};
use crate::value::{Saved, WorkerKindCode};
use crate::version::{Created, Matching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list, create_worker)).routes(routes!(show, edit_worker))
}

/// A skill somebody has.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HeldSkill {
    /// Which.
    pub skill: Worded,
    /// How well, 1 to 5.
    pub level: i64,
}

/// A worker profile.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Worker)]
pub struct WorkerJson {
    /// Id of the user they are.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Their username.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Own or contractor.
    pub kind: WorkerKindCode,
    /// What they can do.
    pub skills: Vec<HeldSkill>,
    /// City they work in.
    pub city: String,
    /// District they start from.
    pub district: String,
    /// Minutes of work a day.
    pub capacity_minutes: i64,
    /// To call them.
    pub phone: String,
    /// Whether they are sent tasks.
    pub active: bool,
    /// Tasks in hand or on the desk.
    pub tasks: i64,
    /// Minutes that are left of them.
    pub minutes: i64,
}

impl WorkerJson {
    fn of(busy: Busy, names: &Names) -> Self {
        let Busy { worker, username, name, tasks, minutes } = busy;
        WorkerJson {
            id: worker.user_id.to_string(),
            version: worker.version.raw(),
            username,
            name,
            kind: worker.kind.into(),
            skills: worker.skills.iter().map(|(code, level)| HeldSkill { skill: names.skill(code), level }).collect(),
            city: worker.city,
            district: worker.district,
            capacity_minutes: worker.capacity_minutes,
            phone: worker.phone,
            active: worker.active,
            tasks,
            minutes,
        }
    }

    fn skills_shown(&self) -> String {
        let shown: Vec<String> = self.skills.iter().map(|held| format!("{} {}", held.skill.name, held.level)).collect();
        shown.join(", ")
    }
}

impl Tabular for WorkerJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "worker_kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "skills", cell: |row| Cell::from(&row.skills_shown()) },
        Column { name: "city", cell: |row| Cell::from(&row.city) },
        Column { name: "district", cell: |row| Cell::from(&row.district) },
        Column { name: "capacity_minutes", cell: |row| Cell::Int(row.capacity_minutes) },
        Column { name: "phone", cell: |row| Cell::from(&row.phone) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

/// A skill and its level.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SkillLevel {
    /// Code of the skill.
    pub skill: String,
    /// 1 (lowest) to 5 (highest).
    pub level: i64,
}

/// A profile, as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WorkerInput {
    /// Id of the user; only for a new profile.
    pub user_id: Option<String>,
    /// Own or contractor; own.
    pub kind: WorkerKindCode,
    /// What they can do.
    pub skills: Vec<SkillLevel>,
    /// City they work in.
    pub city: String,
    /// District they start from.
    pub district: String,
    /// Minutes of work a day; 480.
    pub capacity_minutes: Option<i64>,
    /// To call them.
    pub phone: String,
    /// Whether they are sent tasks; `true`.
    pub active: Option<bool>,
}

impl WorkerInput {
    fn read(self, known: Option<UserId>) -> Result<Worker, Error> {
        let mut fields = Fields::new();
        let user_id = known.unwrap_or_else(|| fields.id("/user_id", self.user_id.as_deref().unwrap_or_default()));
        let kind = fields.code_or("/kind", &self.kind, WorkerKind::Own);
        for (place, held) in self.skills.iter().enumerate() {
            fields.whole(&format!("/skills/{place}/level"), held.level, 1, domain::LEVEL_MAX);
        }
        fields.done()?;
        let text = |text: String| text.trim().to_owned();
        Ok(Worker {
            user_id,
            version: Version::FIRST,
            kind,
            skills: self.skills.into_iter().map(|held| (text(held.skill), held.level)).collect::<SkillLevels>(),
            city: text(self.city),
            district: text(self.district),
            capacity_minutes: self.capacity_minutes.unwrap_or(480),
            phone: text(self.phone),
            active: self.active.unwrap_or(true),
        })
    }
}

/// The filters of the list of workers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct WorkerQuery {
    /// Words in name, username, city or district.
    pub q: Option<String>,
    /// Code of a skill.
    pub skill: Option<String>,
    /// `own` or `contractor`.
    pub kind: Option<String>,
    /// `true`: sent tasks; `false`: not.
    pub active: Option<String>,
}

/// Lists workers with what they have in hand. Sorts: `name` (usual), `capacity`.
#[utoipa::path(get, path = "/workers", operation_id = "list_workers", tag = "tasks", params(WorkerQuery, PageParams), responses((status = 200, body = Listed<WorkerJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<WorkerQuery>) -> Result<Response, Error> {
    by.may(Act::ViewTask)?;
    let mut fields = Fields::new();
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    let kind = codes::<WorkerKind>(&mut fields, "/kind", asked.filter.kind.as_deref());
    fields.done()?;
    let kind = kind.first().map(|kind| kind.as_str().to_owned());
    let filter = Filter { q: asked.filter.q, skill: asked.filter.skill, kind, active };
    let (company, language) = (by.company_id, by.language);
    let sorts = Sorts { sorts: worker::SORTS, ties: worker::TIES, usual: "name" };
    list::answer(&web, &by, "workers", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = Names::read(reader, company, language)?;
        Ok(worker::list(reader, company, &filter, page)?.map(|busy| WorkerJson::of(busy, &names)))
    })
    .await
}

/// Shows a worker.
#[utoipa::path(get, path = "/workers/{id}", operation_id = "show_worker", tag = "tasks", responses((status = 200, body = WorkerJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<WorkerJson>, Error> {
    by.may(Act::ViewTask)?;
    let (company, language, id) = (by.company_id, by.language, which(&id)?);
    let found = web.app.store.read(move |reader| {
        let Some(busy) = worker::one(reader, company, id)? else { return Ok(None) };
        Ok(Some(WorkerJson::of(busy, &Names::read(reader, company, language)?)))
    });
    let found = found.await?.ok_or_else(|| Error::not_found("worker"))?;
    Ok(Tagged(found.version, found))
}

/// Adds the profile of a user.
#[utoipa::path(post, path = "/workers", operation_id = "create_worker", tag = "tasks", request_body = WorkerInput, responses((status = 201, body = Saved)))]
async fn create_worker(State(web): State<Web>, by: By, body: Body<WorkerInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditWorker)?;
    let worker = body.input.read(None)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &worker)).await?;
    Ok(Created::at("workers", saved))
}

/// Changes the profile of a user.
#[utoipa::path(put, path = "/workers/{id}", operation_id = "edit_worker", tag = "tasks", request_body = WorkerInput, responses((status = 200, body = Saved)))]
async fn edit_worker(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<WorkerInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditWorker)?;
    let worker = body.input.read(Some(which(&id)?))?;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, Some(version), &worker)).await?;
    Ok(Tagged::saved(saved))
}

fn which(id: &str) -> Result<UserId, Error> {
    id.parse().map_err(|_| Error::not_found("worker"))
}
