//! Quotations over HTTP: a list, one with all its versions, and its steps.

mod input;
mod json;
pub(crate) mod row;

use app::quotation::{self, QuotationState};
use axum::extract::{Path, State};
use domain::{Act, QuotationId};
use serde::Serialize;
use store::query::order::names;
use store::query::quotation as query;
use store::{Fault, Outcome, Reader, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::{named, today};
use crate::state::Web;
use crate::value::QuotationStatusCode;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use input::{LostJson, QuotationInputJson, WonJson};
use json::{Costed, Page, QuotationJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, create))
        .routes(routes!(read, edit))
        .routes(routes!(submit))
        .routes(routes!(approve))
        .routes(routes!(return_to_draft))
        .routes(routes!(reject))
        .routes(routes!(send))
        .routes(routes!(win))
        .routes(routes!(lose))
        .routes(routes!(order))
        .routes(routes!(revise))
        .routes(routes!(withdraw))
}

/// The quotation that an id, or a number in its latest version, in the address names.
pub(crate) async fn which(web: &Web, by: &By, reference: &str) -> Result<QuotationId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("quotation"))
}

/// A quotation after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = QuotationState)]
pub struct QuotationStateJson {
    /// Its id; after `revise` that of the new version.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Which version of the quotation it is.
    pub revision: i64,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: QuotationStatusCode,
    /// Last day on which it may be taken.
    pub valid_until: String,
    /// Id of the order that was made from it last.
    pub order_id: Option<String>,
}

impl From<QuotationState> for QuotationStateJson {
    fn from(state: QuotationState) -> Self {
        QuotationStateJson {
            id: state.id.to_string(),
            number: state.number,
            revision: state.revision,
            version: state.version,
            status: state.status.into(),
            valid_until: state.valid_until.to_string(),
            order_id: state.order_id.map(|id| id.to_string()),
        }
    }
}

/// A quotation: what it offers, its other versions, and everything that may be done with it.
#[utoipa::path(get, path = "/quotations/{id}", tag = "quotations", operation_id = "get_quotation",
    params(("id" = String, Path, description = "Id of a version, or number of the quotation: then its latest version")),
    responses((status = 200, body = QuotationJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<QuotationJson>, Error> {
    by.may(Act::ViewQuotation)?;
    let id = which(&web, &by, &id).await?;
    let (company, today) = (by.company_id, today(&web, &by).await?);
    let (actor, at) = (by.actor.clone(), web.now());
    let found = web.app.store.read(move |reader| {
        let Some(quotation) = reader.get::<domain::Quotation>(company, id)? else { return Ok(None) };
        let lines = query::lines(reader, company, id)?;
        let versions = query::versions(reader, company, &quotation.number)?;
        let order = quotation.order_id.map_or(Ok(None), |order| reader.get::<domain::Order>(company, order))?;
        let warehouse = reader.get::<domain::Warehouse>(company, quotation.warehouse_id)?;
        let names = names(reader, company)?;
        let costed = if actor.may(Act::SeeCost).is_ok() { costed(reader, &quotation, &lines, &actor, (at, today))? } else { None };
        Ok(Some(Page { quotation, lines, versions, order, warehouse, names, today, costed }))
    });
    let page = found.await?.ok_or_else(|| Error::not_found("quotation"))?;
    Ok(Tagged(page.quotation.version.raw(), QuotationJson::of(&page, &by)))
}

/// The order it would be, with what its products cost today.
fn costed(
    reader: &Reader<'_>,
    quotation: &domain::Quotation,
    lines: &[domain::QuotationLine],
    by: &domain::Actor,
    at: (domain::Instant, domain::Date),
) -> Result<Option<Costed>, Fault> {
    let company = by.company_id;
    let Some(seller) = reader.get::<domain::Company>(company, company)? else { return Ok(None) };
    let Some(customer) = reader.get::<domain::Customer>(company, quotation.customer_id)? else { return Ok(None) };
    let products = query::products(reader, company, quotation.id)?;
    let base = domain::Order::draft(domain::OrderId::NONE, &customer, &seller, quotation.warehouse_id, by, at);
    let order = quotation.as_order(base);
    let line = |line: &domain::QuotationLine| {
        let product = products.iter().find(|product| product.id == line.product_id)?;
        Some(line.as_order_line(product))
    };
    let Some(lines) = lines.iter().map(line).collect::<Option<Vec<_>>>() else { return Ok(None) };
    Ok(Some(Costed { order, lines, books: seller.currency }))
}

/// Makes a draft of a quotation.
#[utoipa::path(post, path = "/quotations", tag = "quotations", operation_id = "create_quotation", request_body = QuotationInputJson,
    responses((status = 201, body = QuotationStateJson), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<QuotationInputJson>) -> Result<Created<QuotationStateJson>, Error> {
    by.may(Act::CreateQuotation)?;
    let sent = body.input.read()?;
    let state = web.app.command(&by, body.replay, move |work, by| quotation::create::create(work, by, &sent)).await?;
    Ok(Created { location: format!("/api/v1/quotations/{}", state.id), version: state.version, body: state.into() })
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/quotations/{id}", tag = "quotations", operation_id = "edit_quotation", request_body = QuotationInputJson,
    params(("id" = String, Path, description = "Id or number of the quotation")),
    responses((status = 200, body = QuotationStateJson), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<QuotationInputJson>,
) -> Stepped {
    by.may(Act::CreateQuotation)?;
    let id = which(&web, &by, &id).await?;
    let sent = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| quotation::edit::edit(work, by, id, Some(version), &sent)).await
}

/// What a step answers with.
type Stepped = Result<Tagged<QuotationStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<QuotationState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $by:ident, $id:ident, $version:ident, $input:ident| $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "quotations", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the quotation")), request_body = $body,
            responses((status = 200, body = QuotationStateJson), (status = "default", body = Problem)))]
        async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching($version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            #[allow(unused_variables)]
            let Body { input: $input, replay } = body;
            run(&web, &by, replay, move |$work, $by| $act).await
        }
    )+};
}

