//! What was done, refused and is in hand: the facts behind the figures of people.

use domain::{CompanyId, DoneTask, Instant, UserId};

use crate::fault::Fault;
use crate::read::{Param, Reader, read};

/// A task that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Who did it.
    pub by: UserId,
    /// Code of its kind.
    pub kind: String,
    /// Its times and scores.
    pub task: DoneTask,
}

/// Offers that somebody refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Who.
    pub by: UserId,
    /// Code of the kind.
    pub kind: String,
    /// How many.
    pub count: i64,
}

/// What somebody has in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub by: UserId,
    /// Code of the kind.
    pub kind: String,
    /// How many tasks.
    pub tasks: i64,
    /// Minutes that are left of them.
    pub minutes: i64,
}

fn between(company: CompanyId, from: Instant, until: Instant) -> [Param; 3] {
    [Param::Int(company.raw()), Param::Int(from.micros()), Param::Int(until.micros())]
}

/// What was done from `from` on, before `until`.
///
/// # Errors
/// Any fault of the database.
pub fn done(reader: &Reader<'_>, company: CompanyId, from: Instant, until: Instant) -> Result<Vec<Done>, Fault> {
    let text = "SELECT t.assignee, t.kind, t.due_at, t.accepted_at, t.delivered_at, t.quality, t.timeliness FROM tasks t
        WHERE t.company_id = ?1 AND t.done_at >= ?2 AND t.done_at < ?3 AND t.assignee IS NOT NULL";
    reader.rows(text, &between(company, from, until), |source| {
        let task = DoneTask {
            due_at: read(source, 2)?,
            accepted_at: read(source, 3)?,
            delivered_at: read(source, 4)?,
            quality: read(source, 5)?,
            timeliness: read(source, 6)?,
        };
        Ok(Done { by: UserId::from_raw(read(source, 0)?), kind: read(source, 1)?, task })
    })
}

/// What was refused from `from` on, before `until`.
///
/// # Errors
/// Any fault of the database.
pub fn refused(reader: &Reader<'_>, company: CompanyId, from: Instant, until: Instant) -> Result<Vec<Refused>, Fault> {
    let text = "SELECT e.by, t.kind, count(*) FROM task_entries e JOIN tasks t ON t.company_id = e.company_id AND t.id = e.task_id
        WHERE e.company_id = ?1 AND e.kind = 'refusal' AND e.at >= ?2 AND e.at < ?3 GROUP BY e.by, t.kind";
    reader.rows(text, &between(company, from, until), |source| {
        Ok(Refused { by: UserId::from_raw(read(source, 0)?), kind: read(source, 1)?, count: read(source, 2)? })
    })
}

/// What everybody has in hand now.
///
/// # Errors
/// Any fault of the database.
pub fn loads(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Load>, Fault> {
    let text = "SELECT t.assignee, t.kind, count(*), CAST(sum(t.planned_minutes * (100 - t.percent) / 100) AS BIGINT) FROM tasks t
        WHERE t.company_id = ?1 AND t.status IN ('offered', 'accepted', 'in_progress') AND t.assignee IS NOT NULL GROUP BY t.assignee, t.kind";
    reader.rows(text, &[Param::Int(company.raw())], |source| {
        Ok(Load { by: UserId::from_raw(read(source, 0)?), kind: read(source, 1)?, tasks: read(source, 2)?, minutes: read(source, 3)? })
    })
}
