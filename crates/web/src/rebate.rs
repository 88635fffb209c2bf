//! Rebate agreements over HTTP: a list, one of them, and its steps.

mod json;

use app::rebate::{approve, create, edit, end, propose, settle};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, OrderId, RebateId, RebateInvoice, RebateStatus, RebateTo};
use serde::Deserialize;
use store::query::rebate::{self as query, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::customer;
use crate::error::{Error, Problem};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use json::{RebateInputJson, RebateJson, RebatePage, RebateRow, RebateSettleInput, RebateToJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create_rebate))
        .routes(routes!(show, edit_rebate))
        .routes(routes!(approve_rebate))
        .routes(routes!(withdraw_rebate))
        .routes(routes!(end_rebate))
        .routes(routes!(propose_rebate))
        .routes(routes!(settle_rebate))
        .routes(routes!(return_rebate))
}

/// Most orders that are offered to be credited.
const MOST_ORDERS: usize = 100;

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RebateQuery {
    /// Words in number or customer.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
}

fn id_of(text: &str) -> Result<RebateId, Error> {
    text.parse().map_err(|_| Error::not_found("rebate"))
}

/// Rebate agreements with what they have come to, filtered and sorted. Sorts: `created_at` (usual, newest first), `number`, `valid_to`.
#[utoipa::path(get, path = "/rebates", tag = "rebates", operation_id = "list_rebates", params(RebateQuery, PageParams),
    responses((status = 200, body = Listed<RebateRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<RebateQuery>) -> Result<Response, Error> {
    by.may(Act::ViewRebate)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<RebateStatus>(&mut fields, "/status", sent.status.as_deref());
    fields.done()?;
    let customer = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let company = by.company_id;
    let filter = Filter { q: sent.q, status, customer };
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "rebates", (&asked.page, asked.format), sorts, move |reader, page| {
        let found = query::list(reader, company, &filter, page)?;
        let running: Vec<_> = found.rows.iter().map(|row| &row.rebate).filter(|rebate| json::is_reckoned(rebate)).collect();
        let counted = query::counted(reader, company, &running)?;
        Ok(found.map(|row| RebateRow::of(&row, &counted)))
    })
    .await
}

/// An agreement, what counts in it, what it has come to, how it was settled, and what may be done with it.
#[utoipa::path(get, path = "/rebates/{id}", tag = "rebates", operation_id = "get_rebate",
    responses((status = 200, body = RebateJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<RebateJson>, Error> {
    by.may(Act::ViewRebate)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let today = today(&web, &by).await?;
    let found = web.app.store.read(move |reader| {
        let Some(row) = query::one(reader, company, id)? else { return Ok(None) };
        let products = store::query::promotion::products(reader, company, &row.rebate.products)?;
        let counted = if json::is_reckoned(&row.rebate) { query::counted(reader, company, &[&row.rebate])? } else { Vec::new() };
        let open = match row.rebate.status {
            RebateStatus::Approved => query::open_orders(reader, company, &row.rebate, MOST_ORDERS)?,
            _ => Vec::new(),
        };
        let credited = query::numbers(reader, company, &row.rebate.settlement.orders)?;
        Ok(Some(RebatePage { row, products, counted, open, credited }))
    });
    let page = found.await?.ok_or_else(|| Error::not_found("rebate"))?;
    Ok(Tagged(page.row.rebate.version.raw(), RebateJson::of(&page, today, &by)))
}

/// Writes a draft of an agreement.
#[utoipa::path(post, path = "/rebates", tag = "rebates", operation_id = "create_rebate", request_body = RebateInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create_rebate(State(web): State<Web>, by: By, body: Body<RebateInputJson>) -> Result<Created<Saved>, Error> {
    by.may(Act::CreateRebate)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("rebates", saved))
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/rebates/{id}", tag = "rebates", operation_id = "edit_rebate", request_body = RebateInputJson,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit_rebate(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<RebateInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::CreateRebate)?;
    let id = id_of(&id)?;
    let input = body.input.read(&customer::company(&web, &by).await?)?;
    let saved = web.app.command(&by, body.replay, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Approves an agreement: it runs by its dates.
#[utoipa::path(post, path = "/rebates/{id}/approve", tag = "rebates", operation_id = "rebate_approve", request_body = Empty,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn approve_rebate(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| approve::approve(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

macro_rules! because {
    ($($name:ident, $operation:literal, $path:literal, $summary:literal => $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "rebates", operation_id = $operation, summary = $summary, request_body = Because,
            responses((status = 200, body = Saved), (status = "default", body = Problem)))]
        async fn $name(
            State(web): State<Web>,
            by: By,
            Path(id): Path<String>,
            MaybeMatching(version): MaybeMatching,
            body: Body<Because>,
        ) -> Result<Tagged<Saved>, Error> {
            let id = id_of(&id)?;
            let Body { input, replay } = body;
            let saved = web.app.command(&by, replay, move |work, by| $act(work, by, id, version, &input.reason)).await?;
            Ok(Tagged::saved(saved))
        }
    )+};
}

because! {
    withdraw_rebate, "rebate_withdraw", "/rebates/{id}/withdraw", "Give a draft up" => end::withdraw;
    end_rebate, "rebate_end", "/rebates/{id}/end", "End the period of an agreement with today" => end::end;
    return_rebate, "rebate_return", "/rebates/{id}/return", "Send a proposed settlement back" => end::send_back;
}

/// What counts in an agreement now.
async fn invoices(web: &Web, by: &By, id: RebateId) -> Result<Vec<RebateInvoice>, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(rebate) = reader.get::<domain::Rebate>(company, id)? else { return Ok(None) };
        query::counted(reader, company, &[&rebate]).map(Some)
    });
    let counted = found.await?.ok_or_else(|| Error::not_found("rebate"))?;
    Ok(counted.into_iter().map(query::Counted::into_invoice).collect())
}

/// Proposes to whom the rebate of the period goes: orders that are credited in this turn, and whether the customer is paid what they do not take.
#[utoipa::path(post, path = "/rebates/{id}/propose", tag = "rebates", operation_id = "rebate_propose", request_body = RebateToJson,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn propose_rebate(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<RebateToJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::CreateRebate)?;
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let to = RebateTo { orders: orders(&input.orders)?, pay_rest: input.pay_rest };
    let invoices = invoices(&web, &by, id).await?;
    let saved = web.app.command(&by, replay, move |work, by| propose::propose(work, by, id, version, &invoices, &to)).await?;
    Ok(Tagged::saved(saved))
}

fn orders(sent: &[String]) -> Result<Vec<OrderId>, Error> {
    let mut fields = Fields::new();
    let mut ids = Vec::with_capacity(sent.len());
    for (place, text) in sent.iter().enumerate() {
        match text.parse() {
            Ok(id) => ids.push(id),
            Err(_) => fields.wrong(format!("/orders/{place}"), domain::RebateRule::NotItsOrder { value: text.clone() }),
        }
    }
    fields.done()?;
    Ok(ids)
}

/// Approves a proposed settlement: its orders are credited, the customer is paid the rest.
#[utoipa::path(post, path = "/rebates/{id}/settle", tag = "rebates", operation_id = "rebate_settle", request_body = RebateSettleInput,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn settle_rebate(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<RebateSettleInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::SettleRebate)?;
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let now = invoices(&web, &by, id).await?;
    let settled = move |work: &mut store::UnitOfWork, by: &domain::Actor| settle::settle(work, by, id, version, &now, &input.reference);
    let saved = web.app.command(&by, replay, settled).await?;
    Ok(Tagged::saved(saved))
}
