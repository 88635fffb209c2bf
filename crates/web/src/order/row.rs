//! The order list and what comes of it: rows, totals, views with counts.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{
    Act, Clock, Code, Date, FieldRule, Finance, Fulfilment, Language, Order, OrderId, OrderStatus, Refusal, Service, Supply, TrackFacts,
    UserId,
};
use serde::{Deserialize, Serialize};
use store::query::list::Found;
use store::query::order::{self as query, Filter, Listed as Found1, SORTS, TIES, VIEWS};
use store::query::{clock, dashboard, user};
use utoipa::{IntoParams, ToSchema};

use super::state::{TracksJson, WaitingJson, tracks, waiting};
use super::today;
use crate::by::By;
use crate::clock::ClockChip;
use crate::confirmation::{self, SlipJson};
use crate::customer;
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{ChannelCode, GradeCode, MoneyJson, Named, OrderSignatureCode, OrderStatusCode};

/// A customer in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GradedCustomer {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its grade.
    pub grade: GradeCode,
}

/// An order in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderRow)]
pub struct OrderRow {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its number; empty before the first submission.
    pub number: String,
    /// The commercial track.
    pub status: OrderStatusCode,
    /// Whether it rests.
    pub held: bool,
    /// Who buys.
    pub customer: GradedCustomer,
    /// Sales representative.
    pub rep: Option<Named>,
    /// Where it came from.
    pub channel: ChannelCode,
    /// What the customer pays.
    pub payable: MoneyJson,
    /// What is not paid yet.
    pub open: MoneyJson,
    /// How many lines.
    pub line_count: i64,
    /// Order date.
    pub ordered_on: String,
    /// When the goods are required.
    pub required_on: Option<String>,
    /// When they are promised.
    pub promised_on: Option<String>,
    /// How the promised date stands while the signed confirmation is not back; `null`: it does not slip.
    pub slip: Option<SlipJson>,
    /// Whether the customer signs the confirmation.
    pub signature: OrderSignatureCode,
    /// When it was made.
    pub created_at: String,
    /// The five tracks.
    pub tracks: TracksJson,
    /// For whom it waits.
    pub waiting_for: Option<WaitingJson>,
    /// The time limit that ends next.
    pub clock: Option<ClockChip>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) clocks: Vec<Clock>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) order: Order,
}

impl OrderRow {
    /// A row for people.
    pub fn of(found: Found1, next_role: Option<&str>, today: Date, language: Language) -> Self {
        let Found1 { order, grade, rep_name } = found;
        let rep = order.rep_id.zip(rep_name).map(|(id, name)| Named { id: id.to_string(), name });
        let money = |amount| MoneyJson::of(amount, order.currency);
        OrderRow {
            id: order.id.to_string(),
            version: order.version.raw(),
            number: order.number.clone(),
            status: order.status.into(),
            held: order.held,
            customer: GradedCustomer {
                id: order.customer_id.to_string(),
                code: order.customer_code.clone(),
                name: order.customer_name.clone(),
                grade: grade.into(),
            },
            rep,
            channel: order.channel.into(),
            payable: money(order.payable_minor),
            open: money(order.open()),
            line_count: order.line_count,
            ordered_on: order.ordered_on.to_string(),
            required_on: order.required_on.map(|d| d.to_string()),
            promised_on: order.promised_on.map(|d| d.to_string()),
            slip: None,
            signature: order.signature.into(),
            created_at: order.created_at.to_string(),
            tracks: tracks(&TrackFacts::from(&order), today, &[]),
            waiting_for: waiting(&order, next_role, language),
            clock: None,
            clocks: Vec::new(),
            order,
        }
    }

    /// With the order's open clocks, the nearest first.
    fn limited(mut self, clocks: Vec<Clock>, language: Language) -> Self {
        self.clock = clocks.first().map(|clock| ClockChip::of(clock, language));
        self.clocks = clocks;
        self
    }
}

