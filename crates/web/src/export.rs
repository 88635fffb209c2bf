//! A list as a file: every filtered row, read page by page, as csv or xlsx with headers in the caller's language.

use std::io::{Seek, SeekFrom};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Act, Date, Instant, Language};
use rust_xlsxwriter::{Format as Look, Workbook, XlsxError};
use store::query::list::{Found, Page};
use store::{Fault, Reader};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use crate::by::By;
use crate::error::Error;
use crate::list::Format;
use crate::state::Web;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Rows read at once.
const PAGE: i64 = 1000;

/// Rows of a sheet of a workbook, its head among them.
const MAX_ROWS: u32 = 1_048_576;

/// A cell of an exported list.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A decimal number as text: stays exact in csv.
    Number(String),
    /// A whole number.
    Int(i64),
    /// A date.
    Date(Date),
    /// A point in time.
    Instant(Instant),
    /// Yes or no.
    Bool(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::from(text.as_str())
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Cell::Int(value)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Cell::Bool(value)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl From<Instant> for Cell {
    fn from(at: Instant) -> Self {
        Cell::Instant(at)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A column of an exported list.
pub struct Column<T> {
    /// Its name; the head is the text `field.<name>`.
    pub name: &'static str,
    /// Its value in a row.
    pub cell: fn(&T) -> Cell,
}

/// A row of a list that can be exported.
pub trait Tabular: Sized + 'static {
    /// The columns, in order.
    const COLUMNS: &'static [Column<Self>];
}

/// The head of a column, for people.
pub fn head(language: Language, name: &str) -> String {
    let code = format!("field.{name}");
    let text = domain::text(language, &code, &[]);
    if text == code { name.to_owned() } else { text }
}

/// Answers the whole list as a file.
///
/// # Errors
/// 403 without `export.run`.
pub async fn answer<T, F>(web: &Web, by: &By, noun: &'static str, format: Format, page: Page, fetch: F) -> Result<Response, Error>
where
    T: Tabular + Send + 'static,
    F: Fn(&Reader<'_>, &Page) -> Result<Found<T>, Fault> + Clone + Send + 'static,
{
    by.may(Act::RunExport)?;
    let ending = if format == Format::Csv { "csv" } else { "xlsx" };
    web.app.command(by, None, move |work, by| app::event::exported(work, by, noun, ending)).await?;
    let page = Page { after: None, limit: PAGE, ..page };
    let (kind, body) = match format {
        Format::Xlsx => (XLSX, workbook(web, by.language, page, fetch).await?),
        _ => ("text/csv; charset=utf-8", lines(web, by.language, page, fetch)),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = format!("attachment; filename=\"{noun}.{ending}\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Reads the pages one after the other, ahead of who takes them by two at the most; stops when nobody takes them any more.
fn pages<T, F>(web: &Web, mut page: Page, fetch: F) -> mpsc::Receiver<Result<Vec<T>, Fault>>
where
    T: Send + 'static,
    F: Fn(&Reader<'_>, &Page) -> Result<Found<T>, Fault> + Clone + Send + 'static,
{
    let (send, receive) = mpsc::channel(2);
    let store = web.app.store.clone();
    tokio::spawn(async move {
        loop {
            let (wanted, read) = (page.clone(), fetch.clone());
            match store.read(move |reader| read(reader, &wanted)).await {
                Ok(found) => {
                    let over = send.send(Ok(found.rows)).await.is_err() || found.next.is_none();
                    if over {
                        return;
                    }
                    page.after = found.next;
                }
                Err(fault) => {
                    let _ = send.send(Err(fault)).await;
                    return;
                }
            }
        }
    });
    receive
}

/// UTF-8 with a byte-order mark, by which spreadsheets know it; lines and quotes as in RFC 4180.
fn lines<T, F>(web: &Web, language: Language, page: Page, fetch: F) -> Body
where
    T: Tabular + Send + 'static,
    F: Fn(&Reader<'_>, &Page) -> Result<Found<T>, Fault> + Clone + Send + 'static,
{
    let heads: Vec<String> = T::COLUMNS.iter().map(|column| head(language, column.name)).collect();
    let mut first = "\u{feff}".as_bytes().to_vec();
    first.extend(csv_lines([heads].into_iter()));
    let text = |row: &T| T::COLUMNS.iter().map(|column| csv_text((column.cell)(row))).collect::<Vec<_>>();
    let rest = ReceiverStream::new(pages(web, page, fetch)).map(move |rows: Result<Vec<T>, Fault>| match rows {
        Ok(rows) => Ok(Bytes::from(csv_lines(rows.iter().map(text)))),
        Err(fault) => {
            tracing::error!(%fault, "an export broke off");
            // An answer that breaks off is better than one that looks complete.
            Err(std::io::Error::other("broke off"))
        }
    });
    Body::from_stream(tokio_stream::once(Ok(Bytes::from(first))).chain(rest))
}

fn csv_lines(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("memory takes every row");
    }
    writer.into_inner().expect("memory takes every row")
}

fn csv_text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number,
        Cell::Int(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Instant(at) => at.to_string(),
        Cell::Bool(yes) => yes.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe is put before what would begin one (SEC-02).
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text }
}

async fn workbook<T, F>(web: &Web, language: Language, page: Page, fetch: F) -> Result<Body, Error>
where
    T: Tabular + Send + 'static,
    F: Fn(&Reader<'_>, &Page) -> Result<Found<T>, Fault> + Clone + Send + 'static,
{
    let mut pages = pages(web, page, fetch);
    let written = tokio::task::spawn_blocking(move || {
        let mut book = Book::begin::<T>(language).map_err(Error::internal)?;
        while let Some(rows) = pages.blocking_recv() {
            for row in &rows? {
                book.row(row, language).map_err(Error::internal)?;
            }
        }
        book.finish().map_err(Error::internal)
    });
    let file = written.await.map_err(Error::internal)??;
    Ok(Body::from_stream(pieces(file)))
}

/// A file in pieces, read off the async threads.
fn pieces(mut file: std::fs::File) -> ReceiverStream<Result<Bytes, std::io::Error>> {
    let (send, receive) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; 64 * 1024];
            let read = std::io::Read::read(&mut file, &mut piece);
            let end = !matches!(read, Ok(1..));
            let piece = read.map(|length| {
                piece.truncate(length);
                Bytes::from(piece)
            });
            if piece.as_ref().is_ok_and(Bytes::is_empty) || send.blocking_send(piece).is_err() || end {
                return;
            }
        }
    });
    ReceiverStream::new(receive)
}

/// A workbook while it is written; rows go to a file, so that memory stays the same however many there are.
struct Book {
    book: Workbook,
    sheet: usize,
    row: u32,
    date: Look,
    instant: Look,
}

impl Book {
    fn begin<T: Tabular>(language: Language) -> Result<Self, XlsxError> {
        let (date, instant) = (Look::new().set_num_format("yyyy-mm-dd"), Look::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
        let mut book = Book { book: Workbook::new(), sheet: 0, row: 0, date, instant };
        book.add_sheet::<T>(language)?;
        Ok(book)
    }

    fn add_sheet<T: Tabular>(&mut self, language: Language) -> Result<(), XlsxError> {
        let bold = Look::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (place, column) in (0..).zip(T::COLUMNS) {
            sheet.set_column_width(place, 16)?;
            sheet.write_string_with_format(0, place, head(language, column.name), &bold)?;
        }
        self.row = 1;
        Ok(())
    }

    fn row<T: Tabular>(&mut self, row: &T, language: Language) -> Result<(), XlsxError> {
        if self.row == MAX_ROWS {
            self.sheet += 1;
            self.add_sheet::<T>(language)?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (place, column) in (0..).zip(T::COLUMNS) {
            match (column.cell)(row) {
                Cell::Empty => {}
                // A string cell is never read as a formula, so the text stays as it is.
                Cell::Text(text) => drop(sheet.write_string(self.row, place, clipped(text))?),
                Cell::Number(text) => match text.parse::<f64>() {
                    Ok(number) => drop(sheet.write_number(self.row, place, number)?),
                    Err(_) => drop(sheet.write_string(self.row, place, text)?),
                },
                #[allow(clippy::cast_precision_loss)]
                Cell::Int(number) => drop(sheet.write_number(self.row, place, number as f64)?),
                Cell::Bool(yes) => drop(sheet.write_boolean(self.row, place, yes)?),
                Cell::Date(date) => drop(sheet.write_number_with_format(self.row, place, day_number(date), &self.date)?),
                Cell::Instant(at) => drop(sheet.write_number_with_format(self.row, place, instant_number(at), &self.instant)?),
            }
        }
        self.row += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<std::fs::File, XlsxError> {
        let mut file = tempfile::tempfile()?;
        self.book.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

/// A cell of a workbook holds so many characters.
const MAX_CELL: usize = 32_767;

fn clipped(text: String) -> String {
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
        let check = |cell: Cell, expected: &str| assert_eq!(csv_text(cell), expected);
        check(Cell::from("=1+1"), "'=1+1");
        check(Cell::from("+86 10"), "'+86 10");
        check(Cell::from("@a"), "'@a");
        check(Cell::from("\tx"), "'\tx");
        check(Cell::from("a-b"), "a-b");
        check(Cell::Number("-5.20".into()), "-5.20");
        check(Cell::Int(-3), "-3");
        assert_eq!(csv_lines([vec!["a,b".to_owned(), "c\"d".to_owned()]].into_iter()), b"\"a,b\",\"c\"\"d\"\r\n");
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!(day_number(Date::parse("2026-11-21").unwrap()), 46347.0);
    }
}
