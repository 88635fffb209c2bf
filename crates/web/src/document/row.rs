//! Documents as JSON.

use domain::{Act, Document, DocumentKind, Instant, Language, Order, OrderLine, Quotation, Refusal, check_quotation, name_of};
use serde::Serialize;
use store::query::order;
use utoipa::ToSchema;

use super::gather::Subject;
use crate::by::By;
use crate::error::Error;
use crate::state::Web;
use crate::value::{DocumentKindCode, DocumentSubjectCode, LanguageCode, Named};

/// A document that was made and is kept as it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentJson {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: DocumentKindCode,
    /// Name of that.
    pub kind_name: String,
    /// In which language.
    pub language: LanguageCode,
    /// What it is made of.
    pub subject: DocumentSubjectCode,
    /// Id of that.
    pub subject_id: String,
    /// Number of that, as it was.
    pub subject_number: String,
    /// Id of the order it belongs to.
    pub order_id: Option<String>,
    /// How many of its kind were made of the same before, plus one.
    pub sequence: i64,
    /// Name of its file.
    pub filename: String,
    /// Version of the company's own template; 0: the one that comes with the product.
    pub template_no: i64,
    /// Whether it is made for archives (PDF/A-2b).
    pub archival: bool,
    /// Pages.
    pub pages: i64,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of its content.
    pub sha256: String,
    /// Who made it.
    pub by: Named,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

/// A kind of document that can be made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentKindChoice)]
pub struct KindJson {
    /// What it is.
    pub kind: DocumentKindCode,
    /// Its name.
    pub name: String,
    /// Whether it can be made now.
    pub allowed: bool,
    /// Why not, for people.
    pub message: Option<String>,
}

/// The documents of something, and what can be made of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Documents {
    /// Newest first.
    pub items: Vec<DocumentJson>,
    /// What can be made.
    pub kinds: Vec<KindJson>,
    /// The language usually taken: the customer's.
    pub language: LanguageCode,
    /// Whether the caller may make documents.
    pub may_make: bool,
}

/// Documents with the names of who made them.
pub(super) async fn of(web: &Web, by: &By, found: Vec<Document>) -> Result<Vec<DocumentJson>, Error> {
    let company = by.company_id;
    let names = web.app.store.read(move |reader| order::names(reader, company)).await?;
    let named = |id: domain::UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
    let json = |one: Document| DocumentJson {
        id: one.id.to_string(),
        kind: one.kind.into(),
        kind_name: name_of(by.language, one.kind),
        language: one.language.into(),
        subject: one.subject_kind.into(),
        subject_id: domain::OrderId::from_raw(one.subject_id).to_string(),
        subject_number: one.subject_number.clone(),
        order_id: one.order_id.map(|id| id.to_string()),
        sequence: one.sequence,
        filename: one.filename(),
        template_no: one.template_no,
        archival: one.archival,
        pages: one.pages,
        size: one.size,
        sha256: one.sha256,
        by: named(one.created_by),
        at: one.created_at,
    };
    Ok(found.into_iter().map(json).collect())
}

/// Documents, and what can be made of their subject.
pub(super) async fn listed(web: &Web, by: &By, subject: Subject, found: Vec<Document>) -> Result<Documents, Error> {
    let company = by.company_id;
    let read = web.app.store.read(move |reader| {
        let mut refused = None;
        let (customer, order) = match subject {
            Subject::Customer(id, _) => (Some(id), None),
            Subject::Order(id) => {
                let Some(order) = reader.get::<Order>(company, id)? else { return Ok(None) };
                let lines: Vec<OrderLine> = reader.all(company, "AND order_id = ?2 ORDER BY line_no", &[id.raw().into()])?;
                (Some(order.customer_id), Some((order, lines)))
            }
            Subject::Quotation(id) => {
                let Some(quotation) = reader.get::<Quotation>(company, id)? else { return Ok(None) };
                refused = check_quotation(&quotation).err();
                (Some(quotation.customer_id), None)
            }
            Subject::Shipment(id) => (reader.get::<domain::Shipment>(company, id)?.map(|note| note.customer_id), None),
            Subject::Invoice(id) => (reader.get::<domain::Invoice>(company, id)?.map(|bill| bill.customer_id), None),
        };
        let Some(customer) = customer else { return Ok(None) };
        let language = reader.get::<domain::Customer>(company, customer)?.map_or(Language::ZhCn, |customer| customer.language);
        Ok(Some((language, order, refused)))
    });
    let (language, order, not_quoted) = read.await?.ok_or_else(|| Error::not_found(subject.kind().as_str()))?;
    let kind = |kind: DocumentKind| {
        let refused = order.as_ref().and_then(|(order, lines)| kind.check_order(order, lines).err());
        let refused = refused.or_else(|| not_quoted.clone()).map(Refusal::from);
        KindJson {
            kind: kind.into(),
            name: name_of(by.language, kind),
            allowed: refused.is_none(),
            message: refused.map(|refused| refused.message(by.language)),
        }
    };
    let kinds = DocumentKind::ALL.iter().copied().filter(|one| one.subject() == subject.kind());
    Ok(Documents {
        kinds: kinds.map(kind).collect(),
        items: of(web, by, found).await?,
        language: language.into(),
        may_make: by.may(Act::MakeDocument).is_ok(),
    })
}