/// Rows for people, with the roles that approvals wait for and their time limits.
pub(crate) fn rows(
    reader: &store::Reader<'_>,
    by: &domain::Actor,
    found: Found<Found1>,
    today: Date,
) -> Result<Found<OrderRow>, store::Fault> {
    let orders: Vec<&Order> = found.rows.iter().map(|row| &row.order).collect();
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let roles = query::next_roles(reader, by.company_id, &orders)?;
    let mut clocks = clock::of_orders(reader, by.company_id, &ids)?;
    let calendar = confirmation::calendar(reader, by.company_id, orders)?;
    Ok(found.map(|row| {
        let role = roles.get(&row.order.id).map(String::as_str);
        let clocks = clocks.remove(&row.order.id).unwrap_or_default();
        let slip = SlipJson::of(&row.order, today, &calendar);
        OrderRow { slip, ..OrderRow::of(row, role, today, by.language) }.limited(clocks, by.language)
    }))
}

impl Tabular for OrderRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "customer_code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "ordered_on", cell: |row| Cell::from(row.order.ordered_on) },
        Column { name: "required_on", cell: |row| Cell::from(row.order.required_on) },
        Column { name: "payable", cell: |row| Cell::Number(row.payable.amount.clone()) },
        Column { name: "open", cell: |row| Cell::Number(row.open.amount.clone()) },
        Column { name: "currency", cell: |row| Cell::from(&row.payable.currency) },
        Column { name: "line_count", cell: |row| Cell::Int(row.line_count) },
    ];
}

/// What may be filtered by. Several values of a state are joined by commas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct OrderFilter {
    /// Part of a number, or of a customer's name, code or pinyin.
    pub q: Option<String>,
    /// States of the commercial track.
    pub status: Option<String>,
    /// Id or code of the customer.
    pub customer: Option<String>,
    /// Id or username of the sales representative.
    pub rep: Option<String>,
    /// `true`: entered by me or mine to look after.
    pub mine: Option<String>,
    /// `true` or `false`.
    pub held: Option<String>,
    /// `true`: required before today and not delivered.
    pub late: Option<String>,
    /// States of the supply track.
    pub supply: Option<String>,
    /// States of the fulfilment track.
    pub fulfilment: Option<String>,
    /// States of the finance track.
    pub finance: Option<String>,
    /// States of the service track.
    pub service: Option<String>,
    /// Required on this day or later.
    pub required_from: Option<String>,
    /// Required on this day or earlier.
    pub required_to: Option<String>,
    /// Ordered on this day or later.
    pub ordered_from: Option<String>,
    /// Ordered on this day or earlier.
    pub ordered_to: Option<String>,
    /// A view by its name, as `/orders/counts` lists them.
    pub view: Option<String>,
}

/// The words of a list with commas between.
pub(crate) fn words(list: Option<&str>) -> Vec<String> {
    list.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The codes of a filter, as the query takes them.
fn states<S: Code>(fields: &mut Fields, pointer: &str, list: Option<&str>) -> Vec<String> {
    codes::<S>(fields, pointer, list).into_iter().map(|state| state.as_str().to_owned()).collect()
}

impl OrderFilter {
    async fn read(&self, web: &Web, by: &By, today: Date) -> Result<Filter, Error> {
        let mut fields = Fields::new();
        let mut is = |pointer: &str, value: &Option<String>| yes_or_no(&mut fields, pointer, value.as_deref());
        let (mine, held, late) = (is("/mine", &self.mine) == Some(true), is("/held", &self.held), is("/late", &self.late) == Some(true));
        let mut filter = Filter {
            q: self.q.clone(),
            status: states::<OrderStatus>(&mut fields, "/status", self.status.as_deref()),
            customer: None,
            rep: None,
            mine: mine.then_some(by.user_id),
            held,
            late_on: late.then_some(today),
            supply: states::<Supply>(&mut fields, "/supply", self.supply.as_deref()),
            fulfilment: states::<Fulfilment>(&mut fields, "/fulfilment", self.fulfilment.as_deref()),
            finance: states::<Finance>(&mut fields, "/finance", self.finance.as_deref()),
            service: states::<Service>(&mut fields, "/service", self.service.as_deref()),
            required_from: fields.optional_date("/required_from", self.required_from.as_deref()),
            required_to: fields.optional_date("/required_to", self.required_to.as_deref()),
            ordered_from: fields.optional_date("/ordered_from", self.ordered_from.as_deref()),
            ordered_to: fields.optional_date("/ordered_to", self.ordered_to.as_deref()),
            view: None,
        };
        match self.view.as_deref() {
            None | Some("all") => {}
            Some("mine") => filter.mine = Some(by.user_id),
            Some("late") => filter.late_on = Some(today),
            Some(name) => match VIEWS.iter().find(|view| view.name == name) {
                Some(view) => filter.view = Some(view.name),
                None => fields.wrong("/view", FieldRule::UnknownChoice { value: name.to_owned() }),
            },
        }
        fields.done()?;
        filter.customer = customer::filtered(web, by, "/customer", self.customer.clone()).await?;
        filter.rep = rep(web, by, self.rep.clone()).await?;
        Ok(filter)
    }
}

/// The representative a filter names, by id or username.
async fn rep(web: &Web, by: &By, reference: Option<String>) -> Result<Option<UserId>, Error> {
    let Some(reference) = reference else { return Ok(None) };
    let (company, name) = (by.company_id, reference.clone());
    let found = web.app.store.read(move |reader| {
        let named = user::by_username(reader, company, &name)?.map(|user| user.id);
        Ok(named.or(name.parse().ok()))
    });
    Ok(Some(found.await?.ok_or_else(|| Refusal::field("/rep", FieldRule::Unknown { value: reference }))?))
}

/// Orders, filtered and sorted.
#[utoipa::path(get, path = "/orders", tag = "orders", operation_id = "list_orders", params(OrderFilter, PageParams),
    responses((status = 200, body = Listed<OrderRow>), (status = "default", body = Problem)))]
