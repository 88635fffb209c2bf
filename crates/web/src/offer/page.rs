//! The customer's side of a quotation: opened, read, asked about, accepted or declined by a link, without an account. What is sent carries the link's
//! token and nothing else: no cookie is read, so that nobody else's page can make a browser accept.

use app::link::open::open;
use app::offer::Access;
use app::offer::accept::{Accepting, accept};
use app::offer::ask::ask;
use app::offer::decline::{Declining, decline};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{CompanyId, ConfirmationRejection, LinkPurpose, OfferId, SIGNATURE_MAX, SignatureWay};
use serde::Deserialize;
use store::query::{attachment, offer as query};
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shown::{PageJson, Shown, read};
use crate::body::{Body, Empty};
use crate::confirmation::signing::{SignJson, picture, shown_in_place};
use crate::context::Context;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::link::{Held, answers, held};
use crate::state::Web;
use crate::value::QuotationReasonCode;

/// The addresses of this side.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(open_page))
        .routes(routes!(document))
        .routes(routes!(accept_page))
        .routes(routes!(decline_page))
        .routes(routes!(ask_page))
}

async fn shown(web: &Web, held: &Held) -> Result<Shown, Error> {
    let (company, id) = (held.company, OfferId::from_raw(held.link.subject_id));
    let shown = web.app.store.read(move |reader| read(reader, company, id)).await?;
    shown.ok_or_else(|| Error::not_found("offer"))
}

async fn page(web: &Web, context: &Context, held: &Held) -> Result<Json<PageJson>, Error> {
    let language = context.accepted().unwrap_or(held.link.language);
    Ok(Json(PageJson::of(shown(web, held).await?, Some(held.link.expires_at), language, web.now())))
}

/// Who acts by the link, by the name of the customer.
async fn customer(web: &Web, held: &Held, context: &Context) -> Result<domain::Actor, Error> {
    Ok(held.actor(&shown(web, held).await?.quotation.customer_name, context))
}

/// Opens the quotation that a link shows; the first time is kept as the proof that it was received.
#[utoipa::path(post, path = "/public/offer/{token}/open", tag = "quotations", operation_id = "open_offer", security(()), request_body = Empty,
    responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn open_page(State(web): State<Web>, context: Context, Path(token): Path<String>, _: Body<Empty>) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::AnswerQuotation).await?;
    let (actor, id, agent) = (customer(&web, &held, &context).await?, held.link.id, context.agent().to_owned());
    web.app.command(&actor, None, move |work, by| open(work, by, id, &agent)).await?;
    page(&web, &context, &held).await
}

/// The quotation that the customer was sent.
#[utoipa::path(get, path = "/public/offer/{token}/document", tag = "quotations", operation_id = "offer_document", security(()),
    responses((status = 200, content_type = "application/pdf", body = [u8]), (status = "default", body = Problem)))]
async fn document(State(web): State<Web>, context: Context, Path(token): Path<String>) -> Result<Response, Error> {
    let held = held(&web, &context, &token, LinkPurpose::AnswerQuotation).await?;
    let (company, id) = (held.company, OfferId::from_raw(held.link.subject_id));
    let (name, bytes) =
        web.app.store.read(move |reader| content(reader, company, id)).await?.ok_or_else(|| Error::not_found("attachment"))?;
    shown_in_place(&name, bytes)
}

/// The document that was sent, and its name.
///
/// # Errors
/// Any fault of the database.
pub(crate) fn content(reader: &Reader<'_>, company: CompanyId, id: OfferId) -> Result<Option<(String, Vec<u8>)>, Fault> {
    let Some(offer) = query::one(reader, company, id)? else { return Ok(None) };
    let name = attachment::one(reader, company, offer.document_id)?.map(|file| file.filename);
    Ok(attachment::content(reader, company, &offer.document_sha256)?.map(|bytes| (name.unwrap_or_default(), bytes)))
}

