//! How a customer stands to agents, and which agent an order keeps; for those who may see agents.

use axum::Json;
use axum::extract::{Path, State};
use domain::Act;
use serde::Serialize;
use store::query::agent as query;
use utoipa::ToSchema;

use super::json::{coded, file};
use crate::by::By;
use crate::customer::id_of;
use crate::error::{Error, Problem};
use crate::order::which;
use crate::state::Web;
use crate::value::{Coded, CommissionBasisCode};

/// Commission terms.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommissionTerms {
    /// The agent.
    pub agent: Coded,
    /// Percent of the net amount.
    pub commission_rate: String,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
}

/// How a customer stands to agents.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Agency)]
pub struct AgencyJson {
    /// Through whom it orders; `null`: for itself.
    pub through: Option<CommissionTerms>,
    /// Since which day.
    pub since: Option<String>,
    /// Its own terms, where it is an agent.
    pub own: Option<CommissionTerms>,
    /// How many customers order through it.
    pub customers: i64,
}

fn terms(known: &query::Known) -> CommissionTerms {
    let agent = &known.agent;
    CommissionTerms { agent: coded(known), commission_rate: agent.commission_bp.decimal(), basis: agent.basis.into() }
}

/// Shows through whom a customer orders, or who orders through it.
#[utoipa::path(get, path = "/customers/{id}/agency", operation_id = "show_customer_agency", tag = "agent",
    responses((status = 200, body = AgencyJson), (status = "default", body = Problem)))]
pub(super) async fn customer(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<AgencyJson>, Error> {
    by.may(Act::ViewCustomer)?;
    by.may(Act::ViewAgent)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let read = web.app.store.read(move |reader| Ok((query::of_customer(reader, company, id)?, query::one(reader, company, id)?)));
    let (through, own) = read.await?;
    Ok(Json(AgencyJson {
        since: through.as_ref().map(|(link, _)| link.since.to_string()),
        through: through.map(|(_, known)| terms(&known)),
        customers: own.as_ref().map_or(0, |known| known.customers),
        own: own.as_ref().map(terms),
    }))
}

/// The agent of an order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderAgency {
    /// The agent with the terms of the day the order was submitted; `null`: it has none.
    pub kept: Option<CommissionTerms>,
}

/// Shows which agent an order keeps.
#[utoipa::path(get, path = "/orders/{id}/agent", operation_id = "show_order_agent", tag = "agent",
    responses((status = 200, body = OrderAgency), (status = "default", body = Problem)))]
pub(super) async fn order(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<OrderAgency>, Error> {
    by.may(Act::ViewOrder)?;
    by.may(Act::ViewAgent)?;
    let (company, id) = (by.company_id, which(&web, &by, &reference).await?);
    let found = web.app.store.read(move |reader| query::of_order(reader, company, id)).await?;
    let kept = found.map(|(kept, agent)| CommissionTerms {
        agent: file(&agent),
        commission_rate: kept.commission_bp.decimal(),
        basis: kept.basis.into(),
    });
    Ok(Json(OrderAgency { kept }))
}
