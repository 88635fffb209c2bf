//! Imports through the browser: files are uploaded and checked, looked at, and then run in the background.
//!
//! The row of an import says where it is. Whatever happens to the process that runs it, either the row says `done` and everything is there,
//! or nothing is: both are one transaction.

use std::sync::Arc;

use domain::{Act, Actor, CompanyId, Event, EventKind, FieldRule, ImportId, ImportRejection, ImportRule, Instant, Refusal, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::query::import as query;
use store::rows::{Blob, Import};
use store::{Failure, Fault as Broken, Place as DataPlace, Reader, UnitOfWork};

use super::mapping::{Arrival, Mapping};
use super::open::{File, Limits, open};
use super::report::Report;
use super::run::{Prepared, Progress, Ran, hex, look, may, prepare, write};
use super::sheet::Sheet;
use crate::App;

/// Seconds after which a running import counts as interrupted.
const LEASE_SECONDS: i64 = 900;

/// A file that was uploaded; its content is kept by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// Its name.
    pub name: String,
    /// SHA-256 of its content in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: usize,
}

/// A sheet as the screen shows it before the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet, or empty.
    pub sheet: String,
    /// What stands in the first row that is not blank.
    pub columns: Vec<String>,
    /// Rows below it.
    pub rows: usize,
    /// The first of them.
    pub sample: Vec<Vec<String>>,
}

/// What the row of an import says of it, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Its files; of an import from the command line only their names are known.
    pub files: Vec<Uploaded>,
    /// Their sheets.
    pub sheets: Vec<Shown>,
    /// What it comes to.
    pub report: Report,
    /// The import that brought the same files in before.
    pub before: Option<i64>,
    /// Why it failed, as a code.
    pub failure: Option<String>,
}

impl Summary {
    /// What a row says.
    pub fn of(import: &Import) -> Self {
        serde_json::from_str(&import.summary).unwrap_or_default()
    }
}

/// Keeps files and checks them; answers with the id of the import, which is in the state `preview`.
///
/// # Errors
/// `denied`; `invalid` without files; why the database could not take it.
pub async fn upload(app: &App, by: &Actor, files: Vec<File>, mapping: Option<Mapping>, arrival: Option<Arrival>) -> Result<i64, Failure> {
    by.may(Act::RunImport).map_err(Failure::Refused)?;
    if files.is_empty() {
        return Err(Failure::Refused(Refusal::field("/files", FieldRule::Required)));
    }
    let files = Arc::new(files);
    let row = preview(app, by, files.clone(), mapping, arrival).await?;
    let user = by.user_id;
    app.store
        .write(by.company_id, move |work| {
            let id = work.id::<ImportId>().raw();
            work.want::<Blob>(row.summary.files.iter().map(|file| file.sha256.clone()));
            for (file, content) in row.summary.files.iter().zip(files.iter()) {
                if work.find::<Blob>(file.sha256.clone())?.is_none() {
                    work.add(Blob { sha256: file.sha256.clone(), bytes: content.bytes.clone() });
                }
            }
            work.add(Import {
                id,
                version: Version::FIRST,
                file_names: names(&row.summary),
                files_hash: row.hash.clone(),
                mapping: row.mapping.clone(),
                state: "preview".to_owned(),
                summary: row.summary.json(),
                created_by: user,
                created_at: work.now(),
                finished_at: None,
            });
            Ok(id)
        })
        .await
}

/// Checks an uploaded import again, by another mapping.
///
/// # Errors
/// `denied`, `not-found`; `import.not_in_preview`, `import.running`.
pub async fn remap(app: &App, by: &Actor, id: i64, mapping: Option<Mapping>, arrival: Option<Arrival>) -> Result<(), Failure> {
    by.may(Act::RunImport).map_err(Failure::Refused)?;
    let files = Arc::new(contents(app, by.company_id, id).await?);
    let row = preview(app, by, files, mapping, arrival).await?;
    app.store
        .write(by.company_id, move |work| {
            let mut import = work.get::<Import>(id)?;
            may_change(&import.state)?;
            "preview".clone_into(&mut import.state);
            row.hash.clone_into(&mut import.files_hash);
            row.mapping.clone_into(&mut import.mapping);
            import.summary = row.summary.json();
            import.finished_at = None;
            work.save(&mut import);
            Ok(())
        })
        .await
}

