//! Agents over HTTP: their terms, the customers that order through them, and what they earn by it (PTY-06).

mod earning;
mod json;
mod of;

use app::agent::create::AgentTerms;
use app::agent::{assign, create, edit, release};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, CustomerId, Date, FieldRule};
use serde::Deserialize;
use store::query::agent::{self as query, Days, Filter, SORTS, TIES};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::customer;
use crate::error::{Error, Problem};
use crate::fields::{Fields, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::params::Params;
use crate::state::Web;
use crate::value::{CommissionBasisCode, Saved};
use crate::version::{Created, Matching, Tagged};
pub(crate) use json::file;
use json::{AgentJson, AgentRow, AgentShown};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, edit))
        .routes(routes!(assign))
        .routes(routes!(release))
        .routes(routes!(earning::list))
        .routes(routes!(of::customer))
        .routes(routes!(of::order))
}

/// The filters of the list of agents.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AgentQuery {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// `true`: their terms are active; `false`: they are not.
    pub active: Option<String>,
    /// The month whose commission is shown, as `2026-11`; this month where left out.
    pub month: Option<String>,
}

/// Which month.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AgentMonth {
    /// As `2026-11`; this month where left out.
    pub month: Option<String>,
}

/// The days of a month that is asked for, or of the month of `today`.
fn month(fields: &mut Fields, asked: Option<&str>, today: Date) -> Days {
    let usual = Date::of(today.year(), today.month(), 1).unwrap_or(today);
    let first = match asked {
        None => usual,
        Some(text) => match Date::parse(&format!("{text}-01")) {
            Ok(first) if text.len() == 7 => first,
            _ => {
                fields.wrong("/month", FieldRule::Malformed);
                usual
            }
        },
    };
    // Some day of the next month, which then begins.
    let later = first.plus_days(31);
    (first, later.plus_days(-i64::from(later.day())))
}

/// Agents with what they earned in a month. Sorts: `code` (usual), `name`, `commission_rate`.
#[utoipa::path(get, path = "/agents", operation_id = "list_agents", tag = "agent", params(AgentQuery, PageParams),
    responses((status = 200, body = Listed<AgentRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<AgentQuery>) -> Result<Response, Error> {
    by.may(Act::ViewAgent)?;
    let mut fields = Fields::new();
    let days = month(&mut fields, asked.filter.month.as_deref(), today(&web, &by).await?);
    let active = yes_or_no(&mut fields, "/active", asked.filter.active.as_deref());
    fields.done()?;
    let filter = Filter { q: asked.filter.q, active };
    let company = by.company_id;
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "code" };
    list::answer(&web, &by, "agents", (&asked.page, asked.format), sorts, move |reader, page| {
        let found = query::list(reader, company, &filter, page)?;
        let ids: Vec<CustomerId> = found.rows.iter().map(|known| known.agent.customer_id).collect();
        let totals = query::totals(reader, company, &ids, days)?;
        Ok(found.map(|known| AgentRow::of(&known, &totals)))
    })
    .await
}

/// Customers of one agent that are shown.
const CUSTOMERS: i64 = 500;

/// An agent with its terms, the customers that order through it, and what it earned in a month.
#[utoipa::path(get, path = "/agents/{id}", operation_id = "show_agent", tag = "agent", params(AgentMonth),
    responses((status = 200, body = AgentJson), (status = "default", body = Problem)))]
async fn show(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Params(asked): Params<AgentMonth>,
) -> Result<Tagged<AgentJson>, Error> {
    by.may(Act::ViewAgent)?;
    let mut fields = Fields::new();
    let days = month(&mut fields, asked.month.as_deref(), today(&web, &by).await?);
    fields.done()?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let read = web.app.store.read(move |reader| {
        let Some(known) = query::one(reader, company, id)? else { return Ok(None) };
        let customers = query::customers(reader, company, id, CUSTOMERS)?;
        Ok(Some(AgentShown { known, customers, totals: query::totals(reader, company, &[id], days)?, days }))
    });
    let shown = read.await?.ok_or_else(|| Error::not_found("agent"))?;
    Ok(Tagged(shown.known.agent.version.raw(), AgentJson::of(&shown)))
}

/// The customer file of an agent, by id or code.
async fn id_of(web: &Web, by: &By, reference: String) -> Result<CustomerId, Error> {
    customer::id_of(web, by, reference).await.map_err(|_| Error::not_found("agent"))
}

