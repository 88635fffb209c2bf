//! Reading what happened.

use domain::{CompanyId, Event, Instant, UserId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};

/// Events are listed by their place in the stream only.
pub const SORTS: &[Sort] = &[Sort::int("position", "position")];

/// The place is unique.
pub const TIES: &[Sort] = &[Sort::int("position", "position")];

/// Which events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Of what kinds of things: `order`; empty: of all.
    pub subject_kinds: Vec<String>,
    /// Of this thing.
    pub subject_id: Option<i64>,
    /// Of the thing with this number or code.
    pub subject_number: Option<String>,
    /// Done by this user.
    pub by: Option<UserId>,
    /// Of these kinds; empty: of all.
    pub kinds: Vec<String>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
}

const COLUMNS: &str = "position, at, kind, subject_kind, subject_id, subject_number, by, by_name, channel, address, reason, data";

fn event(source: &dyn Source) -> Result<Event, Fault> {
    Ok(Event {
        position: read(source, 0)?,
        at: read(source, 1)?,
        kind: read(source, 2)?,
        subject_kind: read(source, 3)?,
        subject_id: read(source, 4)?,
        subject_number: read(source, 5)?,
        by: read(source, 6)?,
        by_name: read(source, 7)?,
        channel: read(source, 8)?,
        address: read(source, 9)?,
        reason: read(source, 10)?,
        data: read(source, 11)?,
    })
}

/// A page of events.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Event>, Fault> {
    let mut select = Select::new(company, COLUMNS, "FROM events WHERE company_id = ?1", TIES);
    select.and_in("subject_kind", filter.subject_kinds.iter().map(String::as_str));
    select.and_if("subject_id = ?", filter.subject_id);
    select.and_if("subject_number = ?", filter.subject_number.as_deref());
    select.and_if("by = ?", filter.by.map(UserId::raw));
    select.and_in("kind", filter.kinds.iter().map(String::as_str));
    select.and_if("at >= ?", filter.from.map(Instant::micros));
    select.and_if("at < ?", filter.until.map(Instant::micros));
    select.page(reader, page, event)
}

/// The events behind `after`, in order.
///
/// # Errors
/// Any fault of the database.
pub fn behind(reader: &Reader<'_>, company: CompanyId, after: i64, limit: i64) -> Result<Vec<Event>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM events WHERE company_id = ?1 AND position > ?2 ORDER BY position LIMIT ?3");
    reader.rows(&text, &[Param::Int(company.raw()), Param::Int(after), Param::Int(limit)], event)
}

/// The place of the newest event, 0 where there is none.
///
/// # Errors
/// Any fault of the database.
pub fn newest(reader: &Reader<'_>, company: CompanyId) -> Result<i64, Fault> {
    reader.int("SELECT max(position) FROM events WHERE company_id = ?1", &[Param::Int(company.raw())])
}
