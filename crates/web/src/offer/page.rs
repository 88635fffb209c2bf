//! The customer's side of a quotation: opened, read, asked about, accepted or declined by a link, without an account. What is sent carries the link's
//! token and nothing else: no cookie is read, so that nobody else's page can make a browser accept.

use app::link::open::open;
use app::offer::accept::{Accepting, accept};
use app::offer::ask::ask;
use app::offer::decline::{Declining, decline};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{
    Company, ConfirmationRejection, Instant, Language, LinkPurpose, Offer, OfferId, Quotation, QuotationLine, QuotationReason, Refusal,
    SIGNATURE_MAX, SignatureWay, name_of,
};
use serde::{Deserialize, Serialize};
use store::query::{attachment, offer as query, quotation};
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Body, Empty};
use crate::confirmation::signing::{LineJson, ReceiptJson, SignJson, picture, shown_in_place};
use crate::context::Context;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::link::{Held, answers, held};
use crate::order::charge::ChargeJson;
use crate::state::Web;
use crate::value::{Coded, LanguageCode, MoneyJson, OfferStatusCode, QuantityJson, QuotationReasonCode};

/// The addresses of this side.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(open_page))
        .routes(routes!(document))
        .routes(routes!(accept_page))
        .routes(routes!(decline_page))
        .routes(routes!(ask_page))
}

/// What a customer may say when declining: what the company itself would not say of it is left out.
const REASONS: &[QuotationReason] = &[
    QuotationReason::Price,
    QuotationReason::LeadTime,
    QuotationReason::Quality,
    QuotationReason::Terms,
    QuotationReason::Service,
    QuotationReason::Competitor,
    QuotationReason::NoNeed,
    QuotationReason::Other,
];

/// That a quotation was declined, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OfferDeclined)]
pub struct DeclinedJson {
    /// When.
    pub at: String,
    /// Who.
    pub signer: String,
    /// Why, for people.
    pub reason_name: String,
    /// Why, in the customer's words.
    pub remark: String,
}

/// What the customer reads, accepts or declines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OfferPage)]
pub struct PageJson {
    /// Who sells.
    pub company: String,
    /// Who may buy.
    pub customer: String,
    /// Who is written to.
    pub contact_name: String,
    /// Number of the quotation.
    pub number: String,
    /// Which version of it, from 1.
    pub revision: i64,
    /// What became of it.
    pub status: OfferStatusCode,
    /// Whether it may be answered now.
    pub open: bool,
    /// Why not, for people.
    pub refusal: Option<String>,
    /// The customer's language.
    pub language: LanguageCode,
    /// Day of the quotation.
    pub quoted_on: String,
    /// Last day on which it may be accepted.
    pub valid_until: String,
    /// Days left until then; below zero: it is over.
    pub days_left: i64,
    /// Days from order to delivery; 0: nothing is promised.
    pub lead_days: i64,
    /// How it would be paid, for people.
    pub settlement_name: String,
    /// Delivery terms, in words.
    pub delivery_terms: String,
    /// Packing.
    pub packing: String,
    /// Further terms, in words.
    pub terms: String,
    /// Who would take the goods.
    pub receiver: String,
    /// Where the goods would go.
    pub delivery_address: String,
    /// The lines.
    pub lines: Vec<LineJson>,
    /// Sum of the lines as priced.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// Discount on the whole.
    pub discount: MoneyJson,
    /// Further charges and allowances.
    pub charges: Vec<ChargeJson>,
    /// Tax.
    pub tax: MoneyJson,
    /// What would be paid.
    pub payable: MoneyJson,
    /// Payable in capital characters.
    pub payable_capital: Option<String>,
    /// Of it, in advance.
    pub deposit: MoneyJson,
    /// Name of the document.
    pub document_name: String,
    /// Hex SHA-256 of the document.
    pub document_sha256: String,
    /// The acceptance.
    pub receipt: Option<ReceiptJson>,
    /// That it was declined.
    pub declined: Option<DeclinedJson>,
    /// What the customer asked last.
    pub question: String,
    /// When.
    pub asked_at: Option<String>,
    /// Why it may be declined.
    pub reasons: Vec<Coded>,
    /// When the link is over.
    pub expires_at: String,
}

struct Shown {
    company: Company,
    quotation: Quotation,
    lines: Vec<QuotationLine>,
    offer: Offer,
    document_name: String,
}

fn read(reader: &Reader<'_>, company: domain::CompanyId, id: OfferId) -> Result<Option<Shown>, Fault> {
    let Some(seller) = reader.get::<Company>(company, company)? else { return Ok(None) };
    let Some(offer) = query::one(reader, company, id)? else { return Ok(None) };
    let Some(quotation) = reader.get::<Quotation>(company, offer.quotation_id)? else { return Ok(None) };
    let lines = quotation::lines(reader, company, quotation.id)?;
    let document = attachment::one(reader, company, offer.document_id)?;
    let document_name = document.map(|file| file.filename).unwrap_or_default();
    Ok(Some(Shown { company: seller, quotation, lines, offer, document_name }))
}

