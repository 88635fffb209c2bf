//! Everything of one order in one file: the order, its papers, proofs, tasks, time limits, history and files, with a list of their hashes.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Act, Actor, Attachment, OrderId};
use serde::Serialize;
use store::query::list::Page;
use store::query::{attachment, clock, order as query, task};
use store::rows::ChainedEvent;
use store::{Fault, Reader};
use tokio::sync::mpsc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::page::OrderJson;
use super::timeline::EventJson;
use super::{today, which};
use crate::attachment::may_see;
use crate::by::By;
use crate::change;
use crate::clock::{ClockJson, role_names};
use crate::error::{Error, Problem};
use crate::evidence::{EvidenceJson, of_order};
use crate::export::pieces;
use crate::state::Web;
use crate::task::json::{Names, TaskRow};
use crate::{file_type, secret};

/// Events read at once.
const EVENTS: usize = 500;

/// Time limits of an order at the most.
const CLOCKS: i64 = 500;

/// Tasks of an order at the most.
const TASKS: i64 = 500;

/// A file of the bundle.
#[derive(Clone, Debug, Serialize)]
struct Listed {
    name: String,
    size: usize,
    sha256: String,
    /// For files that were uploaded: the hash they were kept under. Where it differs the file was changed behind the program's back.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_as: Option<String>,
}

/// What the bundle has, and where the order's history ends.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    company: &'a str,
    order: &'a str,
    status: &'a str,
    made_at: String,
    made_by: &'a str,
    /// Position and hash of the last event of the order in the company's chain.
    last_event: Option<(i64, String)>,
    files: &'a [Listed],
}

