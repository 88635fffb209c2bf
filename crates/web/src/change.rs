//! Change orders over HTTP: a list, looking at what would come of one, and its steps.

mod input;
pub(crate) mod json;
pub(crate) mod row;

use std::sync::Arc;

use app::change::answer::Answer;
use app::change::{self, ChangeState};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Actor, ChangeId, ChangeOrder, CompanyId, EvidenceId, Order};
use serde::{Deserialize, Serialize};
use store::query::{change as query, order};
use store::{Fault, Outcome, Reader, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::{named, which as which_order};
use crate::state::Web;
use crate::value::ChangeStatusCode;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use input::ChangeSentJson;
use json::{ChangeJson, EffectJson, Page};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list))
        .routes(routes!(create_change))
        .routes(routes!(preview_change))
        .routes(routes!(read, edit_change))
        .routes(routes!(submit))
        .routes(routes!(approve))
        .routes(routes!(reject))
        .routes(routes!(answer))
        .routes(routes!(withdraw))
}

/// The change order that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<ChangeId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("change"))
}

/// A change order after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ChangeState)]
pub struct ChangeStateJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: ChangeStatusCode,
    /// Id of its order.
    pub order_id: String,
    /// Number of its order.
    pub order_number: String,
    /// The order's version, where the step changed the order.
    pub order_version: Option<i64>,
}

impl From<ChangeState> for ChangeStateJson {
    fn from(state: ChangeState) -> Self {
        ChangeStateJson {
            id: state.id.to_string(),
            number: state.number,
            version: state.version,
            status: state.status.into(),
            order_id: state.order_id.to_string(),
            order_number: state.order_number,
            order_version: state.order_version,
        }
    }
}

/// What the pages of these change orders of one order are made from, read at once; without what they would do now.
fn pages(reader: &Reader<'_>, company: CompanyId, order: &Order, changes: Vec<ChangeOrder>) -> Result<Vec<Page>, Fault> {
    let rules = order::rules(reader, company, order.blueprint_no)?;
    let ids: Vec<ChangeId> = changes.iter().map(|change| change.id).collect();
    let (mut steps, names) = (query::steps_of(reader, company, &ids)?, order::names(reader, company)?);
    let brought = |change: &ChangeOrder| change.items().iter().filter_map(|item| item.product()).map(|(id, _)| id).collect::<Vec<_>>();
    let products: Vec<_> = changes.iter().flat_map(brought).collect();
    let products = store::query::product::named(reader, company, &products)?;
    let page = |change: ChangeOrder| {
        let own;
        (own, steps) = std::mem::take(&mut steps).into_iter().partition(|step| step.change_id == change.id);
        Page {
            change,
            order: order.clone(),
            rules: Arc::clone(&rules),
            steps: own,
            names: names.clone(),
            products: products.clone(),
            now: None,
        }
    };
    Ok(changes.into_iter().map(page).collect())
}

/// All change orders of an order with what each asked for and what came of it, the newest first.
pub(crate) fn of_order(reader: &Reader<'_>, by: &Actor, order: &Order) -> Result<Vec<ChangeJson>, Fault> {
    let changes = query::of_order(reader, by.company_id, order.id)?;
    Ok(pages(reader, by.company_id, order, changes)?.iter().map(|page| ChangeJson::of(page, by)).collect())
}

/// A change order: what it asks for, what comes of it, who signed, and everything that may be done with it.
#[utoipa::path(get, path = "/changes/{id}", tag = "changes", operation_id = "get_change",
    params(("id" = String, Path, description = "Id or number of the change order")),
    responses((status = 200, body = ChangeJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<ChangeJson>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(change) = reader.get::<domain::ChangeOrder>(company, id)? else { return Ok(None) };
        let Some(order) = reader.get::<domain::Order>(company, change.order_id)? else { return Ok(None) };
        Ok(pages(reader, company, &order, vec![change])?.pop())
    });
    let mut page = found.await?.ok_or_else(|| Error::not_found("change"))?;
    if page.change.ended_at.is_none() {
        let actor = by.actor.clone();
        page.now = Some(web.app.store.write(company, move |work| change::preview::now(work, &actor, id)).await?);
    }
    Ok(Tagged(page.change.version.raw(), ChangeJson::of(&page, &by)))
}

