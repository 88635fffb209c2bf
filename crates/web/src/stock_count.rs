//! Stock counts over HTTP.

mod json;

use app::stock_count::open::{OpenCount, open};
use app::stock_count::{approve, enter, submit};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Bin, FieldRule, Refusal, StockCount, StockCountId, StockCountStatus};
use serde::Deserialize;
use store::query::stock::{PlaceFilter, places};
use store::query::stock_count::{self as query, Filter};
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
use crate::version::{Created, MaybeMatching, Tagged};
use crate::{product, warehouse};
use json::{StockCountEntries, StockCountInput, StockCountJson, StockCountRow};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, open_count))
        .routes(routes!(show))
        .routes(routes!(enter_count))
        .routes(routes!(submit_count))
        .routes(routes!(approve_count))
        .routes(routes!(return_count))
        .routes(routes!(cancel_count))
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct StockCountQuery {
    /// Words in number or note.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
}

fn id_of(text: &str) -> Result<StockCountId, Error> {
    text.parse().map_err(|_| Error::not_found("stock_count"))
}

/// Lists stock counts. Sorts: `-created_at` (usual), `number`.
#[utoipa::path(get, path = "/stock-counts", tag = "stock counts", operation_id = "list_stock_counts", params(StockCountQuery, PageParams),
    responses((status = 200, body = Listed<StockCountRow>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<StockCountQuery>) -> Result<Response, Error> {
    by.may(Act::ViewStock)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<StockCountStatus>(&mut fields, "/status", sent.status.as_deref());
    fields.done()?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", sent.warehouse).await?;
    let company = by.company_id;
    let filter = Filter { q: sent.q, status, warehouse };
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "stock-counts", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(StockCountRow::from))
    })
    .await
}

/// A count, its places, and what may be done with it. What the books say of a blind count is shown once it is handed in.
#[utoipa::path(get, path = "/stock-counts/{id}", tag = "stock counts", operation_id = "get_stock_count",
    responses((status = 200, body = StockCountJson), (status = "default", body = Problem)))]
async fn show(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<StockCountJson>, Error> {
    by.may(Act::ViewStock)?;
    let (company, id) = (by.company_id, id_of(&id)?);
    let found = web.app.store.read(move |reader| query::one(reader, company, id)).await?;
    let (row, lines) = found.ok_or_else(|| Error::not_found("stock_count"))?;
    let books = crate::customer::company(&web, &by).await?.currency;
    Ok(Tagged(row.count.version.raw(), StockCountJson::of(row, lines, books, &by)))
}

/// Opens a count of everything that lies in a warehouse, or of a bin or some products there; at most 2,000 places.
#[utoipa::path(post, path = "/stock-counts", tag = "stock counts", operation_id = "open_stock_count", request_body = StockCountInput,
    responses((status = 201, body = Saved), (status = "default", body = Problem)))]
async fn open_count(State(web): State<Web>, by: By, body: Body<StockCountInput>) -> Result<Created<Saved>, Error> {
    by.may(Act::CountStock)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let warehouse = fields.required("/warehouse_id", &input.warehouse_id, 100);
    let note = fields.text("/note", &input.note, 500);
    fields.done()?;
    let warehouse_id = warehouse::filtered(&web, &by, "/warehouse_id", Some(warehouse.clone())).await?;
    let mut products = Vec::new();
    for (place, said) in input.products.iter().enumerate() {
        products.extend(product::filtered(&web, &by, &format!("/products/{place}"), Some(said.clone())).await?);
    }
    let (company, bin) = (by.company_id, input.bin.trim().to_owned());
    let found = web.app.store.read(move |reader| {
        let known: Vec<Bin> = if bin.is_empty() { Vec::new() } else { reader.all(company, "AND code = ?2", &[bin.as_str().into()])? };
        let wanted = known.iter().find(|known| Some(known.warehouse_id) == warehouse_id);
        if wanted.is_none() && !bin.is_empty() {
            return Ok(Err(bin));
        }
        let filter = PlaceFilter { product: None, warehouse: warehouse_id, bin: wanted.map(|bin| bin.id) };
        Ok(Ok(places(reader, company, filter, 100_000)?))
    });
    let lying = found.await?.map_err(|value| Refusal::field("/bin", FieldRule::Unknown { value }))?;
    let asked = |product: &domain::ProductId| products.is_empty() || products.contains(product);
    let places: Vec<_> = lying.into_iter().filter(|row| asked(&row.product_id)).map(|row| (row.product_id, row.spot)).collect();
    let most = i64::try_from(StockCount::MAX_LINES).unwrap_or(i64::MAX);
    if places.len() > StockCount::MAX_LINES {
        return Err(Refusal::field("/bin", FieldRule::OutOfRange { min: 1, max: most }).into());
    }
    let said = OpenCount { warehouse, blind: input.blind, note, places };
    let saved = web.app.command(&by, replay, move |work, by| open(work, by, &said)).await?;
    Ok(Created::at("stock-counts", saved))
}

/// Enters what was counted, place by place; goods that the count does not have are added as new places.
#[utoipa::path(post, path = "/stock-counts/{id}/enter", tag = "stock counts", operation_id = "stock_count_enter", request_body = StockCountEntries,
    responses((status = 200, body = Saved), (status = "default", body = Problem)))]
async fn enter_count(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<StockCountEntries>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::CountStock)?;
    let id = id_of(&id)?;
    let Body { input, replay } = body;
    let said = input.read()?;
    let saved = web.app.command(&by, replay, move |work, by| enter::enter(work, by, id, version, &said)).await?;
    Ok(Tagged::saved(saved))
}

macro_rules! steps {
    ($($name:ident, $operation:literal, $path:literal, $summary:literal => $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "stock counts", operation_id = $operation, summary = $summary, request_body = Empty,
            responses((status = 200, body = Saved), (status = "default", body = Problem)))]
        async fn $name(
            State(web): State<Web>,
            by: By,
            Path(id): Path<String>,
            MaybeMatching(version): MaybeMatching,
            body: Body<Empty>,
        ) -> Result<Tagged<Saved>, Error> {
            let id = id_of(&id)?;
            let saved = web.app.command(&by, body.replay, move |work, by| $act(work, by, id, version)).await?;
            Ok(Tagged::saved(saved))
        }
    )+};
}

macro_rules! because {
    ($($name:ident, $operation:literal, $path:literal, $summary:literal => $act:expr;)+) => {$(
        #[doc = concat!($summary, ".")]
        #[utoipa::path(post, path = $path, tag = "stock counts", operation_id = $operation, summary = $summary, request_body = Because,
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

steps! {
    submit_count, "stock_count_submit", "/stock-counts/{id}/submit", "Hand a count in; without any difference it is done" => submit::submit;
    approve_count, "stock_count_approve", "/stock-counts/{id}/approve", "Accept the differences of a count: the books become what was counted" => approve::approve;
}

because! {
    return_count, "stock_count_return", "/stock-counts/{id}/return", "Send a count back: what differs is counted again" => submit::send_back;
    cancel_count, "stock_count_cancel", "/stock-counts/{id}/cancel", "Give a count up" => submit::cancel;
}
