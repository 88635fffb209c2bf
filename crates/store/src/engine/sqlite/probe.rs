//! Why the disk refuses: SQLite tells most faults of a disk as one ("disk I/O error"), people need to know which.

use std::fs::{OpenOptions, remove_file};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::fault::Fault;

/// Bytes that must fit beside the database for the disk to count as not full: about what a small batch writes.
const ROOM: usize = 64 * 1024;

/// A fault of the disk said more exactly: tries to write a file beside the database `path`. Other faults stay as they are.
pub fn explain(path: &Path, fault: Fault) -> Fault {
    let Fault::Lost(why) = fault else { return fault };
    let probe = path.with_extension(format!("probe-{}", std::process::id()));
    let tried = OpenOptions::new().create(true).truncate(true).write(true).open(&probe).and_then(|mut file| {
        file.write_all(&[0; ROOM])?;
        file.sync_all()
    });
    // Nothing is left of it; where it was never made there is nothing to remove.
    let _ = remove_file(&probe);
    match tried.map_err(|error| error.kind()) {
        Err(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) => Fault::Full(why),
        Err(ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => Fault::ReadOnly(why),
        _ => Fault::Lost(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_faults_of_the_disk_are_looked_into_and_nothing_is_left() {
        let place = std::env::temp_dir().join(format!("probe_{}", std::process::id()));
        std::fs::create_dir_all(&place).unwrap();
        let lost = Fault::Lost("disk I/O error".into());
        assert_eq!(explain(&place.join("x.db"), lost.clone()), lost, "a disk that takes data is not to blame");
        let conflict = Fault::Conflict("busy".into());
        assert_eq!(explain(&place.join("x.db"), conflict.clone()), conflict);
        assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0);
        std::fs::remove_dir(&place).unwrap();
        assert_eq!(explain(Path::new("/proc/x.db"), lost.clone()), lost, "where there is no directory nothing more is known");
    }
}
