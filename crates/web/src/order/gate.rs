//! Gates that are overridden, what is owed for them, and how the process was kept (KPI-05).

use app::order::gate_override::Asked as OverrideAsked;
use app::order::{backfill, gate_override};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Actor, Instant, OrderId, Override, OverrideId, UserId, Verb, name_of, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::query::blueprint::{self as query, Filter};
use store::query::order::names;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::step::{Stepped, run};
use super::which;
use crate::body::{Body, Noting};
use crate::by::{By, zone};
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::params::Params;
use crate::state::Web;
use crate::value::{Named, Saved, VerbCode};
use crate::version::{Matching, MaybeMatching, Tagged};

/// The addresses of overrides.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(override_gate)).routes(routes!(list)).routes(routes!(kept)).routes(routes!(bring))
}

/// A gate that was overridden.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Override)]
pub struct OverrideJson {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// For which order.
    pub order_id: String,
    /// Number of the order.
    pub order_number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Code of the gate.
    pub gate: String,
    /// Before which step.
    pub verb: VerbCode,
    /// Name of the step.
    pub verb_name: String,
    /// What the gate said.
    pub said: String,
    /// The role it was done in.
    pub role: String,
    /// Name of the role.
    pub role_name: String,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub by: Named,
    /// When.
    pub at: String,
    /// When the order went through.
    pub used_at: Option<String>,
    /// By when what was missing is to be brought.
    pub due_at: Option<String>,
    /// Who brought it.
    pub backfilled_by: Option<Named>,
    /// When.
    pub backfilled_at: Option<String>,
    /// What was brought.
    pub backfill_note: String,
    /// `nothing`, `open`, `late`, `in_time` or `too_late`.
    pub owed: String,
    /// The same, for people.
    pub owed_name: String,
}

impl OverrideJson {
    /// For people.
    pub fn of(done: &Override, names: &BTreeMap<UserId, String>, by: &Actor, now: Instant) -> Self {
        let named = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        let shown = |at: Option<Instant>| at.map(|at| at.to_string());
        let owed = done.owed(now);
        OverrideJson {
            id: done.id.to_string(),
            version: done.version.raw(),
            order_id: done.order_id.to_string(),
            order_number: done.order_number.clone(),
            customer_name: done.customer_name.clone(),
            gate: done.gate.clone(),
            verb: done.verb.into(),
            verb_name: name_of(by.language, done.verb),
            said: done.said.clone(),
            role_name: text(by.language, &format!("role.{}", done.role), &[]),
            role: done.role.clone(),
            reason: done.reason.clone(),
            by: named(done.by),
            at: done.at.to_string(),
            used_at: shown(done.used_at),
            due_at: shown(done.due_at),
            backfilled_by: done.backfilled_by.map(named),
            backfilled_at: shown(done.backfilled_at),
            backfill_note: done.backfill_note.clone(),
            owed_name: text(by.language, &format!("owed.{}", owed.as_str()), &[]),
            owed: owed.as_str().to_owned(),
        }
    }
}

impl Tabular for OverrideJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "at", cell: |row| Cell::from(&row.at) },
        Column { name: "number", cell: |row| Cell::from(&row.order_number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer_name) },
        Column { name: "gate", cell: |row| Cell::from(&row.gate) },
        Column { name: "verb", cell: |row| Cell::from(&row.verb_name) },
        Column { name: "said", cell: |row| Cell::from(&row.said) },
        Column { name: "by", cell: |row| Cell::from(&row.by.name) },
        Column { name: "role", cell: |row| Cell::from(&row.role_name) },
        Column { name: "reason", cell: |row| Cell::from(&row.reason) },
        Column { name: "due_at", cell: |row| Cell::from(row.due_at.as_ref().unwrap_or(&String::new())) },
        Column { name: "backfilled_at", cell: |row| Cell::from(row.backfilled_at.as_ref().unwrap_or(&String::new())) },
        Column { name: "owed", cell: |row| Cell::from(&row.owed_name) },
    ];
}

/// What is to be overridden.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OverrideInput {
    /// Code of the gate.
    pub gate: String,
    /// Before which step; the gate's first.
    pub verb: Option<VerbCode>,
    /// Why.
    pub reason: String,
    /// By when what is missing will be brought (RFC 3339); as late as the rule allows.
    pub backfill_by: Option<String>,
}

/// Lets an order pass a gate once.
#[utoipa::path(post, path = "/orders/{id}/override-gate", tag = "orders", operation_id = "order_override_gate", summary = "Override a gate",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = OverrideInput,
    responses((status = 200, body = super::state::OrderStateJson), (status = "default", body = Problem)))]
