//! The list of purchase orders.

use axum::extract::State;
use axum::response::Response;
use domain::{Act, Date, PurchaseStatus};
use serde::{Deserialize, Serialize};
use store::query::purchase::{self as query, Filter, Listed as Found, SORTS, TIES};
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::{Coded, MoneyJson, PurchaseStatusCode};
use crate::{product, supplier, warehouse};

/// A purchase order in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct PurchaseRow {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub status: PurchaseStatusCode,
    pub supplier: Coded,
    /// The supplier's number of its confirmation.
    pub supplier_ref: String,
    pub warehouse: Coded,
    /// The day it was sent.
    pub ordered_on: Option<String>,
    /// The first day on which something of it is expected; `null`: nothing is awaited.
    pub expected_on: Option<String>,
    /// Days since that day; `null` where it is not over.
    pub late_days: Option<i64>,
    pub line_count: i64,
    /// What its lines come to, without tax.
    pub total: MoneyJson,
    #[schema(format = DateTime)]
    pub created_at: String,
}

impl PurchaseRow {
    pub(super) fn of(found: &Found, today: Date) -> Self {
        let one = &found.purchase;
        let late = found.expected_on.map(|day| day.days_until(today)).filter(|days| *days > 0);
        PurchaseRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status.into(),
            supplier: Coded { id: one.supplier_id.to_string(), code: one.supplier_code.clone(), name: one.supplier_name.clone() },
            supplier_ref: one.supplier_ref.clone(),
            warehouse: Coded { id: one.warehouse_id.to_string(), code: found.warehouse.0.clone(), name: found.warehouse.1.clone() },
            ordered_on: one.ordered_on.map(|day| day.to_string()),
            expected_on: found.expected_on.map(|day| day.to_string()),
            late_days: late,
            line_count: one.line_count,
            total: MoneyJson::of(one.total_minor, one.currency),
            created_at: one.created_at.to_string(),
        }
    }
}

impl Tabular for PurchaseRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "supplier", cell: |row| Cell::from(&row.supplier.name) },
        Column { name: "supplier_ref", cell: |row| Cell::from(&row.supplier_ref) },
        Column { name: "warehouse", cell: |row| Cell::from(&row.warehouse.name) },
        Column { name: "ordered_on", cell: |row| row.ordered_on.as_ref().map_or(Cell::Empty, Cell::from) },
        Column { name: "expected_on", cell: |row| row.expected_on.as_ref().map_or(Cell::Empty, Cell::from) },
        Column { name: "line_count", cell: |row| Cell::from(row.line_count) },
        Column { name: "total", cell: |row| Cell::Number(row.total.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.total.currency) },
        Column { name: "created_at", cell: |row| Cell::from(&row.created_at) },
    ];
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PurchaseQuery {
    /// Words in number, supplier or the supplier's number.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or code of the supplier.
    pub supplier: Option<String>,
    /// Id or code of a product that stands in it.
    pub product: Option<String>,
    /// Id or code of the warehouse.
    pub warehouse: Option<String>,
    /// `true`: something of it was expected before today and has not come.
    pub late: Option<String>,
}

/// Purchase orders, filtered and sorted. Sorts: `created_at` (usual, newest first), `number`, `supplier`.
#[utoipa::path(get, path = "/purchases", tag = "purchase", operation_id = "list_purchases", params(PurchaseQuery, PageParams),
    responses((status = 200, body = Listed<PurchaseRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<PurchaseQuery>) -> Result<Response, Error> {
    by.may(Act::ViewPurchase)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<PurchaseStatus>(&mut fields, "/status", sent.status.as_deref());
    let late = yes_or_no(&mut fields, "/late", sent.late.as_deref()) == Some(true);
    fields.done()?;
    let supplier = supplier::filtered(&web, &by, "/supplier", sent.supplier).await?;
    let product = product::filtered(&web, &by, "/product", sent.product).await?;
    let warehouse = warehouse::filtered(&web, &by, "/warehouse", sent.warehouse).await?;
    let today = today(&web, &by).await?;
    let filter = Filter { q: sent.q, status, supplier, product, warehouse, late_on: late.then_some(today) };
    let company = by.company_id;
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-created_at" };
    list::answer(&web, &by, "purchases", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::list(reader, company, &filter, page)?.map(|one| PurchaseRow::of(&one, today)))
    })
    .await
}
