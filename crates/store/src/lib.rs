//! Where the product keeps its state: the unit of work over SQLite or PostgreSQL, and the queries that screens read by.
//!
//! Only this crate knows SQL. Writing goes through [`Store::write`], reading through [`Store::read`].

pub mod backup;
pub mod batch;
pub mod bulk;
pub mod cell;
pub mod chain;
pub mod engine;
pub mod executor;
pub mod fault;
mod keeper;
pub mod key;
pub mod migrate;
pub mod query;
pub mod read;
pub mod repair;
pub mod row;
pub mod rows;
pub mod sql;
mod table;
pub mod trace;
pub mod verify;
pub mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{CompanyId, Instant};
use tokio::sync::watch;

pub use batch::Failure;
pub use executor::{Clock, WriterFigures};
pub use fault::Fault;
pub use read::{Param, Reader};
pub use row::{Row, SetOf};
pub use work::{Held, Outcome, Stop, UnitOfWork};

use engine::Engine;
use executor::Executor;
use work::IdSource;

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Place {
    /// An embedded database in a data directory.
    Directory(PathBuf),
    /// A PostgreSQL database by its URL.
    Postgres(String),
}

enum Readers {
    Sqlite { path: PathBuf, idle: Mutex<Vec<rusqlite::Connection>>, limit: tokio::sync::Semaphore },
    Postgres(deadpool_postgres::Pool),
}

async fn reach(url: &str) -> Result<(tokio_postgres::Client, tokio::task::JoinHandle<Result<(), tokio_postgres::Error>>), Fault> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.map_err(|e| Fault::Lost(e.to_string()))?;
    Ok((client, tokio::spawn(connection)))
}

/// Runs a statement that no transaction may hold, such as making a database, on the PostgreSQL server of this URL.
///
/// # Errors
/// Where it cannot be reached, or the user may not.
pub async fn administer(url: &str, statement: &str) -> Result<(), Fault> {
    let (client, connection) = reach(url).await?;
    let done = client.batch_execute(statement).await;
    drop(client);
    // The connection ends by itself when its client is gone.
    let _ = connection.await;
    Ok(done?)
}

/// A setting of the PostgreSQL server of this URL, such as `fsync`.
///
/// # Errors
/// Where it cannot be reached, or has no such setting.
pub async fn setting(url: &str, name: &str) -> Result<String, Fault> {
    let (client, _connection) = reach(url).await?;
    Ok(client.query_one("SELECT current_setting($1)", &[&name]).await?.try_get(0)?)
}

/// A database with its writers and readers.
pub struct Store {
    executor: Executor,
    readers: Readers,
    clock: Clock,
    committed: watch::Sender<u64>,
    reads: std::sync::atomic::AtomicU64,
    place: Place,
}

/// The name of the database file in a data directory.
pub const FILE: &str = "shundan.db";

/// Readers of the embedded database at the most.
const MAX_READERS: usize = 8;

impl Store {
    /// Opens the database, creates or migrates it where needed, and starts its writers.
    ///
    /// # Errors
    /// Where it cannot be reached, written or migrated.
    pub async fn open(place: Place, clock: Clock) -> Result<Self, Fault> {
        Self::open_with(place, clock, |writer| writer).await
    }

    /// As `open`, with all that the writer does written to `into`.
    ///
    /// # Errors
    /// As `open`.
    pub async fn open_recorded(place: Place, clock: Clock, into: trace::Shared) -> Result<Self, Fault> {
        Self::open_with(place, clock, |writer| Box::new(trace::Recorder::new(writer, into))).await
    }

    async fn open_with(place: Place, clock: Clock, wrap: impl FnOnce(Box<dyn Engine>) -> Box<dyn Engine>) -> Result<Self, Fault> {
        match place.clone() {
            Place::Directory(directory) => Self::open_sqlite(place, &directory, clock, wrap),
            Place::Postgres(url) => Self::open_postgres(place, &url, clock, wrap).await,
        }
    }

    fn open_sqlite(
        place: Place,
        directory: &Path,
        clock: Clock,
        wrap: impl FnOnce(Box<dyn Engine>) -> Box<dyn Engine>,
    ) -> Result<Self, Fault> {
        std::fs::create_dir_all(directory).map_err(|e| Fault::ReadOnly(format!("{}: {e}", directory.display())))?;
        let path = directory.join(FILE);
        let opened = engine::sqlite::open_writer(&path).and_then(|mut connection| migrate::sqlite(&mut connection));
        let writer = opened.and_then(|_| engine::sqlite::Sqlite::open(&path)).map_err(|fault| engine::sqlite::explain(&path, fault))?;
        // One machine, one file: other processes (an import from the command line) get a number from their process id, other stores of
        // this process from their order. Should two draw the same id all the same, the command that comes second draws others.
        static STORES: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
        let place_in_process = STORES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let ids = Arc::new(IdSource::new(i64::from(std::process::id()) + 131 * place_in_process));
        let readers = Readers::Sqlite { path, idle: Mutex::new(Vec::new()), limit: tokio::sync::Semaphore::new(MAX_READERS) };
        Ok(Self::assemble(place, vec![wrap(Box::new(writer))], readers, clock, &ids))
    }

