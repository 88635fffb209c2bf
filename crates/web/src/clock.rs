//! Clocks over HTTP: the time limits of orders.

use std::collections::BTreeMap;

use app::clock::start::Promise;
use app::clock::{self as case, pause, start, stop};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Actor, Clock, ClockId, ClockState, ClockTerms, Instant, Language, OrderId, Role};
use serde::{Deserialize, Serialize};
use store::query::clock::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::which;
use crate::state::Web;
use crate::value::{ClockStateCode, Numbered, Saved};
use crate::version::{Created, MaybeMatching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(rules))
        .routes(routes!(of_order, promise))
        .routes(routes!(pause_one))
        .routes(routes!(resume_one))
        .routes(routes!(stop_one))
}

/// Clocks of one order shown at the most.
const SHOWN: i64 = 100;

/// The nearest time limit of an order, in lists.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockChip {
    /// Its id.
    pub id: String,
    /// Code of its rule.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// State.
    pub state: ClockStateCode,
    /// When its time is over.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// From when on little is left.
    #[schema(value_type = String, format = DateTime)]
    pub warn_at: Instant,
    /// Why it is paused.
    pub pause_reason: String,
}

impl ClockChip {
    /// In a language.
    pub(crate) fn of(clock: &Clock, language: Language) -> Self {
        ClockChip {
            id: clock.id.to_string(),
            code: clock.code.clone(),
            name: clock.terms().name.of(language).to_owned(),
            state: clock.state.into(),
            due_at: clock.due_at,
            warn_at: clock.warn_at,
            pause_reason: clock.pause_reason.clone(),
        }
    }
}

/// A time limit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Clock)]
pub struct ClockJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Code of its rule.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// State.
    pub state: ClockStateCode,
    /// Kind of what it is about: `order`, `inquiry`.
    pub subject: String,
    /// What it is about: an order, or an inquiry.
    pub order: Numbered,
    /// Code of the role that has to act.
    pub role: String,
    /// Name of that role.
    pub role_name: String,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Instant,
    /// When its time is over; while it is paused, when it would have been.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// From when on little is left.
    #[schema(value_type = String, format = DateTime)]
    pub warn_at: Instant,
    /// Seconds of counted time that are left while it is paused.
    pub left_seconds: Option<i64>,
    /// Since when it is paused.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub paused_at: Option<Instant>,
    /// Why.
    pub pause_reason: String,
    /// Since when its time is over.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub breached_at: Option<Instant>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stopped_at: Option<Instant>,
    /// The level of escalation it has reached, 0 for none.
    pub level: i64,
    /// What was promised.
    pub note: String,
    /// What the caller may do with it: `pause`, `resume`, `stop`.
    pub actions: Vec<&'static str>,
}

fn actions(clock: &Clock, terms: &ClockTerms, by: &Actor) -> Vec<&'static str> {
    let (may_pause, may_stop) = (by.may(Act::PauseClock).is_ok(), by.may(Act::StopClock).is_ok());
    let mut all = Vec::new();
    match clock.state {
        ClockState::Running | ClockState::Breached if may_pause => all.push("pause"),
        ClockState::Paused if may_pause => all.push("resume"),
        _ => {}
    }
    if clock.is_open() && terms.stops_by_hand && may_stop {
        all.push("stop");
    }
    all
}

/// Names of roles by code, in the caller's language.
pub(crate) type RoleNames = BTreeMap<String, String>;

pub(crate) fn role_names(reader: &store::Reader<'_>, by: &Actor) -> Result<RoleNames, store::Fault> {
    let roles: Vec<Role> = reader.all(by.company_id, "", &[])?;
    Ok(roles.into_iter().map(|role| (role.code.clone(), role.name(by.language).to_owned())).collect())
}

impl ClockJson {
    /// For people.
    pub(crate) fn of(clock: Clock, by: &Actor, roles: &RoleNames) -> Self {
        let terms = clock.terms();
        let left = clock.limit_micros.minus(clock.spent_micros).micros() / 1_000_000;
        ClockJson {
            id: clock.id.to_string(),
            version: clock.version.raw(),
            name: terms.name.of(by.language).to_owned(),
            state: clock.state.into(),
            subject: clock.subject_kind.clone(),
            order: Numbered { id: OrderId::from_raw(clock.subject_id).to_string(), number: clock.subject_number.clone() },
            role_name: roles.get(&terms.role).cloned().unwrap_or_default(),
            started_at: clock.started_at,
            due_at: clock.due_at,
            warn_at: clock.warn_at,
            left_seconds: (clock.state == ClockState::Paused).then_some(left),
            paused_at: clock.paused_at,
            breached_at: clock.breached_at,
            stopped_at: clock.stopped_at,
            level: clock.level(),
            actions: actions(&clock, &terms, by),
            code: clock.code,
            role: terms.role,
            pause_reason: clock.pause_reason,
            note: clock.note,
        }
    }
}

