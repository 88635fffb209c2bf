//! Loading many rows at once, past the unit of work: for benchmarks that need a large company soon. No event is recorded, no rule asked.
//!
//! Indexes are dropped before and built anew after, foreign keys are not looked at, and SQLite keeps no journal: what breaks off in the
//! middle leaves a database that is to be thrown away.

use std::fmt::Write;
use std::io::Cursor;

use domain::CompanyId;
use futures_util::SinkExt;
use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio_postgres::{Client, NoTls};

use crate::cell::Cell;
use crate::engine::sqlite::open_writer;
use crate::fault::Fault;
use crate::row::{Row, TableDef};
use crate::sql::Verb;
use crate::{FILE, Place};

/// Rows on their way into the tables of one company.
pub struct Bulk {
    company: i64,
    sink: Sink,
    indexes: Vec<String>,
}

enum Sink {
    Sqlite(Connection),
    Postgres(Client, Handle),
}

/// Statements that build the indexes which are no constraints, with the index's name before each.
const SQLITE_INDEXES: &str = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
const POSTGRES_INDEXES: &str = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() \
    AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname";

impl Bulk {
    /// Begins to load into a migrated database that nobody else has open. Blocks, so call it off the async threads; `handle` is that of
    /// the runtime.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn open(place: &Place, company: CompanyId, handle: Handle) -> Result<Self, Fault> {
        let (sink, indexes) = match place {
            Place::Directory(folder) => {
                let connection = open_writer(&folder.join(FILE))?;
                connection.execute_batch(
                    "PRAGMA foreign_keys=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; \
                     PRAGMA cache_size=-524288;",
                )?;
                let indexes: Vec<(String, String)> =
                    connection.prepare(SQLITE_INDEXES)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
                (Sink::Sqlite(connection), indexes)
            }
            Place::Postgres(url) => {
                let (client, indexes) = handle.block_on(async {
                    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
                    tokio::spawn(connection);
                    // Only a superuser may; without it the loading is slower, not wrong.
                    let _ = client.batch_execute("SET session_replication_role = replica").await;
                    client.batch_execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'").await?;
                    let indexes = client.query(POSTGRES_INDEXES, &[]).await?;
                    Ok::<_, Fault>((client, indexes.into_iter().map(|row| (row.get(0), row.get(1))).collect()))
                })?;
                (Sink::Postgres(client, handle), indexes)
            }
        };
        let mut bulk = Bulk { company: company.raw(), sink, indexes: Vec::new() };
        for (name, build) in indexes {
            bulk.run(&format!("DROP INDEX {name}"))?;
            bulk.indexes.push(build);
        }
        bulk.run("BEGIN")?;
        Ok(bulk)
    }

    #[cfg(test)]
    pub(crate) fn raw(&self, text: &str) -> Result<(), Fault> {
        self.run(text)
    }

    fn run(&self, text: &str) -> Result<(), Fault> {
        match &self.sink {
            Sink::Sqlite(connection) => Ok(connection.execute_batch(text)?),
            Sink::Postgres(client, handle) => Ok(handle.block_on(client.batch_execute(text))?),
        }
    }

    /// Adds rows, best some thousands at once and in the order of their keys.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn add<R: Row>(&mut self, rows: &[R]) -> Result<(), Fault> {
        if rows.is_empty() {
            return Ok(());
        }
        let table = R::table();
        match &self.sink {
            Sink::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(&Verb::Insert.text(table))?;
                for row in rows {
                    statement.raw_bind_parameter(1, self.company)?;
                    for i in 0..table.columns.len() {
                        statement.raw_bind_parameter(i + 2, row.cell(i))?;
                    }
                    statement.raw_execute()?;
                }
                Ok(())
            }
            Sink::Postgres(client, handle) => handle.block_on(copy(client, table, copied(self.company, table, rows))),
        }
    }

    /// Adds figures of dashboards: name, count, amount.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn tallies(&mut self, figures: &[(&str, i64, i64)]) -> Result<(), Fault> {
        for (name, count, amount) in figures {
            let company = self.company;
            self.run(&format!("INSERT INTO tallies (company_id, name, count, amount) VALUES ({company}, '{name}', {count}, {amount})"))?;
        }
        Ok(())
    }

    /// Commits, builds the indexes, `told` how many of how many, and gives the database back as the product wants it.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn finish(self, mut told: impl FnMut(usize, usize)) -> Result<(), Fault> {
        self.run("COMMIT")?;
        for (done, build) in self.indexes.iter().enumerate() {
            told(done, self.indexes.len());
            self.run(build)?;
        }
        match &self.sink {
            Sink::Sqlite(_) => self.run("PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL;"),
            Sink::Postgres(..) => self.run("VACUUM ANALYZE"),
        }
    }
}

async fn copy(client: &Client, table: &TableDef, content: String) -> Result<(), Fault> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sink = client.copy_in(&format!("COPY {} (company_id, {}) FROM STDIN", table.name, names.join(", "))).await?;
    let mut sink = Box::pin(sink);
    sink.send(Cursor::new(content.into_bytes())).await?;
    sink.close().await?;
    Ok(())
}

/// Rows in the text format of `COPY`.
fn copied<R: Row>(company: i64, table: &TableDef, rows: &[R]) -> String {
    let mut text = String::with_capacity(rows.len() * table.columns.len() * 12);
    for row in rows {
        let _ = write!(text, "{company}");
        for i in 0..table.columns.len() {
            text.push('\t');
            match row.cell(i) {
                Cell::Null => text.push_str("\\N"),
                Cell::Int(value) => {
                    let _ = write!(text, "{value}");
                }
                Cell::Text(value) => escape(value, &mut text),
                Cell::Blob(bytes) => {
                    text.push_str("\\\\x");
                    bytes.iter().for_each(|byte| {
                        let _ = write!(text, "{byte:02x}");
                    });
                }
            }
        }
        text.push('\n');
    }
    text
}

fn escape(value: &str, text: &mut String) {
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
}
