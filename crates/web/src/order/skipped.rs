//! Steps that orders went past without their being done (KPI-05).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::{Act, Actor, ClockTerms, Date, Instant, SkippedKind, UserId, Verb, name_of, text};
use serde::{Deserialize, Serialize};
use store::query::order::names;
use store::query::skipped::{self as query, Filter, Skipped};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::{By, zone};
use crate::clock::{RoleNames, role_names};
use crate::error::{Error, Problem};
use crate::export::{Cell, Column, Tabular};
use crate::fields::{Fields, codes};
use crate::list::{self, Asked, Listed, PageParams, Sorts};
use crate::params::Params;
use crate::state::Web;
use crate::value::{Named, SkippedKindCode};

/// The addresses of skipped steps.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(figures))
}

/// Months looked at, at the most.
const MONTHS: usize = 24;

/// Months looked at where no day is named.
const USUAL_MONTHS: i64 = 6;

/// A step that an order went past without its being done, or done by somebody else.
///
/// `override`: it went through a gate that was shut, by an override that was used. `owed`: goods were shipped or it was closed while what an earlier
/// override owed was not brought. `substitute`: a step of the approval was signed by who stood in for somebody absent. `waived`: the follow-up was
/// waived. `late`: the time limit of a step ran out before it was done. What was refused is none.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SkippedStep)]
pub struct SkippedJson {
    /// Its id in this list.
    pub id: String,
    /// How it was skipped.
    pub kind: SkippedKindCode,
    /// The same, for people.
    pub kind_name: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Of which order.
    pub order_id: String,
    /// Its number.
    pub order_number: String,
    /// Name of the customer.
    pub customer_name: String,
    /// Code of the step; empty for a time limit.
    pub verb: String,
    /// Code of the gate, the role or the time limit.
    pub what: String,
    /// The step or the time limit, for people.
    pub step: String,
    /// What the gate said; of a signature the name of the role.
    pub said: String,
    /// Why.
    pub reason: String,
    /// Who did it; nobody where time ran out.
    pub by: Option<Named>,
    /// In whose place.
    pub in_place: Option<Named>,
}

/// Words of a verb's code.
fn verb_name(by: &Actor, code: &str) -> String {
    Verb::parse(code).map_or_else(|| code.to_owned(), |verb| name_of(by.language, verb))
}

impl SkippedJson {
    fn of(row: Skipped, names: &BTreeMap<UserId, String>, roles: &RoleNames, by: &Actor) -> Self {
        let named = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        let late = row.kind == SkippedKind::Late;
        let terms: Option<ClockTerms> = if late { serde_json::from_str(&row.said).ok() } else { None };
        let step = match &terms {
            Some(terms) => terms.name.of(by.language).to_owned(),
            None => verb_name(by, &row.verb),
        };
        let role = |code: &str| roles.get(code).cloned().unwrap_or_else(|| code.to_owned());
        let said = match row.kind {
            SkippedKind::Late => String::new(),
            SkippedKind::Substitute => row.what.split(',').map(role).collect::<Vec<_>>().join(", "),
            _ => row.said.clone(),
        };
        SkippedJson {
            id: format!("{}-{}-{}-{}", row.kind.as_str(), row.at.micros(), row.id, row.part),
            kind_name: name_of(by.language, row.kind),
            kind: row.kind.into(),
            at: row.at,
            order_id: row.order_id.to_string(),
            order_number: row.order_number,
            customer_name: row.customer_name,
            step,
            said,
            reason: row.reason,
            by: row.by.filter(|id| !id.is_none()).map(named),
            in_place: row.in_place.map(named),
            verb: row.verb,
            what: row.what,
        }
    }
}

impl Tabular for SkippedJson {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "at", cell: |row| row.at.into() },
        Column { name: "number", cell: |row| Cell::from(&row.order_number) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer_name) },
        Column { name: "skipped", cell: |row| Cell::from(&row.kind_name) },
        Column { name: "verb", cell: |row| Cell::from(&row.step) },
        Column { name: "gate", cell: |row| Cell::from(&row.what) },
        Column { name: "said", cell: |row| Cell::from(&row.said) },
        Column { name: "reason", cell: |row| Cell::from(&row.reason) },
        Column { name: "by", cell: |row| Cell::from(row.by.as_ref().map_or("", |by| &by.name)) },
        Column { name: "in_place", cell: |row| Cell::from(row.in_place.as_ref().map_or("", |by| &by.name)) },
    ];
}