/// What is read for it before the files.
struct Gathered {
    number: String,
    status: &'static str,
    company: String,
    last: Option<(i64, String)>,
    papers: Vec<(&'static str, Vec<u8>)>,
    attachments: Vec<Attachment>,
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec_pretty(value).map_err(|error| Fault::Broken(error.to_string()))
}

/// All events of an order, the oldest first.
fn history(reader: &Reader<'_>, by: &Actor, id: OrderId) -> Result<Vec<ChainedEvent>, Fault> {
    let mut all = Vec::new();
    let mut before = None;
    loop {
        let found = query::timeline(reader, by.company_id, id, before, EVENTS)?;
        let more = found.len() == EVENTS;
        before = found.last().map(|event| event.position);
        all.extend(found);
        if !more {
            all.reverse();
            return Ok(all);
        }
    }
}

fn gather(reader: &Reader<'_>, by: &Actor, id: OrderId, days: (domain::Date, domain::Instant)) -> Result<Option<Gathered>, Fault> {
    let Some(page) = query::page(reader, by.company_id, id)? else { return Ok(None) };
    let company = reader.get::<domain::Company>(by.company_id, by.company_id)?;
    let events = history(reader, by, id)?;
    let last = events.last().map(|event| (event.position, event.hash.clone()));
    let newest_first: Vec<ChainedEvent> = events.iter().rev().cloned().collect();
    let order = OrderJson::of(&page, by, days, &newest_first);
    let events: Vec<EventJson> = events.into_iter().map(|event| EventJson::of(event, by.language)).collect();
    let proofs: Vec<EvidenceJson> = of_order(reader, by, &page.rules, id)?;
    let roles = role_names(reader, by)?;
    let clocks: Vec<ClockJson> =
        clock::of_order(reader, by.company_id, id, CLOCKS)?.into_iter().map(|clock| ClockJson::of(clock, by, &roles)).collect();
    let mut papers = vec![
        ("order.json", json(&order)?),
        ("history.json", json(&events)?),
        ("evidence.json", json(&proofs)?),
        ("clocks.json", json(&clocks)?),
    ];
    papers.push(("changes.json", json(&change::of_order(reader, by, &page.order)?)?));
    if by.may(Act::ViewTask).is_ok() {
        let filter = task::Filter { order: Some(id), ..task::Filter::default() };
        let asked = Page { sort: task::SORTS[2], descending: false, after: None, limit: TASKS };
        let names = Names::read(reader, by.company_id, by.language)?;
        let tasks = task::list(reader, by.company_id, &filter, &asked)?.rows;
        let tasks: Vec<TaskRow> = tasks.iter().map(|task| TaskRow::of(task, by, &names, days.1)).collect();
        papers.push(("tasks.json", json(&tasks)?));
    }
    let attachments = page.attachments.iter().filter(|file| may_see(by, file).is_ok()).cloned().collect();
    Ok(Some(Gathered {
        number: if page.order.number.is_empty() { id.to_string() } else { page.order.number.clone() },
        status: page.order.status.as_str(),
        company: company.map(|company| company.name).unwrap_or_default(),
        last,
        papers,
        attachments,
    }))
}

/// A name that no other file of the bundle has: `files/photo.png`, `files/photo (2).png`.
fn name_in(used: &mut BTreeSet<String>, filename: &str) -> String {
    let (stem, ending) = filename.rsplit_once('.').map_or((filename, String::new()), |(stem, ending)| (stem, format!(".{ending}")));
    let names = (1..).map(|no| if no == 1 { format!("files/{stem}{ending}") } else { format!("files/{stem} ({no}){ending}") });
    let mut free = names.filter(|name| !used.contains(name));
    let name = free.next().unwrap_or_default();
    used.insert(name.clone());
    name
}

/// Writes the files in the order they come in; answers with the archive read from its beginning.
fn write(mut files: mpsc::Receiver<(String, Vec<u8>)>) -> Result<File, Error> {
    let mut archive = ZipWriter::new(tempfile::tempfile().map_err(Error::internal)?);
    while let Some((name, bytes)) = files.blocking_recv() {
        // What was uploaded is packed already, or small.
        let packed = if name.starts_with("files/") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(name, SimpleFileOptions::default().compression_method(packed)).map_err(Error::internal)?;
        archive.write_all(&bytes).map_err(Error::internal)?;
    }
    let mut file = archive.finish().map_err(Error::internal)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    Ok(file)
}

/// Everything of an order as one zip file: `order.json` with its papers, `history.json`, `evidence.json`, `clocks.json`, `tasks.json`, the files under
/// `files/`, and `manifest.json` with the SHA-256 of each and the place of the last event in the company's chain. Who may not see something does
/// not find it there. Recorded as an export.
#[utoipa::path(get, path = "/orders/{id}/bundle", tag = "orders", operation_id = "download_order_bundle",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, content_type = "application/zip", body = [u8]), (status = "default", body = Problem)))]
pub(super) async fn bundle(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Response, Error> {
    by.may(Act::ViewOrder)?;
    by.may(Act::RunExport)?;
    let id = which(&web, &by, &id).await?;
    let (days, actor) = ((today(&web, &by).await?, web.now()), by.actor.clone());
    let found = web.app.store.read(move |reader| gather(reader, &actor, id, days)).await?;
    let found = found.ok_or_else(|| Error::not_found("order"))?;
    web.app.command(&by, None, move |work, by| app::event::exported(work, by, "order_bundle", "zip")).await?;

    let (send, receive) = mpsc::channel(2);
    let writing = tokio::task::spawn_blocking(move || write(receive));
    let broken = |_| Error::internal("the bundle was not taken");
    let mut listed = Vec::new();
    for (name, bytes) in found.papers {
        listed.push(Listed { name: name.to_owned(), size: bytes.len(), sha256: secret::sha256(&bytes), kept_as: None });
        send.send((name.to_owned(), bytes)).await.map_err(broken)?;
    }
    let mut used = BTreeSet::new();
    for file in found.attachments {
        let (company, sha256) = (by.company_id, file.sha256.clone());
        let bytes = web.app.store.read(move |reader| attachment::content(reader, company, &sha256)).await?.unwrap_or_default();
        let name = name_in(&mut used, &file.filename);
        listed.push(Listed { name: name.clone(), size: bytes.len(), sha256: secret::sha256(&bytes), kept_as: Some(file.sha256) });
        send.send((name, bytes)).await.map_err(broken)?;
    }
    let manifest = Manifest {
        company: &found.company,
        order: &found.number,
        status: found.status,
        made_at: days.1.to_string(),
        made_by: &by.name,
        last_event: found.last,
        files: &listed,
    };
    send.send(("manifest.json".to_owned(), serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?)).await.map_err(broken)?;
    drop(send);
    let file = writing.await.map_err(Error::internal)??;

    let mut response = Body::from_stream(pieces(file)).into_response();
    let disposition = file_type::disposition("attachment", &format!("{}.zip", found.number));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_files_have_one_name() {
        let mut used = BTreeSet::new();
        let names = ["回单.png", "回单.png", "note", "回单.png", "note"].map(|name| name_in(&mut used, name));
        assert_eq!(names, ["files/回单.png", "files/回单 (2).png", "files/note", "files/回单 (3).png", "files/note (2)"]);
    }
}