fn may_change(state: &str) -> Result<(), ImportRejection> {
    match state {
        "preview" | "failed" => Ok(()),
        "running" => Err(ImportRejection::Running),
        _ => Err(ImportRejection::NotInPreview),
    }
}

/// Marks an import as running; [`finish`] does the rest.
///
/// # Errors
/// `denied`, `not-found`; `import.not_in_preview`, `import.running`, `import.has_errors`, `import.again`.
pub fn begin(work: &mut UnitOfWork, by: &Actor, id: i64) -> store::Outcome<i64> {
    by.may(Act::RunImport)?;
    let mut import = work.get::<Import>(id)?;
    may_change(&import.state)?;
    let mut summary = Summary::of(&import);
    let count = i64::try_from(summary.report.error_count).unwrap_or(i64::MAX);
    if count > 0 && summary.failure.is_none() {
        return Err(ImportRejection::HasErrors { count }.into());
    }
    if summary.before.is_some() {
        return Err(ImportRule::Again.into());
    }
    summary.failure = None;
    import.summary = summary.json();
    "running".clone_into(&mut import.state);
    // While it runs, this is until when it is believed to.
    import.finished_at = Some(work.now().plus_seconds(LEASE_SECONDS));
    work.save(&mut import);
    work.record(by, Event::of(EventKind::ImportStarted, "import", id, &import.file_names));
    Ok(id)
}

/// Runs an import that [`begin`] marked, to its end: `done` with everything written, or `failed` with nothing.
///
/// # Errors
/// Where even the failure could not be written; the import then counts as interrupted after a while.
pub async fn finish(app: &App, by: &Actor, id: i64, progress: Progress) -> Result<Ran, Failure> {
    let ran = run(app, by, id, progress).await;
    let failed = match &ran {
        Ok(Ran::Done(..)) => return ran,
        Ok(Ran::Again(before, report)) => (report.clone(), Some(*before), ImportRule::Again.code()),
        Ok(Ran::Refused(report) | Ran::Checked(report)) => (report.clone(), None, "import.has_errors"),
        Err(Failure::Refused(refusal)) => (Report::default(), None, refusal.code),
        Err(_) => (Report::default(), None, "import.interrupted"),
    };
    fail(app, by, id, failed).await?;
    ran
}

async fn run(app: &App, by: &Actor, id: i64, progress: Progress) -> Result<Ran, Failure> {
    let company = by.company_id;
    let files = contents(app, company, id).await?;
    let prepared = app.store.read(move |reader| {
        let Some(import) = reader.get::<Import>(company, id)? else { return Ok(Err(Report::default())) };
        let mapping = Mapping::from_text(&import.mapping).ok();
        prepare(reader, company, &files, mapping, None)
    });
    match prepared.await? {
        Ok(prepared) => write(app, by, Arc::new(prepared), Some(id), progress).await,
        Err(report) => Ok(Ran::Refused(report)),
    }
}

