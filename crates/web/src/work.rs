//! What is to do, how things stand, and the one search field.

mod owed;

use axum::Json;
use axum::extract::State;
use domain::{Act, Actor, Clock, ClockTerms, Date, Instant, Money, TaskCause, TaskStatus, Verb};
use serde::{Deserialize, Serialize};
use store::query::list::{Page, Sort};
use store::query::{customer, dashboard, order as query, product, task};
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::change::row::{ChangeRow, waiting};
use crate::customer::grade::{self, GradeRow};
use crate::error::{Error, Problem};
use crate::inquiry::row::{self as inquiry, InquiryRow};
use crate::order::gate::OverrideJson;
use crate::order::row::{OrderRow, rows};
use crate::order::today;
use crate::params::Params;
use crate::quotation::row::{self as quotation, QuotationRow};
use crate::state::Web;
use crate::task::json::{Names, TaskRow};
use crate::task::row::pools;
use crate::value::{Coded, MoneyJson, OrderStatusCode, VerbCode};
use owed::WorkClock;

/// The addresses of these views.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(my_work)).routes(routes!(board)).routes(routes!(search))
}

/// A kind of work: what it is called, the verb that does it, who may, and the view of orders that wait for it.
struct Kind {
    name: &'static str,
    verb: Verb,
    act: Act,
    view: &'static str,
}

const KINDS: &[Kind] = &[
    Kind { name: "review", verb: Verb::Review, act: Act::ReviewOrder, view: "to_review" },
    Kind { name: "approve", verb: Verb::Approve, act: Act::ApproveOrder, view: "to_approve" },
    Kind { name: "send_confirmation", verb: Verb::SendConfirmation, act: Act::SendConfirmation, view: "to_confirm" },
    Kind { name: "signature", verb: Verb::RecordSignedCopy, act: Act::RecordSignedCopy, view: "awaiting_signature" },
    Kind { name: "short", verb: Verb::Reserve, act: Act::ReserveOrder, view: "short" },
    Kind { name: "ship", verb: Verb::Ship, act: Act::ShipOrder, view: "to_ship" },
    Kind { name: "deliver", verb: Verb::Deliver, act: Act::DeliverShipment, view: "to_deliver" },
    Kind { name: "bill", verb: Verb::Invoice, act: Act::InvoiceOrder, view: "to_bill" },
    Kind { name: "collect", verb: Verb::RecordPayment, act: Act::RecordPayment, view: "to_collect" },
    Kind { name: "refund", verb: Verb::RecordRefund, act: Act::RecordRefund, view: "to_refund" },
    Kind { name: "follow_up", verb: Verb::FollowUp, act: Act::CompleteFollowUp, view: "to_follow_up" },
    Kind { name: "close", verb: Verb::Close, act: Act::CloseOrder, view: "to_close" },
    Kind { name: "draft", verb: Verb::Submit, act: Act::SubmitOrder, view: "draft" },
];

/// Items of one kind shown at the most; the counts tell how many there are.
const SHOWN: i64 = 30;

/// Something to do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkItem {
    /// Kind of work, as in the counts.
    pub kind: &'static str,
    /// The verb that does it.
    pub verb: VerbCode,
    /// When it should be done, where there is a limit.
    pub due_at: Option<String>,
    /// The order it is about.
    pub order: OrderRow,
    /// Why it waits, for people.
    pub reason: String,
}

/// What is to do for the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyWork {
    /// How much of each kind.
    pub counts: std::collections::BTreeMap<&'static str, i64>,
    /// The oldest of each kind, the most urgent first.
    pub items: Vec<WorkItem>,
    /// Time limits that are over, of which a role of the caller has to act and that no item stands for, the longest over first.
    pub clocks: Vec<WorkClock>,
    /// What is owed for overrides of the caller, or done in a role of the caller, the nearest first.
    pub owed: Vec<OverrideJson>,
    /// Tasks that wait for the caller: offered, in hand, to be judged, and those of the caller's pools; the most urgent first. What is owed
    /// stands above.
    pub tasks: Vec<TaskRow>,
    /// Change orders that wait for a signature of the caller or for what the customer says, the oldest first.
    pub changes: Vec<ChangeRow>,
    /// Quotations that wait for the caller: to be approved, to be sent, or about to expire without an answer.
    pub quotations: Vec<QuotationRow>,
    /// Inquiries that wait for the caller: open ones, promised answers, and answers of anybody that are late; what was promised the soonest first.
    pub inquiries: Vec<InquiryRow>,
    /// Grades of customers that others propose and the caller may approve.
    pub grades: Vec<GradeRow>,
}

