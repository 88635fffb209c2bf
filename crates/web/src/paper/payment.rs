//! Payments over HTTP.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Company, Currency, Order, Payment, PaymentId};
use store::query::paper as query;

use super::PaperFilter;
use crate::body::{Because, Body};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::named;
use crate::order::paper::PaymentJson;
use crate::order::step::{Stepped, run};
use crate::state::Web;
use crate::version::{MaybeMatching, Tagged};

impl Tabular for PaymentJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "paid_on", cell: |row| Cell::from(&row.paid_on) },
        Column { name: "method", cell: |row| Cell::from(&row.method.0) },
        Column { name: "amount", cell: |row| Cell::Number(row.amount.amount.clone()) },
        Column { name: "allocated", cell: |row| Cell::Number(row.allocated.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.amount.currency) },
        Column { name: "exchange_rate", cell: |row| row.exchange_rate.clone().map_or(Cell::Empty, Cell::Number) },
        Column {
            name: "exchange_difference",
            cell: |row| row.exchange_difference.as_ref().map_or(Cell::Empty, |more| Cell::Number(more.amount.clone())),
        },
        Column { name: "reference", cell: |row| Cell::from(&row.reference) },
        Column { name: "reversed", cell: |row| Cell::from(row.reversed) },
    ];
}

/// Payments, filtered and sorted.
#[utoipa::path(get, path = "/payments", tag = "payments", operation_id = "list_payments", params(PaperFilter, PageParams),
    responses((status = 200, body = Listed<PaymentJson>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<PaperFilter>) -> Result<Response, Error> {
    by.may(Act::ViewPayment)?;
    let filter = asked.filter.read(&web, &by, &["valid", "reversed"]).await?;
    let company = by.company_id;
    let sorts = Sorts { sorts: query::PAYMENT_SORTS, ties: query::TIES, usual: "-created_at" };
    list::answer(&web, &by, "payments", (&asked.page, asked.format), sorts, move |reader, page| {
        let books = reader.get::<Company>(company, company)?.map_or(Currency::CNY, |company| company.currency);
        Ok(query::payments(reader, company, &filter, page)?.map(|row| PaymentJson::of(&row.paper, row.currency, row.exchange_rate, books)))
    })
    .await
}

/// The payment that an id or a number in the address names.
async fn which(web: &Web, by: &By, reference: &str) -> Result<PaymentId, Error> {
    named(web, by, reference, query::id_of::<Payment, PaymentId>).await?.ok_or_else(|| Error::not_found("payment"))
}

/// A payment.
#[utoipa::path(get, path = "/payments/{id}", tag = "payments", operation_id = "get_payment",
    params(("id" = String, Path, description = "Id or number of the payment")),
    responses((status = 200, body = PaymentJson), (status = "default", body = Problem)))]
pub(super) async fn read(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Tagged<PaymentJson>, Error> {
    by.may(Act::ViewPayment)?;
    let id = which(&web, &by, &id).await?;
    let company = by.company_id;
    let found = web.app.store.read(move |reader| {
        let Some(payment) = reader.get::<Payment>(company, id)? else { return Ok(None) };
        let Some(order) = reader.get::<Order>(company, payment.order_id)? else { return Ok(None) };
        let books = reader.get::<Company>(company, company)?.map_or(order.currency, |company| company.currency);
        Ok(Some(PaymentJson::of(&payment, order.currency, order.exchange_rate_nano, books)))
    });
    let payment = found.await?.ok_or_else(|| Error::not_found("payment"))?;
    Ok(Tagged(payment.version, payment))
}

/// Takes a payment back that was recorded wrongly.
#[utoipa::path(post, path = "/payments/{id}/reverse", tag = "payments", operation_id = "reverse_payment", request_body = Because,
    params(("id" = String, Path, description = "Id or number of the payment")),
    responses((status = 200, body = crate::order::state::OrderStateJson), (status = "default", body = Problem)))]
pub(super) async fn reverse(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Stepped {
    let id = which(&web, &by, &id).await?;
    let Body { input, replay } = body;
    run(&web, &by, replay, move |work, by| app::payment::reverse::reverse(work, by, id, version, &input.reason)).await
}
