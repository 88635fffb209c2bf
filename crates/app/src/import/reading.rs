//! Turns rows into records: every field read, every cell that cannot be read named.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{FieldRule, ImportRejection, ImportRule, Reason};

use super::bind::{Bound, BoundRule};
use super::field::{Field, Noun};
use super::mapping::{Mapping, Rule};
use super::record::{Batch, OrderRecord, Record};
use super::sheet::{Cell, Format, Place, Problem, Sheet};
use super::value::{Names, Value};

/// Reads every row of the bound sources.
pub fn read(mapping: &Mapping, sheets: Arc<Vec<Sheet>>, bound: Vec<Bound>) -> Batch {
    let batch = Batch { sheets, bound, arrival: mapping.arrival, currency: mapping.currency, ..Batch::default() };
    let mut reading = Reading { batch, names: Names::default(), apostrophe: mapping.apostrophe, keys: HashMap::new() };
    for at in 0..reading.batch.bound.len() {
        match reading.batch.bound[at].noun {
            Noun::Orders => reading.heads(at),
            Noun::OrderLines => {}
            noun => {
                let records = reading.records(at);
                reading.batch.masters.entry(noun).or_default().extend(records);
            }
        }
    }
    // Lines come after all heads, wherever they stand in the mapping.
    for at in 0..reading.batch.bound.len() {
        if reading.batch.bound[at].noun == Noun::OrderLines {
            reading.lines(at);
        }
    }
    reading.batch
}

struct Reading {
    batch: Batch,
    names: Names,
    apostrophe: bool,
    keys: HashMap<String, usize>,
}

impl Reading {
    /// Rows below the header that are not blank.
    fn rows(&mut self, at: usize) -> Vec<usize> {
        let bound = &self.batch.bound[at];
        let sheet = &self.batch.sheets[bound.sheet];
        let width = sheet.rows.get(bound.header).map_or(0, Vec::len);
        let rows: Vec<usize> = (bound.header + 1..sheet.rows.len()).filter(|row| !sheet.is_blank(*row)).collect();
        // A row of a csv file that is longer than its header has a separator where none should be.
        let first = self.batch.bound[..at].iter().all(|earlier| earlier.sheet != bound.sheet);
        if first && sheet.format == Format::Csv {
            for row in rows.iter().filter(|row| sheet.rows[**row].len() > width) {
                let problem = Problem::new(Place::cell(sheet, *row, width), ImportRule::RowTooLong { columns: width });
                self.batch.problems.push(problem.found("", sheet.cell(*row, width).written()));
            }
        }
        if first {
            self.batch.rows += rows.len();
        }
        rows
    }