/// The tasks that wait for somebody: nobody is shown another's, nor their own to judge.
fn tasks(reader: &Reader<'_>, by: &Actor, now: Instant, owed: &[domain::Override]) -> Result<Vec<TaskRow>, Fault> {
    if by.may(Act::ViewTask).is_err() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut add = |filter: task::Filter| -> Result<(), Fault> {
        let page = Page { sort: task::SORTS[0], descending: false, after: None, limit: SHOWN };
        found.extend(task::list(reader, by.company_id, &filter, &page)?.rows);
        Ok(())
    };
    if by.may(Act::WorkOnTask).is_ok() {
        let status = vec![TaskStatus::Offered, TaskStatus::Accepted, TaskStatus::InProgress];
        add(task::Filter { status, assignee: Some(by.user_id), ..task::Filter::default() })?;
        add(task::Filter { status: vec![TaskStatus::Open], roles: pools(by), ..task::Filter::default() })?;
    }
    if by.may(Act::EvaluateTask).is_ok() {
        add(task::Filter { status: vec![TaskStatus::Delivered], ..task::Filter::default() })?;
    }
    found.retain(|task| task.status != TaskStatus::Delivered || task.assignee != Some(by.user_id));
    // What is owed is shown as such.
    found.retain(|task| task.cause != TaskCause::Override || owed.iter().all(|one| one.id.raw() != task.cause_id));
    found.sort_by_key(|task| (task.due_at.is_none(), task.due_at, task.priority, task.id));
    let names = Names::read(reader, by.company_id, by.language)?;
    Ok(found.iter().map(|task| TaskRow::of(task, by, &names, now)).collect())
}

/// Whether a step ends a clock, which says then when it is due. A shortage ends when the goods are there, whoever sees to it.
fn ends(terms: &ClockTerms, verb: Verb) -> bool {
    terms.stops.iter().any(|event| Verb::of_event(*event) == Some(verb))
}

/// When a clock of the order says so; else by the dates of the order.
fn due(kind: &Kind, row: &OrderRow, zone: &str) -> Option<Instant> {
    let end_of = |date: Date| Instant::start_of_in(date.plus_days(1), zone);
    let order = &row.order;
    let by_date = match kind.name {
        "short" | "ship" => order.planned_ship_on.or(order.required_on).map(end_of),
        "deliver" => order.expected_on.or(order.required_on).map(end_of),
        "collect" => order.overdue_on.map(end_of),
        "follow_up" => order.follow_up_due_on.map(end_of),
        _ => None,
    };
    let ends = |clock: &&Clock| clock.paused_at.is_none() && ends(&clock.terms(), kind.verb);
    match kind.name {
        // What is reminded of comes before the day itself.
        "deliver" => by_date,
        _ => row.clocks.iter().find(ends).map(|clock| clock.due_at).or(by_date),
    }
}

fn view(reader: &Reader<'_>, by: &Actor, kind: &Kind, today: Date) -> Result<Vec<OrderRow>, Fault> {
    let mine = (kind.name == "draft").then_some(by.user_id);
    let filter = query::Filter { view: Some(kind.view), mine, ..query::Filter::default() };
    let page = Page { sort: Sort::int("created_at", "o.id"), descending: false, after: None, limit: SHOWN };
    let found = rows(reader, by, query::list(reader, by.company_id, &filter, &page)?, today)?;
    // Nobody is asked to review or approve what they entered themselves, nor to take another role's step.
    let own = |row: &OrderRow| matches!(kind.name, "review" | "approve") && row.order.entered_by == by.user_id;
    let others = |row: &OrderRow| kind.name == "approve" && row.waiting_for.as_ref().is_some_and(|w| !by.has_role(&w.who));
    Ok(found.rows.into_iter().filter(|row| !own(row) && !others(row)).collect())
}

