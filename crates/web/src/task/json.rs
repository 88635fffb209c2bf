//! A task for people: as a row, and with all that belongs to it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::{
    Act, Actor, CompanyId, Instant, Language, Role, Skill, Task, TaskEntry, TaskKind, TaskStep, TaskVerb, User, UserId, task_actions,
};
use serde::Serialize;
use store::query::{list, task as query, user, worker};
use store::{Fault, Reader};
use utoipa::ToSchema;

use crate::by::By;
use crate::error::{Error, Problem, ProblemGate};
use crate::order::paper::AttachmentJson;
use crate::state::Web;
use crate::value::{Named, Numbered, TaskCauseCode, TaskEntryKindCode, TaskStatusCode, TaskVerbCode};

/// Something by its code, with its name in the caller's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Worded {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The names of everything a task names; a company has few of each.
pub(crate) struct Names {
    pub users: BTreeMap<UserId, String>,
    pub kinds: Vec<TaskKind>,
    pub skills: Vec<Skill>,
    pub roles: Vec<Role>,
    language: Language,
}

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn read(reader: &Reader<'_>, company: CompanyId, language: Language) -> Result<Self, Fault> {
        Ok(Names {
            users: user::names(reader, company)?.into_iter().collect(),
            kinds: worker::kinds(reader, company)?,
            skills: worker::skills(reader, company)?,
            roles: reader.all::<Role>(company, "ORDER BY code", &[])?,
            language,
        })
    }

    /// A person.
    pub fn user(&self, id: UserId) -> Named {
        // What the product does by itself is done by nobody.
        let nobody = || domain::text(self.language, "actor.product", &[]);
        Named { id: id.to_string(), name: self.users.get(&id).cloned().unwrap_or_else(nobody) }
    }

    /// A kind of task.
    pub fn kind(&self, code: &str) -> Worded {
        let found = self.kinds.iter().find(|kind| kind.code == code);
        Worded { code: code.to_owned(), name: found.map_or(code, |kind| kind.name(self.language)).to_owned() }
    }

    /// A skill.
    pub fn skill(&self, code: &str) -> Worded {
        let found = self.skills.iter().find(|skill| skill.code == code);
        Worded { code: code.to_owned(), name: found.map_or(code, |skill| skill.name(self.language)).to_owned() }
    }

    /// A role; nothing for the pool of everybody.
    pub fn role(&self, code: &str) -> Option<Worded> {
        let found = self.roles.iter().find(|role| role.code == code);
        let name = found.map_or(code, |role| role.name(self.language)).to_owned();
        (!code.is_empty()).then(|| Worded { code: code.to_owned(), name })
    }
}

/// A task in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct TaskRow {
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    pub number: String,
    pub kind: Worded,
    pub title: String,
    /// The order it is about.
    pub order: Option<Numbered>,
    pub customer_name: String,
    pub status: TaskStatusCode,
    /// 1 urgent to 4 low.
    pub priority: i64,
    /// Who has it, or was sent it.
    pub assignee: Option<Named>,
    /// Whose members may take it; `null`: whoever may work on tasks.
    pub role: Option<Worded>,
    pub city: String,
    pub district: String,
    pub place: String,
    pub planned_minutes: i64,
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// Should have been delivered by now.
    pub overdue: bool,
    /// How much is done, 0 to 100.
    pub percent: i64,
    pub cause: TaskCauseCode,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub delivered_at: Option<String>,
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
    pub quality: Option<i64>,
    pub timeliness: Option<i64>,
    /// What the caller can do next, where there is something.
    pub next: Option<TaskVerbCode>,
}

/// What people do next, in the order in which it comes.
const NEXT: [TaskVerb; 5] = [TaskVerb::Accept, TaskVerb::Take, TaskVerb::Start, TaskVerb::Deliver, TaskVerb::Finish];