async fn fail(app: &App, by: &Actor, id: i64, (report, before, code): (Report, Option<i64>, &'static str)) -> Result<(), Failure> {
    let by = by.clone();
    app.store
        .write(by.company_id, move |work| {
            let mut import = work.get::<Import>(id)?;
            if import.state != "running" {
                return Ok(());
            }
            let mut summary = Summary::of(&import);
            if !report.counts.is_empty() || report.error_count > 0 {
                summary.report = report.clone();
            }
            summary.before = before;
            summary.failure = Some(code.to_owned());
            import.summary = summary.json();
            "failed".clone_into(&mut import.state);
            import.finished_at = Some(work.now());
            work.save(&mut import);
            work.record(&by, Event::of(EventKind::ImportFailed, "import", id, &import.file_names).because(code));
            Ok(())
        })
        .await
}

/// Marks imports as failed that a process left running which is no more; nothing of them was written. To be called when a server starts.
///
/// On an embedded database no other server can be running one; on a shared one, an import is given its time.
///
/// # Errors
/// Why the database could not be read or written.
pub async fn interrupted(app: &App) -> Result<usize, Failure> {
    let last = app.store.read(store::query::company::greatest_id).await?;
    let (now, alone) = (app.store.now(), matches!(app.store.place(), DataPlace::Directory(_)));
    let mut count = 0;
    for company in (1..=last).map(CompanyId::from_raw) {
        let running = app.store.read(move |reader| query::running(reader, company)).await?;
        for import in running.into_iter().filter(|import| alone || is_over(import, now)) {
            let by = crate::company::create::founder(company);
            fail(app, &by, import.id, (Report::default(), None, "import.interrupted")).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// Whether an import that says it is running cannot be any more.
pub fn is_over(import: &Import, now: Instant) -> bool {
    import.state == "running" && import.finished_at.is_none_or(|until| until < now)
}

/// What is written into the row of an import.
struct Row {
    hash: String,
    mapping: String,
    summary: Summary,
}

async fn preview(app: &App, by: &Actor, files: Arc<Vec<File>>, mapping: Option<Mapping>, arrival: Option<Arrival>) -> Result<Row, Failure> {
    let (actor, now) = (by.clone(), app.store.now());
    let row = app.store.read(move |reader| {
        let uploaded = files.iter().map(|file| Uploaded {
            name: file.name.clone(),
            sha256: hex(&Sha256::digest(&file.bytes)),
            size: file.bytes.len(),
        });
        let mut summary = Summary { files: uploaded.collect(), sheets: shown(&files), ..Summary::default() };
        let said = mapping.clone();
        match prepare(reader, actor.company_id, &files, mapping, arrival)? {
            Ok(prepared) => {
                if let Err(refusal) = may(&actor, &prepared.batch) {
                    return Ok(Err(refusal));
                }
                summary.report = look(reader, &actor, &prepared, now)?;
                summary.before = before(reader, actor.company_id, &prepared)?;
                Ok(Ok(Row { hash: prepared.hash.clone(), mapping: prepared.mapping.to_json().to_string(), summary }))
            }
            Err(report) => {
                summary.report = report;
                let mapping = said.map_or_else(String::new, |mapping| mapping.to_json().to_string());
                Ok(Ok(Row { hash: String::new(), mapping, summary }))
            }
        }
    });
    row.await?.map_err(Failure::Refused)
}

/// The import that brought the same files in by the same mapping.
fn before(reader: &Reader<'_>, company: CompanyId, prepared: &Prepared) -> Result<Option<i64>, Broken> {
    let same = query::of::<store::rows::ImportByFiles>(reader, company, std::slice::from_ref(&prepared.hash))?;
    Ok(same.iter().find(|import| import.state == "done").map(|import| import.id))
}

async fn contents(app: &App, company: CompanyId, id: i64) -> Result<Vec<File>, Failure> {
    let files = app.store.read(move |reader| {
        let Some(import) = reader.get::<Import>(company, id)? else { return Ok(None) };
        let mut files = Vec::new();
        for file in Summary::of(&import).files {
            if let Some(blob) = reader.get::<Blob>(company, file.sha256)? {
                files.push(File { name: file.name, bytes: blob.bytes });
            }
        }
        Ok(Some(files))
    });
    files.await?.ok_or_else(|| Failure::Refused(Refusal::not_found("import")))
}

fn shown(files: &[File]) -> Vec<Shown> {
    const SAMPLE: usize = 5;
    let sheets = files.iter().filter_map(|file| open(file, &Limits::default()).ok()).flatten();
    let show = |sheet: Sheet| {
        let header = (0..sheet.rows.len()).find(|row| !sheet.is_blank(*row)).unwrap_or(0);
        let written =
            |row: &Vec<super::sheet::Cell>| row.iter().map(|cell| cell.written().chars().take(200).collect()).collect::<Vec<String>>();
        Shown {
            columns: sheet.rows.get(header).map(written).unwrap_or_default(),
            rows: sheet.rows.len().saturating_sub(header + 1),
            sample: sheet.rows.iter().skip(header + 1).take(SAMPLE).map(written).collect(),
            file: sheet.file,
            sheet: sheet.name,
        }
    };
    sheets.map(show).collect()
}

fn names(summary: &Summary) -> String {
    summary.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
}

impl Summary {
    /// As it is kept.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a summary is plain data")
    }
}
