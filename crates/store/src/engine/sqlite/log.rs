//! Making the write-ahead log durable.
//!
//! With `synchronous=NORMAL` SQLite syncs the log before a checkpoint copies it into the database, and nothing at a commit; what is synced here
//! is that log. So a commit is as durable as with `FULL` once this has run, and the next transaction need not wait for the disk.
//!
//! Source: SQLite, "Write-Ahead Logging" and `PRAGMA synchronous`

use std::fs::File;
use std::path::{Path, PathBuf};

use super::explain;
use crate::engine::Durability;
use crate::fault::Fault;

/// Syncs the log of the database at `path`.
pub fn durability(path: &Path) -> Durability {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let (path, directory) = (PathBuf::from(name), path.parent().map(Path::to_owned));
    let mut log = None;
    Box::new(move || {
        let mut sync = || -> std::io::Result<()> {
            let file = match log.take() {
                Some(file) => file,
                None => open(&path, directory.as_deref())?,
            };
            file.sync_data()?;
            log = Some(file);
            Ok(())
        };
        sync().map_err(|e| explain(&path, Fault::Lost(format!("{}: {e}", path.display()))))
    })
}

/// The log lives as long as a connection does; its name in the directory must be durable too.
fn open(path: &Path, directory: Option<&Path>) -> std::io::Result<File> {
    let file = File::open(path)?;
    if let Some(directory) = directory {
        File::open(directory)?.sync_all()?;
    }
    Ok(file)
}
