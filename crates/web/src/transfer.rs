//! Transfers between warehouses over HTTP.

mod json;

use app::transfer::{create, edit, end, receive, send};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, TransferId, TransferStatus};
use serde::Deserialize;
use store::query::transfer::{self as query, Filter};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::Saved;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use crate::warehouse;
use json::{TransferArrivalInput, TransferInputJson, TransferJson, TransferRow};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, create_transfer))
        .routes(routes!(show, edit_transfer))
        .routes(routes!(send_transfer))
        .routes(routes!(receive_transfer))
        .routes(routes!(close_transfer))
        .routes(routes!(cancel_transfer))
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TransferQuery {
    /// Words in number or note.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or code of a warehouse it leaves or goes to.
    pub warehouse: Option<String>,
}

fn id_of(text: &str) -> Result<TransferId, Error> {
    text.parse().map_err(|_| Error::not_found("transfer"))
}

/// Lists transfers. Sorts: `-created_at` (usual), `number`.
#[utoipa::path(get, path = "/transfers", tag = "transfers", operation_id = "list_transfers", params(TransferQuery, PageParams),
    responses((status = 200, body = Listed<TransferRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<TransferQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<TransferStatus>(&mut fields, "/status", sent.status.as_deref());
    fields.done()?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", sent.warehouse).await?;
    let company = by.company_id;
    let filter = Filter { q: sent.q, status, warehouse };
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "transfers", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(TransferRow::from))
    })
    .await
}

/// A transfer, its goods, and what may be done with it.
#[utoipa::path(get, path = "/transfers/{id}", tag = "transfers", operation_id = "get_transfer",
    responses((status = 200, body = TransferJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<TransferJson>, Error> {
    by.may(Act::ViewStock)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let found = web.app.store.read(move |reader| query::one(reader, company, id)).await?;
    let (row, lines) = found.ok_or_else(|| Error::not_found("transfer"))?;
    Ok(Tagged(row.transfer.version.raw(), TransferJson::of(row, lines, &by)))
}

/// Draws a transfer up.
#[utoipa::path(post, path = "/transfers", tag = "transfers", operation_id = "create_transfer", request_body = TransferInputJson,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn create_transfer(State(web): State<Web>, by: By, body: Body<TransferInputJson>) -> Result<Created<Saved>, Error> {
    by.may(Act::TransferStock)?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| create::create(work, by, &input)).await?;
    Ok(Created::at("transfers", saved))
}

/// Replaces the content of a draft.
#[utoipa::path(put, path = "/transfers/{id}", tag = "transfers", operation_id = "edit_transfer", request_body = TransferInputJson,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn edit_transfer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<TransferInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::TransferStock)?;
    let id = id_of(&id)?;
    let input = body.input.read()?;
    let saved = web.app.command(&by, body.replay, move |work, by| edit::edit(work, by, id, Some(version), &input)).await?;
    Ok(Tagged::saved(saved))
}

/// Its goods leave the warehouse: lots are chosen by what expires first, where none is named.
#[utoipa::path(post, path = "/transfers/{id}/send", tag = "transfers", operation_id = "transfer_send", request_body = Empty,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn send_transfer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let saved = web.app.command(&by, body.replay, move |work, by| send::send(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Its goods, or some of them, arrive.
#[utoipa::path(post, path = "/transfers/{id}/receive", tag = "transfers", operation_id = "transfer_receive", request_body = TransferArrivalInput,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn receive_transfer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<TransferArrivalInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::TransferStock)?;
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let (parts, bin) = input.read()?;
    let saved = web.app.command(&by, replay, move |work, by| receive::receive(work, by, id, version, &parts, &bin)).await?;
    Ok(Tagged::saved(saved))
}

/// What did not arrive is written off.
#[utoipa::path(post, path = "/transfers/{id}/close", tag = "transfers", operation_id = "transfer_close", request_body = Because,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn close_transfer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let saved = web.app.command(&by, replay, move |work, by| end::close(work, by, id, version, &input.reason)).await?;
    Ok(Tagged::saved(saved))
}

/// Gives a draft up.
#[utoipa::path(post, path = "/transfers/{id}/cancel", tag = "transfers", operation_id = "transfer_cancel", request_body = Because,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn cancel_transfer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let saved = web.app.command(&by, replay, move |work, by| end::cancel(work, by, id, version, &input.reason)).await?;
    Ok(Tagged::saved(saved))
}