/// What is to do for the caller, the most urgent first.
#[utoipa::path(get, path = "/my-work", tag = "work", operation_id = "my_work", responses((status = 200, body = MyWork), (status = "default", body = Problem)))]
async fn my_work(State(web): State<Web>, by: By) -> Result<Json<MyWork>, Error> {
    by.may(Act::ViewOrder)?;
    let today = today(&web, &by).await?;
    let (actor, now) = (by.actor.clone(), web.now());
    let found = web.app.store.read(move |reader| {
        let zone = reader.get::<domain::Company>(actor.company_id, actor.company_id)?.map_or_else(|| "UTC".to_owned(), |c| c.time_zone);
        let tallies = query::counts(reader, actor.company_id)?;
        let owed = owed::owed(reader, &actor)?;
        let tasks = tasks(reader, &actor, now, &owed)?;
        let owed = owed::shown(reader, &actor, owed, now)?;
        let changes = waiting(reader, &actor, SHOWN)?;
        let quotations = quotation::waiting(reader, &actor, today, SHOWN)?;
        let inquiries = inquiry::waiting(reader, &actor, now, SHOWN)?;
        let grades = grade::waiting(reader, &actor, SHOWN)?;
        let (counts, items, clocks) = (std::collections::BTreeMap::new(), Vec::new(), Vec::new());
        let mut work = MyWork { counts, items, clocks, owed, tasks, changes, quotations, inquiries, grades };
        work.counts.insert("grade", i64::try_from(work.grades.len()).unwrap_or(SHOWN));
        work.counts.insert("inquiry", i64::try_from(work.inquiries.len()).unwrap_or(SHOWN));
        work.counts.insert("change", i64::try_from(work.changes.len()).unwrap_or(SHOWN));
        work.counts.insert("quotation", i64::try_from(work.quotations.len()).unwrap_or(SHOWN));
        work.counts.insert("task", i64::try_from(work.tasks.len()).unwrap_or(SHOWN));
        work.counts.insert("owed", i64::try_from(work.owed.len()).unwrap_or(SHOWN));
        for kind in KINDS.iter().filter(|kind| actor.may(kind.act).is_ok()) {
            let shown = view(reader, &actor, kind, today)?;
            let all = tallies.iter().find(|t| t.0 == kind.view).map_or(0, |t| t.1);
            let exact = i64::try_from(shown.len()).unwrap_or(SHOWN);
            let whole = matches!(kind.name, "review" | "approve" | "draft") && exact < SHOWN;
            work.counts.insert(kind.name, if whole { exact } else { all });
            work.items.extend(shown.into_iter().map(|row| WorkItem {
                kind: kind.name,
                verb: kind.verb.into(),
                due_at: due(kind, &row, &zone).map(|at| at.to_string()),
                reason: domain::text(actor.language, &format!("waiting.{}", waiting_text(kind.name)), &[]),
                order: row,
            }));
        }
        work.clocks = owed::clocks(reader, &actor, now, &work.items)?;
        work.counts.insert("clock", i64::try_from(work.clocks.len()).unwrap_or(SHOWN));
        // Instants are written alike, so their texts sort as they do; what has no limit comes last.
        work.items.sort_by(|a, b| (a.due_at.is_none(), &a.due_at).cmp(&(b.due_at.is_none(), &b.due_at)));
        Ok(work)
    });
    Ok(Json(found.await?))
}

fn waiting_text(kind: &str) -> &str {
    match kind {
        "short" => "stock",
        "bill" => "invoice",
        "draft" => "submit",
        other => other,
    }
}

/// Orders in one state.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatusFigure {
    /// The state.
    pub status: OrderStatusCode,
    /// How many.
    pub count: i64,
    /// What their customers pay.
    pub payable: MoneyJson,
}

/// Orders received on one day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayFigure {
    /// The day.
    pub day: String,
    /// How many.
    pub count: i64,
    /// What their customers pay.
    pub payable: MoneyJson,
}

/// Orders that wait for one kind of work.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingFigure {
    /// Kind of work.
    pub kind: &'static str,
    /// How many.
    pub count: i64,
    /// When the oldest of them was made.
    pub oldest_at: Option<String>,
}

/// Invoices that should have been paid.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverdueFigure {
    /// How many.
    pub count: i64,
    /// What is open of them.
    pub amount: MoneyJson,
}

/// A customer and what it ordered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CustomerFigure {
    /// Who.
    pub customer: Coded,
    /// How many orders.
    pub count: i64,
    /// What it pays.
    pub payable: MoneyJson,
}

/// How things stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dashboard {
    /// Orders by state.
    pub by_status: Vec<StatusFigure>,
    /// Orders received on each of the last 30 days.
    pub received: Vec<DayFigure>,
    /// Where orders wait.
    pub waiting: Vec<WaitingFigure>,
    /// Invoices that should have been paid.
    pub overdue: OverdueFigure,
    /// Customers with the largest orders of the last 90 days.
    pub top_customers: Vec<CustomerFigure>,
}

