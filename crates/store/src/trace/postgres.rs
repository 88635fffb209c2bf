//! Playing a trace on PostgreSQL: the same statements over arrays that are at hand, pipelined as the product does.

use std::time::Instant;

use domain::CompanyId;

use super::{Batch, Part, Took, Trace, Written};
use crate::engine::Engine;
use crate::engine::postgres::{Postgres, Step, change_steps, delete_step, head_step, load_steps, tally_step};
use crate::fault::Fault;
use crate::row::{AnyRow, TableDef};
use crate::table::{TableChanges, Update};

/// Plays a trace on the database at `url` and tells how long it took; parameters are made before the clock runs.
///
/// # Errors
/// Any fault of the database, such as rows that are there already.
pub fn play(url: &str, trace: &Trace, part: Part) -> Result<Took, Fault> {
    let mut engine = Postgres::new(url)?;
    engine.connect()?;
    if part == Part::Inserts {
        // The rows these belong to were not written.
        engine.run("SET session_replication_role = replica")?;
    }
    let changes: Vec<Changed<'_>> = trace.batches.iter().map(|batch| changed(batch, part)).collect();
    let batches: Vec<Play<'_>> = trace.batches.iter().zip(&changes).map(|(batch, changed)| Play::of(batch, changed, part)).collect();
    let started = Instant::now();
    for batch in &batches {
        batch.run(&mut engine)?;
    }
    Ok(started.elapsed())
}

type Changed<'a> = Vec<(&'static TableDef, TableChanges<'a>)>;

/// One transaction, its parameters at hand.
struct Play<'a> {
    company: CompanyId,
    loads: Vec<Vec<Step<'a>>>,
    writes: Vec<Step<'a>>,
    chained: bool,
}

impl<'a> Play<'a> {
    fn of(batch: &'a Batch, tables: &'a Changed<'a>, part: Part) -> Self {
        let mut writes: Vec<Step<'a>> = tables.iter().rev().filter_map(|(table, change)| delete_step(table, change)).collect();
        for (table, change) in tables {
            change_steps(table, change, &mut writes);
        }
        let company = batch.company;
        if part == Part::Inserts {
            return Play { company, loads: Vec::new(), writes, chained: false };
        }
        writes.extend(batch.head.as_ref().map(head_step));
        if !batch.tallies.is_empty() {
            writes.push(tally_step(&batch.tallies));
        }
        let steps = |wanted: &'a Vec<_>| load_steps(wanted).into_iter().map(|(_, step)| step).collect();
        Play { company, loads: batch.loads.iter().map(steps).collect(), writes, chained: batch.head.is_some() }
    }

    fn run(&self, engine: &mut Postgres) -> Result<(), Fault> {
        engine.run("BEGIN")?;
        for steps in &self.loads {
            std::hint::black_box(engine.query(self.company, steps)?);
        }
        if self.chained {
            engine.lock_chain(self.company)?;
        }
        engine.execute(self.company, &self.writes)?;
        engine.run("COMMIT")
    }
}

fn changed(batch: &Batch, part: Part) -> Changed<'_> {
    batch.written.iter().map(|written| (written.table, of(written, part))).collect()
}

fn of(written: &Written, part: Part) -> TableChanges<'_> {
    let inserts = written.inserts.iter().map(|row| row as &dyn AnyRow).collect();
    if part == Part::Inserts {
        return TableChanges { inserts, ..TableChanges::default() };
    }
    let updates = written.updates.iter().map(|(row, columns, version)| Update { row, columns: *columns, version: *version }).collect();
    TableChanges { inserts, updates, counts: written.counts.clone(), deletes: written.deletes.clone() }
}
