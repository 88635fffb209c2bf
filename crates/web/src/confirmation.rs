//! Confirmations of orders over HTTP: what was sent to the customer and what became of it, sending, and the signed paper that came back.

mod json;
pub(crate) mod signing;

use app::order::confirmation::{Content, SLIP_CALENDAR};
use app::order::record_signed_copy::{SignedCopy, record_signed_copy};
use app::order::send_confirmation::{Sending, send_confirmation};
use axum::Json;
use axum::extract::{Path, State};
use domain::{
    Act, AttachmentId, Calendar, CompanyId, ConfirmationRejection, ConfirmationWay, CopyCheck, DocumentKind, FieldRule, Language,
    LinkPurpose, Order, OrderId, SlipRule, Version, WorkCalendar,
};
use serde::{Deserialize, Serialize};
use store::query::attachment;
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::link;
use crate::order::state::OrderStateJson;
use crate::order::step::{Stepped, run};
use crate::order::{today, which};
use crate::state::Web;
use crate::value::{ConfirmationWayCode, CopyCheckCode, LanguageCode};
use crate::version::{MaybeMatching, Tagged};
use json::OrderConfirmations;
pub(crate) use json::{DocumentJson, LinkJson, SignedJson, SlipJson, address};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(send)).routes(routes!(record)).merge(signing::routes())
}

/// The calendar by which these orders slip.
///
/// # Errors
/// Any fault of the database.
pub(crate) fn calendar<'a>(
    reader: &Reader<'_>,
    company: CompanyId,
    orders: impl IntoIterator<Item = &'a Order>,
) -> Result<WorkCalendar, Fault> {
    if !orders.into_iter().any(|order| order.slip == SlipRule::Working && order.slips_from_on.is_some()) {
        return Ok(WorkCalendar::always());
    }
    let office = reader.get::<Calendar>(company, SLIP_CALENDAR.to_owned())?;
    Ok(office.map_or_else(WorkCalendar::always, |calendar| calendar.hours()))
}

/// Lists the confirmations of an order, with what is needed to send another.
#[utoipa::path(get, path = "/orders/{id}/confirmations", tag = "confirmations", operation_id = "list_confirmations",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = OrderConfirmations), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<OrderConfirmations>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let today = today(&web, &by).await?;
    let (actor, now) = (by.actor.clone(), web.now());
    let found = web.app.store.read(move |reader| OrderConfirmations::read(reader, &actor, id, (today, now))).await?;
    Ok(Json(found.ok_or_else(|| Error::not_found("order"))?))
}

/// How a confirmation is to go.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ConfirmationInput)]
#[serde(deny_unknown_fields, default)]
pub struct SendJson {
    /// How; `link` where left out.
    pub way: ConfirmationWayCode,
    /// E-mail address or fax number.
    pub to: String,
    /// Of the document and the page; the customer's where left out.
    pub language: Option<LanguageCode>,
    /// A PDF of the company's own, uploaded before to `/attachments`, which is what the customer reads and signs; where left out one is made from the
    /// order by the company's template.
    pub attachment_id: Option<String>,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConfirmationSent)]
pub struct SentJson {
    /// The order's new state.
    #[serde(flatten)]
    pub order: OrderStateJson,
    /// Where the customer signs, under the address of the interface; `null` for paper, and where the request was answered before.
    pub link_path: Option<String>,
}

/// Sends the confirmation of an order to its customer: by e-mail with a link, by a link to hand over, or on paper.
#[utoipa::path(post, path = "/orders/{id}/send-confirmation", tag = "confirmations", operation_id = "order_send_confirmation",
    summary = "Send the confirmation", params(("id" = String, Path, description = "Id or number of the order")), request_body = SendJson,
    responses((status = 200, body = SentJson), (status = "default", body = Problem)))]