/// Terms of a new agent.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentInput {
    /// Whose customer file, by id or code.
    pub customer_id: String,
    /// Percent of the net amount.
    pub commission_rate: String,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
    /// What else was agreed.
    pub notes: String,
}

/// Terms of an agent.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentChange {
    /// Percent of the net amount.
    pub commission_rate: String,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
    /// What else was agreed.
    pub notes: String,
    /// `false`: it earns by no new order, and nobody of it acts for others.
    pub active: bool,
}

fn terms(fields: &mut Fields, rate: &str, basis: &CommissionBasisCode, notes: &str) -> AgentTerms {
    AgentTerms {
        commission: fields.rate("/commission_rate", rate),
        basis: fields.code("/basis", basis),
        notes: fields.text("/notes", notes, 2000),
    }
}

/// Makes a customer file an agent's.
#[utoipa::path(post, path = "/agents", operation_id = "create_agent", tag = "agent", request_body = AgentInput,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<AgentInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::EditAgent)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let customer = fields.required("/customer_id", &input.customer_id, 200);
    let terms = terms(&mut fields, &input.commission_rate, &input.basis, &input.notes);
    fields.done()?;
    let saved = web.app.command(&by, replay, move |work, by| create::create(work, by, &customer, &terms)).await?;
    Ok(Created::at("agents", saved))
}

/// Changes the terms of an agent; orders that were submitted keep theirs.
#[utoipa::path(put, path = "/agents/{id}", operation_id = "edit_agent", tag = "agent", request_body = AgentChange,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    Matching(version): Matching,
    body: Body<AgentChange>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditAgent)?;
    let id = id_of(&web, &by, reference).await?;
    let (input, mut fields) = (body.input, Fields::new());
    let terms = terms(&mut fields, &input.commission_rate, &input.basis, &input.notes);
    fields.done()?;
    let active = input.active;
    let saved = web.app.command(&by, None, move |work, by| edit::edit(work, by, id, Some(version), (&terms, active))).await?;
    Ok(Tagged::saved(saved))
}

/// A customer that orders through an agent.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentCustomerInput {
    /// Which, by id or code.
    pub customer_id: String,
}

impl AgentCustomerInput {
    fn read(&self) -> Result<String, Error> {
        let mut fields = Fields::new();
        let customer = fields.required("/customer_id", &self.customer_id, 200);
        fields.done()?;
        Ok(customer)
    }
}

/// A customer orders through the agent from today on.
#[utoipa::path(post, path = "/agents/{id}/assign", operation_id = "assign_agent_customer", tag = "agent", request_body = AgentCustomerInput,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn assign(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<AgentCustomerInput>,
) -> Result<Json<Saved>, Error> {
    by.may(Act::EditAgent)?;
    let id = id_of(&web, &by, reference).await?;
    let customer = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| assign::assign(work, by, id, &customer)).await?;
    Ok(Json(saved.into()))
}

/// A customer no longer orders through the agent; orders that were submitted keep it.
#[utoipa::path(post, path = "/agents/{id}/release", operation_id = "release_agent_customer", tag = "agent", request_body = AgentCustomerInput,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn release(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<AgentCustomerInput>,
) -> Result<Json<Saved>, Error> {
    by.may(Act::EditAgent)?;
    let id = id_of(&web, &by, reference).await?;
    let customer = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| release::release(work, by, id, &customer)).await?;
    Ok(Json(saved.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_first_and_last_day() {
        let today = Date::of(2026, 11, 22).unwrap();
        let check = |asked: Option<&str>, from: &str, to: &str| {
            let mut fields = Fields::new();
            let (first, last) = month(&mut fields, asked, today);
            assert_eq!((first.as_str(), last.as_str()), (from, to), "{asked:?}");
            assert!(fields.done().is_ok());
        };
        check(None, "2026-11-01", "2026-11-30");
        check(Some("2026-12"), "2026-12-01", "2026-12-31");
        check(Some("2028-02"), "2028-02-01", "2028-02-29");
        for wrong in ["2026-13", "2026", "11-2026", "x"] {
            let mut fields = Fields::new();
            month(&mut fields, Some(wrong), today);
            assert!(fields.done().is_err(), "{wrong}");
        }
    }
}
