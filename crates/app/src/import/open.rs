//! Opens files that people send: finds out what they are, and keeps them from being larger than they look.

use domain::{ImportRejection, ImportRule};

use super::sheet::{Place, Problem, Sheet};
use super::{delimited, workbook};

/// A file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What is read at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// Bytes of a workbook unpacked.
    pub unpacked: u64,
    /// Bytes of one part of a workbook that is not a sheet.
    pub part: u64,
    /// Rows of a sheet.
    pub rows: usize,
    /// Columns of a sheet.
    pub columns: usize,
    /// Cells of a file.
    pub cells: usize,
    /// Characters of a cell.
    pub characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 64 << 20, unpacked: 512 << 20, part: 64 << 20, rows: 200_000, columns: 500, cells: 8_000_000, characters: 32_767 }
    }
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Every sheet of a file.
///
/// # Errors
/// `import.file_too_large`, `import.empty`, `import.old_workbook`, `import.unreadable`, and the limits of sheets.
pub fn open(file: &File, limits: &Limits) -> Result<Vec<Sheet>, Box<Problem>> {
    if file.bytes.len() > limits.bytes {
        return Err(Box::new(Problem::new(Place::file(&file.name), ImportRule::FileTooLarge { limit: mebibytes(limits.bytes as u64) })));
    }
    if file.bytes.starts_with(ZIP) {
        return workbook::read(file, limits);
    }
    if file.bytes.starts_with(OLE) {
        return Err(Box::new(Problem::new(Place::file(&file.name), ImportRule::OldWorkbook)));
    }
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Box::new(Problem::new(Place::file(&file.name), ImportRejection::Empty)));
    }
    Ok(vec![delimited::read(file, limits)?])
}

/// A file that is nothing the product can read.
pub(super) fn unreadable(file: &File) -> Box<Problem> {
    Box::new(Problem::new(Place::file(&file.name), ImportRejection::Unreadable { file: file.name.clone() }))
}

pub(super) fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}
