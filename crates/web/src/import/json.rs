//! Imports as they are answered.

use std::collections::BTreeMap;

use app::import::{Fault, Summary, Sums, Tally, Uploaded, is_over};
use domain::{Currency, ImportId, Instant, Language, Money};
use serde::Serialize;
use store::rows::Import;
use utoipa::ToSchema;

use crate::value::MoneyJson;

/// An import in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportRow {
    /// Its id.
    pub id: String,
    /// `preview`, `running`, `done` or `failed`.
    pub state: String,
    /// Name of its mapping.
    pub mapping: String,
    /// Names of its files.
    pub files: String,
    /// Rows that were read.
    pub rows: usize,
    /// How much is wrong.
    pub error_count: usize,
    /// When it was uploaded.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Instant>,
}

impl ImportRow {
    /// As the list shows it.
    pub fn of(import: &Import, now: Instant) -> Self {
        let summary = Summary::of(import);
        ImportRow {
            id: ImportId::from_raw(import.id).to_string(),
            state: state(import, now).to_owned(),
            mapping: summary.report.mapping,
            files: import.file_names.clone(),
            rows: summary.report.rows,
            error_count: summary.report.error_count,
            created_at: import.created_at,
            finished_at: import.finished_at.filter(|_| import.state != "running"),
        }
    }
}

fn state(import: &Import, now: Instant) -> &str {
    if is_over(import, now) { "failed" } else { &import.state }
}

/// An import.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportJson {
    /// Its id.
    pub id: String,
    /// `preview`: checked, nothing imported; `running`; `done`: everything imported; `failed`: nothing imported.
    pub state: String,
    /// The mapping it is read by; `null` where none fits.
    #[schema(value_type = Option<Object>)]
    pub mapping: serde_json::Value,
    /// Its files.
    pub files: Vec<ImportFile>,
    /// Their sheets.
    pub sheets: Vec<ImportSheet>,
    /// Rows that were read.
    pub rows: usize,
    /// Rows by noun: `customers`, `products`, `prices`, `stock`, `orders`, `lines`.
    pub counts: BTreeMap<String, ImportCounts>,
    /// Sums of the orders that come in; `null` without orders.
    pub totals: Option<ImportTotals>,
    /// Orders of history that nothing was shipped of.
    pub unshipped: usize,
    /// Everything that is wrong, the first 2,000 of it.
    pub errors: Vec<ImportError>,
    /// How much is wrong.
    pub error_count: usize,
    /// How far it is.
    pub progress: ImportProgress,
    /// Id of the import that brought the same files in before; then nothing is imported again.
    pub before: Option<String>,
    /// Why it failed, for people.
    pub failure: Option<String>,
    /// When it was uploaded.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Instant>,
}

/// A file of an import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: usize,
}

/// A sheet of an import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportSheet {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet; empty for a csv file.
    pub sheet: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Rows below them.
    pub rows: usize,
    /// The first rows.
    pub sample: Vec<Vec<String>>,
}

/// Rows by what becomes of them.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ImportCounts {
    /// Added.
    pub new: usize,
    /// Changed.
    pub changed: usize,
    /// There already, and the same.
    pub same: usize,
    /// With something wrong.
    pub errors: usize,
}

/// Sums of the orders that come in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportTotals {
    /// Lines as priced, each rounded.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// What customers pay.
    pub payable: MoneyJson,
}

/// Something wrong at a cell.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportError {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet; empty for a csv file.
    pub sheet: String,
    /// Row from 1; 0 for the sheet or file as a whole.
    pub row: u32,
    /// Letters of the column; empty for the row as a whole.
    pub column: String,
    /// Header of the column, or key of the mapping.
    pub field: String,
    /// What is written there.
    pub value: String,
    /// Stable code.
    pub code: String,
    /// For people.
    pub message: String,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ImportProgress {
    /// Rows.
    pub done: usize,
    /// Of so many.
    pub total: usize,
}

impl ImportJson {
    /// As it is answered; `progress` where this process runs it.
    pub fn of(import: &Import, language: Language, now: Instant, progress: Option<(usize, usize)>) -> Self {
        let Summary { files, sheets, report, before, failure } = Summary::of(import);
        let state = state(import, now);
        let failure = failure.or_else(|| is_over(import, now).then(|| "import.interrupted".to_owned()));
        let total = report.rows;
        let (done, total) = progress.unwrap_or((if state == "done" { total } else { 0 }, total));
        let name = |noun: &str| if noun == "order_lines" { "lines".to_owned() } else { noun.to_owned() };
        ImportJson {
            id: ImportId::from_raw(import.id).to_string(),
            state: state.to_owned(),
            mapping: serde_json::from_str(&import.mapping).unwrap_or_default(),
            files: files.into_iter().map(|Uploaded { name, size, .. }| ImportFile { name, size }).collect(),
            sheets: sheets
                .into_iter()
                .map(|shown| ImportSheet {
                    file: shown.file,
                    sheet: shown.sheet,
                    columns: shown.columns,
                    rows: shown.rows,
                    sample: shown.sample,
                })
                .collect(),
            rows: report.rows,
            counts: report.counts.iter().map(|(noun, tally)| (name(noun), counts(tally))).collect(),
            totals: report.sums.iter().max_by_key(|(_, sums)| sums.payable_minor).and_then(|(currency, sums)| totals(currency, sums)),
            unshipped: report.unshipped,
            errors: report.errors.into_iter().map(|fault| error(fault, language)).collect(),
            error_count: report.error_count,
            progress: ImportProgress { done, total },
            before: before.map(|id| ImportId::from_raw(id).to_string()),
            failure: failure.map(|code| {
                let count = i64::try_from(report.error_count).unwrap_or(i64::MAX);
                domain::text(language, &code, &[("count", count.into())])
            }),
            created_at: import.created_at,
            finished_at: import.finished_at.filter(|_| import.state != "running"),
        }
    }
}

fn counts(tally: &Tally) -> ImportCounts {
    ImportCounts { new: tally.new, changed: tally.changed, same: tally.same, errors: tally.errors }
}

fn totals(currency: &str, sums: &Sums) -> Option<ImportTotals> {
    let currency = Currency::parse(currency).ok()?;
    let money = |minor: i64| MoneyJson::of(Money::from_minor(minor), currency);
    Some(ImportTotals { goods: money(sums.goods_minor), freight: money(sums.freight_minor), payable: money(sums.payable_minor) })
}

fn error(mut fault: Fault, language: Language) -> ImportError {
    ImportError {
        message: fault.message.remove(language.as_str()).unwrap_or_default(),
        file: fault.file,
        sheet: fault.sheet,
        row: fault.row,
        column: fault.column,
        field: fault.field,
        value: fault.value,
        code: fault.code,
    }
}
