//! Copies of the embedded database, made while it is in use (SEC-03). The copy is one file that a data directory can be made of.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::fault::Fault;
use crate::read::Reader;

/// Pages copied before progress is told: 4 MiB.
const PAGES: i32 = 1024;

/// Waits so long when the other file is locked for a moment.
const PAUSE: Duration = Duration::from_millis(20);

/// Copies the database `from` as it is at one moment to the file `to`, which must not be there. Writers are not kept waiting.
///
/// `told` gets the pages that are done and all pages.
///
/// # Errors
/// Any fault of either file.
pub fn copy(from: &Path, to: &Path, mut told: impl FnMut(u64, u64)) -> Result<(), Fault> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    source.busy_timeout(Duration::from_secs(30))?;
    // A snapshot held for the whole copy: what is committed meanwhile is not in it, and does not make it begin again.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
    let mut target = Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut target)?;
        loop {
            let result = backup.step(PAGES)?;
            let progress = backup.progress();
            let (all, left) = (u64::try_from(progress.pagecount).unwrap_or(0), u64::try_from(progress.remaining).unwrap_or(0));
            told(all - left.min(all), all);
            match result {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(PAUSE),
            }
        }
    }
    source.execute_batch("COMMIT")?;
    // A file that needs no others beside it, and is on the disk.
    target.execute_batch("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;")?;
    target.close().map_err(|(_, error)| error)?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|why| Fault::Lost(format!("{}: {why}", to.display())))
}

/// Opens a copy, checks that its structure is whole, and reads from it.
///
/// # Errors
/// `Broken` where the structure is damaged, and any other fault of the file.
pub fn read<T>(file: &Path, act: impl FnOnce(&Reader<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let whole: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(Fault::Broken(format!("{}: {whole}", file.display())));
    }
    act(&Reader::Sqlite(&connection))
}