pub(super) async fn list(State(web): State<Web>, by: By, asked: Asked<OrderFilter>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let today = today(&web, &by).await?;
    let filter = asked.filter.read(&web, &by, today).await?;
    let actor = by.actor.clone();
    list::answer(
        &web,
        &by,
        "orders",
        (&asked.page, asked.format),
        Sorts { sorts: SORTS, ties: TIES, usual: "-created_at" },
        move |reader, page| rows(reader, &actor, query::list(reader, actor.company_id, &filter, page)?, today),
    )
    .await
}

/// Count and sum of what a filter finds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderSummary)]
pub struct SummaryJson {
    /// How many orders.
    pub count: i64,
    /// What their customers pay.
    pub payable: MoneyJson,
}

/// Count and sum of everything the filter finds.
#[utoipa::path(get, path = "/orders/summary", tag = "orders", operation_id = "summarize_orders", params(OrderFilter),
    responses((status = 200, body = SummaryJson), (status = "default", body = Problem)))]
pub(super) async fn summary(State(web): State<Web>, by: By, asked: Asked<OrderFilter>) -> Result<Json<SummaryJson>, Error> {
    by.may(Act::ViewOrder)?;
    let filter = asked.filter.read(&web, &by, today(&web, &by).await?).await?;
    let company_id = by.company_id;
    let (found, company) = web
        .app
        .store
        .read(move |r| Ok((query::summary(r, company_id, &filter)?, r.get::<domain::Company>(company_id, company_id)?)))
        .await?;
    let currency = company.map_or(domain::Currency::CNY, |c| c.currency);
    Ok(Json(SummaryJson { count: found.count, payable: MoneyJson::of(domain::Money::from_minor(found.payable_minor), currency) }))
}

/// How many orders each view has, of `late` and `mine` up to 1,000.
#[utoipa::path(get, path = "/orders/counts", tag = "orders", operation_id = "count_orders",
    responses((status = 200, body = std::collections::BTreeMap<String, i64>), (status = "default", body = Problem)))]
pub(super) async fn counts(State(web): State<Web>, by: By) -> Result<Json<std::collections::BTreeMap<String, i64>>, Error> {
    by.may(Act::ViewOrder)?;
    let today = today(&web, &by).await?;
    let (company, user) = (by.company_id, by.user_id);
    let found = web.app.store.read(move |r| {
        let mut counts: std::collections::BTreeMap<String, i64> =
            query::counts(r, company)?.into_iter().map(|c| (c.0.to_owned(), c.1)).collect();
        counts.insert("late".to_owned(), dashboard::late(r, company, today)?);
        counts.insert("mine".to_owned(), dashboard::mine(r, company, user)?);
        Ok(counts)
    });
    Ok(Json(found.await?))
}
