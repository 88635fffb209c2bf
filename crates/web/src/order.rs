//! Sales orders over HTTP.

pub(crate) mod amounts;
mod approve_batch;
mod bundle;
mod cancel;
pub(crate) mod charge;
pub(crate) mod check;
pub(crate) mod gate;
pub(crate) mod goods;
pub(crate) mod input;
pub(crate) mod line;
pub(crate) mod margin;
pub(crate) mod page;
pub(crate) mod paper;
pub(crate) mod place;
pub(crate) mod prepayment;
pub(crate) mod row;
mod skipped;
pub(crate) mod state;
pub(crate) mod step;
pub(crate) mod timeline;

use std::str::FromStr;

use axum::extract::{Path, State};
use domain::{Act, CompanyId, Date, Id, OrderId};
use store::query::order as query;
use store::{Fault, Reader};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{By, zone};
use crate::error::{Error, Problem};
use crate::state::Web;
use crate::version::Tagged;
use page::OrderJson;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, place::create))
        .routes(routes!(row::summary))
        .routes(routes!(row::counts))
        .routes(routes!(check::check))
        .routes(routes!(place::batch))
        .routes(routes!(approve_batch::approve_batch))
        .routes(routes!(step::answer))
        .routes(routes!(step::ask))
        .routes(routes!(step::withdraw_question))
        .merge(gate::routes())
        .merge(skipped::routes())
        .routes(routes!(read, place::edit))
        .routes(routes!(timeline::timeline))
        .routes(routes!(bundle::bundle))
        .routes(routes!(step::submit))
        .routes(routes!(step::return_to_draft))
        .routes(routes!(step::propose_terms))
        .routes(routes!(step::review))
        .routes(routes!(step::approve))
        .routes(routes!(step::reject))
        .routes(routes!(step::void))
        .routes(routes!(step::hold))
        .routes(routes!(step::resume))
        .routes(routes!(cancel::cancel))
        .routes(routes!(cancel::preview))
        .routes(routes!(step::reserve))
        .routes(routes!(step::release_goods))
        .routes(routes!(step::hold_back_goods))
        .routes(routes!(step::prioritize))
        .routes(routes!(step::ask_slack))
        .routes(routes!(step::answer_slack))
        .routes(routes!(step::ship))
        .routes(routes!(step::invoice))
        .routes(routes!(step::record_payment))
        .routes(routes!(step::record_refund))
        .routes(routes!(step::follow_up))
        .routes(routes!(step::waive_follow_up))
        .routes(routes!(step::close))
        .routes(routes!(step::close_short))
        .routes(routes!(step::reopen))
        .routes(routes!(step::copy))
}

/// The order that an id or a number in the address names.
pub(crate) async fn which(web: &Web, by: &By, reference: &str) -> Result<OrderId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("order"))
}

/// How a document is found by its number.
pub(crate) type ByNumber<I> = fn(&Reader<'_>, CompanyId, &str) -> Result<Option<I>, Fault>;

/// The document that an id or a number names; nothing where it is neither.
pub(crate) async fn named<I: Id + FromStr>(web: &Web, by: &By, reference: &str, by_number: ByNumber<I>) -> Result<Option<I>, Error> {
    let id = reference.parse::<I>().ok();
    // A number of thirteen characters reads as an id too, but not as one that is written as ids are.
    if id.is_some_and(|id| id.to_string() == reference && reference.bytes().any(|letter| letter.is_ascii_lowercase())) {
        return Ok(id);
    }
    let (company, number) = (by.company_id, reference.to_owned());
    let found = web.app.store.read(move |reader| by_number(reader, company, &number)).await?;
    Ok(found.or(id))
}

/// The day it is in the caller's company.
pub(crate) async fn today(web: &Web, by: &By) -> Result<Date, Error> {
    let zone = zone(web, by.company_id).await?;
    Ok(web.now().date_in(&zone).or_else(|| web.now().date_in("UTC")).expect("UTC is a zone"))
}

/// Everything about one order.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders", operation_id = "get_order",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = OrderJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<OrderJson>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let today = today(&web, &by).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(page) = query::page(reader, company, id)? else { return Ok(None) };
        let events = query::timeline(reader, company, id, None, 100)?;
        Ok(Some((page, events)))
    });
    let (page, events) = found.await?.ok_or_else(|| Error::not_found("order"))?;
    Ok(Tagged(page.order.version.raw(), OrderJson::of(&page, &by, (today, web.now()), &events)))
}