    async fn open_postgres(
        place: Place,
        url: &str,
        clock: Clock,
        wrap: impl FnOnce(Box<dyn Engine>) -> Box<dyn Engine>,
    ) -> Result<Self, Fault> {
        let config = engine::postgres::config(url)?;
        let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.map_err(|e| Fault::Lost(e.to_string()))?;
        tokio::spawn(connection);
        migrate::postgres(&mut client).await?;
        let node = client.query_one(
            "INSERT INTO nodes (company_id, node) SELECT 0, coalesce(max(node), 0) + 1 FROM nodes WHERE company_id = 0 RETURNING node",
            &[],
        );
        let node: i64 = node.await?.get(0);
        let manager = deadpool_postgres::Manager::new(config, tokio_postgres::NoTls);
        let pool = deadpool_postgres::Pool::builder(manager).max_size(16).build().map_err(|e| Fault::Broken(e.to_string()))?;
        let writer = engine::postgres::Postgres::new(url)?;
        let ids = Arc::new(IdSource::new(node));
        Ok(Self::assemble(place, vec![wrap(Box::new(writer))], Readers::Postgres(pool), clock, &ids))
    }

    fn assemble(place: Place, engines: Vec<Box<dyn Engine>>, readers: Readers, clock: Clock, ids: &Arc<IdSource>) -> Self {
        let executor = Executor::start(engines, &clock, ids);
        Store { executor, readers, clock, committed: watch::Sender::new(0), reads: std::sync::atomic::AtomicU64::new(0), place }
    }

    /// Where the data is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The time, as everything in the product sees it.
    pub fn now(&self) -> Instant {
        (self.clock)()
    }

    /// What this process's writers have done so far.
    pub fn figures(&self) -> WriterFigures {
        self.executor.figures()
    }

    /// How often this process has written to these tables; what was read from them before it grew may be old.
    pub fn changes(&self, tables: &[rows::Table]) -> u64 {
        self.executor.changes(tables)
    }

    /// Runs a use case on a unit of work and commits it; the answer comes after the commit.
    ///
    /// # Errors
    /// The refusal of the use case, or why the database could not take it.
    pub async fn write<T, F>(&self, company: CompanyId, act: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnMut(&mut UnitOfWork) -> Outcome<T> + Send + 'static,
    {
        let answer = self.executor.submit(company, act).await;
        let result = answer.unwrap_or_else(|_| Err(Failure::Internal("the writer is gone".into())));
        if result.is_ok() {
            self.committed.send_modify(|n| *n += 1);
        }
        result
    }

    /// Changes when this process has committed something; other processes' commits are not seen here.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// How many reads this process has asked for: what waits for news is measured by it.
    pub fn reads(&self) -> u64 {
        self.reads.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Runs statements on a read-only connection, off the async threads.
    ///
    /// # Errors
    /// Any fault of the database.
    pub async fn read<T, F>(&self, act: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.reads.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        match &self.readers {
            Readers::Sqlite { path, idle, limit } => {
                let _place = limit.acquire().await.map_err(|e| Fault::Broken(e.to_string()))?;
                let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let path = path.clone();
                let (connection, result) = off_thread(move || {
                    let connection = match waiting {
                        Some(connection) => connection,
                        None => engine::sqlite::open_reader(&path)?,
                    };
                    // One snapshot for all statements of a read.
                    connection.execute_batch("BEGIN")?;
                    let result = act(&Reader::Sqlite(&connection));
                    connection.execute_batch("COMMIT")?;
                    Ok((connection, result))
                })
                .await?;
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                result
            }
            Readers::Postgres(pool) => {
                let client = pool.get().await.map_err(|e| Fault::Lost(e.to_string()))?;
                let handle = tokio::runtime::Handle::current();
                off_thread(move || act(&Reader::Postgres(&client, handle))).await
            }
        }
    }
}

async fn off_thread<T: Send + 'static>(act: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(act).await.unwrap_or_else(|e| Err(Fault::Broken(e.to_string())))
}
