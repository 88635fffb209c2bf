//! Papers for customers: invoices, payments, files, and what is to be paid.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Currency, CustomerAccount, CustomerId, Document, DocumentId, Invoice, InvoiceStatus, Language, Money, Payment};
use serde::Serialize;
use store::query::{attachment as files, document as documents, portal};
use utoipa::ToSchema;

use super::order_page::{is_for_customer, own};
use super::person::Person;
use super::session::company_of;
use crate::attachment::{file, pdf};
use crate::error::{Error, Problem};
use crate::state::Web;
use crate::value::{InvoiceStatusCode, MoneyJson, Numbered};

/// An invoice as its customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalInvoice {
    /// Its number.
    pub number: String,
    /// The order it is of.
    pub order: Numbered,
    /// When it was issued.
    pub issued_on: String,
    /// Last day to pay.
    pub due_on: String,
    /// How it stands.
    pub status: InvoiceStatusCode,
    /// The same for people.
    pub status_name: String,
    /// What it comes to.
    pub gross: MoneyJson,
    /// What is not paid yet.
    pub open: MoneyJson,
}

impl PortalInvoice {
    /// In its order's currency.
    pub(super) fn of(invoice: &Invoice, currency: Currency, language: Language) -> Self {
        let open = if invoice.status == InvoiceStatus::Void { Money::ZERO } else { invoice.gross_minor - invoice.paid_minor };
        PortalInvoice {
            number: invoice.number.clone(),
            order: Numbered { id: invoice.order_id.to_string(), number: invoice.order_number.clone() },
            issued_on: invoice.issued_on.to_string(),
            due_on: invoice.due_on.to_string(),
            status: invoice.status.into(),
            status_name: domain::name_of(language, invoice.status),
            gross: MoneyJson::of(invoice.gross_minor, currency),
            open: MoneyJson::of(open, currency),
        }
    }
}

/// A payment that has come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalPayment {
    /// Its number.
    pub number: String,
    /// When it came.
    pub paid_on: String,
    /// By which way, for people.
    pub method_name: String,
    /// How much.
    pub amount: MoneyJson,
}

impl PortalPayment {
    /// In its order's currency.
    pub(super) fn of(payment: &Payment, currency: Currency, language: Language) -> Self {
        PortalPayment {
            number: payment.number.clone(),
            paid_on: payment.paid_on.to_string(),
            method_name: domain::name_of(language, payment.method),
            amount: MoneyJson::of(payment.amount_minor, currency),
        }
    }
}

/// What a customer has to pay.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalAccount {
    /// Invoices that are not paid yet, the first to be paid first; 200 at the most.
    pub invoices: Vec<PortalInvoice>,
    /// What is open of all of them.
    pub open: MoneyJson,
    /// Of those that are listed, what should have been paid before today.
    pub overdue: MoneyJson,
    /// Paid already, and not set against an invoice yet.
    pub unallocated: MoneyJson,
    /// Statements that the company made, the newest first.
    pub documents: Vec<PortalDocument>,
    /// The day it is at the company.
    pub today: String,
}

/// A document that the company made for the customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PortalDocument {
    /// Its id.
    pub id: String,
    /// What it is, for people.
    pub kind_name: String,
    /// Number of what it is made of.
    pub number: String,
    /// Name of the file.
    pub filename: String,
    /// When it was made.
    pub created_at: String,
    /// Bytes.
    pub size: i64,
}

impl PortalDocument {
    /// Those of the documents that are for a customer.
    pub(super) fn of(found: &[Document], customer: CustomerId, language: Language) -> Vec<Self> {
        let one = |document: &Document| PortalDocument {
            id: document.id.to_string(),
            kind_name: domain::name_of(language, document.kind),
            number: document.subject_number.clone(),
            filename: document.filename(),
            created_at: document.created_at.to_string(),
            size: document.size,
        };
        found.iter().filter(|document| document.is_seen_by(customer)).map(one).collect()
    }
}

/// Gives a document that the company made for the customer, as it was made.
#[utoipa::path(get, path = "/portal/documents/{id}", operation_id = "download_portal_document", tag = "portal", security(("portal" = [])),
    responses((status = 200, content_type = "application/pdf", body = [u8]), (status = "default", body = Problem)))]
pub(super) async fn document(State(web): State<Web>, person: Person, Path(id): Path<String>) -> Result<Response, Error> {
    let id: DocumentId = id.parse().map_err(|_| Error::not_found("document"))?;
    let (company, customer) = (person.company_id, person.customer.id);
    let read = web.app.store.read(move |reader| {
        let Some(found) = documents::one(reader, company, id)?.filter(|found| found.is_seen_by(customer)) else { return Ok(None) };
        Ok(files::content(reader, company, &found.sha256)?.map(|bytes| (found, bytes)))
    });
    let (found, bytes) = read.await?.ok_or_else(|| Error::not_found("document"))?;
    pdf(&found.filename(), &found.sha256, bytes, false)
}

/// Open invoices shown at the most.
const INVOICES: i64 = 200;

/// Tells what the customer has to pay.
#[utoipa::path(get, path = "/portal/account", operation_id = "show_portal_account", tag = "portal", security(("portal" = [])), responses((status = 200, body = PortalAccount)))]
pub(super) async fn account(State(web): State<Web>, person: Person) -> Result<Json<PortalAccount>, Error> {
    let (company, customer, currency) = (person.company_id, person.customer.id, person.customer.currency);
    let found = web.app.store.read(move |reader| {
        let account = reader.get::<CustomerAccount>(company, customer)?;
        let documents = documents::of_customer(reader, company, customer)?;
        Ok((account, portal::open_invoices(reader, company, customer, INVOICES)?, documents))
    });
    let (account, invoices, documents) = found.await?;
    let today = company_of(&web, &person).await?.date_of(web.now());
    let late = invoices.iter().filter(|one| one.due_on < today);
    let overdue = late.fold(Money::ZERO, |sum, one| sum + (one.gross_minor - one.paid_minor));
    let counted = |figure: fn(&CustomerAccount) -> Money| MoneyJson::of(account.as_ref().map_or(Money::ZERO, figure), currency);
    Ok(Json(PortalAccount {
        invoices: invoices.iter().map(|one| PortalInvoice::of(one, currency, person.language)).collect(),
        open: counted(|account| account.open_invoices_minor),
        overdue: MoneyJson::of(overdue, currency),
        unallocated: counted(|account| account.unallocated_minor),
        documents: PortalDocument::of(&documents, customer, person.language),
        today: today.to_string(),
    }))
}

/// Gives the content of a file that is for the customer.
#[utoipa::path(get, path = "/portal/orders/{id}/files/{file_id}", operation_id = "download_portal_file", tag = "portal", security(("portal" = [])),
    responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
pub(super) async fn attachment(
    State(web): State<Web>,
    person: Person,
    Path((id, file_id)): Path<(String, String)>,
) -> Result<Response, Error> {
    let page = own(&web, &person, &id).await?;
    let found = page.attachments.iter().find(|file| file.id.to_string() == file_id && is_for_customer(file));
    let found = found.ok_or_else(|| Error::not_found("attachment"))?.clone();
    let (company, sha256) = (person.company_id, found.sha256.clone());
    let bytes = web.app.store.read(move |reader| files::content(reader, company, &sha256)).await?;
    let bytes = bytes.ok_or_else(|| Error::internal(format!("the content of attachment {} is missing", found.id)))?;
    file(&found, bytes, false)
}
