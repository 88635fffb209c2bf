//! Grades of customers over HTTP: what the rule says and why, and what people propose (PTY-02).

use std::collections::HashMap;
use std::sync::Arc;

use app::grade::{apply, approve, propose, recompute, refuse};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Act, Actor, Blueprint, Company, CompanyId, CustomerId, GradeReason, Instant, KeptBlueprint, decimal_text};
use serde::{Deserialize, Serialize};
use store::query::grade::{self as query, Filter, Graded};
use store::query::list::Page;
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id_of;
use crate::body::{Because, Body, Empty, Noting};
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes, yes_or_no};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::state::Web;
use crate::value::{Coded, GradeCode, GradeConditionCode, GradeSourceCode, MoneyJson, Named, Saved};
use crate::version::{MaybeMatching, Tagged};

/// The addresses of this noun.
pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(recompute_all))
        .routes(routes!(apply_several))
        .routes(routes!(show))
        .routes(routes!(recompute_one))
        .routes(routes!(apply_one))
        .routes(routes!(propose))
        .routes(routes!(approve))
        .routes(routes!(refuse))
}

/// One condition of one grade, with what was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = GradeReason)]
pub struct ReasonJson {
    /// Of which grade.
    pub grade: GradeCode,
    /// What is asked.
    pub condition: GradeConditionCode,
    /// The limit: an amount in the currency of the books, a percentage, days or years.
    pub limit: String,
    /// What was found; `null` where there is nothing to judge by, which is no fault.
    pub found: Option<String>,
    /// Whether it holds.
    pub holds: bool,
}

impl From<&GradeReason> for ReasonJson {
    fn from(reason: &GradeReason) -> Self {
        ReasonJson {
            grade: reason.grade.into(),
            condition: reason.condition.into(),
            limit: decimal_text(reason.limit, 2),
            found: reason.found.map(|found| decimal_text(found, 2)),
            holds: reason.holds,
        }
    }
}

/// A grade that waits for approval.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = GradeProposal)]
pub struct ProposalJson {
    /// Which grade.
    pub grade: GradeCode,
    /// Who proposed it: approves it never.
    pub by: Named,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Instant>,
    /// Why.
    pub reason: String,
}

/// A customer with what is known of its grade.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerGrade)]
pub struct GradeRow {
    /// The customer.
    pub customer: Coded,
    /// Version of the customer.
    pub version: i64,
    /// The grade it has.
    pub grade: GradeCode,
    /// Where that comes from.
    pub source: GradeSourceCode,
    /// Who set it; `null`: it was entered with the file.
    pub set_by: Option<Named>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub set_at: Option<Instant>,
    /// Why, where it was set by hand.
    pub reason: String,
    /// What the rule says; `null` before it was asked.
    pub rule_grade: Option<GradeCode>,
    /// Orders of the last twelve months that took effect and were not cancelled, in the currency of the books.
    pub turnover: MoneyJson,
    /// Foreign orders without a rate, which are not in the turnover.
    pub unrated_orders: i64,
    /// Invoices of the last twelve months whose last day to pay is over.
    pub due_invoices: i64,
    /// Of those, paid late or still open.
    pub late_invoices: i64,
    /// Their share, in percent; `null` where none was due.
    pub late_percent: Option<String>,
    /// Days late on the average of all due invoices; `null` where none was due.
    pub days_late: Option<String>,
    /// Day of the first order.
    pub since: Option<String>,
    /// Years since then.
    pub years: String,
    /// Every condition of every grade, in the order of the rules.
    pub reasons: Vec<ReasonJson>,
    /// Whether other rules are in force than it was worked out by: then it is recomputed before it is taken over.
    pub outdated: bool,
    /// When it was worked out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub computed_at: Option<Instant>,
    /// Another grade that waits for approval.
    pub proposal: Option<ProposalJson>,
}

/// What is looked at to show reasons: the company, and each version of the rules once.
struct Shown {
    company: Company,
    rules: HashMap<i64, Arc<Blueprint>>,
}

