//! Documents over HTTP: made of an order, a delivery note, an invoice or a customer's account, kept, and given as PDF.

mod all;
mod gather;
pub(crate) mod press;
mod row;
mod template;

use app::document::add::{self, NewDocument};
use app::saved::Saved;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{
    Act, Customer, CustomerId, Date, Document, DocumentId, DocumentKind, DocumentSubject, Id, Invoice, InvoiceId, Language, QuotationId,
    Refusal, Shipment, ShipmentId, Version,
};
use serde::Deserialize;
use store::query::{customer, document, paper};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::attachment;
use crate::body::Body;
use crate::by::By;
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::{named, today, which};
use crate::state::Web;
use crate::value::{DocumentKindCode, LanguageCode};
use crate::version::Created;
pub(crate) use gather::Subject;
pub use row::{DocumentJson, Documents};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_of_order, make_of_order))
        .routes(routes!(list_of_quotation, make_of_quotation))
        .routes(routes!(list_of_shipment, make_of_shipment))
        .routes(routes!(list_of_invoice, make_of_invoice))
        .routes(routes!(list_of_customer, make_of_customer))
        .routes(routes!(read))
        .routes(routes!(content))
        .merge(all::routes())
        .merge(template::routes())
}

/// Which document is to be made.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DocumentInput)]
pub struct MakeJson {
    /// What it is.
    pub kind: DocumentKindCode,
    /// In which language; that of the customer where none is sent.
    pub language: Option<LanguageCode>,
    /// First day of a statement; the first of this month where none is sent.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// Last day of a statement; today where none is sent.
    #[schema(format = Date)]
    pub to: Option<String>,
}

/// Sets a document, in the language given or the customer's: `Subject::Order(id)` for those of an order. What it answers with,
/// [`app::document::add::add`] keeps.
///
/// # Errors
/// `not-found`; refused where the order is not ready for this kind, the company's template is wrong, or the server has no Chinese font.
///
/// Source: CNF-01
pub(crate) async fn set(
    web: &Web,
    by: &By,
    subject: Subject,
    kind: DocumentKind,
    language: Option<Language>,
) -> Result<NewDocument, Error> {
    by.may(add::view_of(kind.subject()))?;
    let day = today(web, by).await?;
    let company = by.company_id;
    let gathered = web.app.store.read(move |reader| gather::gather(reader, company, subject, kind, language, day)).await??;
    press::press(web, by, gathered, day).await
}

/// Sets a document and keeps it.
async fn make(web: &Web, by: &By, subject: Subject, body: Body<MakeJson>) -> Result<Created<DocumentJson>, Error> {
    by.may(Act::MakeDocument)?;
    let mut fields = Fields::new();
    let kind = fields.code("/kind", &body.input.kind);
    let language = body.input.language.as_ref().map(|language| fields.code("/language", language));
    fields.done()?;
    if kind.subject() != subject.kind() {
        return Err(Refusal::field("/kind", domain::DocumentRejection::OtherSubject).into());
    }
    let new = set(web, by, subject, kind, language).await?;
    let made = web.app.command(by, body.replay, move |work, by| {
        let made = add::add(work, by, &new)?;
        Ok(Saved::new(made.id, Version::FIRST, &made.subject_number))
    });
    let id: DocumentId = made.await?.id.parse().map_err(|_| Error::internal("the id of a document does not read"))?;
    let found = one(web, by, id).await?;
    let body = row::of(web, by, vec![found]).await?.pop().ok_or_else(|| Error::not_found("document"))?;
    Ok(Created { location: format!("/api/v1/documents/{}", body.id), version: 1, body })
}

/// The documents of an order and of its delivery notes and invoices, newest first, and what can be made of the order.
#[utoipa::path(get, path = "/orders/{id}/documents", tag = "documents", operation_id = "list_order_documents",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = Documents), (status = "default", body = Problem)))]
async fn list_of_order(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Documents>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| document::of_order(reader, company, id)).await?;
    let seen = found.into_iter().filter(|one| by.may(add::view_of(one.subject_kind)).is_ok()).collect();
    Ok(Json(row::listed(&web, &by, Subject::Order(id), seen).await?))
}

/// Makes a document of an order and keeps it.
#[utoipa::path(post, path = "/orders/{id}/documents", tag = "documents", operation_id = "make_order_document", request_body = MakeJson,
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 201, body = DocumentJson), (status = "default", body = Problem)))]
async fn make_of_order(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<MakeJson>,
) -> Result<Created<DocumentJson>, Error> {
    let id = which(&web, &by, &id).await?;
    make(&web, &by, Subject::Order(id), body).await
}

/// The documents of a version of a quotation, newest first, and what can be made of it.
#[utoipa::path(get, path = "/quotations/{id}/documents", tag = "documents", operation_id = "list_quotation_documents",
    params(("id" = String, Path, description = "Id of a version, or number of the quotation: then its latest version")),
    responses((status = 200, body = Documents), (status = "default", body = Problem)))]
