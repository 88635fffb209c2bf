//! The list of change orders, and those that wait for somebody.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::{
    Act, Actor, ChangeApproval, ChangeId, ChangeOrder, ChangeStatus, Currency, Language, Order, OrderId, UserId, change_step_for, name_of,
};
use serde::{Deserialize, Serialize};
use store::query::change::{self as query, Filter, SORTS, TIES};
use store::query::list::Page;
use store::query::order::names;
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};

use crate::by::By;
use crate::customer;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::order;
use crate::state::Web;
use crate::value::{ChangeSideCode, ChangeStatusCode, MoneyJson, Named, Numbered};

/// A change order in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct ChangeRow {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub order: Numbered,
    pub customer: Named,
    pub status: ChangeStatusCode,
    pub side: ChangeSideCode,
    pub reason: String,
    /// What kinds of changes it asks for, by name.
    pub kinds: Vec<String>,
    /// What the customer pays before; `null` before it is submitted.
    pub payable_before: Option<MoneyJson>,
    /// What the customer pays after.
    pub payable_after: Option<MoneyJson>,
    /// Which version of the order it made; 0 before it is applied.
    pub revision: i64,
    pub created_by: Named,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
}

impl Tabular for ChangeRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "order", cell: |row| Cell::from(&row.order.number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "side", cell: |row| Cell::from(&row.side.0) },
        Column { name: "reason", cell: |row| Cell::from(&row.reason) },
        Column { name: "kinds", cell: |row| Cell::from(&row.kinds.join(", ")) },
        Column {
            name: "payable_before",
            cell: |row| row.payable_before.as_ref().map_or(Cell::Empty, |money| Cell::Number(money.amount.clone())),
        },
        Column {
            name: "payable_after",
            cell: |row| row.payable_after.as_ref().map_or(Cell::Empty, |money| Cell::Number(money.amount.clone())),
        },
        Column { name: "currency", cell: |row| row.payable_after.as_ref().map_or(Cell::Empty, |money| Cell::from(&money.currency)) },
        Column { name: "created_at", cell: |row| Cell::from(&row.created_at) },
    ];
}

impl ChangeRow {
    /// A row for people.
    pub(crate) fn of(change: &ChangeOrder, names: &BTreeMap<UserId, String>, language: Language) -> Self {
        let mut kinds: Vec<String> = Vec::new();
        for item in change.items() {
            let name = name_of(language, item.kind());
            if !kinds.contains(&name) {
                kinds.push(name);
            }
        }
        let effect = change.effect();
        let money = |amount, currency: Currency| MoneyJson::of(amount, currency);
        let created_by = names.get(&change.created_by).cloned().unwrap_or_default();
        ChangeRow {
            id: change.id.to_string(),
            version: change.version.raw(),
            number: change.number.clone(),
            order: Numbered { id: change.order_id.to_string(), number: change.order_number.clone() },
            customer: Named { id: change.customer_id.to_string(), name: change.customer_name.clone() },
            status: change.status.into(),
            side: change.side.into(),
            reason: change.reason.clone(),
            kinds,
            payable_before: effect.as_ref().map(|effect| money(effect.before.payable, effect.before.currency)),
            payable_after: effect.as_ref().map(|effect| money(effect.after.payable, effect.after.currency)),
            revision: change.revision,
            created_by: Named { id: change.created_by.to_string(), name: created_by },
            created_at: change.created_at.to_string(),
            ended_at: change.ended_at.map(|at| at.to_string()),
        }
    }
}

/// What may be filtered by.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// Words in number, order, customer or reason.
    pub q: Option<String>,
    /// States, joined by commas.
    pub status: Option<String>,
    /// Id or number of the order.
    pub order: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// `true`: made by the caller.
    pub mine: Option<String>,
}

/// Change orders, filtered and sorted. Sorts: `created_at` (usual, newest first), `number`.
#[utoipa::path(get, path = "/changes", tag = "changes", operation_id = "list_changes", params(ChangeQuery, PageParams),
    responses((status = 200, body = Listed<ChangeRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<ChangeQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let sent = asked.filter;
    let mut fields = Fields::new();
    let status = codes::<ChangeStatus>(&mut fields, "/status", sent.status.as_deref());
    let mine = yes_or_no(&mut fields, "/mine", sent.mine.as_deref()) == Some(true);
    fields.done()?;
    let order = match &sent.order {
        Some(reference) => Some(order::which(&web, &by, reference).await?),
        None => None,
    };
    let customer = customer::filtered(&web, &by, "/customer", sent.customer).await?;
    let filter = Filter { q: sent.q, status, order, customer, created_by: mine.then_some(by.user_id) };
    let (company, language) = (by.company_id, by.language);
    let sorts = Sorts { sorts: SORTS, ties: TIES, usual: "-created_at" };
    list::answer(&web, &by, "changes", (&asked.page, asked.format), sorts, move |reader, page| {
        let names = names(reader, company)?;
        Ok(query::list(reader, company, &filter, page)?.map(|change| ChangeRow::of(&change, &names, language)))
    })
    .await
}

/// Change orders that wait for the caller: for a signature in a role of the caller, for the customer's answer; the oldest first.
pub(crate) fn waiting(reader: &Reader<'_>, by: &Actor, limit: i64) -> Result<Vec<ChangeRow>, Fault> {
    let mut status = Vec::new();
    if by.may(Act::ApproveChange).is_ok() {
        status.push(ChangeStatus::Submitted);
    }
    if by.may(Act::AnswerChange).is_ok() {
        status.push(ChangeStatus::Answering);
    }
    if status.is_empty() {
        return Ok(Vec::new());
    }
    let page = Page { sort: SORTS[0], descending: false, after: None, limit };
    let company = by.company_id;
    let found = query::list(reader, company, &Filter { status, ..Filter::default() }, &page)?.rows;
    let ids: Vec<ChangeId> = found.iter().map(|change| change.id).collect();
    let orders: Vec<OrderId> = found.iter().map(|change| change.order_id).collect();
    let steps = query::steps_of(reader, company, &ids)?;
    let orders: BTreeMap<OrderId, Order> = query::orders_of(reader, company, &orders)?.into_iter().map(|order| (order.id, order)).collect();
    let for_caller = |change: &ChangeOrder| {
        let own: Vec<&ChangeApproval> = steps.iter().filter(|step| step.change_id == change.id).collect();
        let may_sign = |order| change_step_for(change, order, &own, by, &[]).is_ok();
        change.status != ChangeStatus::Submitted || orders.get(&change.order_id).is_some_and(may_sign)
    };
    let names = names(reader, company)?;
    Ok(found.iter().filter(|change| for_caller(change)).map(|change| ChangeRow::of(change, &names, by.language)).collect())
}