/// The filters of the list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SkippedQuery {
    /// How they were skipped, joined by commas: `override`, `owed`, `substitute`, `waived`, `late`.
    pub kind: Option<String>,
    /// Code of the step.
    pub verb: Option<String>,
    /// Code of the gate, the role or the time limit.
    pub what: Option<String>,
    /// Number of an order.
    pub order: Option<String>,
    /// Id of who did it.
    pub by: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// Lists skipped steps, the newest first: where orders went on although something of the process was not done. Sort: `at`.
#[utoipa::path(get, path = "/skipped-steps", operation_id = "list_skipped_steps", tag = "orders", params(SkippedQuery, PageParams),
    responses((status = 200, body = Listed<SkippedJson>), (status = "default", body = Problem)))]
async fn list(State(web): State<Web>, by: By, asked: Asked<SkippedQuery>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    let zone = zone(&web, by.company_id).await?;
    let mut fields = Fields::new();
    let kinds = codes::<SkippedKind>(&mut fields, "/kind", asked.filter.kind.as_deref());
    let from = fields.optional_date("/from", asked.filter.from.as_deref());
    let to = fields.optional_date("/to", asked.filter.to.as_deref());
    let who = fields.optional_id("/by", asked.filter.by.as_deref());
    fields.done()?;
    let filter = Filter {
        kinds,
        verb: asked.filter.verb,
        what: asked.filter.what,
        order_number: asked.filter.order,
        by: who,
        from: from.map(|day| Instant::start_of_in(day, &zone)),
        until: to.map(|day| Instant::start_of_in(day.plus_days(1), &zone)),
    };
    let actor = by.actor.clone();
    let sorts = Sorts { sorts: query::SORTS, ties: query::TIES, usual: "-at" };
    list::answer(&web, &by, "skipped_steps", (&asked.page, asked.format), sorts, move |reader, page| {
        let (names, roles) = (names(reader, actor.company_id)?, role_names(reader, &actor)?);
        Ok(query::list(reader, actor.company_id, &filter, page)?.map(|row| SkippedJson::of(row, &names, &roles, &actor)))
    })
    .await
}

/// The period that is looked at.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FiguresQuery {
    /// First day; the first of the month five months ago.
    pub from: Option<String>,
    /// Last day, at the most 24 months later; today.
    pub to: Option<String>,
}

/// A way in which steps are skipped, and how often they were.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SkippedFigure {
    /// Its code.
    pub kind: SkippedKindCode,
    /// The same, for people.
    pub name: String,
    /// What is counted, for people.
    pub help: String,
    /// How often in the whole period.
    pub count: i64,
    /// How many orders that were.
    pub orders: i64,
    /// How often in each month of the period.
    pub months: Vec<i64>,
}

/// What was skipped most.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SkippedWhat {
    /// How.
    pub kind: SkippedKindCode,
    /// Code of the step; empty for a time limit.
    pub verb: String,
    /// The step, for people.
    pub verb_name: String,
    /// Code of the gate, the role or the time limit.
    pub what: String,
    /// How often in the whole period.
    pub count: i64,
}

/// How often steps were skipped.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SkippedFigures {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The months of the period: `2026-11`.
    pub months: Vec<String>,
    /// Orders of which a step was skipped.
    pub orders: i64,
    /// By kind.
    pub kinds: Vec<SkippedFigure>,
    /// By step and gate, role or time limit: the most frequent 50.
    pub steps: Vec<SkippedWhat>,
}

/// The first day of the month `months` later.
fn month(day: Date, months: i64) -> Date {
    let place = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    let (year, month) = (i16::try_from(place.div_euclid(12)), i8::try_from(place.rem_euclid(12) + 1));
    year.ok().zip(month.ok()).and_then(|(year, month)| Date::of(year, month, 1)).unwrap_or(day)
}

/// First days of the months from `from` on, the first of them `from` itself, and the day after `to`.
fn bounds(from: Date, to: Date) -> Vec<Date> {
    let mut all = vec![from];
    let mut next = month(from, 1);
    while next <= to {
        all.push(next);
        next = month(next, 1);
    }
    all.push(to.plus_days(1));
    all
}

