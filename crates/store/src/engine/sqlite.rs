//! SQLite: one writer connection, WAL, made durable beside the next transaction; loops over cached prepared statements.

mod log;
mod probe;
#[cfg(test)]
mod tests;

pub use probe::explain;

use std::path::{Path, PathBuf};

use domain::CompanyId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, ToSql};
use rustc_hash::FxHashMap;

use crate::cell::{Cell, Source};
use crate::engine::{Changes, Durability, Engine, Head, Load};
use crate::fault::Fault;
use crate::key::RawKey;
use crate::row::TableDef;
use crate::sql::Verb;
use crate::table::{Guards, TableChanges};

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ToSqlOutput::Borrowed;
        Ok(Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(i) => ValueRef::Integer(*i),
            Cell::Text(t) => ValueRef::Text(t.as_bytes()),
            Cell::Blob(b) => ValueRef::Blob(b),
        }))
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Fault::Conflict(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Conflict(text),
            Some(ErrorCode::DiskFull) => Fault::Full(text),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Fault::ReadOnly(text),
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Fault::Lost(text),
            _ => Fault::Broken(text),
        }
    }
}

impl Source for rusqlite::Row<'_> {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        match self.get_ref(i)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(v) => Ok(Some(v)),
            other => Err(Fault::Broken(format!("column {i} is no integer but {:?}", other.data_type()))),
        }
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        match self.get_ref(i)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(v) => std::str::from_utf8(v).map(Some).map_err(|e| Fault::Broken(e.to_string())),
            other => Err(Fault::Broken(format!("column {i} is no text but {:?}", other.data_type()))),
        }
    }
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault> {
        match self.get_ref(i)? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(v) => Ok(Some(v)),
            other => Err(Fault::Broken(format!("column {i} is no blob but {:?}", other.data_type()))),
        }
    }
}

/// Opens the database file for writing, creating it where it is not there.
///
/// # Errors
/// Where the file cannot be opened or written.
pub fn open_writer(path: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(path)?;
    // SQLite opens what it must not write as well as it can; a server needs more.
    if connection.is_readonly("main")? {
        return Err(Fault::ReadOnly(path.display().to_string()));
    }
    connection.busy_timeout(std::time::Duration::from_secs(30))?;
    connection.set_prepared_statement_cache_capacity(512);
    // A 32 MB page cache: commits cost what pages they touch (see docs/adr on storage).
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;
         PRAGMA wal_autocheckpoint=16000; PRAGMA journal_size_limit=134217728;",
    )?;
    Ok(connection)
}

/// Opens the database file for reading.
///
/// # Errors
/// Where the file cannot be opened.
pub fn open_reader(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(30))?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch("PRAGMA query_only=ON; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;")?;
    Ok(connection)
}

/// The writer of an embedded database.
pub struct Sqlite {
    connection: Connection,
    data_version: i64,
    path: PathBuf,
    texts: Texts,
}

/// The texts of statements, made once.
#[derive(Default)]
struct Texts(FxHashMap<(usize, Verb), String>);

impl Texts {
    fn of(&mut self, table: &TableDef, verb: Verb) -> &str {
        self.0.entry((table.index, verb)).or_insert_with(|| verb.text(table))
    }
}

impl Sqlite {
    /// Opens the writer's connection.
    ///
    /// # Errors
    /// Where the file cannot be opened or written.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let connection = open_writer(path)?;
        // A commit goes to the log; what makes the log durable runs beside the next transaction.
        connection.execute_batch("PRAGMA synchronous=NORMAL")?;
        Ok(Sqlite { connection, data_version: -1, path: path.to_owned(), texts: Texts::default() })
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn bind_key(statement: &mut Statement<'_>, from: usize, key: &RawKey) -> rusqlite::Result<()> {
    for i in 0..key.len() {
        statement.raw_bind_parameter(from + i, key.cell(i))?;
    }
    Ok(())
}

impl Engine for Sqlite {
    fn begin(&mut self, _company: CompanyId) -> Result<bool, Fault> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let version = self.connection.prepare_cached("PRAGMA data_version").and_then(|mut pragma| pragma.query_row([], |r| r.get(0)));
        // A transaction that did not begin well must not stay open.
        let version: i64 = version.inspect_err(|_| self.rollback())?;
        let same = version == self.data_version;
        self.data_version = version;
        Ok(same)
    }

    fn is_near(&self) -> bool {
        true
    }

    fn durability(&self) -> Option<Durability> {
        Some(log::durability(&self.path))
    }

