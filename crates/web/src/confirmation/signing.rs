//! The customer's side of a confirmation: opened, read and signed by a link, without an account. What is sent carries the link's token and nothing
//! else: no cookie is read, so that nobody else's page can make a browser sign.

use app::link::open::open;
use app::order::confirmation::Content;
use app::order::sign::{self, Signing};
use axum::Json;
use axum::body::Body as HttpBody;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{
    Company, Confirmation, ConfirmationId, ConfirmationRejection, Date, Instant, Language, LinkPurpose, Order, OrderLine, Refusal,
    SIGNATURE_MAX, SignatureWay, Verb, name_of,
};
use serde::{Deserialize, Serialize};
use store::query::{attachment, confirmation as query};
use store::{Fault, Reader};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::json::{SlipJson, revision};
use super::{PDF, calendar};
use crate::body::{Body, Empty};
use crate::context::Context;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::link::{Held, answers, held};
use crate::order::charge::ChargeJson;
use crate::state::Web;
use crate::value::{ConfirmationStatusCode, LanguageCode, MoneyJson, QuantityJson, SignatureWayCode};
use crate::{file_type, secret};

/// The addresses of this side.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(open_page)).routes(routes!(document)).routes(routes!(sign_page)).routes(routes!(ask_correction))
}

/// A line of an order, as the customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SigningLine)]
pub struct LineJson {
    /// Number of the line, from 1.
    pub line_no: i64,
    /// Name of the product.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// How much.
    pub quantity: QuantityJson,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
}

/// What was signed, as the customer's receipt.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SigningReceipt)]
pub struct ReceiptJson {
    /// When.
    pub at: String,
    /// Who.
    pub signer: String,
    /// How, for people.
    pub way_name: String,
    /// Hex SHA-256 of the signature.
    pub sha256: String,
}

/// What the customer reads and signs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SigningPage)]
pub struct PageJson {
    /// Who sells.
    pub company: String,
    /// Who buys.
    pub customer: String,
    /// Number of the order.
    pub number: String,
    /// Which confirmation of the order, from 1.
    pub no: i64,
    /// What became of it.
    pub status: ConfirmationStatusCode,
    /// Whether the order was changed since: what it says now is in a later confirmation.
    pub changed_since: bool,
    /// Whether it may be signed now.
    pub open: bool,
    /// Why not, for people.
    pub refusal: Option<String>,
    /// The customer's language.
    pub language: LanguageCode,
    /// Day of the order.
    pub ordered_on: String,
    /// Day the customer asked for.
    pub required_on: Option<String>,
    /// Day that is promised; with what it slipped.
    pub promised_on: Option<String>,
    /// How the promised date stands.
    pub slip: Option<SlipJson>,
    /// Number of the customer's purchase order.
    pub customer_po: String,
    /// Who takes the goods.
    pub receiver: String,
    /// Where the goods go.
    pub delivery_address: String,
    /// The lines.
    pub lines: Vec<LineJson>,
    /// Sum of the lines as priced.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// Order discount.
    pub discount: MoneyJson,
    /// Further charges and allowances.
    pub charges: Vec<ChargeJson>,
    /// Tax.
    pub tax: MoneyJson,
    /// What is paid.
    pub payable: MoneyJson,
    /// Payable in capital characters.
    pub payable_capital: Option<String>,
    /// Of it, in advance.
    pub deposit: MoneyJson,
    /// Name of the document.
    pub document_name: String,
    /// Hex SHA-256 of the document.
    pub document_sha256: String,
    /// The signature.
    pub receipt: Option<ReceiptJson>,
    /// What the customer asked to be corrected, or what was wrong with the paper.
    pub remark: String,
    /// When the link is over.
    pub expires_at: String,
}

struct Shown {
    company: Company,
    order: Order,
    lines: Vec<OrderLine>,
    confirmation: Confirmation,
    document_name: String,
    slip: Option<SlipJson>,
    changed_since: bool,
}

fn read(reader: &Reader<'_>, company: domain::CompanyId, id: ConfirmationId, now: Instant) -> Result<Option<Shown>, Fault> {
    let Some(seller) = reader.get::<Company>(company, company)? else { return Ok(None) };
    let Some(confirmation) = query::one(reader, company, id)? else { return Ok(None) };
    let Some(order) = reader.get::<Order>(company, confirmation.order_id)? else { return Ok(None) };
    let lines = store::query::order::lines(reader, company, order.id)?;
    let document = attachment::one(reader, company, confirmation.document_id)?;
    let today: Date = seller.date_of(now);
    let slip = SlipJson::of(&order, today, &calendar(reader, company, [&order])?);
    let changed_since = confirmation.order_revision < revision(reader, company, order.id)?;
    let document_name = document.map(|file| file.filename).unwrap_or_default();
    Ok(Some(Shown { company: seller, order, lines, confirmation, document_name, slip, changed_since }))
}