/// Tells how often orders went past a step without its being done, by month and kind (KPI-05). Each is counted at the moment the order went on: an
/// override when it was used, a delivery note or a closing while something was owed, a signature in somebody's place, a follow-up waived, a time
/// limit that ran out.
#[utoipa::path(get, path = "/skipped-steps/figures", operation_id = "count_skipped_steps", tag = "orders", params(FiguresQuery),
    responses((status = 200, body = SkippedFigures), (status = "default", body = Problem)))]
async fn figures(State(web): State<Web>, by: By, Params(asked): Params<FiguresQuery>) -> Result<Json<SkippedFigures>, Error> {
    by.may(Act::ViewOrder)?;
    let zone = zone(&web, by.company_id).await?;
    let today = super::today(&web, &by).await?;
    let mut fields = Fields::new();
    let to = fields.optional_date("/to", asked.to.as_deref()).unwrap_or(today);
    let from = fields.optional_date("/from", asked.from.as_deref()).unwrap_or_else(|| month(to, 1 - USUAL_MONTHS));
    if from > to {
        fields.wrong("/to", domain::FieldRule::Before { date: from });
    } else if bounds(from, to).len() > MONTHS + 1 {
        fields.wrong("/from", domain::FieldRule::TooMany { max: MONTHS as i64 });
    }
    fields.done()?;
    let days = bounds(from, to);
    let instants: Vec<Instant> = days.iter().map(|day| Instant::start_of_in(*day, &zone)).collect();
    let company = by.company_id;
    let (counts, orders) = web.app.store.read(move |reader| query::counts(reader, company, &instants)).await?;
    let orders_of = |kind: Option<SkippedKind>| orders.iter().find(|one| one.kind == kind).map_or(0, |one| one.count);
    let months = days.len() - 1;
    let figure = |kind: &SkippedKind| {
        let of =
            |span: usize| counts.iter().filter(|one| one.kind == *kind && usize::try_from(one.span) == Ok(span)).map(|one| one.count).sum();
        let months: Vec<i64> = (0..months).map(of).collect();
        SkippedFigure {
            kind: (*kind).into(),
            name: name_of(by.language, *kind),
            help: text(by.language, &format!("skipped_help.{}", kind.as_str()), &[]),
            count: months.iter().sum(),
            orders: orders_of(Some(*kind)),
            months,
        }
    };
    Ok(Json(SkippedFigures {
        from: from.to_string(),
        to: to.to_string(),
        months: days[..months].iter().map(|day| day.as_str()[..7].to_owned()).collect(),
        orders: orders_of(None),
        kinds: SkippedKind::ALL.iter().map(figure).collect(),
        steps: steps(&by, &counts),
    }))
}

/// The most frequent first.
fn steps(by: &Actor, counts: &[query::Count]) -> Vec<SkippedWhat> {
    let mut sums: BTreeMap<(SkippedKind, &str, &str), i64> = BTreeMap::new();
    for one in counts {
        *sums.entry((one.kind, &one.verb, &one.what)).or_default() += one.count;
    }
    let what = |((kind, verb, what), count): ((SkippedKind, &str, &str), i64)| SkippedWhat {
        kind: kind.into(),
        verb: verb.to_owned(),
        verb_name: if verb.is_empty() { String::new() } else { verb_name(by, verb) },
        what: what.to_owned(),
        count,
    };
    let mut all: Vec<SkippedWhat> = sums.into_iter().map(what).collect();
    all.sort_by_key(|one| -one.count);
    all.truncate(50);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_on_the_first_and_periods_on_their_day() {
        let day = |year, month, day| Date::of(year, month, day).unwrap();
        let shown = |from, to| bounds(from, to).iter().map(Date::to_string).collect::<Vec<_>>();
        assert_eq!(shown(day(2026, 11, 5), day(2027, 1, 31)), ["2026-11-05", "2026-12-01", "2027-01-01", "2027-02-01"]);
        assert_eq!(shown(day(2026, 2, 28), day(2026, 2, 28)), ["2026-02-28", "2026-03-01"]);
        assert_eq!(month(day(2026, 3, 31), -5), day(2025, 10, 1));
    }
}