/// An acceptance as the use case takes it.
///
/// # Errors
/// 422 at `/way` and `/signature`.
pub(crate) fn accepting(input: SignJson) -> Result<Accepting, Error> {
    let mut fields = Fields::new();
    let way = fields.code_or("/way", &input.way, SignatureWay::Drawn);
    let signature = picture(&input.signature);
    if signature.is_none() {
        let max_kib = i64::try_from(SIGNATURE_MAX / 1024).unwrap_or(i64::MAX);
        fields.wrong("/signature", ConfirmationRejection::NotASignature { max_kib });
    }
    fields.done()?;
    let Some(signature) = signature else { return Err(Error::internal("a picture that was not there was taken")) };
    let SignJson { signer, consent, document_sha256, .. } = input;
    Ok(Accepting { signer, way, consent, document_sha256, signature })
}

/// The customer accepts; the quotation is won in the same transaction.
#[utoipa::path(post, path = "/public/offer/{token}/accept", tag = "quotations", operation_id = "accept_offer", security(()), request_body = SignJson,
    responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn accept_page(
    State(web): State<Web>,
    context: Context,
    Path(token): Path<String>,
    body: Body<SignJson>,
) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::AnswerQuotation).await?;
    answers(&web, &context, &held)?;
    let Body { input, replay } = body;
    let (actor, id) = (held.actor(input.signer.trim(), &context), Access::Link(held.link.id));
    let accepting = accepting(input)?;
    web.app.command(&actor, replay, move |work, by| accept(work, by, id, &accepting)).await?;
    page(&web, &context, &held).await
}

/// Why a quotation is declined.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = OfferDecline)]
#[serde(deny_unknown_fields, default)]
pub struct DeclineJson {
    /// Why.
    pub reason: QuotationReasonCode,
    /// In words; needed where the reason is `other`.
    pub note: String,
    /// Name of who declines.
    pub signer: String,
}

impl DeclineJson {
    /// As the use case takes it.
    ///
    /// # Errors
    /// 422 at `/reason`.
    pub(crate) fn read(self) -> Result<Declining, Error> {
        let mut fields = Fields::new();
        let reason = fields.code("/reason", &self.reason);
        fields.done()?;
        Ok(Declining { reason, note: self.note, signer: self.signer })
    }
}

/// The customer declines; the quotation is lost in the same transaction.
#[utoipa::path(post, path = "/public/offer/{token}/decline", tag = "quotations", operation_id = "decline_offer", security(()),
    request_body = DeclineJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn decline_page(
    State(web): State<Web>,
    context: Context,
    Path(token): Path<String>,
    body: Body<DeclineJson>,
) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::AnswerQuotation).await?;
    answers(&web, &context, &held)?;
    let Body { input, replay } = body;
    let (actor, id) = (held.actor(input.signer.trim(), &context), Access::Link(held.link.id));
    let declining = input.read()?;
    web.app.command(&actor, replay, move |work, by| decline(work, by, id, &declining)).await?;
    page(&web, &context, &held).await
}

/// A question about a quotation.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = OfferQuestion)]
#[serde(deny_unknown_fields, default)]
pub struct QuestionJson {
    /// What is asked.
    pub text: String,
}

/// The customer asks before answering; the question waits among the messages with the customer.
#[utoipa::path(post, path = "/public/offer/{token}/ask", tag = "quotations", operation_id = "ask_about_offer", security(()),
    request_body = QuestionJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn ask_page(
    State(web): State<Web>,
    context: Context,
    Path(token): Path<String>,
    body: Body<QuestionJson>,
) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::AnswerQuotation).await?;
    answers(&web, &context, &held)?;
    let (actor, id) = (customer(&web, &held, &context).await?, Access::Link(held.link.id));
    let Body { input, replay } = body;
    web.app.command(&actor, replay, move |work, by| ask(work, by, id, &input.text)).await?;
    page(&web, &context, &held).await
}
