//! Approving several orders at once, the risky ones held out.

use app::order::approve_batch::{Answer, Picked, approve_picked, check};
use axum::Json;
use axum::extract::State;
use domain::{Act, Version, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::OrderStateJson;
use super::{today, which};
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::state::Web;
use crate::value::Coded;

/// An order to approve.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PickedOrder {
    /// Id or number.
    pub id: String,
    /// The version it was decided on.
    pub version: Option<i64>,
    /// It was looked at: approve it although it is risky.
    pub looked_at: bool,
}

/// Orders to approve together.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ApproveBatch {
    /// Up to 200.
    pub orders: Vec<PickedOrder>,
    /// Shown in the timeline of each.
    pub note: String,
}

/// What became of one of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApproveBatchResult {
    /// Approved.
    Approved(Box<OrderStateJson>),
    /// Held out: somebody should look at it first; why.
    HeldOut(Vec<Coded>),
    /// Refused.
    Error(Problem),
}

/// The answers, in the order of the batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApproveBatchAnswer {
    /// How many were approved.
    pub approved: usize,
    /// How many were held out.
    pub held_out: usize,
    /// One for each order.
    pub results: Vec<ApproveBatchResult>,
}

/// Approves the next step of several orders, each on its own; those that somebody should look at first are held out with the reason.
#[utoipa::path(post, path = "/orders/approve-batch", tag = "orders", operation_id = "approve_orders", request_body = ApproveBatch,
    responses((status = 200, body = ApproveBatchAnswer), (status = "default", body = Problem)))]
pub(super) async fn approve_batch(State(web): State<Web>, by: By, body: Body<ApproveBatch>) -> Result<Json<ApproveBatchAnswer>, Error> {
    by.may(Act::ApproveOrder)?;
    let Body { input, replay } = body;
    check(input.orders.len())?;
    let today = today(&web, &by).await?;
    let mut answer = ApproveBatchAnswer { approved: 0, held_out: 0, results: Vec::with_capacity(input.orders.len()) };
    for (place, order) in input.orders.iter().enumerate() {
        let replay = replay.as_ref().map(|r| app::Replay { key: format!("{}#{place}", r.key), request_hash: r.request_hash.clone() });
        let done = match which(&web, &by, &order.id).await {
            Ok(id) => {
                let picked = Picked { id, version: order.version.map(Version::from_raw), looked_at: order.looked_at };
                let note = input.note.clone();
                let done = web.app.command(&by, replay, move |work, by| approve_picked(work, by, &picked, &note)).await;
                done.map_err(Error::from)
            }
            Err(error) => Err(error),
        };
        answer.results.push(match done {
            Ok(Answer::Approved(state)) => {
                answer.approved += 1;
                ApproveBatchResult::Approved(Box::new(OrderStateJson::of(&state, today)))
            }
            Ok(Answer::HeldOut(risks)) => {
                answer.held_out += 1;
                let name = |code: &String| text(by.language, &format!("risk.{code}"), &[]);
                ApproveBatchResult::HeldOut(risks.iter().map(|c| Coded { id: c.clone(), code: c.clone(), name: name(c) }).collect())
            }
            Err(error) => ApproveBatchResult::Error(error.problem(by.language)),
        });
    }
    Ok(Json(answer))
}
