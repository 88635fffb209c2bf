//! Figures of what people did, by person and kind.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::{Act, Date, Instant, TaskFigures, UserId};
use serde::{Deserialize, Serialize};
use store::query::task as query;
use store::{Fault, Reader};
use utoipa::{IntoParams, ToSchema};

use super::json::{Names, Worded};
use crate::by::{By, zone};
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::today;
use crate::params::Params;
use crate::state::Web;
use crate::value::Named;

/// Of which days; the last 30 where none are named.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FigureQuery {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// Figures of tasks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TaskFigures)]
pub struct FiguresJson {
    /// Tasks done.
    pub done: i64,
    /// Offers refused.
    pub refused: i64,
    /// Percent delivered in time, of those that were due.
    pub on_time_percent: Option<String>,
    /// Hours from acceptance to delivery: half took less.
    pub median_hours: Option<String>,
    /// Average quality score, 1 to 5.
    pub quality: Option<String>,
    /// Average time score, 1 to 5.
    pub timeliness: Option<String>,
    /// Tasks in hand or on the desk now.
    pub open: i64,
    /// Minutes that are left of them.
    pub open_minutes: i64,
}

impl From<&TaskFigures> for FiguresJson {
    fn from(figures: &TaskFigures) -> Self {
        FiguresJson {
            done: figures.done,
            refused: figures.refused,
            on_time_percent: figures.on_time_percent(),
            median_hours: figures.median_hours(),
            quality: figures.average_quality(),
            timeliness: figures.average_timeliness(),
            open: figures.open,
            open_minutes: figures.open_minutes,
        }
    }
}

/// The figures of a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonFigures {
    /// Who.
    pub user: Named,
    /// All kinds together.
    pub all: FiguresJson,
    /// Each kind.
    pub kinds: Vec<KindFigures>,
}

/// The figures of a kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KindFigures {
    /// Which.
    pub kind: Worded,
    /// Its figures.
    pub figures: FiguresJson,
}

/// Figures by person and by kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskStatistics {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Everybody together.
    pub all: FiguresJson,
    /// Each person, who did most first.
    pub people: Vec<PersonFigures>,
    /// Each kind.
    pub kinds: Vec<KindFigures>,
}

type Figures = BTreeMap<(UserId, String), TaskFigures>;

fn read(reader: &Reader<'_>, by: &domain::Actor, from: Instant, until: Instant) -> Result<(Figures, Names), Fault> {
    let company = by.company_id;
    let mut figures = Figures::new();
    for done in query::done(reader, company, from, until)? {
        figures.entry((done.by, done.kind)).or_default().add(&done.task);
    }
    for refused in query::refused(reader, company, from, until)? {
        figures.entry((refused.by, refused.kind)).or_default().refused += refused.count;
    }
    for load in query::loads(reader, company)? {
        let figures = figures.entry((load.by, load.kind)).or_default();
        figures.open += load.tasks;
        figures.open_minutes += load.minutes;
    }
    Ok((figures, Names::read(reader, company, by.language)?))
}

fn told(figures: &Figures, names: &Names, from: Date, to: Date) -> TaskStatistics {
    let (mut all, mut people, mut kinds) = (TaskFigures::default(), BTreeMap::new(), BTreeMap::new());
    for ((user, kind), part) in figures {
        all.merge(part);
        people.entry(*user).or_insert_with(TaskFigures::default).merge(part);
        kinds.entry(kind.as_str()).or_insert_with(TaskFigures::default).merge(part);
    }
    let of_kind = |kind: &str, figures: &TaskFigures| KindFigures { kind: names.kind(kind), figures: figures.into() };
    let person = |(user, sum): (&UserId, &TaskFigures)| {
        let own = figures.iter().filter(|((id, _), _)| id == user);
        PersonFigures { user: names.user(*user), all: sum.into(), kinds: own.map(|((_, kind), part)| of_kind(kind, part)).collect() }
    };
    let mut shown: Vec<PersonFigures> = people.iter().map(person).collect();
    shown.sort_by(|a, b| (-a.all.done, -a.all.open, &a.user.name).cmp(&(-b.all.done, -b.all.open, &b.user.name)));
    TaskStatistics {
        from: from.to_string(),
        to: to.to_string(),
        all: (&all).into(),
        people: shown,
        kinds: kinds.iter().map(|(kind, figures)| of_kind(kind, figures)).collect(),
    }
}

/// Who did how much, how fast and how well, and what they have in hand now.
#[utoipa::path(get, path = "/tasks/statistics", tag = "tasks", operation_id = "task_statistics", params(FigureQuery),
    responses((status = 200, body = TaskStatistics), (status = "default", body = Problem)))]
pub(super) async fn statistics(State(web): State<Web>, by: By, Params(params): Params<FigureQuery>) -> Result<Json<TaskStatistics>, Error> {
    by.may(Act::ViewTask)?;
    let (today, zone) = (today(&web, &by).await?, zone(&web, by.company_id).await?);
    let mut fields = Fields::new();
    let to = fields.optional_date("/to", params.to.as_deref()).unwrap_or(today);
    let from = fields.optional_date("/from", params.from.as_deref()).unwrap_or_else(|| to.plus_days(-29));
    if from > to {
        fields.wrong("/to", domain::FieldRule::Before { date: from });
    }
    fields.done()?;
    let (first, until) = (Instant::start_of_in(from, &zone), Instant::start_of_in(to.plus_days(1), &zone));
    let actor = by.actor.clone();
    let (figures, names) = web.app.store.read(move |reader| read(reader, &actor, first, until)).await?;
    Ok(Json(told(&figures, &names, from, to)))
}
