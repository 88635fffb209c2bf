//! Playing a trace on SQLite: a loop over prepared statements whose parameters are at hand.

use std::path::Path;
use std::time::Instant;

use rusqlite::Connection;

use super::{Batch, Part, Took, Trace, Value, Written};
use crate::cell::Cell;
use crate::engine::{Load, sqlite};
use crate::fault::Fault;
use crate::key::RawKey;
use crate::sql::Verb;

/// A statement and the parameters it runs with, once for each.
struct Calls {
    text: String,
    rows: Vec<Vec<Value>>,
}

struct Prepared {
    reads: Vec<Calls>,
    writes: Vec<Calls>,
}

/// Plays a trace on the database file and tells how long it took; statements and parameters are made before the clock runs.
///
/// # Errors
/// Any fault of the database, such as rows that are there already.
pub fn play(path: &Path, trace: &Trace, part: Part) -> Result<Took, Fault> {
    let connection = sqlite::open_writer(path)?;
    if part == Part::Inserts {
        // The rows these belong to were not written.
        connection.execute_batch("PRAGMA foreign_keys=OFF")?;
    }
    let batches: Vec<Prepared> = trace.batches.iter().map(|batch| prepared(batch, part)).collect();
    let started = Instant::now();
    for batch in &batches {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for calls in &batch.reads {
            read(&connection, calls)?;
        }
        for calls in &batch.writes {
            write(&connection, calls)?;
        }
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok(started.elapsed())
}

fn read(connection: &Connection, calls: &Calls) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(&calls.text)?;
    let columns = statement.column_count();
    for row in &calls.rows {
        bind(&mut statement, row)?;
        let mut rows = statement.raw_query();
        while let Some(found) = rows.next()? {
            for i in 0..columns {
                std::hint::black_box(found.get_ref(i)?);
            }
        }
    }
    Ok(())
}

fn write(connection: &Connection, calls: &Calls) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(&calls.text)?;
    for row in &calls.rows {
        bind(&mut statement, row)?;
        statement.raw_execute()?;
    }
    Ok(())
}

fn bind(statement: &mut rusqlite::Statement<'_>, row: &[Value]) -> Result<(), Fault> {
    for (i, value) in row.iter().enumerate() {
        statement.raw_bind_parameter(i + 1, value.cell())?;
    }
    Ok(())
}

fn prepared(batch: &Batch, part: Part) -> Prepared {
    let company = Value::Int(batch.company.raw());
    let mut writes = Vec::new();
    for written in &batch.written {
        inserts(&company, written, &mut writes);
    }
    if part == Part::Inserts {
        return Prepared { reads: Vec::new(), writes };
    }
    let reads = batch.loads.iter().flatten().flat_map(|load| reads(&company, load)).collect();
    for written in &batch.written {
        changes(&company, written, &mut writes);
    }
    if let Some(head) = &batch.head {
        let text = "UPDATE chains SET position = ?2, hash = ?3 WHERE company_id = ?1".to_owned();
        writes.push(Calls { text, rows: vec![vec![company.clone(), Value::Int(head.position), Value::Text(head.hash.as_str().into())]] });
    }
    let text = "UPDATE tallies SET count = count + ?3, amount = amount + ?4 WHERE company_id = ?1 AND name = ?2".to_owned();
    let tally = |t: &(&str, i64, i64)| vec![company.clone(), Value::Text(t.0.into()), Value::Int(t.1), Value::Int(t.2)];
    writes.push(Calls { text, rows: batch.tallies.iter().map(tally).collect() });
    Prepared { reads, writes }
}

fn key(company: &Value, key: &RawKey) -> Vec<Value> {
    let mut row = vec![company.clone()];
    row.extend((0..key.len()).map(|i| Value::from(key.cell(i))));
    row
}

fn reads(company: &Value, load: &Load) -> Vec<Calls> {
    let rows = |keys: &[RawKey]| keys.iter().map(|raw| key(company, raw)).collect();
    let mut calls = vec![Calls { text: Verb::Keys.text(load.table), rows: rows(&load.rows) }];
    let sets = load.sets.iter().enumerate().filter(|(_, owners)| !owners.is_empty());
    calls.extend(sets.map(|(i, owners)| Calls { text: Verb::Owners(i).text(load.table), rows: rows(owners) }));
    calls
}

fn inserts(company: &Value, written: &Written, writes: &mut Vec<Calls>) {
    let row = |row: &super::OwnRow| std::iter::once(company.clone()).chain(row.0.iter().cloned()).collect();
    let rows: Vec<Vec<Value>> = written.inserts.iter().map(row).collect();
    if !rows.is_empty() {
        writes.push(Calls { text: Verb::Insert.text(written.table), rows });
    }
}

fn changes(company: &Value, written: &Written, writes: &mut Vec<Calls>) {
    let table = written.table;
    for (row, mask, version) in &written.updates {
        let columns = (0..table.columns.len()).filter(|i| mask & (1 << i) != 0);
        let mut cells = vec![company.clone()];
        cells.extend((0..table.key_len).chain(columns).map(|i| row.0[i].clone()));
        cells.extend(version.map(Value::Int));
        push(writes, Verb::Update(*mask).text(table), cells);
    }
    for count in &written.counts {
        let mut cells = key(company, &count.key);
        cells.extend(count.deltas.iter().map(|delta| Value::Int(*delta)));
        push(writes, Verb::Count(count.guards).text(table), cells);
    }
    for (raw, version) in &written.deletes {
        let mut cells = key(company, raw);
        cells.extend(version.map(Value::Int));
        push(writes, Verb::Delete(version.is_some()).text(table), cells);
    }
}

/// Adds a call; calls of one statement that follow each other are looped over.
fn push(writes: &mut Vec<Calls>, text: String, cells: Vec<Value>) {
    debug_assert!(cells.iter().all(|value| !matches!(value.cell(), Cell::Blob(_))), "blobs are only inserted");
    match writes.last_mut().filter(|last| last.text == text) {
        Some(last) => last.rows.push(cells),
        None => writes.push(Calls { text, rows: vec![cells] }),
    }
}
