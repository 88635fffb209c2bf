//! The commission statement of an agent: what it earned by which invoice.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::Act;
use serde::Serialize;
use store::query::agent::{self as query, EARNING_SORTS, EARNING_TIES, Earning};
use utoipa::ToSchema;

use super::{AgentMonth, id_of, month};
use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::{CommissionBasisCode, MoneyJson, Named, Numbered};

/// A line of a commission statement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Commission)]
pub struct EarningRow {
    /// On which day it counts.
    pub counted_on: String,
    /// The invoice.
    pub invoice: Numbered,
    /// What was paid of it, where payments count.
    pub payment: Option<Numbered>,
    /// The order.
    pub order: Numbered,
    /// Who ordered.
    pub customer: Named,
    /// What it is counted by.
    pub basis: CommissionBasisCode,
    /// What counts, without tax.
    pub net: MoneyJson,
    /// Percent of it, as when the order was submitted.
    pub commission_rate: String,
    /// What is earned.
    pub commission: MoneyJson,
}

impl From<Earning> for EarningRow {
    fn from(one: Earning) -> Self {
        EarningRow {
            counted_on: one.counted_on.to_string(),
            invoice: Numbered { id: one.invoice_id.to_string(), number: one.invoice_number },
            payment: one.payment.map(|(id, number)| Numbered { id: id.to_string(), number }),
            order: Numbered { id: one.order_id.to_string(), number: one.order_number },
            customer: Named { id: one.customer_id.to_string(), name: one.customer_name },
            basis: one.basis.into(),
            net: MoneyJson::of(one.part.net(), one.currency),
            commission_rate: one.part.rate.decimal(),
            commission: MoneyJson::of(one.part.commission(), one.currency),
        }
    }
}

impl Tabular for EarningRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "counted_on", cell: |row| Cell::from(&row.counted_on) },
        Column { name: "invoice", cell: |row| Cell::from(&row.invoice.number) },
        Column { name: "payment", cell: |row| Cell::from(row.payment.as_ref().map_or("", |payment| &payment.number)) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "end_customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "counted_net", cell: |row| Cell::Number(row.net.amount.clone()) },
        Column { name: "commission_rate", cell: |row| Cell::Number(row.commission_rate.clone()) },
        Column { name: "commission", cell: |row| Cell::Number(row.commission.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.commission.currency) },
    ];
}

/// What an agent earned in a month, line by line. Sorts: `counted_on` (usual).
#[utoipa::path(get, path = "/agents/{id}/commissions", operation_id = "list_commissions", tag = "agent", params(AgentMonth, PageParams),
    responses((status = 200, body = Listed<EarningRow>), (status = "default", body = Problem)))]
pub(super) async fn list(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    asked: Asked<AgentMonth>,
) -> Result<Response, Error> {
    by.may(Act::ViewAgent)?;
    let mut fields = Fields::new();
    let days = month(&mut fields, asked.filter.month.as_deref(), today(&web, &by).await?);
    fields.done()?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let sorts = Sorts { sorts: EARNING_SORTS, ties: EARNING_TIES, usual: "counted_on" };
    list::answer(&web, &by, "commissions", (&asked.page, asked.format), sorts, move |reader, page| {
        Ok(query::earnings(reader, company, id, days, page)?.map(EarningRow::from))
    })
    .await
}
