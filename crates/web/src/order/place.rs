//! New orders and changed drafts.

use app::order::{OrderInput, create, edit};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Act;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::input::OrderInputJson;
use super::state::OrderStateJson;
use super::step::{Stepped, run};
use super::{today, which};
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::{Fields, yes_or_no};
use crate::params::Params;
use crate::state::Web;
use crate::version::{Created, Matching};

/// What to do beside making a draft.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PlaceParams {
    /// `true`: also submit it.
    #[param(value_type = Option<bool>)]
    pub submit: Option<String>,
}

/// Makes a draft, or places an order at once.
#[utoipa::path(post, path = "/orders", tag = "orders", operation_id = "create_order", params(PlaceParams), request_body = OrderInputJson,
    responses((status = 201, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn create(
    State(web): State<Web>,
    by: By,
    Params(params): Params<PlaceParams>,
    body: Body<OrderInputJson>,
) -> Result<Created<OrderStateJson>, Error> {
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let submit = yes_or_no(&mut fields, "/submit", params.submit.as_deref()) == Some(true);
    let input = input.read(&mut fields, "");
    fields.done()?;
    let today = today(&web, &by).await?;
    let state = web.app.command(&by, replay, move |work, by| create::create(work, by, &input, submit)).await?;
    let body = OrderStateJson::of(&state, today);
    Ok(Created { location: format!("/api/v1/orders/{}", body.id), version: body.version, body })
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/orders/{id}", tag = "orders", operation_id = "edit_order",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = OrderInputJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<OrderInputJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let input = input.read(&mut fields, "");
    fields.done()?;
    run(&web, &by, replay, move |work, by| edit::edit(work, by, id, Some(version), &input)).await
}

/// Orders taken in together.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = OrderBatch)]
pub struct BatchJson {
    /// Up to 1,000.
    pub orders: Vec<OrderInputJson>,
    /// Also submit each.
    pub submit: bool,
}

/// What became of one order of a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrderBatchResult)]
pub enum BatchResult {
    /// It was taken.
    Ok(Box<OrderStateJson>),
    /// It was refused.
    Error(Problem),
}

/// The answers, in the order of the batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderBatchAnswer)]
pub struct BatchAnswer {
    /// One for each order.
    pub results: Vec<BatchResult>,
}

/// Orders of a batch at the most.
const MAX_BATCH: usize = 1000;

/// Takes up to 1,000 orders, each accepted or refused on its own.
#[utoipa::path(post, path = "/orders/batch", tag = "orders", operation_id = "create_orders", request_body = BatchJson,
    responses((status = 200, body = BatchAnswer), (status = "default", body = Problem)))]
pub(super) async fn batch(State(web): State<Web>, by: By, body: Body<BatchJson>) -> Result<(StatusCode, Json<BatchAnswer>), Error> {
    by.may(Act::CreateOrder)?;
    let Body { input, replay } = body;
    if input.orders.len() > MAX_BATCH {
        let max = i64::try_from(MAX_BATCH).unwrap_or(i64::MAX);
        return Err(domain::Refusal::field("/orders", domain::FieldRule::TooMany { max }).into());
    }
    let submit = input.submit;
    if submit {
        by.may(Act::SubmitOrder)?;
    }
    let today = today(&web, &by).await?;
    let mut waiting = Vec::with_capacity(input.orders.len());
    for (place, order) in input.orders.iter().enumerate() {
        let mut fields = Fields::new();
        let said: OrderInput = order.read(&mut fields, "");
        // Each order has a key of its own, so that a batch sent again finishes what the first one began.
        let replay = replay.as_ref().map(|r| app::Replay { key: format!("{}#{place}", r.key), request_hash: r.request_hash.clone() });
        waiting.push(match fields.done() {
            Ok(()) => {
                let (app, actor) = (web.app.clone(), by.actor.clone());
                Ok(tokio::spawn(async move { app.command(&actor, replay, move |work, by| create::create(work, by, &said, submit)).await }))
            }
            Err(error) => Err(error),
        });
    }
    let mut results = Vec::with_capacity(waiting.len());
    for answer in waiting {
        let done = match answer {
            Ok(task) => match task.await {
                Ok(done) => done.map_err(Error::from),
                Err(broken) => Err(Error::internal(broken)),
            },
            Err(error) => Err(error),
        };
        results.push(match done {
            Ok(state) => BatchResult::Ok(Box::new(OrderStateJson::of(&state, today))),
            Err(error) => BatchResult::Error(error.problem(by.language)),
        });
    }
    Ok((StatusCode::OK, Json(BatchAnswer { results })))
}