async fn list_of_quotation(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Documents>, Error> {
    by.may(Act::ViewQuotation)?;
    let id = quotation(&web, &by, &id).await?;
    of_subject(&web, &by, Subject::Quotation(id)).await
}

/// Makes a quotation on paper and keeps it.
#[utoipa::path(post, path = "/quotations/{id}/documents", tag = "documents", operation_id = "make_quotation_document",
    request_body = MakeJson, params(("id" = String, Path, description = "Id of a version, or number of the quotation: then its latest version")),
    responses((status = 201, body = DocumentJson), (status = "default", body = Problem)))]
async fn make_of_quotation(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<MakeJson>,
) -> Result<Created<DocumentJson>, Error> {
    let id = quotation(&web, &by, &id).await?;
    make(&web, &by, Subject::Quotation(id), body).await
}

/// The documents of a delivery note, newest first, and what can be made of it.
#[utoipa::path(get, path = "/shipments/{id}/documents", tag = "documents", operation_id = "list_shipment_documents",
    params(("id" = String, Path, description = "Id or number of the delivery note")),
    responses((status = 200, body = Documents), (status = "default", body = Problem)))]
async fn list_of_shipment(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Documents>, Error> {
    by.may(Act::ViewShipment)?;
    let id = shipment(&web, &by, &id).await?;
    of_subject(&web, &by, Subject::Shipment(id)).await
}

/// Makes a delivery note or a shipping advice on paper and keeps it.
#[utoipa::path(post, path = "/shipments/{id}/documents", tag = "documents", operation_id = "make_shipment_document",
    request_body = MakeJson, params(("id" = String, Path, description = "Id or number of the delivery note")),
    responses((status = 201, body = DocumentJson), (status = "default", body = Problem)))]
async fn make_of_shipment(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<MakeJson>,
) -> Result<Created<DocumentJson>, Error> {
    let id = shipment(&web, &by, &id).await?;
    make(&web, &by, Subject::Shipment(id), body).await
}

/// The documents of an invoice, newest first, and what can be made of it.
#[utoipa::path(get, path = "/invoices/{id}/documents", tag = "documents", operation_id = "list_invoice_documents",
    params(("id" = String, Path, description = "Id or number of the invoice")),
    responses((status = 200, body = Documents), (status = "default", body = Problem)))]
async fn list_of_invoice(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Documents>, Error> {
    by.may(Act::ViewInvoice)?;
    let id = invoice(&web, &by, &id).await?;
    of_subject(&web, &by, Subject::Invoice(id)).await
}

/// Makes the sheet of an invoice and keeps it.
#[utoipa::path(post, path = "/invoices/{id}/documents", tag = "documents", operation_id = "make_invoice_document",
    request_body = MakeJson, params(("id" = String, Path, description = "Id or number of the invoice")),
    responses((status = 201, body = DocumentJson), (status = "default", body = Problem)))]
async fn make_of_invoice(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<MakeJson>,
) -> Result<Created<DocumentJson>, Error> {
    let id = invoice(&web, &by, &id).await?;
    make(&web, &by, Subject::Invoice(id), body).await
}

/// The statements of a customer, newest first.
#[utoipa::path(get, path = "/customers/{id}/documents", tag = "documents", operation_id = "list_customer_documents",
    params(("id" = String, Path, description = "Id or code of the customer")),
    responses((status = 200, body = Documents), (status = "default", body = Problem)))]
async fn list_of_customer(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<Documents>, Error> {
    by.may(Act::ViewCustomer)?;
    by.may(Act::ViewInvoice)?;
    let id = customer_of(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| document::of_customer(reader, company, id)).await?;
    let day = today(&web, &by).await?;
    Ok(Json(row::listed(&web, &by, Subject::Customer(id, (day, day)), found).await?))
}

/// Makes a statement of account of a customer and keeps it.
#[utoipa::path(post, path = "/customers/{id}/documents", tag = "documents", operation_id = "make_customer_document",
    request_body = MakeJson, params(("id" = String, Path, description = "Id or code of the customer")),
    responses((status = 201, body = DocumentJson), (status = "default", body = Problem)))]
async fn make_of_customer(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    body: Body<MakeJson>,
) -> Result<Created<DocumentJson>, Error> {
    by.may(Act::ViewPayment)?;
    let id = customer_of(&web, &by, &id).await?;
    let period = period(today(&web, &by).await?, &body.input)?;
    make(&web, &by, Subject::Customer(id, period), body).await
}