impl TaskRow {
    /// A row for people.
    pub(crate) fn of(task: &Task, by: &Actor, names: &Names, now: Instant) -> Self {
        let next = NEXT.into_iter().find(|verb| task.may(*verb, by).is_ok());
        let order = task.order_id.map(|id| Numbered { id: id.to_string(), number: task.order_number.clone() });
        let at = |instant: Option<Instant>| instant.map(|at| at.to_string());
        TaskRow {
            id: task.id.to_string(),
            version: task.version.raw(),
            number: task.number.clone(),
            kind: names.kind(&task.kind),
            title: task.title.clone(),
            order,
            customer_name: task.customer_name.clone(),
            status: task.status.into(),
            priority: task.priority,
            assignee: task.assignee.map(|id| names.user(id)),
            role: names.role(&task.role),
            city: task.city.clone(),
            district: task.district.clone(),
            place: task.place.clone(),
            planned_minutes: task.planned_minutes,
            due_at: at(task.due_at),
            overdue: task.is_overdue(now),
            percent: task.percent,
            cause: task.cause.into(),
            created_at: task.created_at.to_string(),
            delivered_at: at(task.delivered_at),
            done_at: at(task.done_at),
            quality: task.quality,
            timeliness: task.timeliness,
            next: next.map(Into::into),
        }
    }
}

/// A step of the plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskStep)]
pub struct StepJson {
    /// Its place, from 1.
    pub no: i64,
    /// What is done.
    pub text: String,
    /// Without it the task cannot be delivered.
    pub required: bool,
    /// When it was done.
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
}

/// Something that was said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskEntry)]
pub struct EntryJson {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: TaskEntryKindCode,
    /// What it is, for people.
    pub kind_name: String,
    /// What was said.
    pub text: String,
    /// How much was done then.
    pub percent: i64,
    /// Who said it.
    pub by: Named,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// Something that may be done with a task, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskAction)]
pub struct TaskActionJson {
    /// The verb: POST to it under the task (`edit`: PUT the task).
    pub verb: TaskVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, for people.
    pub message: Option<String>,
    /// Which gates are shut, with what they miss.
    pub gates: Vec<ProblemGate>,
}

/// A task with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Task)]
#[allow(missing_docs)]
pub struct TaskJson {
    pub id: String,
    pub version: i64,
    /// What lists show of it.
    pub row: TaskRow,
    pub detail: String,
    pub skills: Vec<Worded>,
    /// Code of the gate, clock or override that made it.
    pub cause_code: String,
    #[schema(format = DateTime)]
    pub offered_at: Option<String>,
    #[schema(format = DateTime)]
    pub accepted_at: Option<String>,
    pub evaluation: String,
    pub evaluated_by: Option<Named>,
    pub created_by: Named,
    /// The plan.
    pub steps: Vec<StepJson>,
    /// What was said, oldest first.
    pub entries: Vec<EntryJson>,
    pub attachments: Vec<AttachmentJson>,
    /// Everything that may be done, or why not.
    pub actions: Vec<TaskActionJson>,
}

fn step(step: &TaskStep) -> StepJson {
    StepJson { no: step.no, text: step.text.clone(), required: step.required, done_at: step.done_at.map(|at| at.to_string()) }
}

fn actions(whole: &query::Whole, by: &Actor) -> Vec<TaskActionJson> {
    let language = by.language;
    let action = |action: domain::TaskAction| TaskActionJson {
        verb: action.verb.into(),
        name: domain::name_of(language, action.verb),
        allowed: action.refusal.is_none(),
        needs_reason: action.verb.table_row().reason,
        code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
        message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
        gates: action.refusal.iter().flat_map(|refusal| &refusal.gates).map(|gate| ProblemGate::of(gate, language)).collect(),
    };
    task_actions(&whole.task, &whole.steps, by).into_iter().map(action).collect()
}

impl TaskJson {
    /// The page of a task.
    pub(crate) fn of(whole: &query::Whole, by: &Actor, names: &Names, now: Instant) -> Self {
        let task = &whole.task;
        let entry = |entry: &TaskEntry| EntryJson {
            id: entry.id.to_string(),
            kind: entry.kind.into(),
            kind_name: domain::name_of(by.language, entry.kind),
            text: entry.text.clone(),
            percent: entry.percent,
            by: names.user(entry.by),
            at: entry.at.to_string(),
        };
        TaskJson {
            id: task.id.to_string(),
            version: task.version.raw(),
            row: TaskRow::of(task, by, names, now),
            detail: task.detail.clone(),
            skills: task.skills.iter().map(|code| names.skill(code)).collect(),
            cause_code: task.cause_code.clone(),
            offered_at: task.offered_at.map(|at| at.to_string()),
            accepted_at: task.accepted_at.map(|at| at.to_string()),
            evaluation: task.evaluation.clone(),
            evaluated_by: task.evaluated_by.map(|id| names.user(id)),
            created_by: names.user(task.created_by),
            steps: whole.steps.iter().map(step).collect(),
            entries: whole.entries.iter().map(entry).collect(),
            attachments: whole.attachments.iter().map(|file| AttachmentJson::of(file, &names.users)).collect(),
            actions: actions(whole, by),
        }
    }
}

/// A kind of task as a form offers it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskKindOption {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Codes of the skills it needs.
    pub skills: Vec<String>,
    /// Code of the role whose pool it goes to.
    pub role: String,
    /// Minutes it takes as a rule.
    pub planned_minutes: i64,
    /// Hours until it is due; 0: no limit.
    pub due_hours: i64,
    /// Its urgency.
    pub priority: i64,
}

