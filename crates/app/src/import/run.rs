//! Runs an import: reads and checks everything, then writes it in one transaction or not at all.

use std::sync::Arc;

use domain::{Act, Actor, Event, EventKind, ImportId, Instant, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::rows::{Import, ImportByFiles};
use store::{Failure, Fault as Broken, Outcome, Reader, UnitOfWork};

use super::bind::bind;
use super::field::Noun;
use super::form::flattened;
use super::keep::kept;
use super::known::{Hints, Looking, load};
use super::mapping::{Arrival, Mapping};
use super::open::{File, Limits, open};
use super::plan::plan;
use super::reading::read;
use super::ready::{guess, ready};
use super::record::Batch;
use super::report::Report;
use super::sheet::{Problem, Sheet};
use super::upload::{Summary, Uploaded};
use super::write::Writing;
use crate::App;

/// Where an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Files are read.
    Reading,
    /// Rows are checked against what exists.
    Checking,
    /// Rows are staged.
    Writing,
    /// Everything is made durable at once.
    Committing,
}

/// Told where an import is: the phase, how many rows of how many.
pub type Progress = Arc<dyn Fn(Phase, usize, usize) + Send + Sync>;

/// How an import is asked for.
#[derive(Clone, Default)]
pub struct Ask {
    /// The mapping; the one that fits best where none is given.
    pub mapping: Option<Mapping>,
    /// How orders come in, where not as the mapping says.
    pub arrival: Option<Arrival>,
    /// Only looks.
    pub dry_run: bool,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ran {
    /// Everything was written; the id of the import.
    Done(i64, Report),
    /// Only looked.
    Checked(Report),
    /// Something is wrong, and nothing was written.
    Refused(Report),
    /// The same files by the same mapping were imported before, and nothing was written; the id of that import.
    Again(i64, Report),
}

/// Files that were read and are ready to be checked against what exists.
#[derive(Debug)]
pub struct Prepared {
    /// The mapping.
    pub mapping: Mapping,
    /// What was read.
    pub batch: Batch,
    /// What names mean.
    pub hints: Hints,
    /// The files.
    pub files: Vec<Uploaded>,
    /// Hash of files and mapping.
    pub hash: String,
}

/// Imports files: opens them, finds the mapping, checks every row, and writes everything in one transaction, unless something is wrong.
///
/// # Errors
/// `denied`; why the database could not be read or written. What is wrong with the files is in [`Ran::Refused`].
///
/// Source: INT-04, SEC-04
pub async fn from_files(app: &App, by: &Actor, files: Vec<File>, ask: Ask, progress: Progress) -> Result<Ran, Failure> {
    by.may(Act::RunImport).map_err(Failure::Refused)?;
    let company = by.company_id;
    let (told, mapping, arrival, dry_run) = (progress.clone(), ask.mapping, ask.arrival, ask.dry_run);
    let (actor, now) = (by.clone(), app.store.now());
    let prepared = app.store.read(move |reader| {
        told(Phase::Reading, 0, 1);
        let prepared = match prepare(reader, company, &files, mapping, arrival)? {
            Ok(prepared) => prepared,
            Err(report) => return Ok(Err(Ran::Refused(report))),
        };
        if let Err(refusal) = may(&actor, &prepared.batch) {
            return Ok(Ok(Err(refusal)));
        }
        if dry_run {
            told(Phase::Checking, 0, prepared.batch.rows);
            let report = look(reader, &actor, &prepared, now)?;
            return Ok(Err(Ran::Checked(report)));
        }
        Ok(Ok(Ok(prepared)))
    });
    match prepared.await? {
        Err(ran) => Ok(ran),
        Ok(Err(refusal)) => Err(Failure::Refused(refusal)),
        Ok(Ok(prepared)) => write(app, by, Arc::new(prepared), None, progress).await,
    }
}

/// Opens files and reads their rows by a mapping.
///
/// # Errors
/// A fault of the database; inside, a report of what is wrong with files or mapping.
pub fn prepare(
    reader: &Reader<'_>,
    company: domain::CompanyId,
    files: &[File],
    mapping: Option<Mapping>,
    arrival: Option<Arrival>,
) -> Result<Result<Prepared, Report>, Broken> {
    let limits = Limits::default();
    let (mut sheets, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match open(file, &limits) {
            Ok(opened) => sheets.extend(opened.into_iter().map(|sheet| flattened(&sheet).unwrap_or(sheet))),
            Err(problem) => problems.push(*problem),
        }
    }
    if !problems.is_empty() {
        return Ok(Err(Report::of_problems("", &problems)));
    }
    let kept = kept(reader, company)?;
    let found = mapping.or_else(|| guess(&kept.into_iter().chain(ready().iter().cloned()).collect::<Vec<_>>(), &sheets));
    let Some(mut mapping) = found else {
        let nothing = Problem::new(super::sheet::Place::default(), domain::ImportRule::NothingFits);
        return Ok(Err(Report::of_problems("", &[nothing])));
    };
    mapping.arrival = arrival.unwrap_or(mapping.arrival);
    Ok(match prepare_sheets(reader, company, files, mapping, sheets)? {
        Ok(prepared) => Ok(prepared),
        Err(report) => Err(report),
    })
}

fn prepare_sheets(
    reader: &Reader<'_>,
    company: domain::CompanyId,
    files: &[File],
    mapping: Mapping,
    sheets: Vec<Sheet>,
) -> Result<Result<Prepared, Report>, Broken> {
    let bound = match bind(&mapping, &sheets) {
        Ok(bound) => bound,
        Err(problems) => return Ok(Err(Report::of_problems(&mapping.name, &problems))),
    };
    let batch = read(&mapping, Arc::new(sheets), bound);
    let hints = Hints::read(reader, company, &batch)?;
    let uploaded = |file: &File| Uploaded { name: file.name.clone(), sha256: hex(&Sha256::digest(&file.bytes)), size: file.bytes.len() };
    let files: Vec<Uploaded> = files.iter().map(uploaded).collect();
    Ok(Ok(Prepared { hash: hash(&files, &mapping), mapping, batch, hints, files }))
}

/// Checks against what exists, without writing.
///
/// # Errors
/// Any fault of the database.
pub fn look(reader: &Reader<'_>, by: &Actor, prepared: &Prepared, now: Instant) -> Result<Report, Broken> {
    let mut looking = Looking { reader, company: by.company_id };
    let known = load(&mut looking, &prepared.batch, &prepared.hints, now)?;
    let mut next = 0;
    let plan = plan(&prepared.batch, &known, &prepared.hints, by, &mut || {
        next -= 1;
        next
    });
    Ok(Report { mapping: prepared.mapping.name.clone(), ..plan.report })
}

/// Writes a prepared import; `row` is the row of an import that was uploaded before.
///
/// # Errors
/// Why the database could not be written; nothing of the import was.
pub async fn write(app: &App, by: &Actor, prepared: Arc<Prepared>, row: Option<i64>, progress: Progress) -> Result<Ran, Failure> {
    let by = Actor { channel: "import".to_owned(), ..by.clone() };
    let company = by.company_id;
    app.store.write(company, move |work| run(work, &by, &prepared, row, &progress)).await
}

/// The use case: everything or nothing.
fn run(work: &mut UnitOfWork, by: &Actor, prepared: &Prepared, row: Option<i64>, progress: &Progress) -> Outcome<Ran> {
    by.may(Act::RunImport)?;
    may(by, &prepared.batch)?;
    let rows = prepared.batch.rows;
    work.want_of::<ImportByFiles>([prepared.hash.clone()]);
    work.want::<Import>(row);
    progress(Phase::Checking, 0, rows);
    let known = load(work, &prepared.batch, &prepared.hints, work.now())?;
    let before = work.of::<ImportByFiles>(prepared.hash.clone())?;
    let import_id = match row {
        Some(id) => id,
        None => work.id::<ImportId>().raw(),
    };
    let plan = plan(&prepared.batch, &known, &prepared.hints, by, &mut || work.id::<ImportId>().raw());
    let report = Report { mapping: prepared.mapping.name.clone(), ..plan.report.clone() };
    if let Some(before) = before.iter().find(|import| import.state == "done" && import.id != import_id) {
        return Ok(Ran::Again(before.id, report));
    }
    if !report.is_clean() {
        return Ok(Ran::Refused(report));
    }
    let writing = Writing { work, by, import_id, file: prepared.file_names() };
    writing.all(plan, &known, prepared.batch.arrival, progress, rows)?;
    keep(work, by, prepared, import_id, row, &report)?;
    progress(Phase::Committing, rows, rows);
    Ok(Ran::Done(import_id, report))
}

/// What the nouns of a batch take, beside the permission to import.
pub(super) fn may(by: &Actor, batch: &Batch) -> Result<(), Refusal> {
    let has = |noun: Noun| batch.bound.iter().any(|bound| bound.noun == noun);
    // Who sets the company up may bring in its past: orders that are effective already, and what lies in the warehouses.
    let founder = by.may(Act::EditCompany).is_ok();
    if has(Noun::Customers) {
        by.may(Act::CreateCustomer)?;
        by.may(Act::EditCustomer)?;
    }
    if has(Noun::Products) {
        by.may(Act::CreateProduct)?;
        by.may(Act::EditProduct)?;
    }
    if has(Noun::Prices) {
        by.may(Act::EditPrice)?;
    }
    if has(Noun::ExchangeRates) {
        by.may(Act::EditExchangeRate)?;
    }
    if has(Noun::Stock) && !founder {
        by.may(Act::AdjustStock)?;
    }
    if has(Noun::Orders) {
        match batch.arrival {
            Arrival::History => by.may(Act::EditCompany)?,
            Arrival::Submitted => {
                by.may(Act::CreateOrder)?;
                by.may(Act::SubmitOrder)?;
            }
            Arrival::Draft => by.may(Act::CreateOrder)?,
        }
    }
    Ok(())
}

/// Writes the row of the import and what it says.
fn keep(work: &mut UnitOfWork, by: &Actor, prepared: &Prepared, id: i64, row: Option<i64>, report: &Report) -> Outcome<()> {
    let names = prepared.file_names();
    let finished_at = Some(work.now());
    match row {
        Some(row) => {
            let mut import = work.get::<Import>(row)?;
            if import.state != "running" {
                return Err(Refusal::from(domain::ImportRejection::NotInPreview).into());
            }
            "done".clone_into(&mut import.state);
            import.summary = Summary { report: report.clone(), ..Summary::of(&import) }.json();
            import.files_hash.clone_from(&prepared.hash);
            import.finished_at = finished_at;
            work.save(&mut import);
        }
        None => {
            let row = Import {
                id,
                version: domain::Version::FIRST,
                file_names: names.clone(),
                files_hash: prepared.hash.clone(),
                mapping: prepared.mapping.to_json().to_string(),
                state: "done".to_owned(),
                summary: Summary { files: prepared.files.clone(), report: report.clone(), ..Summary::default() }.json(),
                created_by: by.user_id,
                created_at: work.now(),
                finished_at,
            };
            work.add(row);
        }
    }
    let mut event = Event::of(EventKind::ImportFinished, "import", id, &names).with("rows", report.rows);
    for (noun, tally) in &report.counts {
        event = event.with(noun, tally.new + tally.changed);
    }
    work.record(by, event);
    Ok(())
}

/// A hash that files and mapping share with no other.
fn hash(files: &[Uploaded], mapping: &Mapping) -> String {
    let mut sums: Vec<String> = files.iter().map(|file| file.sha256.clone()).collect();
    sums.sort_unstable();
    sums.push(mapping.to_json().to_string());
    hex(&Sha256::digest(sums.join("\n").as_bytes()))
}

impl Prepared {
    /// Names of the files.
    pub fn file_names(&self) -> String {
        self.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
