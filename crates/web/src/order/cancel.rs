//! Cancelling over HTTP: what it would cost, and doing it (CHG-04).

use app::order::cancel;
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Money, OrderId, UnitPrice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::OrderStateJson;
use super::step::{Stepped, run};
use super::which;
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::state::Web;
use crate::value::{MoneyInput, MoneyJson};
use crate::version::MaybeMatching;

/// What cancelling an order would cost now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CancellationCost)]
pub struct CostJson {
    /// How far the order has come: `confirmed`, `reserved`.
    pub stage: String,
    /// The same for people.
    pub stage_name: String,
    /// Code of the rule that says what it costs; `null`: none fits, and it costs nothing.
    pub rule: Option<String>,
    /// The same for people.
    pub rule_name: Option<String>,
    /// What it costs.
    pub cost: MoneyJson,
    /// What was paid.
    pub paid: MoneyJson,
    /// What is to be paid back then.
    pub refund_due: MoneyJson,
    /// What the customer is still to pay then.
    pub open: MoneyJson,
    /// Whether the caller may charge less.
    pub may_waive: bool,
}

/// What cancelling an order would cost now, and the rule that says so.
#[utoipa::path(get, path = "/orders/{id}/cancellation", tag = "orders", operation_id = "order_cancellation", summary = "What cancelling would cost",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = CostJson), (status = "default", body = Problem)))]
pub(super) async fn preview(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<CostJson>, Error> {
    by.may(Act::ViewOrder)?;
    let id: OrderId = which(&web, &by, &id).await?;
    let (actor, company) = (by.actor.clone(), by.company_id);
    let (order, proposed) = web.app.store.write(company, move |work| cancel::preview(work, &actor, id)).await?;
    let money = |amount: Money| MoneyJson::of(amount, order.currency);
    let rest = order.paid_minor - proposed.cost;
    let name = |rule: &domain::CancellationRule| {
        if rule.name.is_none() { rule.code.clone() } else { rule.name.of(by.language).to_owned() }
    };
    Ok(Json(CostJson {
        stage: proposed.stage.to_string(),
        stage_name: domain::name_of(by.language, proposed.stage),
        rule: proposed.rule.as_ref().map(|rule| rule.code.clone()),
        rule_name: proposed.rule.as_ref().map(name),
        cost: money(proposed.cost),
        paid: money(order.paid_minor),
        refund_due: money(rest.max(Money::ZERO)),
        open: money((-rest).max(Money::ZERO)),
        may_waive: by.may(Act::WaiveCancelCost).is_ok(),
    }))
}

/// Why an order is cancelled, and for how much.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = CancelOrder)]
pub struct CancelJson {
    /// Why.
    pub reason: String,
    /// What is charged; what the rules say where left out. Less needs the permission `order.waive_cancel_cost` and a reason.
    pub cost: Option<MoneyInput>,
    /// Why less is charged than the rules say.
    pub waive_reason: String,
}

/// Cancels an effective order; what the rules say that it costs is billed, and paid with what was paid.
#[utoipa::path(post, path = "/orders/{id}/cancel", tag = "orders", operation_id = "order_cancel", summary = "Cancel",
    params(("id" = String, Path, description = "Id or number of the order")), request_body = CancelJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn cancel(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<CancelJson>,
) -> Stepped {
    let id: OrderId = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let cost: Option<UnitPrice> = input.cost.as_ref().map(|cost| fields.exact("/cost", cost));
    fields.done()?;
    let said = cancel::Cancel { reason: input.reason, cost, waive_reason: input.waive_reason };
    run(&web, &by, replay, move |work, by| cancel::cancel(work, by, id, version, &said)).await
}