/// What the forms and filters of tasks offer, in the caller's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskOptions {
    /// Kinds that new tasks may have.
    pub kinds: Vec<TaskKindOption>,
    /// Skills.
    pub skills: Vec<Worded>,
    /// Roles with pools.
    pub roles: Vec<Worded>,
    /// People with an active profile.
    pub workers: Vec<Named>,
    /// People without a profile, for who may edit profiles.
    pub people: Vec<Named>,
}

/// What the forms and filters of tasks offer.
#[utoipa::path(get, path = "/tasks/options", tag = "tasks", operation_id = "task_options",
    responses((status = 200, body = TaskOptions), (status = "default", body = Problem)))]
pub(super) async fn options(State(web): State<Web>, by: By) -> Result<Json<TaskOptions>, Error> {
    by.may(Act::ViewTask)?;
    let (company, language) = (by.company_id, by.language);
    let edits = by.may(Act::EditWorker).is_ok();
    let found = web.app.store.read(move |reader| {
        let names = Names::read(reader, company, language)?;
        let page = list::Page { sort: worker::SORTS[0], descending: false, after: None, limit: 500 };
        let workers = worker::list(reader, company, &worker::Filter::default(), &page)?.rows;
        let users = if edits { reader.all::<User>(company, "AND active = 1 ORDER BY name", &[])? } else { Vec::new() };
        Ok((names, workers, users))
    });
    let (names, workers, mut users) = found.await?;
    users.retain(|user| workers.iter().all(|busy| busy.worker.user_id != user.id));
    let kind = |kind: &TaskKind| TaskKindOption {
        code: kind.code.clone(),
        name: kind.name(language).to_owned(),
        skills: kind.skills.iter().map(str::to_owned).collect(),
        role: kind.role.clone(),
        planned_minutes: kind.planned_minutes,
        due_hours: kind.due_hours,
        priority: kind.priority,
    };
    Ok(Json(TaskOptions {
        kinds: names.kinds.iter().filter(|kind| kind.active).map(kind).collect(),
        skills: names.skills.iter().filter(|skill| skill.active).map(|skill| names.skill(&skill.code)).collect(),
        roles: names.roles.iter().filter_map(|role| names.role(&role.code)).collect(),
        workers: workers.into_iter().filter(|busy| busy.worker.active).map(|busy| names.user(busy.worker.user_id)).collect(),
        people: users.into_iter().map(|user| names.user(user.id)).collect(),
    }))
}