/// What would come of a change that is being written; nothing is kept.
#[utoipa::path(post, path = "/orders/{id}/changes/preview", tag = "changes", operation_id = "preview_change", request_body = ChangeSentJson,
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = EffectJson), (status = "default", body = Problem)))]
async fn preview_change(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<ChangeSentJson>,
) -> Result<Json<EffectJson>, Error> {
    by.may(Act::CreateChange)?;
    let id = which_order(&web, &by, &id).await?;
    let sent = body.input.read(false)?;
    let (actor, company) = (by.actor.clone(), by.company_id);
    let looked = web.app.store.write(company, move |work| change::preview::preview(work, &actor, id, &sent)).await?;
    let rules = web.app.store.read(move |reader| {
        let number = reader.get::<domain::Order>(company, id)?.map_or(0, |order| order.blueprint_no);
        order::rules(reader, company, number)
    });
    let rules = rules.await?;
    Ok(Json(EffectJson::of(&looked.effect, &rules, by.language)))
}

/// Makes a draft of a change of an order that has taken effect.
#[utoipa::path(post, path = "/orders/{id}/changes", tag = "changes", operation_id = "create_change", request_body = ChangeSentJson,
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 201, body = ChangeStateJson), (status = "default", body = Problem)))]
async fn create_change(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ChangeSentJson>,
) -> Result<Created<ChangeStateJson>, Error> {
    by.may(Act::CreateChange)?;
    let id = which_order(&web, &by, &id).await?;
    let sent = body.input.read(true)?;
    let state = web.app.command(&by, body.replay, move |work, by| change::create::create(work, by, id, version, &sent)).await?;
    Ok(Created { location: format!("/api/v1/changes/{}", state.id), version: state.version, body: state.into() })
}

/// Replaces what a draft asks for.
#[utoipa::path(put, path = "/changes/{id}", tag = "changes", operation_id = "edit_change", request_body = ChangeSentJson,
    params(("id" = String, Path, description = "Id or number of the change order")),
    responses((status = 200, body = ChangeStateJson), (status = "default", body = Problem)))]
async fn edit_change(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<ChangeSentJson>,
) -> Stepped {
    by.may(Act::CreateChange)?;
    let id = which(&web, &by, &id).await?;
    let sent = body.input.read(true)?;
    run(&web, &by, None, move |work, by| change::edit::edit(work, by, id, Some(version), &sent)).await
}

/// What a step answers with.
type Stepped = Result<Tagged<ChangeStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<ChangeState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $by:ident, $id:ident, $version:ident, $input:ident| $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "changes", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the change order")), request_body = $body,
            responses((status = 200, body = ChangeStateJson), (status = "default", body = Problem)))]
        async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching($version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            let Body { input: $input, replay } = body;
            run(&web, &by, replay, move |$work, $by| $act).await
        }
    )+};
}

steps! {
    submit, "change_submit", "/changes/{id}/submit", Empty, "Submit, or submit again where something has moved" => |work, by, id, version, _input| change::submit::submit(work, by, id, version);
    approve, "change_approve", "/changes/{id}/approve", Noting, "Approve the next step" => |work, by, id, version, input| change::approve::approve(work, by, id, version, &input.note);
    reject, "change_reject", "/changes/{id}/reject", Because, "Reject" => |work, by, id, version, input| change::reject::reject(work, by, id, version, &input.reason);
    withdraw, "change_withdraw", "/changes/{id}/withdraw", Because, "Withdraw" => |work, by, id, version, input| change::withdraw::withdraw(work, by, id, version, &input.reason);
}

/// What the customer said.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ChangeAnswer)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerJson {
    /// Yes or no.
    pub accepted: bool,
    /// What was said; of a no the reason.
    pub note: String,
    /// Evidence of the order that proves the yes: `proves` is `change_accepted`, recorded since the change was submitted.
    pub evidence_id: Option<String>,
}

/// Records what the customer said to a change; with a yes it is applied.
#[utoipa::path(post, path = "/changes/{id}/answer", tag = "changes", operation_id = "change_answer", summary = "Record the customer's answer",
    params(("id" = String, Path, description = "Id or number of the change order")), request_body = AnswerJson,
    responses((status = 200, body = ChangeStateJson), (status = "default", body = Problem)))]
async fn answer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<AnswerJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let note = fields.text("/note", &input.note, 500);
    let evidence = fields.optional_id::<EvidenceId>("/evidence_id", input.evidence_id.as_deref());
    fields.done()?;
    let said = Answer { accepted: input.accepted, note, evidence };
    run(&web, &by, replay, move |work, by| change::answer::answer(work, by, id, version, &said)).await
}