steps! {
    submit, "quotation_submit", "/quotations/{id}/submit", Empty, "Submit to the sales manager" => |work, by, id, version, input| quotation::submit::submit(work, by, id, version);
    approve, "quotation_approve", "/quotations/{id}/approve", Noting, "Approve: it may go out" => |work, by, id, version, input| quotation::approve::approve(work, by, id, version, &input.note);
    return_to_draft, "quotation_return", "/quotations/{id}/return", Because, "Return to its author" => |work, by, id, version, input| quotation::return_to_draft::return_to_draft(work, by, id, version, &input.reason);
    reject, "quotation_reject", "/quotations/{id}/reject", Because, "Reject" => |work, by, id, version, input| quotation::reject::reject(work, by, id, version, &input.reason);
    send, "quotation_send", "/quotations/{id}/send", Noting, "Note that the customer has it" => |work, by, id, version, input| quotation::send::send(work, by, id, version, &input.note);
    order, "quotation_order", "/quotations/{id}/order", Empty, "Make a draft of an order with its prices" => |work, by, id, version, input| quotation::order::order(work, by, id, version);
    revise, "quotation_revise", "/quotations/{id}/revise", Empty, "Make the next version" => |work, by, id, version, input| quotation::revise::revise(work, by, id, version);
    withdraw, "quotation_withdraw", "/quotations/{id}/withdraw", Because, "Withdraw" => |work, by, id, version, input| quotation::withdraw::withdraw(work, by, id, version, &input.reason);
}

/// Records that the customer takes it.
#[utoipa::path(post, path = "/quotations/{id}/win", tag = "quotations", operation_id = "quotation_win", summary = "Record that the customer takes it",
    params(("id" = String, Path, description = "Id or number of the quotation")), request_body = WonJson,
    responses((status = 200, body = QuotationStateJson), (status = "default", body = Problem)))]
async fn win(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<WonJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let (reason, note) = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| quotation::win::win(work, by, id, version, (reason, &note))).await
}

/// Records that the customer does not take it, and why.
#[utoipa::path(post, path = "/quotations/{id}/lose", tag = "quotations", operation_id = "quotation_lose", summary = "Record that the customer does not take it",
    params(("id" = String, Path, description = "Id or number of the quotation")), request_body = LostJson,
    responses((status = 200, body = QuotationStateJson), (status = "default", body = Problem)))]
async fn lose(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<LostJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let (reason, note) = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| quotation::lose::lose(work, by, id, version, (reason, &note))).await
}
