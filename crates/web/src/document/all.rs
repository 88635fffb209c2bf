//! All documents that were made, to be looked for.

use app::document::add::view_of;
use axum::extract::State;
use axum::response::Response;
use domain::{DocumentSubject, Instant};
use serde::{Deserialize, Serialize};
use store::query::document::{self, Filter};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::customer;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, DocumentKindCode, DocumentSubjectCode, LanguageCode, Named};

/// The addresses of the list.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_all))
}

/// A document in the list of all.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentRow)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: DocumentKindCode,
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
    /// The customer it belongs to.
    pub customer: Option<Coded>,
    /// How many of its kind were made of the same before, plus one.
    pub sequence: i64,
    /// Name of its file.
    pub filename: String,
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

impl From<document::Listed> for DocumentRow {
    fn from(row: document::Listed) -> Self {
        let document::Listed { document: one, customer, by_name } = row;
        DocumentRow {
            id: one.id.to_string(),
            kind: one.kind.into(),
            language: one.language.into(),
            subject: one.subject_kind.into(),
            subject_id: domain::OrderId::from_raw(one.subject_id).to_string(),
            subject_number: one.subject_number.clone(),
            order_id: one.order_id.map(|id| id.to_string()),
            customer: customer.map(|(id, code, name)| Coded { id: id.to_string(), code, name }),
            sequence: one.sequence,
            filename: one.filename(),
            pages: one.pages,
            size: one.size,
            sha256: one.sha256,
            by: Named { id: one.created_by.to_string(), name: by_name },
            at: one.created_at,
        }
    }
}

impl Tabular for DocumentRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "subject_number", cell: |row| Cell::from(&row.subject_number) },
        Column { name: "customer_code", cell: |row| Cell::from(row.customer.as_ref().map_or("", |customer| &customer.code)) },
        Column { name: "customer_name", cell: |row| Cell::from(row.customer.as_ref().map_or("", |customer| &customer.name)) },
        Column { name: "language", cell: |row| Cell::from(&row.language.0) },
        Column { name: "sequence", cell: |row| row.sequence.into() },
        Column { name: "pages", cell: |row| row.pages.into() },
        Column { name: "size", cell: |row| row.size.into() },
        Column { name: "by", cell: |row| Cell::from(&row.by.name) },
        Column { name: "at", cell: |row| row.at.into() },
        Column { name: "sha256", cell: |row| Cell::from(&row.sha256) },
    ];
}

/// The filters of documents.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DocumentQuery {
    /// Part of the number of what it is made of, of the customer's code or name, or of its hash.
    pub q: Option<String>,
    /// What it is; several with commas.
    pub kind: Option<String>,
    /// In which language.
    pub language: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// Made on this day or later.
    pub from: Option<String>,
    /// Made on this day or earlier.
    pub to: Option<String>,
}

/// Lists the documents that were made, of everything the caller may see. Sorts: `created_at` (usual, newest first), `subject_number`, `size`.
#[utoipa::path(get, path = "/documents", operation_id = "list_documents", tag = "documents", params(DocumentQuery, PageParams), responses((status = 200, body = Listed<DocumentRow>)))]
async fn list_all(State(web): State<Web>, by: By, asked: Asked<DocumentQuery>) -> Result<Response, Error> {
    let subjects: Vec<DocumentSubject> = DocumentSubject::ALL.iter().copied().filter(|one| by.may(view_of(*one)).is_ok()).collect();
    if subjects.is_empty() {
        by.may(view_of(DocumentSubject::Order))?;
    }
    let query = asked.filter;
    let company = customer::company(&web, &by).await?;
    let mut fields = Fields::new();
    let kinds = codes(&mut fields, "/kind", query.kind.as_deref());
    let languages = codes(&mut fields, "/language", query.language.as_deref());
    let from = fields.optional_date("/from", query.from.as_deref());
    let to = fields.optional_date("/to", query.to.as_deref());
    fields.done()?;
    let customer = customer::filtered(&web, &by, "/customer", query.customer).await?;
    let start = |day| Instant::start_of_in(day, &company.time_zone);
    let filter = Filter {
        q: query.q,
        subjects,
        kinds,
        language: languages.first().copied(),
        customer,
        from: from.map(start),
        before: to.map(|day| start(day.plus_days(1))),
    };
    let id = by.company_id;
    let sorts = Sorts { sorts: document::SORTS, ties: document::TIES, usual: "-created_at" };
    list::answer(&web, &by, "documents", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(document::list(reader, id, &filter, page)?.map(DocumentRow::from))
    })
    .await
}
