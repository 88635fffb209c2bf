//! Who should do a task.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Company, Task, Wanted, candidates as ranked};
use serde::Serialize;
use store::query::worker;
use utoipa::ToSchema;

use super::json::Names;
use super::which;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::state::Web;
use crate::value::Named;

/// Somebody who may do a task, and how well it fits.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Candidate)]
pub struct CandidateJson {
    /// Who.
    pub user: Named,
    /// Whether they have every skill and are there.
    pub fits: bool,
    /// Everything together, 0 to 100.
    pub score: i64,
    /// Points for skills, 0 to 40.
    pub skill: i64,
    /// Points for free time, 0 to 30.
    pub load: i64,
    /// Points for having nothing as urgent, 0 to 15.
    pub priority: i64,
    /// Points for being near, 0 to 15.
    pub place: i64,
    /// Why, in the caller's language.
    pub reasons: Vec<String>,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Days of free time that count for a task without a limit.
const UNLIMITED_DAYS: i64 = 5;

/// Ranks the people a task may be sent to by skill, load, urgency of what they have, and place. Who is away on the day it is due comes last.
#[utoipa::path(get, path = "/tasks/{id}/candidates", tag = "tasks", operation_id = "task_candidates",
    params(("id" = String, Path, description = "Id or number of the task")),
    responses((status = 200, body = Vec<CandidateJson>), (status = "default", body = Problem)))]
pub(super) async fn candidates(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Vec<CandidateJson>>, Error> {
    by.may(Act::ViewTask)?;
    let id = which(&web, &by, &id).await?;
    let (company, language, now) = (by.company_id, by.language, web.now());
    let found = web.app.store.read(move |reader| {
        let Some(task) = reader.get::<Task>(company, id)? else { return Ok(None) };
        let due = task.due_at.unwrap_or(now).max(now);
        let day = reader.get::<Company>(company, company)?.map_or_else(|| due.date_in("UTC").expect("UTC is a zone"), |c| c.date_of(due));
        let facts = worker::candidates(reader, company, id, task.due_at.map(|due| due.max(now.plus_seconds(DAY))), task.priority, day)?;
        Ok(Some((task, facts, Names::read(reader, company, language)?)))
    });
    let (task, mut facts, names) = found.await?.ok_or_else(|| Error::not_found("task"))?;
    facts.retain(|facts| task.assignee != Some(facts.worker.user_id));
    let days = task.due_at.map_or(UNLIMITED_DAYS, |due| (now.seconds_until(due) + DAY - 1) / DAY);
    let wanted = Wanted {
        skills: task.skills.iter().map(|code| (code.to_owned(), names.skill(code).name)).collect(),
        minutes: task.left_minutes(),
        city: task.city.clone(),
        district: task.district.clone(),
        days: days.max(1),
    };
    let shown = |one: domain::Candidate| CandidateJson {
        user: Named { id: one.user_id.to_string(), name: one.name },
        fits: one.fits,
        score: one.score,
        skill: one.skill,
        load: one.load,
        priority: one.priority,
        place: one.place,
        reasons: one.reasons.iter().map(|reason| domain::text(language, reason.code, &reason.details)).collect(),
    };
    Ok(Json(ranked(&wanted, facts).into_iter().map(shown).collect()))
}
