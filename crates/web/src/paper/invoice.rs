//! Invoices over HTTP.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Invoice, InvoiceId, InvoiceLine, InvoiceStatus, Order};
use store::query::paper as query;

use super::{PaperFilter, states};
use crate::body::{Because, Body};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::named;
use crate::order::paper::InvoiceJson;
use crate::order::step::{Stepped, run};
use crate::state::Web;
use crate::version::{MaybeMatching, Tagged};

impl Tabular for InvoiceJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "kind", cell: |row| Cell::from(&row.kind.0) },
        Column { name: "issued_on", cell: |row| Cell::from(&row.issued_on) },
        Column { name: "due_on", cell: |row| Cell::from(&row.due_on) },
        Column { name: "net", cell: |row| Cell::Number(row.net.amount.clone()) },
        Column { name: "tax", cell: |row| Cell::Number(row.tax.amount.clone()) },
        Column { name: "gross", cell: |row| Cell::Number(row.gross.amount.clone()) },
        Column { name: "paid", cell: |row| Cell::Number(row.paid.amount.clone()) },
        Column { name: "open", cell: |row| Cell::Number(row.open.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.gross.currency) },
    ];
}

/// Invoices, filtered and sorted; lines only on the page of one.
#[utoipa::path(get, path = "/invoices", tag = "invoices", operation_id = "list_invoices", params(PaperFilter, PageParams),
    responses((status = 200, body = Listed<InvoiceJson>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<PaperFilter>) -> Result<Response, Error> {
    by.may(Act::ViewInvoice)?;
    let filter = asked.filter.read(&web, &by, &states::<InvoiceStatus>()).await?;
    let (company, language) = (by.company_id, by.language);
    let sorts = Sorts { sorts: query::INVOICE_SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "invoices", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::invoices(reader, company, &filter, page)?.map(|row| InvoiceJson::of(&row.paper, &[], row.currency, language)))
    })
    .await
}

/// The invoice that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<InvoiceId, Error> {
    named(web, by, reference, query::id_of::<Invoice, InvoiceId>).await?.ok_or_else(|| Error::not_found("invoice"))
}

/// An invoice with its lines.
#[utoipa::path(get, path = "/invoices/{id}", tag = "invoices", operation_id = "get_invoice",
    params(("id" = String, Path, description = "Id or number of the invoice")),
    responses((status = 200, body = InvoiceJson), (status = "default", body = Problem)))]
pub(super) async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<InvoiceJson>, Error> {
    by.may(Act::ViewInvoice)?;
    let id = which(&web, &by, &id).await?;
    let (company, language) = (by.company_id, by.language);
    let found = web.app.store.read(move |reader| {
        let Some(invoice) = reader.get::<Invoice>(company, id)? else { return Ok(None) };
        let Some(order) = reader.get::<Order>(company, invoice.order_id)? else { return Ok(None) };
        let lines: Vec<InvoiceLine> = reader.all(company, "AND invoice_id = ?2 ORDER BY line_no", &[id.raw().into()])?;
        Ok(Some(InvoiceJson::of(&invoice, &lines, order.currency, language)))
    });
    let invoice = found.await?.ok_or_else(|| Error::not_found("invoice"))?;
    Ok(Tagged(invoice.version, invoice))
}

/// Voids an invoice; what it billed can be billed again.
#[utoipa::path(post, path = "/invoices/{id}/void", tag = "invoices", operation_id = "void_invoice", request_body = Because,
    params(("id" = String, Path, description = "Id or number of the invoice")),
    responses((status = 200, body = crate::order::state::OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn void(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    run(&web, &by, replay, move |work, by| app::invoice::void::void(work, by, id, version, &input.reason)).await
}
