//! Purchase orders over HTTP: a list, one with what has come of it, and its steps.

mod input;
mod json;
mod row;

use app::purchase::{self, PurchaseState};
use axum::extract::{Path, State};
use domain::{Act, PurchaseId};
use serde::Serialize;
use store::query::order::names;
use store::query::purchase as query;
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::{named, today};
use crate::state::Web;
use crate::value::PurchaseStatusCode;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use input::{ArrivalJson, ConfirmationJson, PurchaseInputJson};
use json::{Page, PurchaseJson};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, create))
        .routes(routes!(read, edit))
        .routes(routes!(send))
        .routes(routes!(confirm))
        .routes(routes!(receive))
        .routes(routes!(close))
        .routes(routes!(cancel))
}

/// The purchase order that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<PurchaseId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("purchase"))
}

/// A purchase order after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PurchaseState)]
pub struct PurchaseStateJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: PurchaseStatusCode,
}

impl From<PurchaseState> for PurchaseStateJson {
    fn from(state: PurchaseState) -> Self {
        PurchaseStateJson { id: state.id.to_string(), number: state.number, version: state.version, status: state.status.into() }
    }
}

/// A purchase order: its lines with what is awaited and when, what came in, and everything that may be done with it.
#[utoipa::path(get, path = "/purchases/{id}", tag = "purchase", operation_id = "get_purchase",
    params(("id" = String, Path, description = "Id or number of the purchase order")),
    responses((status = 200, body = PurchaseJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<PurchaseJson>, Error> {
    by.may(Act::ViewPurchase)?;
    let id = which(&web, &by, &id).await?;
    let (company, today) = (by.company_id, today(&web, &by).await?);
    let found = web.app.store.read(move |reader| {
        let Some(listed) = query::one(reader, company, id)? else { return Ok(None) };
        let lines = query::lines(reader, company, id)?;
        let receipts = query::receipts(reader, company, id)?;
        Ok(Some(Page { listed, lines, receipts, names: names(reader, company)?, today }))
    });
    let page = found.await?.ok_or_else(|| Error::not_found("purchase"))?;
    Ok(Tagged(page.listed.purchase.version.raw(), PurchaseJson::of(&page, &by)))
}

/// Makes a draft of a purchase order, with the supplier's prices and days where nothing else is said.
#[utoipa::path(post, path = "/purchases", tag = "purchase", operation_id = "create_purchase", request_body = PurchaseInputJson,
    responses((status = 201, body = PurchaseStateJson), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<PurchaseInputJson>) -> Result<Created<PurchaseStateJson>, Error> {
    by.may(Act::CreatePurchase)?;
    let sent = body.input.read()?;
    let state = web.app.command(&by, body.replay, move |work, by| purchase::create::create(work, by, &sent)).await?;
    Ok(Created { location: format!("/api/v1/purchases/{}", state.id), version: state.version, body: state.into() })
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/purchases/{id}", tag = "purchase", operation_id = "edit_purchase", request_body = PurchaseInputJson,
    params(("id" = String, Path, description = "Id or number of the purchase order")),
    responses((status = 200, body = PurchaseStateJson), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<PurchaseInputJson>,
) -> Stepped {
    by.may(Act::CreatePurchase)?;
    let id = which(&web, &by, &id).await?;
    let sent = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| purchase::edit::edit(work, by, id, Some(version), &sent)).await
}

/// What a step answers with.
type Stepped = Result<Tagged<PurchaseStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<PurchaseState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $body:ty, $summary:literal => |$work:ident, $by:ident, $id:ident, $version:ident, $input:ident| $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "purchase", operation_id = $operation, summary = $summary,
            params(("id" = String, Path, description = "Id or number of the purchase order")), request_body = $body,
            responses((status = 200, body = PurchaseStateJson), (status = "default", body = Problem)))]
        async fn $name(State(web): State<Web>, by: By, Path(id): Path<String>, MaybeMatching($version): MaybeMatching, body: Body<$body>) -> Stepped {
            let $id = which(&web, &by, &id).await?;
            #[allow(unused_variables)]
            let Body { input: $input, replay } = body;
            run(&web, &by, replay, move |$work, $by| $act).await
        }
    )+};
}

steps! {
    send, "purchase_send", "/purchases/{id}/send", Empty, "Send to the supplier" => |work, by, id, version, input| purchase::send::send(work, by, id, version);
    close, "purchase_close", "/purchases/{id}/close", Because, "Give up what has not come" => |work, by, id, version, input| purchase::close::close(work, by, id, version, &input.reason);
    cancel, "purchase_cancel", "/purchases/{id}/cancel", Because, "Cancel before anything came" => |work, by, id, version, input| purchase::cancel::cancel(work, by, id, version, &input.reason);
}

/// Records when the supplier delivers; what it says later replaces what it said before.
#[utoipa::path(post, path = "/purchases/{id}/confirm", tag = "purchase", operation_id = "purchase_confirm", summary = "Record the supplier's confirmation",
    params(("id" = String, Path, description = "Id or number of the purchase order")), request_body = ConfirmationJson,
    responses((status = 200, body = PurchaseStateJson), (status = "default", body = Problem)))]
async fn confirm(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ConfirmationJson>,
) -> Stepped {
    by.may(Act::CreatePurchase)?;
    let id = which(&web, &by, &id).await?;
    let said = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| purchase::confirm::confirm(work, by, id, version, &said)).await
}

/// Takes goods into the warehouse of the purchase order: all lines or none.
#[utoipa::path(post, path = "/purchases/{id}/receive", tag = "purchase", operation_id = "purchase_receive", summary = "Receive goods",
    params(("id" = String, Path, description = "Id or number of the purchase order")), request_body = ArrivalJson,
    responses((status = 200, body = PurchaseStateJson), (status = "default", body = Problem)))]
async fn receive(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ArrivalJson>,
) -> Stepped {
    by.may(Act::ReceivePurchase)?;
    let id = which(&web, &by, &id).await?;
    let said = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| purchase::receive::receive(work, by, id, version, &said)).await
}
