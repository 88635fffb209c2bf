//! Where a benchmark keeps its data: a directory or a database of its own, removed at the end. What people work in is never touched.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Fault, Place, Store, trace};

use crate::args::Global;
use crate::outside;
use crate::trouble::Trouble;

/// A place for one run.
#[derive(Debug)]
pub struct Ground {
    place: Place,
    server: Option<String>,
    engine: String,
}

fn name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("shundan_bench_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn broken(why: &dyn std::fmt::Display) -> Trouble {
    Trouble::with("trouble.system", [("why", why)])
}

impl Ground {
    /// An empty place: a database of its own on the server of `--database`, else a directory below `--data` or where temporary files go.
    pub async fn new(global: &Global) -> Result<Self, Trouble> {
        if let Some(server) = &global.database {
            let name = name();
            store::administer(server, &format!("CREATE DATABASE {name}")).await?;
            let fsync = store::setting(server, "fsync").await?;
            let engine = format!("PostgreSQL, synchronous_commit=on, fsync={fsync}");
            return Ok(Ground { place: Place::Postgres(sibling(server, &name)), server: Some(server.clone()), engine });
        }
        let base = global.data.clone().unwrap_or_else(std::env::temp_dir);
        let engine = "SQLite, WAL synced before each answer".to_owned();
        Ok(Ground { place: Place::Directory(base.join(name())), server: None, engine })
    }

    /// Another place with the same content; nobody may be at work in this one.
    pub async fn copy(&self) -> Result<Self, Trouble> {
        let engine = self.engine.clone();
        match (&self.place, &self.server) {
            (Place::Postgres(url), Some(server)) => {
                let name = name();
                let template = url.rsplit_once('/').map_or("", |(_, name)| name.split('?').next().unwrap_or(name));
                store::administer(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
                Ok(Ground { place: Place::Postgres(sibling(server, &name)), server: self.server.clone(), engine })
            }
            (Place::Directory(folder), _) => {
                let to = folder.with_file_name(name());
                copied(folder, &to).map_err(|why| Trouble::file(&to, &why))?;
                Ok(Ground { place: Place::Directory(to), server: None, engine })
            }
            (Place::Postgres(_), None) => Err(broken(&"no server")),
        }
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        self.place.clone()
    }

    /// Opens the store.
    pub async fn open(&self) -> Result<Store, Trouble> {
        Ok(Store::open(self.place.clone(), outside::clock()).await?)
    }

    /// Opens the store with what its writer does written to `into`.
    pub async fn recorded(&self, into: trace::Shared) -> Result<Store, Trouble> {
        Ok(Store::open_recorded(self.place.clone(), outside::clock(), into).await?)
    }

    /// Plays a trace over bare statements, off the async threads.
    pub async fn play(&self, trace: trace::Trace, part: trace::Part) -> Result<trace::Took, Trouble> {
        let place = self.place.clone();
        let played = tokio::task::spawn_blocking(move || -> Result<_, Fault> {
            match place {
                Place::Directory(folder) => trace::sqlite::play(&folder.join(store::FILE), &trace, part),
                Place::Postgres(url) => trace::postgres::play(&url, &trace, part),
            }
        });
        Ok(played.await.map_err(|why| broken(&why))??)
    }

    /// Which engine it is, with what makes it durable.
    pub fn engine(&self) -> &str {
        &self.engine
    }

    /// Removes it.
    pub async fn remove(self) {
        match (&self.place, &self.server) {
            (Place::Directory(folder), _) => drop(std::fs::remove_dir_all(folder)),
            (Place::Postgres(url), Some(server)) => {
                let name = url.rsplit_once('/').map_or("", |(_, name)| name.split('?').next().unwrap_or(name));
                if let Err(why) = store::administer(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await {
                    tracing::warn!(%why, "the database of the benchmark was not removed");
                }
            }
            (Place::Postgres(_), None) => {}
        }
    }
}

/// The URL of another database on the same server.
pub fn sibling(url: &str, name: &str) -> String {
    let (before, last) = url.rsplit_once('/').unwrap_or((url, ""));
    let options = last.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    format!("{before}/{name}{options}")
}

fn copied(from: &Path, to: &PathBuf) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
