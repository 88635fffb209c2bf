//! The list of contracts.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::{Act, Contract, ContractStatus, Date, UserId};
use serde::{Deserialize, Serialize};
use store::query::contract::{self as query, Filter, SORTS, TIES};
use store::query::order::names;
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order::today;
use crate::state::Web;
use crate::value::{Coded, ContractStatusCode, Named};
use crate::{customer, product};

/// A contract in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct ContractRow {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub title: String,
    pub customer: Coded,
    pub customer_ref: String,
    /// As the day makes it.
    pub status: ContractStatusCode,
    pub currency: String,
    pub valid_from: String,
    pub valid_to: String,
    /// Days left until its last day; below zero: it is over.
    pub days_left: i64,
    pub line_count: i64,
    /// Whether the signed contract is kept with it.
    pub signed: bool,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
}

impl Tabular for ContractRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "title", cell: |row| Cell::from(&row.title) },
        Column { name: "customer_code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "customer_ref", cell: |row| Cell::from(&row.customer_ref) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "currency", cell: |row| Cell::from(&row.currency) },
        Column { name: "valid_from", cell: |row| Cell::from(&row.valid_from) },
        Column { name: "valid_to", cell: |row| Cell::from(&row.valid_to) },
        Column { name: "line_count", cell: |row| Cell::from(row.line_count) },
        Column { name: "created_at", cell: |row| Cell::from(&row.created_at) },
    ];
}

impl ContractRow {
    fn of(one: &Contract, names: &BTreeMap<UserId, String>, today: Date) -> Self {
        ContractRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            title: one.title.clone(),
            customer: Coded { id: one.customer_id.to_string(), code: one.customer_code.clone(), name: one.customer_name.clone() },
            customer_ref: one.customer_ref.clone(),
            status: one.status_on(today).into(),
            currency: one.currency.as_str().to_owned(),
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.to_string(),
            days_left: today.days_until(one.valid_to),
            line_count: one.line_count,
            signed: one.is_signed(),
            created_by: Named { id: one.created_by.to_string(), name: names.get(&one.created_by).cloned().unwrap_or_default() },
            created_at: one.created_at.to_string(),
        }
    }
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ContractQuery {
    /// Words in number, title, customer or the customer's number.
    pub q: Option<String>,
    /// States, joined by commas; `expired`: in force, and its last day is over.
    pub status: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// Id or code of a product that stands in it.
    pub product: Option<String>,
    /// `true`: something is still to be called off.
    pub remaining: Option<String>,
}

/// Contracts, filtered and sorted. Sorts: `created_at` (usual, newest first), `number`, `valid_to`.
#[utoipa::path(get, path = "/contracts", tag = "contracts", operation_id = "list_contracts", params(ContractQuery, PageParams),
    responses((status = 200, body = Listed<ContractRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<ContractQuery>) -> Result<Response, Error> {
    by.may(Act::ViewContract)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<ContractStatus>(&mut fields, "/status", sent.status.as_deref());
    let remaining = yes_or_no(&mut fields, "/remaining", sent.remaining.as_deref()) == Some(true);
    fields.done()?;
    let customer = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let product = product::filtered(&web, &by, "/product", sent.product).await?;
    let today = today(&web, &by).await?;
    let filter = Filter { q: sent.q, status, today: Some(today), customer, product, remaining };
    let company = by.company_id;
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-created_at" };
    list::answer(&web, &by, "contracts", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        Ok(query::list(reader, company, &filter, page)?.map(|one| ContractRow::of(&one, &names, today)))
    })
    .await
}