fn period(today: Date, input: &MakeJson) -> Result<(Date, Date), Error> {
    let mut fields = Fields::new();
    let to = fields.optional_date("/to", input.to.as_deref()).unwrap_or(today);
    let first = Date::of(to.year(), to.month(), 1).unwrap_or(to);
    let from = fields.optional_date("/from", input.from.as_deref()).unwrap_or(first);
    fields.done()?;
    domain::check_period(from, to).map_err(|wrong| Refusal::field("/to", wrong))?;
    Ok((from, to))
}

async fn of_subject(web: &Web, by: &By, subject: Subject) -> Result<Json<Documents>, Error> {
    let (company, kind, id) = (by.company_id, subject.kind(), subject.raw());
    let found = web.app.store.read(move |reader| document::of_subject(reader, company, kind, id)).await?;
    Ok(Json(row::listed(web, by, subject, found).await?))
}

async fn quotation(web: &Web, by: &By, reference: &str) -> Result<QuotationId, Error> {
    named(web, by, reference, store::query::quotation::id_of).await?.ok_or_else(|| Error::not_found("quotation"))
}

async fn shipment(web: &Web, by: &By, reference: &str) -> Result<ShipmentId, Error> {
    named(web, by, reference, paper::id_of::<Shipment, ShipmentId>).await?.ok_or_else(|| Error::not_found("shipment"))
}

async fn invoice(web: &Web, by: &By, reference: &str) -> Result<InvoiceId, Error> {
    named(web, by, reference, paper::id_of::<Invoice, InvoiceId>).await?.ok_or_else(|| Error::not_found("invoice"))
}

async fn customer_of(web: &Web, by: &By, reference: &str) -> Result<CustomerId, Error> {
    let (company, asked) = (by.company_id, reference.to_owned());
    let found = web.app.store.read(move |reader| {
        let Some(id) = customer::id_of(reader, company, &asked)? else { return Ok(None) };
        Ok(reader.get::<Customer>(company, id)?.map(|customer| customer.id))
    });
    found.await?.ok_or_else(|| Error::not_found("customer"))
}

/// The document, where the caller may see what it is made of.
async fn one(web: &Web, by: &By, id: DocumentId) -> Result<Document, Error> {
    let company = by.company_id;
    let found = web.app.store.read(move |reader| document::one(reader, company, id)).await?;
    let found = found.ok_or_else(|| Error::not_found("document"))?;
    by.may(add::view_of(found.subject_kind))?;
    Ok(found)
}

fn id_of(reference: &str) -> Result<DocumentId, Error> {
    reference.parse().map_err(|_| Error::not_found("document"))
}

/// A document that was made.
#[utoipa::path(get, path = "/documents/{id}", tag = "documents", operation_id = "get_document",
    params(("id" = String, Path, description = "Id of the document")),
    responses((status = 200, body = DocumentJson), (status = "default", body = Problem)))]
async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<DocumentJson>, Error> {
    let found = one(&web, &by, id_of(&id)?).await?;
    let json = row::of(&web, &by, vec![found]).await?.pop();
    Ok(Json(json.ok_or_else(|| Error::not_found("document"))?))
}

/// How a document is to go out.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct DocumentContentQuery {
    /// To be saved, not shown in place.
    pub download: bool,
}

/// The PDF of a document, as it was made: with the phones on it, so it takes `personal_data.see`.
#[utoipa::path(get, path = "/documents/{id}/content", tag = "documents", operation_id = "download_document",
    params(("id" = String, Path, description = "Id of the document"), DocumentContentQuery),
    responses((status = 200, content_type = "application/pdf", body = [u8]), (status = "default", body = Problem)))]
async fn content(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    Query(query): Query<DocumentContentQuery>,
) -> Result<Response, Error> {
    let found = one(&web, &by, id_of(&id)?).await?;
    by.may(Act::SeePersonalData)?;
    let (company, sha256) = (by.company_id, found.sha256.clone());
    let bytes = web.app.store.read(move |reader| store::query::attachment::content(reader, company, &sha256)).await?;
    let bytes = bytes.ok_or_else(|| Error::internal(format!("the content of document {} is missing", found.id)))?;
    attachment::pdf(&found.filename(), &found.sha256, bytes, !query.download)
}

impl Subject {
    fn kind(&self) -> DocumentSubject {
        match self {
            Subject::Order(_) => DocumentSubject::Order,
            Subject::Quotation(_) => DocumentSubject::Quotation,
            Subject::Shipment(_) => DocumentSubject::Shipment,
            Subject::Invoice(_) => DocumentSubject::Invoice,
            Subject::Customer(..) => DocumentSubject::Customer,
        }
    }

    fn raw(&self) -> i64 {
        match self {
            Subject::Order(id) => Id::raw(*id),
            Subject::Quotation(id) => Id::raw(*id),
            Subject::Shipment(id) => Id::raw(*id),
            Subject::Invoice(id) => Id::raw(*id),
            Subject::Customer(id, _) => Id::raw(*id),
        }
    }
}
