//! What an import comes to: counts, sums, and everything that is wrong.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::{Company, Currency, Detail, Language, Money, Order, text};
use serde::{Deserialize, Serialize};

use super::field::Noun;
use super::record::Batch;
use super::sheet::Problem;

/// Rows of a noun by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Added.
    pub new: usize,
    /// Changed.
    pub changed: usize,
    /// There already, and the same.
    pub same: usize,
    /// With something wrong.
    pub errors: usize,
}

/// Sums of the orders that come in, in one currency's minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Lines as priced, each rounded.
    pub goods_minor: i64,
    /// Freight as entered.
    pub freight_minor: i64,
    /// What customers pay.
    pub payable_minor: i64,
}

/// Something wrong at a cell, in every language, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Name of the file, or empty.
    pub file: String,
    /// Name of the sheet, or empty.
    pub sheet: String,
    /// Row from 1, or 0.
    pub row: u32,
    /// Letters of the column, or empty.
    pub column: String,
    /// Header of the column or key of the mapping, or empty.
    pub field: String,
    /// What is written there.
    pub value: String,
    /// Stable code.
    pub code: String,
    /// What is wrong, by language.
    pub message: BTreeMap<String, String>,
}

impl From<&Problem> for Fault {
    fn from(problem: &Problem) -> Self {
        let message = Language::ALL.iter().map(|language| (language.as_str().to_owned(), problem.message(*language)));
        Fault {
            file: problem.place.file.clone(),
            sheet: problem.place.sheet.clone(),
            row: problem.place.row,
            column: problem.place.column.clone(),
            field: problem.field.clone(),
            value: problem.value.clone(),
            code: problem.code.to_owned(),
            message: message.collect(),
        }
    }
}

/// Errors that are kept of an import; all are counted.
pub const KEPT_ERRORS: usize = 2_000;

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the mapping.
    pub mapping: String,
    /// Rows that were read.
    pub rows: usize,
    /// By noun.
    pub counts: BTreeMap<String, Tally>,
    /// By currency.
    pub sums: BTreeMap<String, Sums>,
    /// Orders of history that nothing was shipped of.
    pub unshipped: usize,
    /// Number, payable and currency of the largest order.
    pub largest: Option<(String, i64, String)>,
    /// Everything that is wrong, the first [`KEPT_ERRORS`] of it.
    pub errors: Vec<Fault>,
    /// How much is wrong.
    pub error_count: usize,
}

impl Report {
    /// A report of nothing but mistakes.
    pub fn of_problems(mapping: &str, problems: &[Problem]) -> Self {
        let errors = problems.iter().take(KEPT_ERRORS).map(Fault::from).collect();
        Report { mapping: mapping.to_owned(), errors, error_count: problems.len(), ..Report::default() }
    }

    /// Counts an order that comes in.
    pub(super) fn add(&mut self, order: &Order, shipped: bool) {
        let sums = self.sums.entry(order.currency.as_str().to_owned()).or_default();
        sums.goods_minor += order.goods_minor.minor();
        sums.freight_minor += order.freight_minor.minor();
        sums.payable_minor += order.payable_minor.minor();
        self.unshipped += usize::from(!shipped);
        let goods = order.goods_minor.minor();
        if self.largest.as_ref().is_none_or(|(_, largest, _)| *largest < goods) {
            let number = if order.external_number.is_empty() { &order.number } else { &order.external_number };
            self.largest = Some((number.clone(), goods, order.currency.as_str().to_owned()));
        }
    }

    /// Closes the report: counts, errors in the order of their places.
    pub(super) fn finish(&mut self, batch: &Batch, company: &Company, counts: BTreeMap<Noun, Tally>, mut problems: Vec<Problem>) {
        // Records that could not be read at all are counted as errors of their noun.
        for noun in Noun::ALL {
            if batch.bound.iter().any(|bound| bound.noun == noun) {
                let tally = counts.get(&noun).copied().unwrap_or_default();
                self.counts.insert(noun.as_str().to_owned(), tally);
            }
        }
        if batch.bound.iter().any(|bound| bound.noun == Noun::Orders) {
            self.sums.entry(batch.currency.unwrap_or(company.currency).as_str().to_owned()).or_default();
        }
        self.rows = batch.rows;
        problems.sort_by(|a, b| {
            (&a.place.file, &a.place.sheet, a.place.row, a.place.column.len(), &a.place.column).cmp(&(
                &b.place.file,
                &b.place.sheet,
                b.place.row,
                b.place.column.len(),
                &b.place.column,
            ))
        });
        problems.dedup();
        self.error_count = problems.len();
        self.errors = problems.iter().take(KEPT_ERRORS).map(Fault::from).collect();
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.error_count == 0
    }

    /// Whether it would add or change something.
    pub fn has_news(&self) -> bool {
        self.counts.values().any(|tally| tally.new + tally.changed > 0)
    }

    /// As text for a terminal.
    pub fn print(&self, language: Language) -> String {
        let say = |key: &str, details: &[(&'static str, Detail)]| text(language, &format!("import.{key}"), details);
        let mut out = say("report.title", &[("mapping", self.mapping.as_str().into()), ("rows", self.rows.into())]);
        out.push('\n');
        let count = |number: usize| Detail::from(number).shown(language);
        for noun in Noun::ALL {
            let Some(tally) = self.counts.get(noun.as_str()) else { continue };
            let parts = [("new", tally.new), ("changed", tally.changed), ("same", tally.same), ("errors", tally.errors)];
            let parts: Vec<String> =
                parts.iter().map(|(key, number)| format!("{} {}", say(&format!("report.{key}"), &[]), count(*number))).collect();
            let _ = writeln!(out, "  {}: {}", say(&format!("noun.{}", noun.as_str()), &[]), parts.join(", "));
        }
        for (currency, sums) in &self.sums {
            let Ok(currency) = Currency::parse(currency) else { continue };
            for (key, minor) in [("goods", sums.goods_minor), ("freight", sums.freight_minor), ("payable", sums.payable_minor)] {
                let _ = writeln!(out, "  {}: {}", say(&format!("report.{key}"), &[]), Money::from_minor(minor).shown(currency));
            }
        }
        if let Some((number, minor, currency)) = &self.largest
            && let Ok(currency) = Currency::parse(currency)
        {
            let _ = writeln!(out, "  {}: {number} {}", say("report.largest", &[]), Money::from_minor(*minor).shown(currency));
            let _ = writeln!(out, "  {}: {}", say("report.unshipped", &[]), count(self.unshipped));
        }
        self.print_errors(language, &mut out);
        out
    }

    fn print_errors(&self, language: Language, out: &mut String) {
        const SHOWN: usize = 50;
        for error in self.errors.iter().take(SHOWN) {
            let place =
                super::sheet::Place { file: error.file.clone(), sheet: error.sheet.clone(), row: error.row, column: error.column.clone() };
            let message = error.message.get(language.as_str()).map_or("", String::as_str);
            let found =
                [error.field.as_str(), error.value.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" = ");
            let found = if found.is_empty() { found } else { format!(" ({found})") };
            let _ = writeln!(out, "  {}{found}: {message}", place.to_string().trim());
        }
        if self.error_count > SHOWN {
            let _ = writeln!(out, "  {}", text(language, "import.report.more", &[("count", (self.error_count - SHOWN).into())]));
        }
    }
}