async fn override_gate(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<OverrideInput>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let verb: Option<Verb> = input.verb.as_ref().map(|verb| fields.code("/verb", verb));
    let backfill_by = input.backfill_by.as_deref().filter(|text| !text.is_empty()).and_then(|text| match Instant::parse(text) {
        Ok(at) => Some(at),
        Err(error) => {
            fields.wrong("/backfill_by", error);
            None
        }
    });
    fields.done()?;
    let asked = OverrideAsked { gate: input.gate, verb, reason: input.reason, backfill_by };
    run(&web, &by, replay, move |work, by| gate_override::gate_override(work, by, id, version, &asked)).await
}

/// The filters of the list of overrides.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverrideQuery {
    /// `open`, `late`, `in_time`, `too_late` or `nothing`.
    pub owed: Option<String>,
    /// Code of a gate.
    pub gate: Option<String>,
    /// Number of an order.
    pub order: Option<String>,
    /// Id of who did it.
    pub by: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// Lists overrides, the newest first. Sort: `at`.
#[utoipa::path(get, path = "/overrides", operation_id = "list_overrides", tag = "orders", params(OverrideQuery, PageParams), responses((status = 200, body = Listed<OverrideJson>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<OverrideQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let zone = zone(&web, by.company_id).await?;
    let mut fields = Fields::new();
    let from = fields.optional_date("/from", asked.filter.from.as_deref());
    let to = fields.optional_date("/to", asked.filter.to.as_deref());
    let who = fields.optional_id("/by", asked.filter.by.as_deref());
    if asked.filter.owed.as_deref().is_some_and(|owed| domain::Owed::ALL.iter().all(|known| known.as_str() != owed)) {
        fields.wrong("/owed", domain::FieldRule::UnknownChoice { value: asked.filter.owed.clone().unwrap_or_default() });
    }
    fields.done()?;
    let filter = Filter {
        owed: asked.filter.owed,
        gate: asked.filter.gate,
        by: who,
        order_number: asked.filter.order,
        from: from.map(|day| Instant::start_of_in(day, &zone)),
        until: to.map(|day| Instant::start_of_in(day.plus_days(1), &zone)),
    };
    let (actor, now) = (by.actor.clone(), web.now());
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-at" };
    list::answer(&web, &by, "overrides", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, actor.company_id)?;
        Ok(query::overrides(reader, actor.company_id, &filter, now, page)?.map(|done| OverrideJson::of(&done, &names, &actor, now)))
    })
    .await
}

/// The period that is looked at.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeptQuery {
    /// First day; thirty days ago.
    pub from: Option<String>,
    /// Last day; today.
    pub to: Option<String>,
}

/// How a gate was kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeptGate {
    /// Code of the gate.
    pub gate: String,
    /// How often it was overridden.
    pub overridden: i64,
    /// What was missing was brought in time.
    pub in_time: i64,
    /// It was brought too late.
    pub too_late: i64,
    /// It should have been brought already.
    pub late: i64,
    /// It is owed, and there is time.
    pub open: i64,
}

/// How the process was kept in a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeptProcess {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// By gate, the most overridden first.
    pub gates: Vec<KeptGate>,
}

/// Tells how the process was kept: overrides, late backfills, by gate (KPI-05).
#[utoipa::path(get, path = "/overrides/kept", operation_id = "show_kept_process", tag = "orders", params(KeptQuery), responses((status = 200, body = KeptProcess)))]
async fn kept(State(web): State<Web>, by: By, Params(query): Params<KeptQuery>) -> Result<Json<KeptProcess>, Error> {
    by.may(Act::ViewOrder)?;
    let zone = zone(&web, by.company_id).await?;
    let today = super::today(&web, &by).await?;
    let mut fields = Fields::new();
    let from = fields.optional_date("/from", query.from.as_deref()).unwrap_or_else(|| today.plus_days(-30));
    let to = fields.optional_date("/to", query.to.as_deref()).unwrap_or(today);
    fields.done()?;
    let (company, now) = (by.company_id, web.now());
    let (first, last) = (Instant::start_of_in(from, &zone), Instant::start_of_in(to.plus_days(1), &zone));
    let found = web.app.store.read(move |reader| query::kept(reader, company, first, last, now)).await?;
    let gates = found.into_iter().map(|g| KeptGate {
        gate: g.gate,
        overridden: g.overridden,
        in_time: g.in_time,
        too_late: g.too_late,
        late: g.late,
        open: g.open,
    });
    Ok(Json(KeptProcess { from: from.to_string(), to: to.to_string(), gates: gates.collect() }))
}

/// Takes what was owed for an override as brought.
#[utoipa::path(post, path = "/overrides/{id}/backfill", operation_id = "override_backfill", tag = "orders", request_body = Noting, responses((status = 200, body = Saved)))]
async fn bring(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<Noting>,
) -> Result<Tagged<Saved>, Error> {
    let id: OverrideId = id.parse().map_err(|_| Error::not_found("override"))?;
    let note = body.input.note;
    let saved = web.app.command(&by, body.replay, move |work, by| backfill::backfill(work, by, id, Some(version), &note)).await?;
    Ok(Tagged::saved(saved))
}
