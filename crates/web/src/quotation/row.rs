//! The list of quotations, and those that wait for somebody.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::{Act, Actor, Date, Quotation, QuotationStatus, UserId};
use serde::{Deserialize, Serialize};
use store::query::list::Page;
use store::query::order::names;
use store::query::quotation::{self as query, Filter, SORTS, TIES};
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::{Coded, MoneyJson, Named, QuotationReasonCode, QuotationStatusCode};
use crate::{customer, product};

/// A quotation in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct QuotationRow {
    pub id: String,
    pub version: i64,
    pub number: String,
    /// Which version of the quotation it is.
    pub revision: i64,
    pub customer: Coded,
    pub contact_name: String,
    /// As the day makes it.
    pub status: QuotationStatusCode,
    pub payable: MoneyJson,
    pub line_count: i64,
    pub quoted_on: String,
    pub valid_until: String,
    /// Days left until its last day; below zero: it is over.
    pub days_left: i64,
    /// Days from order to delivery; 0: nothing is promised.
    pub lead_days: i64,
    pub rep: Option<Named>,
    /// Why the customer took it, or did not.
    pub reason: Option<QuotationReasonCode>,
    pub end_note: String,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
    /// Id of the order that was made from it last.
    pub order_id: Option<String>,
}

impl Tabular for QuotationRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "revision", cell: |row| Cell::from(row.revision) },
        Column { name: "customer_code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "payable", cell: |row| Cell::Number(row.payable.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.payable.currency) },
        Column { name: "quoted_on", cell: |row| Cell::from(&row.quoted_on) },
        Column { name: "valid_until", cell: |row| Cell::from(&row.valid_until) },
        Column { name: "lead_days", cell: |row| Cell::from(row.lead_days) },
        Column { name: "rep", cell: |row| Cell::from(&row.rep.as_ref().map(|rep| rep.name.clone()).unwrap_or_default()) },
        Column { name: "reason", cell: |row| Cell::from(&row.reason.as_ref().map(|reason| reason.0.clone()).unwrap_or_default()) },
        Column { name: "end_note", cell: |row| Cell::from(&row.end_note) },
        Column { name: "created_at", cell: |row| Cell::from(&row.created_at) },
    ];
}

impl QuotationRow {
    /// A row for people.
    fn of(one: &Quotation, names: &BTreeMap<UserId, String>, today: Date) -> Self {
        let user = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        QuotationRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            revision: one.revision,
            customer: Coded { id: one.customer_id.to_string(), code: one.customer_code.clone(), name: one.customer_name.clone() },
            contact_name: one.contact_name.clone(),
            status: one.status_on(today).into(),
            payable: MoneyJson::of(one.payable_minor, one.currency),
            line_count: one.line_count,
            quoted_on: one.quoted_on.to_string(),
            valid_until: one.valid_until.to_string(),
            days_left: today.days_until(one.valid_until),
            lead_days: one.lead_days,
            rep: one.rep_id.map(user),
            reason: one.reason.map(QuotationReasonCode::from),
            end_note: one.end_note.clone(),
            created_by: user(one.created_by),
            created_at: one.created_at.to_string(),
            sent_at: one.sent_at.map(|at| at.to_string()),
            order_id: one.order_id.map(|id| id.to_string()),
        }
    }
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct QuotationQuery {
    /// Words in number, customer or contact.
    pub q: Option<String>,
    /// States, joined by commas; `expired`: approved or sent, and its last day is over.
    pub status: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// Id or code of a product that is offered.
    pub product: Option<String>,
    /// Id of the sales representative.
    pub rep: Option<String>,
    /// Last day at the latest.
    pub valid_to: Option<String>,
    /// `true`: written by the caller.
    pub mine: Option<String>,
    /// `true`: earlier versions too.
    pub all_versions: Option<String>,
}

/// Quotations, filtered and sorted. Sorts: `created_at` (usual, newest first), `number`, `valid_until`, `payable`.
#[utoipa::path(get, path = "/quotations", tag = "quotations", operation_id = "list_quotations", params(QuotationQuery, PageParams),
    responses((status = 200, body = Listed<QuotationRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<QuotationQuery>) -> Result<Response, Error> {
    by.may(Act::ViewQuotation)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<QuotationStatus>(&mut fields, "/status", sent.status.as_deref());
    let mine = yes_or_no(&mut fields, "/mine", sent.mine.as_deref()) == Some(true);
    let all_versions = yes_or_no(&mut fields, "/all_versions", sent.all_versions.as_deref()) == Some(true);
    let valid_to = fields.optional_date("/valid_to", sent.valid_to.as_deref());
    let rep = fields.optional_id::<UserId>("/rep", sent.rep.as_deref());
    fields.done()?;
    let customer = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let product = product::filtered(&web, &by, "/product", sent.product).await?;
    let today = today(&web, &by).await?;
    let created_by = mine.then_some(by.user_id);
    let filter =
        Filter { q: sent.q, status, today: Some(today), customer, product, rep, created_by, valid_to, to_order: None, all_versions };
    let company = by.company_id;
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-created_at" };
    list::answer(&web, &by, "quotations", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        Ok(query::list(reader, company, &filter, page)?.map(|one| QuotationRow::of(&one, &names, today)))
    })
    .await
}

/// Days before its last one on which an unanswered quotation is asked about.
const ASKED_BEFORE: i64 = 2;

/// Quotations that wait for the caller, the oldest first: to be approved; of the caller's own those to be sent, those that were
/// won and may be ordered, and those that expire without an answer.
pub(crate) fn waiting(reader: &Reader<'_>, by: &Actor, today: Date, limit: i64) -> Result<Vec<QuotationRow>, Fault> {
    let page = Page { sort: SORTS[0], descending: false, after: None, limit };
    let mut found: Vec<Quotation> = Vec::new();
    let mut add = |filter: Filter| -> Result<(), Fault> {
        found.extend(query::list(reader, by.company_id, &filter, &page)?.rows);
        Ok(())
    };
    if by.may(Act::ApproveQuotation).is_ok() {
        add(Filter { status: vec![QuotationStatus::Submitted], ..Filter::default() })?;
    }
    if by.may(Act::CreateQuotation).is_ok() {
        let created_by = Some(by.user_id);
        add(Filter { status: vec![QuotationStatus::Approved], created_by, ..Filter::default() })?;
        add(Filter { status: vec![QuotationStatus::Won], created_by, to_order: Some(today), ..Filter::default() })?;
        let valid_to = Some(today.plus_days(ASKED_BEFORE));
        add(Filter { status: vec![QuotationStatus::Sent], created_by, valid_to, ..Filter::default() })?;
    }
    found.retain(|one| one.status != QuotationStatus::Submitted || ![Some(one.created_by), one.submitted_by].contains(&Some(by.user_id)));
    let names = names(reader, by.company_id)?;
    Ok(found.iter().map(|one| QuotationRow::of(one, &names, today)).collect())
}