async fn send(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<SendJson>,
) -> Result<Tagged<SentJson>, Error> {
    by.may(Act::SendConfirmation)?;
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let way = fields.code_or("/way", &input.way, ConfirmationWay::Link);
    let language = input.language.as_ref().map(|language| fields.code::<Language>("/language", language));
    fields.done()?;
    let today = today(&web, &by).await?;
    let language = match language {
        Some(language) => language,
        None => json::language_of(&web, &by, id).await?,
    };
    let (document, made_of) = document(&web, &by, id, language, input.attachment_id.as_deref()).await?;
    let token = link::token(&web, by.company_id);
    let path = format!("{}{}", LinkPurpose::SignConfirmation.path(), token.secret);
    let hash = token.hash.clone();
    let sending = Sending { way, to: input.to, language, document, made_of, token };
    let sent = web.app.command(&by, replay, move |work, by| send_confirmation(work, by, id, version, &sending)).await?;
    // The secret of a request that was answered before is not known any more.
    let link_path = sent.token_hash.filter(|kept| *kept == hash).map(|_| path);
    Ok(Tagged(sent.order.version, SentJson { order: OrderStateJson::of(&sent.order, today), link_path }))
}

/// The document to send: one of the company's own where it was uploaded, else set from the order as it is now, whose version comes with it.
async fn document(
    web: &Web,
    by: &By,
    order: OrderId,
    language: Language,
    uploaded: Option<&str>,
) -> Result<(Content, Option<Version>), Error> {
    let Some(reference) = uploaded.map(str::trim).filter(|id| !id.is_empty()) else {
        let company = by.company_id;
        let found = web.app.store.read(move |reader| reader.get::<Order>(company, order)).await?;
        let found = found.ok_or_else(|| Error::not_found("order"))?;
        let subject = crate::document::Subject::Order(order);
        let set = crate::document::set(web, by, subject, DocumentKind::OrderConfirmation, Some(language)).await?;
        let filename = format!("{}.pdf", found.number);
        return Ok((Content { filename, mime: PDF, sha256: set.sha256, bytes: set.bytes }, Some(found.version)));
    };
    let unknown = || domain::Refusal::field("/attachment_id", FieldRule::Unknown { value: reference.to_owned() });
    let id: AttachmentId = reference.parse().map_err(|_| unknown())?;
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let Some(file) = attachment::one(reader, company, id)? else { return Ok(None) };
        Ok(attachment::content(reader, company, &file.sha256)?.map(|bytes| (file, bytes)))
    });
    let (file, bytes) = read.await?.ok_or_else(unknown)?;
    crate::attachment::may_see(by, &file)?;
    if file.order_id.is_some_and(|other| other != order) {
        return Err(domain::Refusal::field("/attachment_id", domain::EvidenceRejection::FileElsewhere).into());
    }
    if file.mime != PDF {
        return Err(domain::Refusal::field("/attachment_id", ConfirmationRejection::NotAPdf).into());
    }
    Ok((Content { filename: file.filename, mime: PDF, sha256: file.sha256, bytes: bytes.into() }, None))
}

const PDF: &str = "application/pdf";

/// A signed paper that came back.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = SignedCopyInput)]
#[serde(deny_unknown_fields, default)]
pub struct CopyJson {
    /// The scan or photo, uploaded before to `/attachments`.
    pub attachment_id: String,
    /// Name of who signed.
    pub signer: String,
    /// Each item of the check, answered.
    pub checks: Vec<CheckedJson>,
    /// Why it is sent back, where an item is not right.
    pub reason: String,
}

/// An item of the check of a signed paper.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = SignedCopyChecked)]
#[serde(deny_unknown_fields, default)]
pub struct CheckedJson {
    /// Which.
    pub code: CopyCheckCode,
    /// Whether it is right.
    pub right: bool,
}

/// Records the signed paper, checked item by item. Where an item is not right, the customer is asked again and nothing is signed.
#[utoipa::path(post, path = "/orders/{id}/record-signed-copy", tag = "confirmations", operation_id = "order_record_signed_copy",
    summary = "Record the signed copy", params(("id" = String, Path, description = "Id or number of the order")), request_body = CopyJson,
    responses((status = 200, body = OrderStateJson), (status = "default", body = Problem)))]
async fn record(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<CopyJson>,
) -> Stepped {
    by.may(Act::RecordSignedCopy)?;
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let mut checks = Vec::with_capacity(input.checks.len());
    for (place, checked) in input.checks.iter().enumerate() {
        checks.push((fields.code::<CopyCheck>(&format!("/checks/{place}/code"), &checked.code), checked.right));
    }
    let file: AttachmentId = fields.id("/attachment_id", &input.attachment_id);
    fields.done()?;
    let token = link::token(&web, by.company_id);
    let copy = SignedCopy { file, signer: input.signer, checks, reason: input.reason, token };
    run(&web, &by, replay, move |work, by| record_signed_copy(work, by, id, version, &copy)).await
}
