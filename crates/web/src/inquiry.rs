//! Inquiry memos over HTTP: a list, one with its checklist, a check while it is typed, and its steps.

mod draft;
mod input;
mod json;
pub(crate) mod row;

use app::inquiry::{self, InquiryState};
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Inquiry, InquiryId};
use serde::Serialize;
use store::query::event;
use store::query::inquiry as query;
use store::query::order::names;
use store::{Outcome, UnitOfWork};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body, Empty};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::order::named;
use crate::state::Web;
use crate::value::InquiryStatusCode;
use crate::version::{Created, Matching, MaybeMatching, Tagged};
use input::{AnsweredJson, InquiryInputJson, OrderedJson, PromisedJson};
use json::{CheckJson, InquiryJson, Page};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(row::list, create))
        .routes(routes!(check))
        .routes(routes!(read, edit))
        .routes(routes!(clarify))
        .routes(routes!(promise))
        .routes(routes!(answer))
        .routes(routes!(quote))
        .routes(routes!(order))
        .routes(routes!(drop_it))
}

/// The inquiry that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<InquiryId, Error> {
    named(web, by, reference, query::id_of).await?.ok_or_else(|| Error::not_found("inquiry"))
}

/// An inquiry after a step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InquiryState)]
pub struct InquiryStateJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its state.
    pub status: InquiryStatusCode,
    /// Required items that are missing.
    pub missing: i64,
    /// Items that are vague.
    pub vague: i64,
    /// Id of the quotation that was made from it last.
    pub quotation_id: Option<String>,
    /// Id of the order that was made from it last.
    pub order_id: Option<String>,
}

impl From<InquiryState> for InquiryStateJson {
    fn from(state: InquiryState) -> Self {
        InquiryStateJson {
            id: state.id.to_string(),
            number: state.number,
            version: state.version,
            status: state.status.into(),
            missing: state.missing,
            vague: state.vague,
            quotation_id: state.quotation_id.map(|id| id.to_string()),
            order_id: state.order_id.map(|id| id.to_string()),
        }
    }
}

/// An inquiry: the raw words with what is vague in them, the checklist, the answer that was promised, and everything that may be done with it.
#[utoipa::path(get, path = "/inquiries/{id}", tag = "inquiries", operation_id = "get_inquiry",
    params(("id" = String, Path, description = "Id or number of the inquiry")),
    responses((status = 200, body = InquiryJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<InquiryJson>, Error> {
    by.may(Act::ViewInquiry)?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(inquiry) = reader.get::<Inquiry>(company, id)? else { return Ok(None) };
        let customer = inquiry.customer_id.map_or(Ok(None), |customer| reader.get::<domain::Customer>(company, customer))?;
        let quotation = inquiry.quotation_id.map_or(Ok(None), |one| reader.get::<domain::Quotation>(company, one))?;
        let order = inquiry.order_id.map_or(Ok(None), |one| reader.get::<domain::Order>(company, one))?;
        let clocks = store::query::clock::of_subjects(reader, company, &[id.raw()])?.remove(&id.raw()).unwrap_or_default();
        let attachments = query::attachments(reader, company, id)?;
        let of = event::Filter { subject_kinds: vec!["inquiry".to_owned()], subject_id: Some(id.raw()), ..event::Filter::default() };
        let latest = store::query::list::Page { sort: event::SORTS[0], descending: true, after: None, limit: 200 };
        let events = event::list(reader, company, &of, &latest)?.rows;
        let settings = reader.get::<domain::Company>(company, company)?;
        let names = names(reader, company)?;
        Ok(Some(Page { inquiry, customer, quotation, order, clocks, attachments, settings, events, names }))
    });
    let page = found.await?.ok_or_else(|| Error::not_found("inquiry"))?;
    Ok(Tagged(page.inquiry.version.raw(), InquiryJson::of(&page, &by)))
}

/// Takes an inquiry.
#[utoipa::path(post, path = "/inquiries", tag = "inquiries", operation_id = "create_inquiry", request_body = InquiryInputJson,
    responses((status = 201, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn create(State(web): State<Web>, by: By, body: Body<InquiryInputJson>) -> Result<Created<InquiryStateJson>, Error> {
    by.may(Act::CreateInquiry)?;
    let sent = body.input.read()?;
    let state = web.app.command(&by, body.replay, move |work, by| inquiry::create::create(work, by, &sent)).await?;
    Ok(Created { location: format!("/api/v1/inquiries/{}", state.id), version: state.version, body: state.into() })
}

/// How the checklist of an inquiry stands while it is typed, and which of the raw words are vague. Nothing is kept.
#[utoipa::path(post, path = "/inquiries/check", tag = "inquiries", operation_id = "check_inquiry", request_body = InquiryInputJson,
    responses((status = 200, body = CheckJson), (status = "default", body = Problem)))]
