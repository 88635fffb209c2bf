//! Keeping a document that was made.

use std::sync::Arc;

use domain::{
    Act, Actor, Customer, CustomerId, Document, DocumentKind, DocumentSubject, Event, EventKind, Invoice, InvoiceId, Language, Order,
    OrderId, Quotation, QuotationId, Refusal, Shipment, ShipmentId,
};
use store::rows::{Blob, SubjectDocuments};
use store::{Outcome, UnitOfWork};

/// A document to keep, set before.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// What it is; it says what `subject_id` is an id of.
    pub kind: DocumentKind,
    /// In which language.
    pub language: Language,
    /// What it is made of.
    pub subject_id: i64,
    /// Version of the company's own template; 0: the one that comes with the product.
    pub template_no: i64,
    /// Whether it is PDF/A.
    pub archival: bool,
    /// Pages.
    pub pages: i64,
    /// Hex SHA-256 of the bytes.
    pub sha256: String,
    /// The PDF.
    pub bytes: Arc<Vec<u8>>,
}

/// What one must be allowed to see to make or see documents of something.
pub fn view_of(subject: DocumentSubject) -> Act {
    match subject {
        DocumentSubject::Order => Act::ViewOrder,
        DocumentSubject::Quotation => Act::ViewQuotation,
        DocumentSubject::Shipment => Act::ViewShipment,
        DocumentSubject::Invoice => Act::ViewInvoice,
        // A statement tells invoices and payments.
        DocumentSubject::Customer => Act::ViewInvoice,
    }
}

/// Keeps a document with what it is made of. The same content of the same thing is kept once: then the document that is there is answered.
///
/// # Errors
/// `denied` without `document.make` or the permission to see what it is made of; `not-found`.
///
/// Source: CNF-01
pub fn add(work: &mut UnitOfWork, by: &Actor, new: &NewDocument) -> Outcome<Document> {
    by.may(Act::MakeDocument)?;
    by.may(view_of(new.kind.subject()))?;
    work.want::<Blob>([new.sha256.clone()]);
    work.want_of::<SubjectDocuments>([new.subject_id]);
    let of = subject(work, new)?;
    let before = work.of::<SubjectDocuments>(new.subject_id)?;
    let mut alike = before.iter().filter(|one| one.kind == new.kind && one.subject_kind == new.kind.subject());
    if let Some(same) = alike.clone().find(|one| one.sha256 == new.sha256 && one.language == new.language) {
        return Ok((**same).clone());
    }
    let sequence = alike.by_ref().map(|one| one.sequence).max().unwrap_or(0) + 1;
    if work.find::<Blob>(new.sha256.clone())?.is_none() {
        work.add(Blob { sha256: new.sha256.clone(), bytes: (*new.bytes).clone() });
    }
    let document = Document {
        id: work.id(),
        order_id: of.order,
        customer_id: of.customer,
        subject_kind: new.kind.subject(),
        subject_id: new.subject_id,
        subject_number: of.number.clone(),
        kind: new.kind,
        language: new.language,
        sequence,
        template_no: new.template_no,
        archival: new.archival,
        pages: new.pages,
        size: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        sha256: new.sha256.clone(),
        created_by: by.user_id,
        created_at: work.now(),
    };
    work.add(document.clone());
    let event = match of.order {
        Some(order) => Event::of_order(EventKind::DocumentMade, order, &of.order_number),
        None => Event::of(EventKind::DocumentMade, new.kind.subject().as_str(), new.subject_id, &of.number),
    };
    let event = event.with("kind", new.kind).with("language", new.language);
    work.record(by, event.with("document", document.id.to_string().as_str()).with("sha256", new.sha256.as_str()));
    Ok(document)
}

struct Of {
    order: Option<OrderId>,
    order_number: String,
    customer: Option<CustomerId>,
    number: String,
}

fn subject(work: &mut UnitOfWork, new: &NewDocument) -> Outcome<Of> {
    let missing = |noun: &'static str| Refusal::not_found(noun);
    Ok(match new.kind.subject() {
        DocumentSubject::Order => {
            let order = work.find::<Order>(OrderId::from_raw(new.subject_id))?.ok_or_else(|| missing("order"))?;
            let number = order.number.clone();
            Of { order: Some(order.id), order_number: number.clone(), customer: Some(order.customer_id), number }
        }
        DocumentSubject::Quotation => {
            let one = work.find::<Quotation>(QuotationId::from_raw(new.subject_id))?.ok_or_else(|| missing("quotation"))?;
            Of { order: None, order_number: String::new(), customer: Some(one.customer_id), number: one.number.clone() }
        }
        DocumentSubject::Shipment => {
            let note = work.find::<Shipment>(ShipmentId::from_raw(new.subject_id))?.ok_or_else(|| missing("shipment"))?;
            let (order_number, number) = (note.order_number.clone(), note.number.clone());
            Of { order: Some(note.order_id), order_number, customer: Some(note.customer_id), number }
        }
        DocumentSubject::Invoice => {
            let bill = work.find::<Invoice>(InvoiceId::from_raw(new.subject_id))?.ok_or_else(|| missing("invoice"))?;
            let (order_number, number) = (bill.order_number.clone(), bill.number.clone());
            Of { order: Some(bill.order_id), order_number, customer: Some(bill.customer_id), number }
        }
        DocumentSubject::Customer => {
            let customer = work.find::<Customer>(CustomerId::from_raw(new.subject_id))?.ok_or_else(|| missing("customer"))?;
            Of { order: None, order_number: String::new(), customer: Some(customer.id), number: customer.code.clone() }
        }
    })
}
