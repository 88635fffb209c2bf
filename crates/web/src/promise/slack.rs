//! Slack of an order, over HTTP.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, OrderSlack, User, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::which;
use crate::state::Web;
use crate::value::{Named, SlackStateCode};

/// Slack between the day goods arrive and the day the customer is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderSlack)]
pub struct SlackJson {
    /// Days that count: those agreed last.
    pub agreed_days: i64,
    /// What was asked for last.
    pub asked: Option<SlackAsked>,
}

/// Slack that was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlackAsked {
    /// What became of it.
    pub state: SlackStateCode,
    /// Days.
    pub days: i64,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: Named,
    /// When.
    pub asked_at: String,
    /// Who answered.
    pub answered_by: Option<Named>,
    /// What was said with the answer.
    pub answer: String,
}

/// The slack of an order.
#[utoipa::path(get, path = "/orders/{id}/slack", tag = "promise", operation_id = "show_order_slack",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = SlackJson), (status = "default", body = Problem)))]
pub(super) async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<SlackJson>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &reference).await?;
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let Some(slack) = reader.get::<OrderSlack>(company, id)? else { return Ok(None) };
        let name = |id: UserId| -> Result<Named, store::Fault> {
            let name = reader.get::<User>(company, id)?.map(|user| user.name).unwrap_or_default();
            Ok(Named { id: id.to_string(), name })
        };
        let (asked_by, answered_by) = (name(slack.asked_by)?, slack.answered_by.map(name).transpose()?);
        Ok(Some((slack, asked_by, answered_by)))
    });
    let found = read.await?;
    Ok(Json(SlackJson {
        agreed_days: found.as_ref().map_or(0, |(slack, _, _)| slack.agreed_days),
        asked: found.map(|(slack, asked_by, answered_by)| SlackAsked {
            state: slack.state.into(),
            days: slack.days,
            reason: slack.reason,
            asked_by,
            asked_at: slack.asked_at.to_string(),
            answered_by,
            answer: slack.answer,
        }),
    }))
}