fn receipt(offer: &Offer, language: Language) -> (Option<ReceiptJson>, Option<DeclinedJson>) {
    let receipt = offer.answered_at.zip(offer.signed_way).map(|(at, way)| ReceiptJson {
        at: at.to_string(),
        signer: offer.signer.clone(),
        way_name: name_of(language, way),
        sha256: offer.signature_sha256.clone(),
    });
    let declined = offer.answered_at.zip(offer.reason).map(|(at, reason)| DeclinedJson {
        at: at.to_string(),
        signer: offer.signer.clone(),
        reason_name: name_of(language, reason),
        remark: offer.remark.clone(),
    });
    (receipt, declined)
}

impl PageJson {
    fn of(shown: Shown, held: &Held, language: Language, now: Instant) -> Self {
        let Shown { company, quotation: one, lines, offer, document_name } = shown;
        let today = company.date_of(now);
        let money = |amount| MoneyJson::of(amount, one.currency);
        let line = |line: &QuotationLine| LineJson {
            line_no: line.line_no,
            name: line.name.clone(),
            spec: line.spec.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            unit_price: MoneyJson::price(line.unit_price_micro, one.currency),
            gross: money(line.gross_minor),
        };
        let (receipt, declined) = receipt(&offer, language);
        let closed = offer.check_open(&one, today).map_err(Refusal::from);
        PageJson {
            company: company.name,
            customer: one.customer_name.clone(),
            contact_name: one.contact_name.clone(),
            number: one.number.clone(),
            revision: one.revision,
            status: offer.status_on(&one, today).into(),
            open: closed.is_ok(),
            refusal: closed.err().filter(|_| receipt.is_none() && declined.is_none()).map(|refusal| refusal.message(language)),
            language: held.link.language.into(),
            quoted_on: one.quoted_on.to_string(),
            valid_until: one.valid_until.to_string(),
            days_left: today.days_until(one.valid_until),
            lead_days: one.lead_days,
            settlement_name: name_of(language, one.settlement),
            delivery_terms: one.delivery_terms.clone(),
            packing: one.packing.clone(),
            terms: one.terms.clone(),
            receiver: one.receiver.clone(),
            delivery_address: one.delivery_address.clone(),
            lines: lines.iter().map(line).collect(),
            goods: money(one.goods_minor),
            freight: money(one.freight_minor),
            discount: money(one.discount_minor),
            charges: ChargeJson::all(&one.charges, one.currency, language),
            tax: money(one.tax_minor),
            payable: money(one.payable_minor),
            payable_capital: domain::capital(one.payable_minor, one.currency),
            deposit: money(one.deposit_minor),
            document_name,
            document_sha256: offer.document_sha256,
            receipt,
            declined,
            question: offer.question,
            asked_at: offer.asked_at.map(|at| at.to_string()),
            reasons: REASONS.iter().map(|reason| Coded::of(*reason, language)).collect(),
            expires_at: held.link.expires_at.to_string(),
        }
    }
}

async fn shown(web: &Web, held: &Held) -> Result<Shown, Error> {
    let (company, id) = (held.company, OfferId::from_raw(held.link.subject_id));
    let shown = web.app.store.read(move |reader| read(reader, company, id)).await?;
    shown.ok_or_else(|| Error::not_found("offer"))
}

async fn page(web: &Web, context: &Context, held: &Held) -> Result<Json<PageJson>, Error> {
    let language = context.accepted().unwrap_or(held.link.language);
    Ok(Json(PageJson::of(shown(web, held).await?, held, language, web.now())))
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
    let read = web.app.store.read(move |reader| {
        let Some(offer) = query::one(reader, company, id)? else { return Ok(None) };
        let name = attachment::one(reader, company, offer.document_id)?.map(|file| file.filename);
        Ok(attachment::content(reader, company, &offer.document_sha256)?.map(|bytes| (name.unwrap_or_default(), bytes)))
    });
    let (name, bytes) = read.await?.ok_or_else(|| Error::not_found("attachment"))?;
    shown_in_place(&name, bytes)
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
    let mut fields = Fields::new();
    let way = fields.code_or("/way", &input.way, SignatureWay::Drawn);
    let signature = picture(&input.signature);
    if signature.is_none() {
        let max_kib = i64::try_from(SIGNATURE_MAX / 1024).unwrap_or(i64::MAX);
        fields.wrong("/signature", ConfirmationRejection::NotASignature { max_kib });
    }
    fields.done()?;
    let Some(signature) = signature else { return Err(Error::internal("a picture that was not there was taken")) };
    let (actor, id) = (held.actor(input.signer.trim(), &context), held.link.id);
    let SignJson { signer, consent, document_sha256, .. } = input;
    let accepting = Accepting { signer, way, consent, document_sha256, signature };
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
    let mut fields = Fields::new();
    let reason = fields.code("/reason", &input.reason);
    fields.done()?;
    let (actor, id) = (held.actor(input.signer.trim(), &context), held.link.id);
    let DeclineJson { note, signer, .. } = input;
    let declining = Declining { reason, note, signer };
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
    let (actor, id) = (customer(&web, &held, &context).await?, held.link.id);
    let Body { input, replay } = body;
    web.app.command(&actor, replay, move |work, by| ask(work, by, id, &input.text)).await?;
    page(&web, &context, &held).await
}