impl Shown {
    fn read(reader: &Reader<'_>, company: CompanyId, rows: &[Graded]) -> Result<Self, Fault> {
        let Some(company) = reader.get::<Company>(company, company)? else { return Err(Fault::Broken("no company".to_owned())) };
        let mut rules = HashMap::new();
        for number in rows.iter().map(|row| row.kept.blueprint_no) {
            if let std::collections::hash_map::Entry::Vacant(place) = rules.entry(number) {
                let kept = reader.get::<KeptBlueprint>(company.id, number)?.and_then(|kept| kept.content.blueprint().ok());
                place.insert(kept.unwrap_or_else(domain::standard_blueprint));
            }
        }
        Ok(Shown { company, rules })
    }

    fn row(&self, row: Graded) -> GradeRow {
        let (figures, kept, books) = (row.kept.figures(), row.kept, self.company.currency);
        let reasons = match (kept.computed_on, self.rules.get(&kept.blueprint_no)) {
            (Some(on), Some(rules)) => rules.grade_reasons(&figures, on, books),
            _ => Vec::new(),
        };
        let months = kept.computed_on.map_or(0, |on| figures.months(on));
        let named = |id: Option<domain::UserId>, name: Option<String>| id.zip(name).map(|(id, name)| Named { id: id.to_string(), name });
        let proposed_by = named(kept.proposed_by, row.proposed_by);
        GradeRow {
            customer: Coded { id: kept.customer_id.to_string(), code: row.code, name: row.name },
            version: row.version,
            grade: row.grade.into(),
            source: kept.source.into(),
            set_by: named(kept.set_by, row.set_by),
            set_at: kept.set_at,
            reason: kept.reason,
            rule_grade: kept.rule_grade.map(GradeCode::from),
            turnover: MoneyJson::of(figures.turnover, books),
            unrated_orders: figures.unrated,
            due_invoices: figures.due,
            late_invoices: figures.late,
            late_percent: figures.late_percent().map(|percent| decimal_text(percent, 2)),
            days_late: figures.days_late().map(|days| decimal_text(days, 2)),
            since: figures.since.map(|since| since.to_string()),
            years: decimal_text(i128::from(months) * 1_000_000 / 12, 1),
            reasons: reasons.iter().map(ReasonJson::from).collect(),
            outdated: kept.computed_at.is_some() && kept.blueprint_no != self.company.blueprint_no,
            computed_at: kept.computed_at,
            proposal: kept.proposed_grade.zip(proposed_by).map(|(grade, by)| ProposalJson {
                grade: grade.into(),
                by,
                at: kept.proposed_at,
                reason: kept.proposed_reason,
            }),
        }
    }
}

impl Tabular for GradeRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "name", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "grade", cell: |row| Cell::from(&row.grade.0) },
        Column { name: "grade_source", cell: |row| Cell::from(&row.source.0) },
        Column { name: "rule_grade", cell: |row| Cell::from(row.rule_grade.as_ref().map_or("", |grade| grade.0.as_str())) },
        Column { name: "turnover", cell: |row| Cell::from(&row.turnover.amount) },
        Column { name: "currency", cell: |row| Cell::from(&row.turnover.currency) },
        Column { name: "due_invoices", cell: |row| Cell::from(row.due_invoices) },
        Column { name: "late_invoices", cell: |row| Cell::from(row.late_invoices) },
        Column { name: "late_percent", cell: |row| Cell::from(row.late_percent.as_deref().unwrap_or_default()) },
        Column { name: "days_late", cell: |row| Cell::from(row.days_late.as_deref().unwrap_or_default()) },
        Column { name: "customer_since", cell: |row| Cell::from(row.since.as_deref().unwrap_or_default()) },
        Column { name: "proposed_grade", cell: |row| Cell::from(row.proposal.as_ref().map_or("", |one| one.grade.0.as_str())) },
    ];
}

