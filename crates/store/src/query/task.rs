//! Reading tasks.

mod figures;

use std::sync::LazyLock;

use domain::{Attachment, CompanyId, Instant, OrderId, Task, TaskEntry, TaskId, TaskStatus, TaskStep, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

pub use figures::{Done, Load, Refused, done, loads, refused};

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[
    Sort::int("due_at", "coalesce(t.due_at, 9223372036854775807)"),
    Sort::int("priority", "t.priority"),
    Sort::int("created_at", "t.id"),
    Sort::text("number", "t.number"),
];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "t.id")];

/// Which tasks. Everything is optional; conditions are joined by "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number, title, customer or order.
    pub q: Option<String>,
    /// Any of these states.
    pub status: Vec<TaskStatus>,
    /// In this person's hands.
    pub assignee: Option<UserId>,
    /// Made by this person.
    pub created_by: Option<UserId>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In the pool of any of these roles, where the empty one is everybody's.
    pub roles: Vec<String>,
    /// About this order.
    pub order: Option<OrderId>,
    /// Due before this moment and not delivered.
    pub overdue_at: Option<Instant>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<Task>("t"));

fn select(company: CompanyId, filter: &Filter) -> Select {
    let mut select = Select::new(company, &COLUMNS, "FROM tasks t WHERE t.company_id = ?1", TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(t.number)", "lower(t.title)", "lower(t.customer_name)", "lower(t.order_number)"], words);
    }
    select.and_in("t.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("t.assignee = ?", filter.assignee.map(UserId::raw));
    select.and_if("t.created_by = ?", filter.created_by.map(UserId::raw));
    select.and_if("t.kind = ?", filter.kind.clone());
    select.and_in("t.role", filter.roles.iter().map(String::as_str));
    select.and_if("t.order_id = ?", filter.order.map(OrderId::raw));
    select.and_if("t.status IN ('open', 'offered', 'accepted', 'in_progress') AND t.due_at < ?", filter.overdue_at.map(Instant::micros));
    select
}

/// A page of tasks.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Task>, Fault> {
    select(company, filter).page(reader, page, |source| Task::read(source))
}

/// The first tasks of a state for a board: the most urgent first, of those that have ended the last ones.
///
/// # Errors
/// Any fault of the database.
pub fn column(reader: &Reader<'_>, company: CompanyId, filter: &Filter, status: TaskStatus, limit: i64) -> Result<Vec<Task>, Fault> {
    let filter = Filter { status: vec![status], ..filter.clone() };
    let order = if status.is_open() { "t.priority, t.id" } else { "t.priority DESC, t.id DESC" };
    select(company, &filter).first(reader, order, limit, |source| Task::read(source))
}

/// How many tasks there are of this filter, counted up to `limit`.
///
/// # Errors
/// Any fault of the database.
pub fn count(reader: &Reader<'_>, company: CompanyId, filter: &Filter, limit: i64) -> Result<i64, Fault> {
    select(company, filter).count(reader, limit)
}

/// How many tasks there are in each state.
///
/// # Errors
/// Any fault of the database.
pub fn counts(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<(TaskStatus, i64)>, Fault> {
    let text = "SELECT status, count(*) FROM tasks WHERE company_id = ?1 GROUP BY status";
    reader.rows(text, &[Param::Int(company.raw())], |source| Ok((read(source, 0)?, read(source, 1)?)))
}

/// The id of a task by its number.
///
/// # Errors
/// Any fault of the database.
pub fn id_of(reader: &Reader<'_>, company: CompanyId, number: &str) -> Result<Option<TaskId>, Fault> {
    let text = "SELECT id FROM tasks WHERE company_id = ?1 AND number = ?2";
    let found = reader.one(text, &[company.raw().into(), number.into()], |source| read::<i64>(source, 0))?;
    Ok(found.map(TaskId::from_raw))
}

/// A task with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The task.
    pub task: Task,
    /// Its plan.
    pub steps: Vec<TaskStep>,
    /// What was said about it, oldest first.
    pub entries: Vec<TaskEntry>,
    /// Its files, oldest first.
    pub attachments: Vec<Attachment>,
}

/// One task.
///
/// # Errors
/// Any fault of the database.
pub fn whole(reader: &Reader<'_>, company: CompanyId, id: TaskId) -> Result<Option<Whole>, Fault> {
    let Some(task) = reader.get::<Task>(company, id)? else { return Ok(None) };
    let of = [Param::Int(id.raw())];
    let steps = reader.all::<TaskStep>(company, "AND task_id = ?2 ORDER BY no", &of)?;
    let entries = reader.all::<TaskEntry>(company, "AND task_id = ?2 ORDER BY id", &of)?;
    let attachments = reader.all::<Attachment>(company, "AND subject_id = ?2 AND subject_kind = 'task' ORDER BY id", &of)?;
    Ok(Some(Whole { task, steps, entries, attachments }))
}
