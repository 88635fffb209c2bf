//! Quotations that customers are sent, over HTTP: what was sent and what became of it, and sending.

mod json;
pub(crate) mod page;
pub(crate) mod shown;

use app::offer::send::{Sending, send};
use app::order::confirmation::Content;
use axum::Json;
use axum::extract::{Path, State};
use domain::{Act, Customer, DocumentKind, Language, LinkPurpose, OfferWay, Quotation, QuotationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::link;
use crate::order::today;
use crate::quotation::{QuotationStateJson, which};
use crate::state::Web;
use crate::value::{LanguageCode, OfferWayCode};
use crate::version::{MaybeMatching, Tagged};
use json::QuotationOffers;

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(offer)).merge(page::routes())
}

const PDF: &str = "application/pdf";

/// Lists what the customer was sent of a version of a quotation, with what is needed to send it again.
#[utoipa::path(get, path = "/quotations/{id}/offers", tag = "quotations", operation_id = "list_quotation_offers",
    params(("id" = String, Path, description = "Id of a version, or number of the quotation: then its latest version")),
    responses((status = 200, body = QuotationOffers), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<QuotationOffers>, Error> {
    by.may(Act::ViewQuotation)?;
    let id = which(&web, &by, &id).await?;
    let today = today(&web, &by).await?;
    let (actor, now) = (by.actor.clone(), web.now());
    let found = web.app.store.read(move |reader| QuotationOffers::read(reader, &actor, id, (today, now))).await?;
    Ok(Json(found.ok_or_else(|| Error::not_found("quotation"))?))
}

/// How a quotation is to go to its customer.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = OfferInput)]
#[serde(deny_unknown_fields, default)]
pub struct OfferJson {
    /// How; `link` where left out.
    pub way: OfferWayCode,
    /// E-mail address.
    pub to: String,
    /// Of the document and the page; the customer's where left out.
    pub language: Option<LanguageCode>,
}

/// What was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OfferSent)]
pub struct SentJson {
    /// The quotation's new state.
    #[serde(flatten)]
    pub quotation: QuotationStateJson,
    /// Where the customer answers, under the address of the interface; `null` where the request was answered before.
    pub link_path: Option<String>,
}

/// Sends a quotation to its customer: by e-mail with a link to its PDF and an answer, or by such a link to hand over.
#[utoipa::path(post, path = "/quotations/{id}/offer", tag = "quotations", operation_id = "quotation_offer", summary = "Send to the customer",
    params(("id" = String, Path, description = "Id or number of the quotation")), request_body = OfferJson,
    responses((status = 200, body = SentJson), (status = "default", body = Problem)))]
async fn offer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<OfferJson>,
) -> Result<Tagged<SentJson>, Error> {
    by.may(Act::CreateQuotation)?;
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let way = fields.code_or("/way", &input.way, OfferWay::Link);
    let language = input.language.as_ref().map(|language| fields.code::<Language>("/language", language));
    fields.done()?;
    let (quotation, spoken) = quotation(&web, &by, id).await?;
    let language = language.unwrap_or(spoken);
    let subject = crate::document::Subject::Quotation(id);
    let set = crate::document::set(&web, &by, subject, DocumentKind::Quotation, Some(language)).await?;
    let filename = format!("{}-{}.pdf", quotation.number, quotation.revision);
    let document = Content { filename, mime: PDF, sha256: set.sha256, bytes: set.bytes };
    let token = link::token(&web, by.company_id);
    let (hash, path) = (token.hash.clone(), format!("{}{}", LinkPurpose::AnswerQuotation.path(), token.secret));
    let sending = Sending { way, to: input.to, language, document, made_of: quotation.version, token };
    let sent = web.app.command(&by, replay, move |work, by| send(work, by, id, version, &sending)).await?;
    // The secret of a request that was answered before is not known any more.
    let link_path = (sent.token_hash == hash).then_some(path);
    Ok(Tagged(sent.quotation.version, SentJson { quotation: sent.quotation.into(), link_path }))
}

/// The quotation as it is now, whose version its document is made of, and the language of its customer.
async fn quotation(web: &Web, by: &By, id: QuotationId) -> Result<(Quotation, Language), Error> {
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let Some(quotation) = reader.get::<Quotation>(company, id)? else { return Ok(None) };
        let customer = reader.get::<Customer>(company, quotation.customer_id)?;
        Ok(Some((quotation, customer.map_or(Language::ZhCn, |customer| customer.language))))
    });
    read.await?.ok_or_else(|| Error::not_found("quotation"))
}
