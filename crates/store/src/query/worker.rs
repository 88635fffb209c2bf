//! Reading worker profiles, skills and kinds of tasks.

use std::sync::LazyLock;

use domain::{CandidateFacts, CompanyId, Date, Instant, Skill, TaskId, TaskKind, UserId, Worker};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::text("name", "u.name"), Sort::int("capacity", "w.capacity_minutes")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "w.user_id")];

/// Which workers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, username or place.
    pub q: Option<String>,
    /// With this skill.
    pub skill: Option<String>,
    /// Own or contractors.
    pub kind: Option<String>,
    /// Sent tasks or not.
    pub active: Option<bool>,
}

/// A worker and what they have in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    /// The profile.
    pub worker: Worker,
    /// Their username.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Tasks in hand or on the desk.
    pub tasks: i64,
    /// Minutes that are left of them.
    pub minutes: i64,
}

/// Each person's load; the tasks of one person are few.
const LOAD: &str = "SELECT t.assignee, count(*) AS tasks, CAST(sum(t.planned_minutes * (100 - t.percent) / 100) AS BIGINT) AS minutes \
    FROM tasks t WHERE t.company_id = ?1 AND t.status IN ('offered', 'accepted', 'in_progress') GROUP BY t.assignee";

static COLUMNS: LazyLock<String> =
    LazyLock::new(|| format!("{}, u.username, u.name, coalesce(l.tasks, 0), coalesce(l.minutes, 0)", columns::<Worker>("w")));

static FROM: LazyLock<String> = LazyLock::new(|| {
    format!(
        "FROM workers w JOIN users u ON u.company_id = w.company_id AND u.id = w.user_id LEFT JOIN ({LOAD}) l ON l.assignee = w.user_id \
         WHERE w.company_id = ?1"
    )
});

fn busy(source: &dyn crate::cell::Source) -> Result<Busy, Fault> {
    let width = Worker::table().columns.len();
    Ok(Busy {
        worker: Worker::read(source)?,
        username: read(source, width)?,
        name: read(source, width + 1)?,
        tasks: read(source, width + 2)?,
        minutes: read(source, width + 3)?,
    })
}

/// A page of workers.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Busy>, Fault> {
    let mut select = Select::new(company, &COLUMNS, &FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(u.name)", "lower(u.username)", "w.city", "w.district"], words);
    }
    select.and_if("(',' || w.skills) LIKE ('%,' || ? || ':%')", filter.skill.clone());
    select.and_if("w.kind = ?", filter.kind.clone());
    select.and_if("w.active = ?", filter.active.map(i64::from));
    select.page(reader, page, busy)
}

/// One worker.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: UserId) -> Result<Option<Busy>, Fault> {
    let mut select = Select::new(company, &COLUMNS, &FROM, TIES);
    select.and("w.user_id = ?", [Param::Int(id.raw())]);
    Ok(select.all(reader, busy)?.into_iter().next())
}

/// Everybody a task may be sent to, with what they have in hand that is due before `due`; those tasks count as urgent that are at least of
/// `priority`. The task itself does not count. Who is away on `day` says until when.
///
/// # Errors
/// Any fault of the database.
pub fn candidates(
    reader: &Reader<'_>,
    company: CompanyId,
    task: TaskId,
    due: Option<Instant>,
    priority: i64,
    day: Date,
) -> Result<Vec<CandidateFacts>, Fault> {
    let text = format!(
        "SELECT {}, u.name, coalesce(l.tasks, 0), coalesce(l.minutes, 0), coalesce(l.urgent, 0), coalesce(l.earlier, 0), a.until
         FROM workers w JOIN users u ON u.company_id = w.company_id AND u.id = w.user_id
         LEFT JOIN (SELECT t.assignee, count(*) AS tasks, \
             CAST(sum(t.planned_minutes * (100 - t.percent) / 100) AS BIGINT) AS minutes, \
             CAST(sum(CASE WHEN t.due_at <= ?2 THEN t.planned_minutes * (100 - t.percent) / 100 ELSE 0 END) AS BIGINT) AS earlier, \
             sum(CASE WHEN t.priority <= ?3 THEN 1 ELSE 0 END) AS urgent \
             FROM tasks t WHERE t.company_id = ?1 AND t.status IN ('offered', 'accepted', 'in_progress') AND t.id <> ?4 GROUP BY t.assignee) l \
             ON l.assignee = w.user_id
         LEFT JOIN (SELECT a.user_id, max(a.to_on) AS until FROM absences a \
             WHERE a.company_id = ?1 AND a.from_on <= ?5 AND a.to_on >= ?5 GROUP BY a.user_id) a ON a.user_id = w.user_id
         WHERE w.company_id = ?1 AND w.active = 1 AND u.active = 1",
        columns::<Worker>("w")
    );
    let latest = due.map_or(i64::MAX, Instant::micros);
    let params = [Param::Int(company.raw()), Param::Int(latest), Param::Int(priority), Param::Int(task.raw()), day.as_str().into()];
    let width = Worker::table().columns.len();
    reader.rows(&text, &params, |source| {
        Ok(CandidateFacts {
            worker: Worker::read(source)?,
            name: read(source, width)?,
            tasks: read(source, width + 1)?,
            all_minutes: read(source, width + 2)?,
            minutes: read(source, width + 4)?,
            urgent: read(source, width + 3)?,
            absent_until: read(source, width + 5)?,
        })
    })
}

/// All skills: a company has few of them.
///
/// # Errors
/// Any fault of the database.
pub fn skills(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Skill>, Fault> {
    reader.all::<Skill>(company, "ORDER BY code", &[])
}

/// All kinds of tasks: a company has few of them.
///
/// # Errors
/// Any fault of the database.
pub fn kinds(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<TaskKind>, Fault> {
    reader.all::<TaskKind>(company, "ORDER BY code", &[])
}