async fn check(State(web): State<Web>, by: By, body: Body<InquiryInputJson>) -> Result<Json<CheckJson>, Error> {
    by.may(Act::CreateInquiry)?;
    let sent = body.input.read()?;
    let (actor, now) = (by.actor.clone(), web.now());
    let checked = web.app.store.read(move |reader| draft::checked(reader, &actor, &sent, now));
    Ok(Json(checked.await?))
}

/// What a step answers with.
type Stepped = Result<Tagged<InquiryStateJson>, Error>;

async fn run<F>(web: &Web, by: &By, replay: Option<app::Replay>, act: F) -> Stepped
where
    F: Fn(&mut UnitOfWork, &domain::Actor) -> Outcome<InquiryState> + Send + 'static,
{
    let state = web.app.command(by, replay, act).await?;
    Ok(Tagged(state.version, state.into()))
}

/// Replaces the content of an inquiry.
#[utoipa::path(put, path = "/inquiries/{id}", tag = "inquiries", operation_id = "edit_inquiry", request_body = InquiryInputJson,
    params(("id" = String, Path, description = "Id or number of the inquiry")),
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn edit(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Matching(version): Matching,
    body: Body<InquiryInputJson>,
) -> Stepped {
    by.may(Act::CreateInquiry)?;
    let id = which(&web, &by, &id).await?;
    let sent = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| inquiry::edit::edit(work, by, id, Some(version), &sent)).await
}

/// Says that nothing required is missing or vague.
#[utoipa::path(post, path = "/inquiries/{id}/clarify", tag = "inquiries", operation_id = "inquiry_clarify",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = Empty,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn clarify(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    run(&web, &by, body.replay, move |work, by| inquiry::clarify::clarify(work, by, id, version)).await
}

/// Promises the customer an answer by a time; a clock runs on it.
#[utoipa::path(post, path = "/inquiries/{id}/promise", tag = "inquiries", operation_id = "inquiry_promise",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = PromisedJson,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn promise(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<PromisedJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let (answer_by, note) = body.input.read()?;
    run(&web, &by, body.replay, move |work, by| inquiry::promise::promise(work, by, id, version, answer_by, &note)).await
}

/// Records what the customer was answered; the clock of the promise ends.
#[utoipa::path(post, path = "/inquiries/{id}/answer", tag = "inquiries", operation_id = "inquiry_answer",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = AnsweredJson,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn answer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<AnsweredJson>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let answer = body.input.answer;
    run(&web, &by, body.replay, move |work, by| inquiry::answer::answer(work, by, id, version, &answer)).await
}

/// Makes a draft of a quotation of what can be read in the raw words.
#[utoipa::path(post, path = "/inquiries/{id}/quote", tag = "inquiries", operation_id = "inquiry_quote",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = Empty,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn quote(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Stepped {
    by.may(Act::CreateInquiry)?;
    let id = which(&web, &by, &id).await?;
    let input = draft::drafted(&web, &by, id).await?;
    run(&web, &by, body.replay, move |work, by| inquiry::quote::quote(work, by, id, version, &input)).await
}

/// Makes a draft of an order of what can be read in the raw words, or lets a draft that was entered name the inquiry.
#[utoipa::path(post, path = "/inquiries/{id}/order", tag = "inquiries", operation_id = "inquiry_order",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = OrderedJson,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn order(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<OrderedJson>,
) -> Stepped {
    by.may(Act::CreateInquiry)?;
    let id = which(&web, &by, &id).await?;
    let from = match body.input.order_id()? {
        Some(order) => inquiry::order::OrderFrom::Entered(order),
        None => inquiry::order::OrderFrom::Made(Box::new(draft::drafted(&web, &by, id).await?)),
    };
    run(&web, &by, body.replay, move |work, by| inquiry::order::order(work, by, id, version, &from)).await
}

/// Ends an inquiry of which nothing comes.
#[utoipa::path(post, path = "/inquiries/{id}/drop", tag = "inquiries", operation_id = "inquiry_drop",
    params(("id" = String, Path, description = "Id or number of the inquiry")), request_body = Because,
    responses((status = 200, body = InquiryStateJson), (status = "default", body = Problem)))]
async fn drop_it(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let reason = body.input.reason;
    run(&web, &by, body.replay, move |work, by| inquiry::drop::drop(work, by, id, version, &reason)).await
}