impl PageJson {
    fn of(shown: Shown, held: &Held, language: Language) -> Self {
        let Shown { company, order, lines, confirmation, document_name, slip, changed_since } = shown;
        let money = |amount| MoneyJson::of(amount, order.currency);
        let closed = confirmation.check_open().map_err(Refusal::from);
        let closed = closed.and_then(|()| order.check_signature(Verb::Sign).map_err(Refusal::from));
        let line = |line: &OrderLine| LineJson {
            line_no: line.line_no,
            name: line.name.clone(),
            spec: line.spec.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            unit_price: MoneyJson::price(line.unit_price_micro, order.currency),
            gross: money(line.gross_minor),
        };
        let receipt = confirmation.signed_at.zip(confirmation.signed_way).map(|(at, way)| ReceiptJson {
            at: at.to_string(),
            signer: confirmation.signer.clone(),
            way_name: name_of(language, way),
            sha256: confirmation.signature_sha256.clone(),
        });
        let promised = order.promised_on.or(confirmation.promised_on).map(|day| day.to_string());
        PageJson {
            company: company.name,
            customer: order.customer_name.clone(),
            number: order.number.clone(),
            no: confirmation.no,
            status: confirmation.status.into(),
            changed_since,
            open: closed.is_ok(),
            refusal: closed.err().filter(|_| receipt.is_none()).map(|refusal| refusal.message(language)),
            language: held.link.language.into(),
            ordered_on: order.ordered_on.to_string(),
            required_on: order.required_on.map(|day| day.to_string()),
            promised_on: slip.as_ref().map(|slip| slip.current.clone()).or(promised),
            slip,
            customer_po: order.customer_po.clone(),
            receiver: order.receiver.clone(),
            delivery_address: order.delivery_address.clone(),
            lines: lines.iter().map(line).collect(),
            goods: money(order.goods_minor),
            freight: money(order.freight_minor),
            discount: money(order.discount_minor),
            charges: ChargeJson::all(&order.charges, order.currency, language),
            tax: money(order.tax_minor),
            payable: money(order.payable_minor),
            payable_capital: domain::capital(order.payable_minor, order.currency),
            deposit: money(order.deposit_minor),
            document_name,
            document_sha256: confirmation.document_sha256,
            receipt,
            remark: confirmation.remark,
            expires_at: held.link.expires_at.to_string(),
        }
    }
}

async fn page(web: &Web, context: &Context, held: &Held) -> Result<Json<PageJson>, Error> {
    let (company, id, now) = (held.company, ConfirmationId::from_raw(held.link.subject_id), web.now());
    let shown = web.app.store.read(move |reader| read(reader, company, id, now)).await?;
    let shown = shown.ok_or_else(|| Error::not_found("confirmation"))?;
    Ok(Json(PageJson::of(shown, held, context.accepted().unwrap_or(held.link.language))))
}

/// Opens the confirmation that a link shows; the first time is kept as the proof that it was received.
#[utoipa::path(post, path = "/public/sign/{token}/open", tag = "confirmations", operation_id = "open_signing", security(()), request_body = Empty,
    responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn open_page(State(web): State<Web>, context: Context, Path(token): Path<String>, _: Body<Empty>) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::SignConfirmation).await?;
    let (actor, id, agent) = (customer(&web, &held, &context).await?, held.link.id, context.agent().to_owned());
    web.app.command(&actor, None, move |work, by| open(work, by, id, &agent)).await?;
    page(&web, &context, &held).await
}

/// Who opens the link, by the name of the customer.
async fn customer(web: &Web, held: &Held, context: &Context) -> Result<domain::Actor, Error> {
    let (company, id) = (held.company, ConfirmationId::from_raw(held.link.subject_id));
    let read = web.app.store.read(move |reader| {
        let Some(confirmation) = query::one(reader, company, id)? else { return Ok(None) };
        reader.get::<Order>(company, confirmation.order_id)
    });
    let order = read.await?.ok_or_else(|| Error::not_found("confirmation"))?;
    Ok(held.actor(&order.customer_name, context))
}

/// Even a file that a browser shows in place runs nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox; frame-ancestors 'self'";

/// The document that the customer was sent.
#[utoipa::path(get, path = "/public/sign/{token}/document", tag = "confirmations", operation_id = "signing_document", security(()),
    responses((status = 200, content_type = "application/pdf", body = [u8]), (status = "default", body = Problem)))]
