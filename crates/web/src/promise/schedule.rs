//! What is promised out of supply to come, and how sure it is.

use axum::Json;
use axum::extract::{Path, State};
use domain::promise::Jeopardy;
use domain::{Act, FieldRule, Refusal};
use serde::{Deserialize, Serialize};
use store::query::schedule::{self as query, Promised};
use utoipa::{IntoParams, ToSchema};

use super::json::PromiseSource;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::which;
use crate::params::Params;
use crate::state::Web;
use crate::value::{Coded, Named, Numbered, PromiseConstraintCode, PromiseJeopardyCode, PromiseJeopardyReasonCode, QuantityJson};

/// A part of an order line that is promised out of supply to come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromisedPart {
    /// The order.
    pub order: Numbered,
    /// Its line.
    pub line_no: i64,
    /// Number of the part.
    pub part_no: i64,
    /// For whom.
    pub customer: Named,
    /// The product.
    pub product: Coded,
    /// How much.
    pub quantity: QuantityJson,
    /// Internal completion.
    pub ready_on: String,
    /// It leaves.
    pub ship_on: String,
    /// It arrives as it is planned.
    pub arrive_on: String,
    /// The day the customer is told.
    pub promised_on: String,
    /// What brings the last of it.
    pub source: PromiseSource,
    /// Why it is not there on the wished day; `null`: it is.
    pub constraint: Option<PromiseConstraintCode>,
    /// How sure it is.
    pub jeopardy: PromiseJeopardyCode,
    /// Why.
    pub jeopardy_reason: PromiseJeopardyReasonCode,
    /// The chance that it is missed, in percent.
    pub chance: String,
    /// When it was promised.
    pub promised_at: String,
}

impl PromisedPart {
    pub(crate) fn of(found: &Promised) -> Self {
        let part = &found.part;
        let (code, name, unit) = &found.product;
        PromisedPart {
            order: Numbered { id: part.order_id.to_string(), number: found.number.clone() },
            line_no: part.line_no,
            part_no: part.part_no,
            customer: Named { id: found.customer.0.to_string(), name: found.customer.1.clone() },
            product: Coded { id: part.product_id.to_string(), code: code.clone(), name: name.clone() },
            quantity: QuantityJson::of(part.quantity_micro, unit),
            ready_on: part.ready_on.to_string(),
            ship_on: part.ship_on.to_string(),
            arrive_on: part.arrive_on.to_string(),
            promised_on: part.promised_on.to_string(),
            source: PromiseSource::of(&part.source()),
            constraint: part.constraint_code.map(Into::into),
            jeopardy: part.jeopardy.into(),
            jeopardy_reason: part.jeopardy_reason.into(),
            chance: part.chance.to_string(),
            promised_at: part.promised_at.to_string(),
        }
    }
}

/// Which promises.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RiskParams {
    /// Only of this band: `late`, `at_risk` or `safe`; left out: late and at risk.
    pub jeopardy: Option<String>,
}

/// How sure what was promised is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseRisks {
    /// Promises that will be missed as things stand.
    pub late: i64,
    /// Promises that may be missed.
    pub at_risk: i64,
    /// Promises that are as good as kept.
    pub safe: i64,
    /// The promises, the least sure first; five hundred at the most.
    pub parts: Vec<PromisedPart>,
}

/// Which promises may be missed, and why.
#[utoipa::path(get, path = "/promise/risks", tag = "promise", operation_id = "list_promise_risks", params(RiskParams),
    responses((status = 200, body = PromiseRisks), (status = "default", body = Problem)))]
pub(super) async fn risks(State(web): State<Web>, by: By, Params(params): Params<RiskParams>) -> Result<Json<PromiseRisks>, Error> {
    by.may(Act::ViewStock)?;
    by.may(Act::ViewOrder)?;
    let company = by.company_id;
    let bands = match params.jeopardy.as_deref().filter(|code| !code.is_empty()) {
        None => vec![Jeopardy::Late, Jeopardy::AtRisk],
        Some(code) => {
            let unknown = || Refusal::field("/jeopardy", FieldRule::Unknown { value: code.to_owned() });
            vec![Jeopardy::parse(code).ok_or_else(unknown)?]
        }
    };
    let found = web.app.store.read(move |reader| Ok((query::bands(reader, company)?, query::promised(reader, company, None, &bands)?)));
    let (counts, parts) = found.await?;
    let count = |band: Jeopardy| counts.get(&band).copied().unwrap_or(0);
    Ok(Json(PromiseRisks {
        late: count(Jeopardy::Late),
        at_risk: count(Jeopardy::AtRisk),
        safe: count(Jeopardy::Safe),
        parts: parts.iter().map(PromisedPart::of).collect(),
    }))
}

/// What an order is promised of what it still lacks.
#[utoipa::path(get, path = "/orders/{id}/schedule", tag = "promise", operation_id = "list_order_schedule",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = Vec<PromisedPart>), (status = "default", body = Problem)))]
pub(super) async fn of_order(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<Vec<PromisedPart>>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &reference).await?;
    let company = by.company_id;
    let parts = web.app.store.read(move |reader| query::promised(reader, company, Some(id), Jeopardy::ALL)).await?;
    Ok(Json(parts.iter().map(PromisedPart::of).collect()))
}
