//! A list as a file: every filtered row, read page by page, as csv or xlsx with headers in the caller's language.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};

use app::export::{Book, Lines, List};
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Act, Instant, Language, OrderId};
use store::query::list::{Found, Page};
use store::{Fault, Reader};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

pub use app::export::Cell;

use crate::by::By;
use crate::error::Error;
use crate::list::Format;
use crate::mask;
use crate::state::Web;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Rows read at once.
const PAGE: i64 = 500;

/// A column of an exported list.
pub struct Column<T> {
    /// Its name; the head is the text `field.<name>`.
    pub name: &'static str,
    /// Its value in a row.
    pub cell: fn(&T) -> Cell,
}

/// A row of a list that can be exported: by columns of its own, or as a list that an import takes back.
pub trait Tabular: Sized + 'static {
    /// The list of the product that it is a row of; it is then exported by that list's columns and not by the ones below.
    const LIST: Option<List> = None;
    /// The columns, in order.
    const COLUMNS: &'static [Column<Self>] = &[];
    /// Its key in the list: an id beside 0, of stock product and warehouse.
    fn key(&self) -> (i64, i64) {
        (0, 0)
    }
}

/// The number behind an id as it is answered.
pub fn id(text: &str) -> i64 {
    // Ids of every noun are written alike.
    text.parse().map_or(0, |id: OrderId| id.raw())
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
    let (language, reading, now) = (by.language, by.actor.clone(), web.now());
    let hides = by.may(Act::SeePersonalData).is_err() && !mask::is_own(noun);
    let cells = move |reader: &Reader<'_>, page: &Page| cells(reader, (&reading, hides), now, fetch(reader, page)?);
    let pages = pages(web, Page { after: None, limit: PAGE, ..page }, cells);
    let headers = match T::LIST {
        Some(list) => list.headers_for(by),
        None => T::COLUMNS.iter().map(|column| head(language, column.name)).collect(),
    };
    let (kind, body) = match format {
        Format::Xlsx => (XLSX, workbook(T::LIST.map_or_else(String::new, |list| list.title(language)), headers, language, pages).await?),
        _ => ("text/csv; charset=utf-8", lines(headers, language, pages)?),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = format!("attachment; filename=\"{noun}.{ending}\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

type Row = Vec<Cell>;

/// The cells of a page of rows.
fn cells<T: Tabular>(reader: &Reader<'_>, (by, hides): (&domain::Actor, bool), now: Instant, found: Found<T>) -> Result<Found<Row>, Fault> {
    let rows = match T::LIST {
        Some(list) => {
            let keys: Vec<(i64, i64)> = found.rows.iter().map(T::key).collect();
            app::export::rows(reader, by, list, &keys, now)?
        }
        None => {
            let cell = |column: &Column<T>, row: &T| {
                let cell = (column.cell)(row);
                if hides { cell.masked(column.name) } else { cell }
            };
            found.rows.iter().map(|row| T::COLUMNS.iter().map(|column| cell(column, row)).collect()).collect()
        }
    };
    Ok(Found { rows, next: found.next })
}

/// Reads the pages one after the other, ahead of who takes them by two at the most; stops when nobody takes them any more.
fn pages<F>(web: &Web, mut page: Page, fetch: F) -> mpsc::Receiver<Result<Vec<Row>, Fault>>
where
    F: Fn(&Reader<'_>, &Page) -> Result<Found<Row>, Fault> + Clone + Send + 'static,
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

/// A csv file, page after page as it is read.
fn lines(headers: Vec<String>, language: Language, pages: mpsc::Receiver<Result<Vec<Row>, Fault>>) -> Result<Body, Error> {
    let first = Lines::begin(Vec::new(), headers, language).and_then(Lines::finish).map_err(Error::internal)?;
    let page = move |rows: Vec<Row>| {
        let mut lines = Lines::further(Vec::new(), language);
        rows.into_iter().try_for_each(|row| lines.row(row))?;
        lines.finish().map(Bytes::from)
    };
    let rest = ReceiverStream::new(pages).map(move |rows| match rows {
        Ok(rows) => page(rows),
        Err(fault) => {
            tracing::error!(%fault, "an export broke off");
            // An answer that breaks off is better than one that looks complete.
            Err(io::Error::other("broke off"))
        }
    });
    Ok(Body::from_stream(tokio_stream::once(Ok(Bytes::from(first))).chain(rest)))
}

/// A workbook, written to a temporary file first.
async fn workbook(
    title: String,
    headers: Vec<String>,
    language: Language,
    mut pages: mpsc::Receiver<Result<Vec<Row>, Fault>>,
) -> Result<Body, Error> {
    let written = tokio::task::spawn_blocking(move || {
        let mut book = Book::begin(&title, headers, language).map_err(Error::internal)?;
        while let Some(rows) = pages.blocking_recv() {
            for row in rows? {
                book.row(row).map_err(Error::internal)?;
            }
        }
        let mut file = book.finish(tempfile::tempfile().map_err(Error::internal)?).map_err(Error::internal)?;
        file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
        Ok::<_, Error>(file)
    });
    let file = written.await.map_err(Error::internal)??;
    Ok(Body::from_stream(pieces(file)))
}

/// A file in pieces, read off the async threads.
pub(crate) fn pieces(mut file: File) -> ReceiverStream<io::Result<Bytes>> {
    let (send, receive) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; 64 * 1024];
            let read = io::Read::read(&mut file, &mut piece);
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