async fn document(State(web): State<Web>, context: Context, Path(token): Path<String>) -> Result<Response, Error> {
    let held = held(&web, &context, &token, LinkPurpose::SignConfirmation).await?;
    let (company, id) = (held.company, ConfirmationId::from_raw(held.link.subject_id));
    let read = web.app.store.read(move |reader| {
        let Some(confirmation) = query::one(reader, company, id)? else { return Ok(None) };
        let name = attachment::one(reader, company, confirmation.document_id)?.map(|file| file.filename);
        Ok(attachment::content(reader, company, &confirmation.document_sha256)?.map(|bytes| (name.unwrap_or_default(), bytes)))
    });
    let (name, bytes) = read.await?.ok_or_else(|| Error::not_found("attachment"))?;
    shown_in_place(&name, bytes)
}

/// A document that the customer was sent, shown by the browser.
///
/// # Errors
/// Where its name cannot be said.
pub(crate) fn shown_in_place(name: &str, bytes: Vec<u8>) -> Result<Response, Error> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let mut response = HttpBody::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(PDF)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&file_type::disposition("inline", name))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

/// A signature.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = SignatureInput)]
#[serde(deny_unknown_fields, default)]
pub struct SignJson {
    /// Name of who signs.
    pub signer: String,
    /// How: `drawn`, `seal` or `typed`.
    pub way: SignatureWayCode,
    /// The picture in base64: png or jpeg, 512 KiB at the most.
    pub signature: String,
    /// That it was checked and is agreed to.
    pub consent: bool,
    /// Hex SHA-256 of the document that the page showed.
    pub document_sha256: String,
}

/// The picture of a signature in base64, told by its content.
pub(crate) fn picture(signature: &str) -> Option<Content> {
    let bytes = STANDARD.decode(signature.trim()).ok().filter(|bytes| bytes.len() <= SIGNATURE_MAX)?;
    let told = ["png", "jpg"].iter().find_map(|ending| {
        let name = format!("signature.{ending}");
        file_type::told(&name, &bytes).map(|mime| (name, mime))
    });
    let (filename, mime) = told?;
    Some(Content { filename, mime, sha256: secret::sha256(&bytes), bytes: bytes.into() })
}

/// The customer signs; the order takes effect in the same transaction.
#[utoipa::path(post, path = "/public/sign/{token}/sign", tag = "confirmations", operation_id = "sign_confirmation", security(()), request_body = SignJson,
    responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn sign_page(
    State(web): State<Web>,
    context: Context,
    Path(token): Path<String>,
    body: Body<SignJson>,
) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::SignConfirmation).await?;
    answers(&web, &context, &held)?;
    let Body { input, replay } = body;
    let mut fields = Fields::new();
    let way = fields.code_or("/way", &input.way, SignatureWay::Drawn);
    if way == SignatureWay::Paper {
        fields.wrong("/way", domain::FieldRule::UnknownChoice { value: way.as_str().to_owned() });
    }
    let signature = picture(&input.signature);
    if signature.is_none() {
        let max_kib = i64::try_from(SIGNATURE_MAX / 1024).unwrap_or(i64::MAX);
        fields.wrong("/signature", ConfirmationRejection::NotASignature { max_kib });
    }
    fields.done()?;
    let Some(signature) = signature else { return Err(Error::internal("a picture that was not there was taken")) };
    let (actor, id) = (held.actor(input.signer.trim(), &context), held.link.id);
    let SignJson { signer, consent, document_sha256, .. } = input;
    let signing = Signing { signer, way, consent, document_sha256, signature };
    web.app.command(&actor, replay, move |work, by| sign::sign(work, by, id, &signing)).await?;
    page(&web, &context, &held).await
}

/// What is to be corrected.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = CorrectionInput)]
#[serde(deny_unknown_fields, default)]
pub struct CorrectionJson {
    /// What, in the customer's words.
    pub text: String,
}

/// The customer asks for a correction instead of signing.
#[utoipa::path(post, path = "/public/sign/{token}/ask-correction", tag = "confirmations", operation_id = "ask_correction", security(()),
    request_body = CorrectionJson, responses((status = 200, body = PageJson), (status = "default", body = Problem)))]
async fn ask_correction(
    State(web): State<Web>,
    context: Context,
    Path(token): Path<String>,
    body: Body<CorrectionJson>,
) -> Result<Json<PageJson>, Error> {
    let held = held(&web, &context, &token, LinkPurpose::SignConfirmation).await?;
    answers(&web, &context, &held)?;
    let (actor, id) = (customer(&web, &held, &context).await?, held.link.id);
    let Body { input, replay } = body;
    web.app.command(&actor, replay, move |work, by| sign::ask_correction(work, by, id, &input.text)).await?;
    page(&web, &context, &held).await
}