    fn records(&mut self, at: usize) -> Vec<Record> {
        let rows = self.rows(at);
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let (record, unreadable) = self.record(at, row);
            self.complete(&record, &unreadable);
            records.push(record);
        }
        records
    }

    /// The record of a row, and the places of the fields that could not be read.
    fn record(&mut self, at: usize, row: usize) -> (Record, Vec<usize>) {
        let Reading { batch, names, apostrophe, .. } = self;
        let bound = &batch.bound[at];
        let sheet = &batch.sheets[bound.sheet];
        let mut record = Record { bound: at, row, values: vec![None; bound.fields.len()] };
        let mut wrongs = Vec::new();
        for (place, (rule, field)) in bound.fields.iter().zip(bound.noun.fields()).enumerate() {
            let Some(rule) = rule else { continue };
            match value(names, rule, field, sheet, row, *apostrophe) {
                Ok(value) => record.values[place] = value,
                Err(wrong) => wrongs.push((place, wrong)),
            }
        }
        let unreadable = wrongs.iter().map(|(place, _)| *place).collect();
        for (place, wrong) in wrongs {
            let problem = batch.problem(&record, place, wrong);
            batch.problems.push(problem);
            batch.flawed.insert((at, row));
        }
        (record, unreadable)
    }

    /// Names the required fields that are empty.
    fn complete(&mut self, record: &Record, unreadable: &[usize]) {
        let fields = self.batch.bound[record.bound].noun.fields();
        for (place, field) in fields.iter().enumerate() {
            if field.required && record.values[place].is_none() && !unreadable.contains(&place) {
                let problem = self.batch.problem(record, place, FieldRule::Required);
                self.batch.problems.push(problem);
                self.batch.flawed.insert((record.bound, record.row));
            }
        }
    }

    /// Orders whose lines stand in the same sheet have a head on every row.
    fn is_grouped(&self, at: usize) -> bool {
        let sheet = self.batch.bound[at].sheet;
        self.batch.bound.iter().any(|bound| bound.noun == Noun::OrderLines && bound.sheet == sheet)
    }

    fn heads(&mut self, at: usize) {
        let grouped = self.is_grouped(at);
        for row in self.rows(at) {
            let Some(key) = self.key(at, row) else { continue };
            let (head, unreadable) = self.record(at, row);
            match self.keys.get(&key) {
                None => {
                    self.complete(&head, &unreadable);
                    self.keys.insert(key.clone(), self.batch.orders.len());
                    self.batch.orders.push(OrderRecord { key, head, lines: Vec::new() });
                }
                Some(known) => {
                    let first = &self.batch.orders[*known].head;
                    let differs = first.values.iter().zip(&head.values).position(|(a, b)| b.is_some() && a != b);
                    let problem = match differs {
                        Some(place) if grouped => {
                            let column = Noun::Orders.fields()[place].key.to_owned();
                            self.batch.problem(&head, place, ImportRejection::RowsDisagree { column })
                        }
                        None if grouped => continue,
                        _ => self.batch.row_problem(&head, ImportRule::Duplicate { value: key, row: first.row + 1 }),
                    };
                    self.batch.problems.push(problem);
                }
            }
        }
    }

    fn lines(&mut self, at: usize) {
        let grouped = self.batch.bound.iter().any(|bound| bound.noun == Noun::Orders && bound.sheet == self.batch.bound[at].sheet);
        let rows = if grouped { self.rows_again(at) } else { self.rows(at) };
        for row in rows {
            let Some(key) = self.key(at, row) else { continue };
            let (line, unreadable) = self.record(at, row);
            if line.is_empty() {
                continue;
            }
            self.complete(&line, &unreadable);
            match self.keys.get(&key) {
                Some(order) => self.batch.orders[*order].lines.push(line),
                None => {
                    let problem = self.batch.row_problem(&line, ImportRule::OrderMissing { value: key });
                    self.batch.problems.push(problem);
                }
            }
        }
    }

    fn rows_again(&self, at: usize) -> Vec<usize> {
        let bound = &self.batch.bound[at];
        let sheet = &self.batch.sheets[bound.sheet];
        (bound.header + 1..sheet.rows.len()).filter(|row| !sheet.is_blank(*row)).collect()
    }

    fn key(&mut self, at: usize, row: usize) -> Option<String> {
        let bound = &self.batch.bound[at];
        let sheet = &self.batch.sheets[bound.sheet];
        let column = bound.key?;
        let key = sheet.cell(row, column).written();
        if !key.is_empty() {
            return Some(key.to_owned());
        }
        // Without a key, an order's head already said so.
        if bound.noun == Noun::Orders || !self.batch.bound.iter().any(|other| other.noun == Noun::Orders && other.sheet == bound.sheet) {
            let header = sheet.cell(bound.header, column).written();
            let problem = Problem::new(Place::cell(sheet, row, column), ImportRule::RowKeyMissing { column: header.to_owned() });
            self.batch.problems.push(problem.found(header, ""));
        }
        None
    }
}

fn value(names: &mut Names, rule: &BoundRule, field: &Field, sheet: &Sheet, row: usize, apostrophe: bool) -> Result<Option<Value>, Reason> {
    let Rule { join, separator, value, default, prefix, map, .. } = &rule.rule;
    let plain = join.is_empty() && value.is_none() && prefix.is_empty() && map.is_empty() && rule.words.is_none();
    let first = rule.columns.first().map_or(&Cell::Empty, |column| sheet.cell(row, *column));
    if plain && !(apostrophe && matches!(first, Cell::Text(_))) && !(first.is_empty() && default.is_some()) {
        return names.read_cell(field.takes, &rule.style, first);
    }
    if let Cell::Error(_) = first {
        return names.read_cell(field.takes, &rule.style, first);
    }
    let mut text = match value {
        Some(value) => value.clone(),
        None => {
            let parts = rule.columns.iter().map(|column| sheet.cell(row, *column).written()).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(separator.as_deref().unwrap_or(" "))
        }
    };
    if apostrophe {
        text = without_apostrophe(text);
    }
    if let Some(words) = rule.words.as_deref().filter(|_| !text.is_empty()) {
        let unknown = || ImportRule::WordMissing { value: text.clone() };
        text = words.get(&text).cloned().ok_or_else(unknown)?;
    }
    if !map.is_empty() && !text.is_empty() {
        let unknown = || ImportRule::NotInMap { value: text.clone() };
        text = map.get(&text).or_else(|| map.get("*")).cloned().ok_or_else(unknown)?;
    }
    if !prefix.is_empty() && !text.is_empty() {
        text.insert_str(0, prefix);
    }
    if text.is_empty() {
        text = default.clone().unwrap_or_default();
    }
    if text.is_empty() { Ok(None) } else { names.read(field.takes, &rule.style, &text).map(Some) }
}

/// Takes off the apostrophe that an export put before a text that looks like a formula.
fn without_apostrophe(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => rest.to_owned(),
        _ => text,
    }
}

/// Whether a spreadsheet would take the text for a formula, or for one that was made harmless.
pub fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_is_taken_off_only_where_one_was_put() {
        let check = |text: &str, expected: &str| assert_eq!(without_apostrophe(text.to_owned()), expected);
        check("'=1+1", "=1+1");
        check("''=1+1", "'=1+1");
        check("'tHooft", "'tHooft");
        check("=1", "=1");
        check("'+86 138", "+86 138");
    }
}