impl Tabular for ClockJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.order.number) },
        Column { name: "clock", cell: |row| Cell::from(&row.name) },
        Column { name: "status", cell: |row| Cell::from(&row.state.0) },
        Column { name: "role", cell: |row| Cell::from(&row.role_name) },
        Column { name: "started_at", cell: |row| row.started_at.into() },
        Column { name: "due_at", cell: |row| row.due_at.into() },
        Column { name: "breached_at", cell: |row| row.breached_at.into() },
        Column { name: "stopped_at", cell: |row| row.stopped_at.into() },
        Column { name: "level", cell: |row| Cell::Int(row.level) },
        Column { name: "pause_reason", cell: |row| Cell::from(&row.pause_reason) },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
    ];
}

/// The filters of the list of clocks.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClockQuery {
    /// The beginning of an order's number.
    pub q: Option<String>,
    /// States, joined by commas: `running`, `paused`, `breached`, `stopped`; all that are not stopped where none is sent.
    pub state: Option<String>,
    /// Code of a rule.
    pub code: Option<String>,
    /// `true`: only those whose time is over.
    pub overdue: Option<String>,
}

/// Lists clocks. Sorts: `due_at` (usual), `started_at`, `number`.
#[utoipa::path(get, path = "/clocks", operation_id = "list_clocks", tag = "clock", params(ClockQuery, PageParams), responses((status = 200, body = Listed<ClockJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<ClockQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let mut fields = Fields::new();
    let states = codes::<ClockState>(&mut fields, "/state", asked.filter.state.as_deref());
    let overdue = yes_or_no(&mut fields, "/overdue", asked.filter.overdue.as_deref()) == Some(true);
    fields.done()?;
    let filter = Filter {
        q: asked.filter.q,
        states: states.into_iter().map(|state| state.as_str().to_owned()).collect(),
        code: asked.filter.code,
        order: None,
        due_before: overdue.then(|| web.now()),
    };
    let actor = by.actor.clone();
    let sorts = Sorts { sorts: clock::SORTS, ties: clock::TIES, usual: "due_at" };
    list::answer(&web, &by, "clocks", (&asked.page, asked.format), sorts, move |reader, page| {
        let roles = role_names(reader, &actor)?;
        Ok(clock::list(reader, actor.company_id, &filter, page)?.map(|clock| ClockJson::of(clock, &actor, &roles)))
    })
    .await
}

/// Shows a clock.
#[utoipa::path(get, path = "/clocks/{id}", operation_id = "show_clock", tag = "clock", responses((status = 200, body = ClockJson)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<ClockJson>, Error> {
    by.may(Act::ViewOrder)?;
    let (id, actor) = (id_of(&id)?, by.actor.clone());
    let found = web.app.store.read(move |reader| {
        let roles = role_names(reader, &actor)?;
        Ok(reader.get::<Clock>(actor.company_id, id)?.map(|clock| ClockJson::of(clock, &actor, &roles)))
    });
    let found = found.await?.ok_or_else(|| Error::not_found("clock"))?;
    Ok(Tagged(found.version, found))
}

/// The rule of a clock.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ClockRule)]
pub struct RuleJson {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How much time it gives: `2h`; none where a date or a person says.
    pub limit: Option<String>,
    /// Code of the calendar it counts by; empty: around the clock.
    pub calendar: String,
    /// Kind of what it is about: `order`, `inquiry`.
    pub subject: String,
    /// Whether a person starts it, with a time of its own.
    pub by_hand: bool,
    /// Name of the role that has to act.
    pub role_name: String,
}

/// The rules of clocks in force.
#[utoipa::path(get, path = "/clock-rules", operation_id = "list_clock_rules", tag = "clock", responses((status = 200, body = Vec<RuleJson>)))]
async fn rules(State(web): State<Web>, by: By) -> Result<Json<Vec<RuleJson>>, Error> {
    by.may(Act::ViewOrder)?;
    let actor = by.actor.clone();
    let found = web.app.store.read(move |reader| {
        let roles = role_names(reader, &actor)?;
        let rule = |rule: &domain::ClockRule| RuleJson {
            code: rule.code.clone(),
            name: rule.name.of(actor.language).to_owned(),
            limit: rule.limit.map(|limit| limit.to_string()),
            calendar: rule.calendar.clone(),
            subject: rule.subject.to_string(),
            by_hand: rule.by_hand(),
            role_name: roles.get(&rule.role).cloned().unwrap_or_default(),
        };
        Ok(case::rules_of(reader, actor.company_id)?.iter().map(rule).collect())
    });
    Ok(Json(found.await?))
}

