//! What a file contains: sheets of cells that keep what was written and where.

use std::collections::HashMap;
use std::fmt;

use domain::{Date, Details, Language, Reason, text};
use serde::{Deserialize, Serialize};

/// A cell as it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// Text; everything in a csv file is.
    Text(Box<str>),
    /// A number cell of a workbook as an exact decimal of at most 15 digits, as the workbook shows it.
    Number(Box<str>),
    /// A date cell of a workbook; a time of day is cut off.
    Date(Date),
    /// A truth value of a workbook.
    Bool(bool),
    /// What a formula failed with: `#N/A`.
    Error(Box<str>),
}

impl Cell {
    /// A text cell, or an empty one.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// What was written, without spaces around it.
    pub fn written(&self) -> &str {
        match self {
            Cell::Empty => "",
            Cell::Text(text) => text.trim(),
            Cell::Number(text) | Cell::Error(text) => text,
            Cell::Date(date) => date.as_str(),
            Cell::Bool(true) => "true",
            Cell::Bool(false) => "false",
        }
    }
}

/// The kind of file a sheet comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// A workbook of Office Open XML.
    Xlsx,
}

/// A sheet of a workbook, or a csv file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet; of a csv file, empty.
    pub name: String,
    /// Kind of file.
    pub format: Format,
    /// Every row from the first on, as spreadsheets number them; cells behind the last written one are left out.
    pub rows: Vec<Vec<Cell>>,
    /// Where cells really stand (row, column) that were moved here from a form; empty for a table.
    pub origins: HashMap<(usize, usize), (usize, usize)>,
}

impl Sheet {
    /// The cell, empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Empty)
    }

    /// Whether the row has nothing in it.
    pub fn is_blank(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|row| row.iter().all(Cell::is_empty))
    }
}

/// A place in a file, as a spreadsheet names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file, or empty.
    pub file: String,
    /// Name of the sheet, or empty.
    pub sheet: String,
    /// Row from 1, 0 for the sheet as a whole.
    pub row: u32,
    /// Column letters, or empty for the row as a whole.
    pub column: String,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &str) -> Self {
        Place { file: file.to_owned(), ..Place::default() }
    }

    /// A cell of a sheet; row and column counted from 0.
    pub fn cell(sheet: &Sheet, row: usize, column: usize) -> Self {
        let (row, column) = sheet.origins.get(&(row, column)).copied().unwrap_or((row, column));
        Place { column: column_letters(column), ..Place::at(sheet, row) }
    }

    /// A row of a sheet, counted from 0.
    pub fn row(sheet: &Sheet, row: usize) -> Self {
        // Of a form, the row of the line, whose cells come last.
        let last = sheet.rows.get(row).map_or(0, |cells| cells.len().saturating_sub(1));
        Place::at(sheet, sheet.origins.get(&(row, last)).map_or(row, |(row, _)| *row))
    }

    fn at(sheet: &Sheet, row: usize) -> Self {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        Place { file: sheet.file.clone(), sheet: sheet.name.clone(), row, column: String::new() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(f, " [{}]", self.sheet)?;
        }
        match (self.row, self.column.as_str()) {
            (0, _) => Ok(()),
            (row, "") => write!(f, " {row}"),
            (row, column) => write!(f, " {column}{row}"),
        }
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).expect("below 26"));
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).expect("letters are ASCII")
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Name of the column or of the mapping's key, or empty.
    pub field: String,
    /// What is written there.
    pub value: String,
    /// Stable code.
    pub code: &'static str,
    /// What its text is filled with.
    pub details: Details,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: Place, reason: impl Into<Reason>) -> Self {
        let Reason { code, details } = reason.into();
        Problem { place, field: String::new(), value: String::new(), code, details }
    }

    /// With what is written there.
    #[must_use]
    pub fn found(mut self, field: &str, value: &str) -> Self {
        field.clone_into(&mut self.field);
        self.value = value.chars().take(200).collect();
        self
    }

    /// What is wrong and what to do, for people.
    pub fn message(&self, language: Language) -> String {
        text(language, self.code, &self.details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let check = |column: usize, letters: &str| assert_eq!(column_letters(column), letters);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
    }

    #[test]
    fn a_place_reads_like_a_spreadsheet() {
        let sheet = Sheet { file: "a.xlsx".into(), name: "订单".into(), format: Format::Xlsx, rows: Vec::new(), origins: HashMap::new() };
        assert_eq!(Place::cell(&sheet, 4, 27).to_string(), "a.xlsx [订单] AB5");
        assert_eq!(Place::row(&sheet, 4).to_string(), "a.xlsx [订单] 5");
        assert_eq!(Place::file("b.csv").to_string(), "b.csv");
    }
}