/// The filters of the list of grades.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GradeQuery {
    /// Words in name, pinyin, initials or code.
    pub q: Option<String>,
    /// Grades they have, with commas between.
    pub grade: Option<String>,
    /// Grades the rule gives them, with commas between.
    pub rule_grade: Option<String>,
    /// Where their grades come from, with commas between.
    pub source: Option<String>,
    /// `true`: the rule says another grade than they have; `false`: the same.
    pub differs: Option<String>,
    /// `true`: another grade waits for approval.
    pub proposed: Option<String>,
}

/// Lists customers whose grades were worked out or set, with the reasons. Sorts: `code` (usual), `name`, `turnover`.
#[utoipa::path(get, path = "/customers/grades", operation_id = "list_customer_grades", tag = "customer", params(GradeQuery, PageParams), responses((status = 200, body = Listed<GradeRow>)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<GradeQuery>) -> Result<Response, Error> {
    by.may(Act::ViewCustomer)?;
    let query = asked.filter;
    let mut fields = Fields::new();
    let filter = Filter {
        q: query.q,
        grades: codes(&mut fields, "/grade", query.grade.as_deref()),
        rule_grades: codes(&mut fields, "/rule_grade", query.rule_grade.as_deref()),
        sources: codes(&mut fields, "/source", query.source.as_deref()),
        differs: yes_or_no(&mut fields, "/differs", query.differs.as_deref()),
        proposed: yes_or_no(&mut fields, "/proposed", query.proposed.as_deref()).unwrap_or_default(),
        ..Filter::default()
    };
    fields.done()?;
    let company = by.company_id;
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "code" };
    list::answer(&web, &by, "customer_grades", (&asked.page, asked.format), sorts, move |reader, page| {
        let found = query::list(reader, company, &filter, page)?;
        let shown = Shown::read(reader, company, &found.rows)?;
        Ok(found.map(|row| shown.row(row)))
    })
    .await
}

/// Grades that wait for the caller's approval: proposed by others.
pub(crate) fn waiting(reader: &Reader<'_>, by: &Actor, limit: i64) -> Result<Vec<GradeRow>, Fault> {
    if by.may(Act::GradeCustomer).is_err() {
        return Ok(Vec::new());
    }
    let filter = Filter { proposed: true, not_by: Some(by.user_id), ..Filter::default() };
    let page = Page { sort: query::SORTS[0], descending: false, after: None, limit };
    let found = query::list(reader, by.company_id, &filter, &page)?.rows;
    let shown = Shown::read(reader, by.company_id, &found)?;
    Ok(found.into_iter().map(|row| shown.row(row)).collect())
}

/// What is known of the grade of a customer, with the reasons.
#[utoipa::path(get, path = "/customers/{id}/grade", operation_id = "show_customer_grade", tag = "customer", responses((status = 200, body = GradeRow)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<GradeRow>, Error> {
    by.may(Act::ViewCustomer)?;
    let (company, id) = (by.company_id, id_of(&web, &by, reference).await?);
    let read = web.app.store.read(move |reader| {
        let Some(row) = query::one(reader, company, id)? else { return Ok(None) };
        let shown = Shown::read(reader, company, std::slice::from_ref(&row))?;
        Ok(Some(shown.row(row)))
    });
    Ok(Json(read.await?.ok_or_else(|| Error::not_found("customer"))?))
}

/// What a run came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RecomputedGrades)]
pub struct RecomputedJson {
    /// Customers whose grade was worked out.
    pub count: i64,
    /// Of those, with another grade than they have.
    pub differ: i64,
}

/// Works out the grades of all customers by the rule in force, without changing any; the list shows them with the reasons.
#[utoipa::path(post, path = "/customers/grades/recompute", operation_id = "recompute_grades", tag = "customer", request_body = Empty, responses((status = 200, body = RecomputedJson)))]
async fn recompute_all(State(web): State<Web>, by: By, body: Body<Empty>) -> Result<Json<RecomputedJson>, Error> {
    let recompute::Recomputed { count, differ } = recompute::recompute(&web.app, &by, None, body.replay).await?;
    Ok(Json(RecomputedJson { count, differ }))
}

