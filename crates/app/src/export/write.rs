//! Writes rows one after the other, in bounded memory.

use std::io::{self, Error, Seek, Write};

use domain::{Date, Instant, Language, text};
use rust_xlsxwriter::{Format as Look, Workbook, XlsxError};

use super::Cell;
use crate::import::looks_like_formula;

/// A csv file while it is written: UTF-8 with a byte-order mark, by which spreadsheets know it; lines and quotes as in RFC 4180.
pub struct Lines<W: Write> {
    writer: csv::Writer<W>,
    language: Language,
}

impl<W: Write> Lines<W> {
    /// Begins with the headers.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn begin(mut out: W, headers: Vec<String>, language: Language) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut lines = Self::further(out, language);
        lines.writer.write_record(&headers)?;
        Ok(lines)
    }

    /// Goes on behind rows that were written before.
    pub fn further(out: W, language: Language) -> Self {
        Lines { writer: csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out), language }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Whatever the file fails with.
    pub fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        let language = self.language;
        Ok(self.writer.write_record(cells.into_iter().map(|cell| csv_text(cell, language)))?)
    }

    /// Hands out what was written so far.
    ///
    /// # Errors
    /// Whatever the file fails with.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| Error::other(error.to_string()))
    }
}

fn csv_text(cell: Cell, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number,
        Cell::Int(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Instant(at) => at.to_string(),
        Cell::Bool(yes) => truth(yes, language),
        Cell::Code(group, code) => text(language, &format!("{group}.{code}"), &[]),
    }
}

fn truth(yes: bool, language: Language) -> String {
    text(language, if yes { "bool.true" } else { "bool.false" }, &[])
}

/// A text that no spreadsheet takes for a formula: an apostrophe is put before what would begin one, and before one that has apostrophes
/// already, so that an import can take off exactly the one that was put (SEC-02).
pub fn harmless(text: String) -> String {
    if looks_like_formula(&text) { format!("'{text}") } else { text }
}

/// Rows of a sheet of a workbook, its head among them.
const MAX_ROWS: u32 = 1_048_576;

/// A cell of a workbook holds so many characters.
const MAX_CELL: usize = 32_767;

/// A workbook while it is written; rows go to a temporary file, so that memory stays the same however many there are.
pub struct Book {
    book: Workbook,
    title: String,
    headers: Vec<String>,
    language: Language,
    sheet: usize,
    row: u32,
    date: Look,
    instant: Look,
}

impl Book {
    /// Begins with a sheet and its headers; further sheets follow when it is full.
    ///
    /// # Errors
    /// Where there is no room for temporary files.
    pub fn begin(title: &str, headers: Vec<String>, language: Language) -> io::Result<Self> {
        let (date, instant) = (Look::new().set_num_format("yyyy-mm-dd"), Look::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
        let title = title.to_owned();
        let mut book = Book { book: Workbook::new(), title, headers, language, sheet: 0, row: 0, date, instant };
        book.add_sheet().map_err(Error::other)?;
        Ok(book)
    }

    fn add_sheet(&mut self) -> Result<(), XlsxError> {
        let bold = Look::new().set_bold();
        let name = if self.sheet == 0 { self.title.clone() } else { format!("{} {}", self.title, self.sheet + 1) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        if !name.is_empty() {
            sheet.set_name(name)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (place, header) in (0..).zip(&self.headers) {
            sheet.set_column_width(place, 16)?;
            sheet.write_string_with_format(0, place, header, &bold)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Whatever the temporary file fails with.
    pub fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        self.add(cells).map_err(Error::other)
    }

    fn add(&mut self, cells: Vec<Cell>) -> Result<(), XlsxError> {
        if self.row == MAX_ROWS {
            self.sheet += 1;
            self.add_sheet()?;
        }
        let language = self.language;
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (place, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(sheet.write_string(self.row, place, in_a_string(text))?),
                Cell::Number(text) => match text.parse::<f64>() {
                    Ok(number) => drop(sheet.write_number(self.row, place, number)?),
                    Err(_) => drop(sheet.write_string(self.row, place, text)?),
                },
                #[allow(clippy::cast_precision_loss)]
                Cell::Int(number) => drop(sheet.write_number(self.row, place, number as f64)?),
                Cell::Bool(yes) => drop(sheet.write_string(self.row, place, truth(yes, language))?),
                Cell::Date(date) => drop(sheet.write_number_with_format(self.row, place, day_number(date), &self.date)?),
                Cell::Instant(at) => drop(sheet.write_number_with_format(self.row, place, instant_number(at), &self.instant)?),
                Cell::Code(group, code) => drop(sheet.write_string(self.row, place, text(language, &format!("{group}.{code}"), &[]))?),
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Writes the workbook to `out` and hands it back.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn finish<W: Write + Seek + Send>(mut self, mut out: W) -> io::Result<W> {
        self.book.save_to_writer(&mut out).map_err(Error::other)?;
        Ok(out)
    }
}

/// A string cell is never taken for a formula; only an apostrophe that an import would take off gets a second one.
fn in_a_string(text: String) -> String {
    let text = if text.starts_with('\'') { harmless(text) } else { text };
    if text.len() <= MAX_CELL { text } else { text.chars().take(MAX_CELL / 2).collect() }
}

/// A day as spreadsheets count them: from the end of 1899.
#[allow(clippy::cast_precision_loss)]
fn day_number(date: Date) -> f64 {
    let zero = Date::of(1899, 12, 30).expect("the calendar has this day");
    zero.days_until(date) as f64
}

#[allow(clippy::cast_precision_loss)]
fn instant_number(at: Instant) -> f64 {
    25_569.0 + (at.micros() / 1_000_000) as f64 / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_stay_numbers() {
        let check = |cell: Cell, expected: &str| assert_eq!(csv_text(cell, Language::En), expected);
        check(Cell::from("=1+1"), "'=1+1");
        check(Cell::from("'=1+1"), "''=1+1");
        check(Cell::from("'tHooft"), "'tHooft");
        check(Cell::from("+86 10"), "'+86 10");
        check(Cell::from("@a"), "'@a");
        check(Cell::from("\tx"), "'\tx");
        check(Cell::from("a-b"), "a-b");
        check(Cell::Number("-5.20".into()), "-5.20");
        check(Cell::Int(-3), "-3");
        check(Cell::Code("settlement", "monthly"), "Monthly");
        assert_eq!(in_a_string("=1".into()), "=1");
        assert_eq!(in_a_string("'=1".into()), "''=1");
    }

    #[test]
    fn lines_are_what_spreadsheets_expect() {
        let mut lines = Lines::begin(Vec::new(), vec!["a".into(), "b".into()], Language::ZhCn).unwrap();
        lines.row(vec![Cell::from("a,b"), Cell::Bool(true)]).unwrap();
        assert_eq!(String::from_utf8(lines.finish().unwrap()).unwrap(), "\u{feff}a,b\r\n\"a,b\",是\r\n");
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!(day_number(Date::parse("2026-11-21").unwrap()).to_bits(), 46347.0_f64.to_bits());
    }
}