    fn load(
        &mut self,
        company: CompanyId,
        wanted: &[Load],
        row: &mut dyn FnMut(&'static TableDef, &dyn Source) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        for load in wanted {
            let by_set = load.sets.iter().enumerate().map(|(i, owners)| (Verb::Owners(i), owners));
            for (verb, keys) in std::iter::once((Verb::Keys, &load.rows)).chain(by_set) {
                if keys.is_empty() {
                    continue;
                }
                let mut statement = self.connection.prepare_cached(self.texts.of(load.table, verb))?;
                for key in keys {
                    statement.raw_bind_parameter(1, company.raw())?;
                    bind_key(&mut statement, 2, key)?;
                    let mut rows = statement.raw_query();
                    while let Some(found) = rows.next()? {
                        row(load.table, found)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn lock_chain(&mut self, company: CompanyId) -> Result<Head, Fault> {
        let mut statement = self.connection.prepare_cached("SELECT position, hash FROM chains WHERE company_id = ?1")?;
        let mut rows = statement.query([company.raw()])?;
        match rows.next()? {
            Some(row) => Ok(Head { position: row.get(0)?, hash: row.get(1)? }),
            None => Ok(Head::default()),
        }
    }

    fn flush(&mut self, company: CompanyId, changes: &Changes<'_>) -> Result<(), Fault> {
        for (table, change) in changes.tables.iter().rev() {
            delete(&self.connection, &mut self.texts, company, table, change)?;
        }
        for (table, change) in &changes.tables {
            insert(&self.connection, &mut self.texts, company, table, change)?;
            update(&self.connection, &mut self.texts, company, table, change)?;
            count(&self.connection, &mut self.texts, company, table, change)?;
        }
        if let Some(head) = &changes.head {
            let text = "INSERT INTO chains (company_id, position, hash) VALUES (?1, ?2, ?3)
                ON CONFLICT (company_id) DO UPDATE SET position = excluded.position, hash = excluded.hash";
            self.connection.prepare_cached(text)?.execute((company.raw(), head.position, &head.hash))?;
        }
        for (name, count, amount) in &changes.tallies {
            let text = "INSERT INTO tallies (company_id, name, count, amount) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (company_id, name) DO UPDATE SET count = count + excluded.count, amount = amount + excluded.amount";
            self.connection.prepare_cached(text)?.execute((company.raw(), name, count, amount))?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(())
    }

    fn rollback(&mut self) {
        // A failed statement may have ended the transaction already; then there is nothing to roll back.
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    fn committed(&mut self, company: CompanyId, head: &Head) -> Result<bool, Fault> {
        let text = "SELECT count(*) FROM events WHERE company_id = ?1 AND position = ?2 AND hash = ?3";
        let found: i64 = self.connection.query_row(text, (company.raw(), head.position, &head.hash), |r| r.get(0))?;
        Ok(found > 0)
    }

    fn explain(&self, fault: Fault) -> Fault {
        explain(&self.path, fault)
    }
}

fn insert(
    connection: &Connection,
    texts: &mut Texts,
    company: CompanyId,
    table: &TableDef,
    change: &TableChanges<'_>,
) -> Result<(), Fault> {
    if change.inserts.is_empty() {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(texts.of(table, Verb::Insert))?;
    for row in &change.inserts {
        statement.raw_bind_parameter(1, company.raw())?;
        for i in 0..table.columns.len() {
            statement.raw_bind_parameter(i + 2, row.any_cell(i))?;
        }
        statement.raw_execute()?;
    }
    Ok(())
}

fn update(
    connection: &Connection,
    texts: &mut Texts,
    company: CompanyId,
    table: &TableDef,
    change: &TableChanges<'_>,
) -> Result<(), Fault> {
    let mut masks: Vec<u128> = change.updates.iter().map(|u| u.columns).collect();
    masks.sort_unstable();
    masks.dedup();
    for mask in masks {
        let mut statement = connection.prepare_cached(texts.of(table, Verb::Update(mask)))?;
        for update in change.updates.iter().filter(|u| u.columns == mask) {
            statement.raw_bind_parameter(1, company.raw())?;
            let columns = (0..table.columns.len()).filter(|i| mask & (1 << i) != 0);
            let mut at = 2;
            for i in (0..table.key_len).chain(columns) {
                statement.raw_bind_parameter(at, update.row.any_cell(i))?;
                at += 1;
            }
            if let Some(version) = update.version {
                statement.raw_bind_parameter(at, version)?;
            }
            if statement.raw_execute()? != 1 {
                return Err(Fault::Conflict(format!("a {} was changed by another", table.noun)));
            }
        }
    }
    Ok(())
}

fn count(connection: &Connection, texts: &mut Texts, company: CompanyId, table: &TableDef, change: &TableChanges<'_>) -> Result<(), Fault> {
    for guards in Guards::ALL {
        let mut counts = change.counts.iter().filter(|c| c.guards == guards).peekable();
        if counts.peek().is_none() {
            continue;
        }
        let mut statement = connection.prepare_cached(texts.of(table, Verb::Count(guards)))?;
        for count in counts {
            statement.raw_bind_parameter(1, company.raw())?;
            bind_key(&mut statement, 2, &count.key)?;
            for (i, delta) in count.deltas.iter().chain(&count.base).enumerate() {
                statement.raw_bind_parameter(2 + table.key_len + i, *delta)?;
            }
            if statement.raw_execute()? != 1 {
                return Err(Fault::Conflict(format!("the guard of a {} does not hold", table.noun)));
            }
        }
    }
    Ok(())
}

fn delete(
    connection: &Connection,
    texts: &mut Texts,
    company: CompanyId,
    table: &TableDef,
    change: &TableChanges<'_>,
) -> Result<(), Fault> {
    for (key, version) in &change.deletes {
        let mut statement = connection.prepare_cached(texts.of(table, Verb::Delete(version.is_some())))?;
        statement.raw_bind_parameter(1, company.raw())?;
        bind_key(&mut statement, 2, key)?;
        if let Some(version) = version {
            statement.raw_bind_parameter(2 + table.key_len, *version)?;
        }
        if statement.raw_execute()? != 1 {
            return Err(Fault::Conflict(format!("a {} was changed by another", table.noun)));
        }
    }
    Ok(())
}