fn figures(reader: &Reader<'_>, by: &Actor, today: Date) -> Result<Dashboard, Fault> {
    let company = by.company_id;
    let currency = reader.get::<domain::Company>(company, company)?.map_or(domain::Currency::CNY, |c| c.currency);
    let money = |minor| MoneyJson::of(Money::from_minor(minor), currency);
    let tallies = query::counts(reader, company)?;
    let tally = |name: &str| tallies.iter().find(|t| t.0 == name).map_or((0, 0), |t| (t.1, t.2));
    let status = |status: &domain::OrderStatus| {
        let (count, payable) = tally(status.as_str());
        StatusFigure { status: (*status).into(), count, payable: money(payable) }
    };
    let mut waiting = Vec::new();
    for kind in KINDS {
        let oldest = dashboard::oldest(reader, company, kind.view)?;
        let oldest = oldest.map_or(Ok(None), |id| reader.get::<domain::Order>(company, id))?;
        waiting.push(WaitingFigure { kind: kind.name, count: tally(kind.view).0, oldest_at: oldest.map(|o| o.created_at.to_string()) });
    }
    let received = dashboard::received(reader, company, today.plus_days(-29))?;
    let (count, amount) = dashboard::overdue(reader, company, today)?;
    let top = dashboard::top_customers(reader, company, today.plus_days(-89), 8)?;
    let customer = |c: dashboard::TopCustomer| CustomerFigure {
        customer: Coded { id: c.id.to_string(), code: c.code, name: c.name },
        count: c.count,
        payable: money(c.payable_minor),
    };
    Ok(Dashboard {
        by_status: domain::OrderStatus::ALL.iter().map(status).collect(),
        received: received
            .into_iter()
            .map(|d| DayFigure { day: d.on.to_string(), count: d.count, payable: money(d.payable_minor) })
            .collect(),
        waiting,
        overdue: OverdueFigure { count, amount: money(amount) },
        top_customers: top.into_iter().map(customer).collect(),
    })
}

/// How things stand.
#[utoipa::path(get, path = "/dashboard", tag = "work", operation_id = "dashboard", responses((status = 200, body = Dashboard), (status = "default", body = Problem)))]
async fn board(State(web): State<Web>, by: By) -> Result<Json<Dashboard>, Error> {
    by.may(Act::ViewOrder)?;
    let today = today(&web, &by).await?;
    let actor = by.actor.clone();
    Ok(Json(web.app.store.read(move |reader| figures(reader, &actor, today)).await?))
}

/// What to search for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// Number, code, name, pinyin or barcode.
    pub q: String,
}

/// A product that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundProduct {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
}

/// What was found, eight of each at the most.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SearchResult {
    /// Orders by number or customer.
    pub orders: Vec<OrderRow>,
    /// Customers.
    pub customers: Vec<Coded>,
    /// Products.
    pub products: Vec<FoundProduct>,
}

/// Of each noun at the most.
const FOUND: usize = 8;

/// Finds orders, customers and products by what somebody types.
#[utoipa::path(get, path = "/search", tag = "work", operation_id = "search", params(SearchParams),
    responses((status = 200, body = SearchResult), (status = "default", body = Problem)))]
async fn search(State(web): State<Web>, by: By, Params(params): Params<SearchParams>) -> Result<Json<SearchResult>, Error> {
    if params.q.trim().is_empty() {
        return Ok(Json(SearchResult::default()));
    }
    let today = today(&web, &by).await?;
    let actor = by.actor.clone();
    let found = web.app.store.read(move |reader| {
        let mut result = SearchResult::default();
        if actor.may(Act::ViewOrder).is_ok() {
            let filter = query::Filter { q: Some(params.q.clone()), ..query::Filter::default() };
            let page = Page { sort: Sort::int("created_at", "o.id"), descending: true, after: None, limit: FOUND as i64 };
            result.orders = rows(reader, &actor, query::list(reader, actor.company_id, &filter, &page)?, today)?.rows;
        }
        if actor.may(Act::ViewCustomer).is_ok() {
            let found = customer::search(reader, actor.company_id, &params.q, FOUND)?;
            result.customers = found.into_iter().map(|c| Coded { id: c.id.to_string(), code: c.code, name: c.name }).collect();
        }
        if actor.may(Act::ViewProduct).is_ok() {
            let found = product::search(reader, actor.company_id, &params.q, FOUND)?;
            let product =
                |p: domain::Product| FoundProduct { id: p.id.to_string(), code: p.code, name: p.name, spec: p.spec, unit: p.unit };
            result.products = found.into_iter().map(product).collect();
        }
        Ok(result)
    });
    Ok(Json(found.await?))
}