/// Works out the grade of a customer by the rule in force, without changing it.
#[utoipa::path(post, path = "/customers/{id}/grade/recompute", operation_id = "recompute_grade", tag = "customer", request_body = Empty, responses((status = 200, body = RecomputedJson)))]
async fn recompute_one(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<Empty>,
) -> Result<Json<RecomputedJson>, Error> {
    by.may(Act::GradeCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let recompute::Recomputed { count, differ } = recompute::recompute(&web.app, &by, Some(id), body.replay).await?;
    Ok(Json(RecomputedJson { count, differ }))
}

/// Whose grades are taken over.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ApplyGradesInput)]
pub struct ApplyInput {
    /// Ids of customers, up to 200. None: all whose grade differs, but those whose grade was set by hand.
    pub customers: Vec<String>,
}

/// How many grades were given.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AppliedGrades)]
pub struct AppliedJson {
    /// How many.
    pub count: i64,
}

/// Gives customers the grades that the rule says.
#[utoipa::path(post, path = "/customers/grades/apply", operation_id = "apply_grades", tag = "customer", request_body = ApplyInput, responses((status = 200, body = AppliedJson)))]
async fn apply_several(State(web): State<Web>, by: By, body: Body<ApplyInput>) -> Result<Json<AppliedJson>, Error> {
    by.may(Act::GradeCustomer)?;
    let mut fields = Fields::new();
    let named = &body.input.customers;
    let most = i64::try_from(named.len()).unwrap_or(i64::MAX);
    fields.whole("/customers", most, 0, list::MAX_LIMIT);
    let mut ids: Vec<CustomerId> = named.iter().enumerate().map(|(place, id)| fields.id(&format!("/customers/{place}"), id)).collect();
    fields.done()?;
    ids.sort_unstable();
    ids.dedup();
    let count = if ids.is_empty() {
        apply::all(&web.app, &by).await?
    } else {
        web.app.command(&by, body.replay, move |work, by| apply::several(work, by, &ids)).await?
    };
    Ok(Json(AppliedJson { count }))
}

/// Gives a customer the grade that the rule says.
#[utoipa::path(post, path = "/customers/{id}/grade/apply", operation_id = "apply_grade", tag = "customer", request_body = Empty, responses((status = 200, body = Saved)))]
async fn apply_one(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Empty>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::GradeCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let saved = web.app.command(&by, body.replay, move |work, by| apply::apply(work, by, id, version)).await?;
    Ok(Tagged::saved(saved))
}

/// Another grade, and why.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ProposeGradeInput)]
pub struct ProposeInput {
    /// Which grade.
    pub grade: GradeCode,
    /// Why; shown to who approves, and in the timeline.
    pub reason: String,
}

/// Proposes another grade for a customer; the one it has holds until somebody else approves.
#[utoipa::path(post, path = "/customers/{id}/grade/propose", operation_id = "propose_grade", tag = "customer", request_body = ProposeInput, responses((status = 200, body = Saved)))]
async fn propose(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<ProposeInput>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::EditCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let mut fields = Fields::new();
    let grade = fields.code("/grade", &body.input.grade);
    fields.done()?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| propose::propose(work, by, id, version, (grade, &reason))).await?;
    Ok(Tagged::saved(saved))
}

/// Gives a customer the grade that somebody else proposed.
#[utoipa::path(post, path = "/customers/{id}/grade/approve", operation_id = "approve_grade", tag = "customer", request_body = Noting, responses((status = 200, body = Saved)))]
async fn approve(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Noting>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::GradeCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let note = body.input.note;
    let saved = web.app.command(&by, body.replay, move |work, by| approve::approve(work, by, id, version, &note)).await?;
    Ok(Tagged::saved(saved))
}

/// Leaves a customer the grade it has; who proposed the other one takes it back so.
#[utoipa::path(post, path = "/customers/{id}/grade/refuse", operation_id = "refuse_grade", tag = "customer", request_body = Because, responses((status = 200, body = Saved)))]
async fn refuse(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::ViewCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| refuse::refuse(work, by, id, version, &reason)).await?;
    Ok(Tagged::saved(saved))
}
