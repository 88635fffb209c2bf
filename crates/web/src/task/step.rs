//! The steps of a task: a POST to a verb, answered with the new state.

use app::task::{self, TaskState};
use axum::extract::{Path, State};
use domain::UserId;
use serde::{Deserialize, Serialize};
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{TaskStateJson, which};
use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::state::Web;
use crate::version::{MaybeMatching, Tagged};

/// The addresses of the verbs.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(offer))
        .routes(routes!(take))
        .routes(routes!(accept))
        .routes(routes!(refuse))
        .routes(routes!(start))
        .routes(routes!(plan))
        .routes(routes!(tick))
        .routes(routes!(report))
        .routes(routes!(ask))
        .routes(routes!(answer))
        .routes(routes!(deliver))
        .routes(routes!(rework))
        .routes(routes!(finish))
        .routes(routes!(evaluate))
        .routes(routes!(hand_over))
        .routes(routes!(cancel))
}

/// What a step answers with.
type Stepped = Result<Tagged<TaskStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<TaskState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

/// Something that is said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Said {
    /// What.
    pub text: String,
}

/// How far it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reported {
    /// What was done.
    pub text: String,
    /// How much, 0 to 100; as before.
    pub percent: Option<i64>,
}

/// The steps of a plan.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Planned {
    /// What is done, in order. What is done already and what the checklist wants stays.
    pub steps: Vec<String>,
}

/// A step that was done.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TickedStep {
    /// Its place in the plan, from 1.
    pub no: i64,
    /// `false`: not after all.
    pub done: bool,
}

/// To whom.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SentTo {
    /// Id of the person.
    pub user_id: String,
}

/// To whom, and why.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HandedOver {
    /// Id of the person.
    pub user_id: String,
    /// Why.
    pub reason: String,
}

/// How good it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Judged {
    /// Quality, 1 (bad) to 5 (good).
    pub quality: i64,
    /// How well the time was kept, 1 (bad) to 5 (good).
    pub timeliness: i64,
    /// Why.
    pub comment: String,
}

fn person(user_id: &str) -> Result<UserId, Error> {
    let mut fields = Fields::new();
    let id = fields.id::<UserId>("/user_id", user_id);
    fields.done()?;
    Ok(id)
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $by:ident, $id:ident, $version:ident, $input:ident| $read:expr, $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "tasks", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the task")), request_body = $body,
            responses((status = 200, body = TaskStateJson), (status = "default", body = Problem)))]
        async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching($version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            #[allow(unused_variables)]
            let Body { input: $input, replay } = body;
            #[allow(unused_variables, clippy::let_unit_value, clippy::redundant_locals)]
            let $input = $read;
            run(&web, &by, replay, move |$work, $by| $act).await
        }
    )+};
}

steps! {
    offer, "task_offer", "/tasks/{id}/offer", SentTo, "Send to a person" => |work, by, id, version, input| person(&input.user_id)?, task::offer::offer(work, by, id, version, input);
    take, "task_take", "/tasks/{id}/take", Empty, "Take from the pool" => |work, by, id, version, input| (), task::take::take(work, by, id, version);
    accept, "task_accept", "/tasks/{id}/accept", Empty, "Accept" => |work, by, id, version, input| (), task::accept::accept(work, by, id, version);
    refuse, "task_refuse", "/tasks/{id}/refuse", Because, "Refuse" => |work, by, id, version, input| input.reason, task::refuse::refuse(work, by, id, version, &input);
    start, "task_start", "/tasks/{id}/start", Empty, "Begin the work" => |work, by, id, version, input| (), task::start::start(work, by, id, version);
    plan, "task_plan", "/tasks/{id}/plan", Planned, "Plan the steps" => |work, by, id, version, input| input.steps, task::plan::plan(work, by, id, version, &input);
    tick, "task_tick", "/tasks/{id}/tick", TickedStep, "Tick a step" => |work, by, id, version, input| input, task::tick::tick(work, by, id, version, input.no, input.done);
    report, "task_report", "/tasks/{id}/report", Reported, "Report progress" => |work, by, id, version, input| input, task::report::report(work, by, id, version, &input.text, input.percent);
    ask, "task_ask", "/tasks/{id}/ask", Said, "Ask" => |work, by, id, version, input| input.text, task::ask::ask(work, by, id, version, &input);
    answer, "task_answer", "/tasks/{id}/answer", Said, "Answer" => |work, by, id, version, input| input.text, task::answer::answer(work, by, id, version, &input);
    deliver, "task_deliver", "/tasks/{id}/deliver", Noting, "Deliver" => |work, by, id, version, input| input.note, task::deliver::deliver(work, by, id, version, &input);
    rework, "task_rework", "/tasks/{id}/rework", Because, "Send back for rework" => |work, by, id, version, input| input.reason, task::rework::rework(work, by, id, version, &input);
    finish, "task_finish", "/tasks/{id}/finish", Empty, "Take as done" => |work, by, id, version, input| (), task::finish::finish(work, by, id, version);
    evaluate, "task_evaluate", "/tasks/{id}/evaluate", Judged, "Evaluate" => |work, by, id, version, input| task::evaluate::Evaluation { quality: input.quality, timeliness: input.timeliness, comment: input.comment }, task::evaluate::evaluate(work, by, id, version, &input);
    hand_over, "task_hand_over", "/tasks/{id}/hand-over", HandedOver, "Hand over" => |work, by, id, version, input| task::hand_over::HandOver { to: person(&input.user_id)?, reason: input.reason }, task::hand_over::hand_over(work, by, id, version, &input);
    cancel, "task_cancel", "/tasks/{id}/cancel", Because, "Cancel" => |work, by, id, version, input| input.reason, task::cancel::cancel(work, by, id, version, &input);
}