/// The clocks of an order, open ones first.
#[utoipa::path(get, path = "/orders/{id}/clocks", operation_id = "list_order_clocks", tag = "clock",
    params(("id" = String, Path, description = "Id or number of the order")), responses((status = 200, body = Vec<ClockJson>)))]
async fn of_order(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Vec<ClockJson>>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let actor = by.actor.clone();
    let found = web.app.store.read(move |reader| {
        let there = store::query::order::exists(reader, actor.company_id, id)?;
        let roles = role_names(reader, &actor)?;
        let clocks = clock::of_order(reader, actor.company_id, id, SHOWN)?;
        Ok(there.then(|| clocks.into_iter().map(|clock| ClockJson::of(clock, &actor, &roles)).collect::<Vec<_>>()))
    });
    Ok(Json(found.await?.ok_or_else(|| Error::not_found("order"))?))
}

/// An answer to promise.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PromiseInput {
    /// Code of a rule that a person starts; `order.answer` where none is sent.
    pub code: String,
    /// By when (RFC 3339); empty: as long as the rule gives, where it gives a time.
    pub due_at: String,
    /// What is promised, and to whom.
    pub note: String,
}

/// Promises an answer to the customer by a time.
#[utoipa::path(post, path = "/orders/{id}/clocks", operation_id = "start_clock", tag = "clock", params(("id" = String, Path, description = "Id or number of the order")),
    request_body = PromiseInput, responses((status = 201, body = Saved)))]
async fn promise(State(web): State<Web>, by: By, Path(id): Path<String>, body: Body<PromiseInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::StartClock)?;
    let mut fields = Fields::new();
    let code = fields.text("/code", &body.input.code, 40);
    let note = fields.text("/note", &body.input.note, 500);
    let parsed = Some(body.input.due_at.as_str()).filter(|text| !text.is_empty()).map(Instant::parse).transpose();
    let due_at = parsed.unwrap_or_else(|error| {
        fields.wrong("/due_at", error);
        None
    });
    fields.done()?;
    let id = which(&web, &by, &id).await?;
    let promise = Promise { code: if code.is_empty() { "order.answer".to_owned() } else { code }, due_at, note };
    let saved = web.app.command(&by, body.replay, move |work, by| start::start(work, by, id, &promise)).await?;
    Ok(Created::at("clocks", saved))
}

/// Pauses a clock while the customer is waited for.
#[utoipa::path(post, path = "/orders/{id}/clocks/{clock}/pause", operation_id = "pause_clock", tag = "clock",
    params(("id" = String, Path, description = "Id or number of the order"), ("clock" = String, Path, description = "Id of the clock")),
    request_body = Because, responses((status = 200, body = Saved)))]
async fn pause_one(
    State(web): State<Web>,
    by: By,
    Path((id, clock)): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    let (id, clock, reason) = (which(&web, &by, &id).await?, id_of(&clock)?, body.input.reason);
    let saved = web.app.command(&by, body.replay, move |work, by| pause::pause(work, by, id, clock, version, &reason)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a paused clock go on.
#[utoipa::path(post, path = "/orders/{id}/clocks/{clock}/resume", operation_id = "resume_clock", tag = "clock",
    params(("id" = String, Path, description = "Id or number of the order"), ("clock" = String, Path, description = "Id of the clock")),
    request_body = Empty, responses((status = 200, body = Saved)))]
async fn resume_one(
    State(web): State<Web>,
    by: By,
    Path((id, clock)): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    let (id, clock) = (which(&web, &by, &id).await?, id_of(&clock)?);
    let saved = web.app.command(&by, body.replay, move |work, by| pause::resume(work, by, id, clock, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Ends a clock that no event ends: the customer was answered, told or reminded.
#[utoipa::path(post, path = "/orders/{id}/clocks/{clock}/stop", operation_id = "stop_clock", tag = "clock",
    params(("id" = String, Path, description = "Id or number of the order"), ("clock" = String, Path, description = "Id of the clock")),
    request_body = Noting, responses((status = 200, body = Saved)))]
async fn stop_one(
    State(web): State<Web>,
    by: By,
    Path((id, clock)): Path<(String, String)>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Noting>,
) -> Result<Tagged<Saved>, Error> {
    let (id, clock, note) = (which(&web, &by, &id).await?, id_of(&clock)?, body.input.note);
    let saved = web.app.command(&by, body.replay, move |work, by| stop::stop(work, by, id, clock, version, &note)).await?;
    Ok(Tagged::saved(saved))
}

fn id_of(text: &str) -> Result<ClockId, Error> {
    text.parse().map_err(|_| Error::not_found("clock"))
}
