//! The denominators: the reads and writes of a run, played over bare prepared statements without rules.

use std::future::Future;
use std::time::Duration;

use app::App;
use store::trace::{self, Part, Trace};

use super::callers::Measured;
use super::ground::Ground;
use super::place_order::close;
use super::report::Report;
use crate::args::{BenchWay, BenchWrite, Global};
use crate::texts::Say;
use crate::trouble::Trouble;

/// Things recorded at the most: their rows are held in memory.
pub const MOST: u64 = 20_000;

/// The line of the same reads, inserts and updates in the same batches.
pub const WHOLE: &str = "floor (a)";

/// The line of the inserts alone.
pub const INSERTS: &str = "floor (b)";

/// `shundan bench floor`: the floor of placing orders, without the rest.
pub async fn run(say: Say, global: &Global, typed: &BenchWrite) -> Result<(), Trouble> {
    let typed = BenchWrite { via: vec![BenchWay::Process], no_floor: false, ..typed.clone() };
    super::place_order::run(say, global, &typed).await
}

/// Three places with what was there before the run: to record on, and to play on twice.
#[derive(Debug)]
pub struct Copies([Ground; 3]);

impl Copies {
    /// Copies of a place at which nobody works.
    pub async fn of(ground: &Ground) -> Result<Self, Trouble> {
        Ok(Copies([ground.copy().await?, ground.copy().await?, ground.copy().await?]))
    }
}

/// Records what `load` makes the writer do, and plays it back; adds both lines to the report.
pub async fn measure<F, W>(report: &mut Report, copies: Copies, load: F) -> Result<(), Trouble>
where
    F: FnOnce(App) -> W,
    W: Future<Output = Result<Measured, Trouble>>,
{
    let Copies([recorded, whole, inserts]) = copies;
    let into = trace::Shared::default();
    let app = App::new(recorded.recorded(into.clone()).await?);
    let done = load(app.clone()).await;
    close(app).await;
    recorded.remove().await;
    let done = done?.count;
    let trace = std::mem::take(&mut *into.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    report.note("recorded transactions", trace.batches());
    report.note("recorded rows written", trace.rows());
    play(report, WHOLE, whole, trace.clone(), Part::Whole, done).await?;
    play(report, INSERTS, inserts, trace, Part::Inserts, done).await
}

async fn play(report: &mut Report, what: &str, ground: Ground, trace: Trace, part: Part, count: u64) -> Result<(), Trouble> {
    let played = ground.play(trace, part).await;
    ground.remove().await;
    report.add(what, Measured { count, took: played?, cpu: Duration::ZERO, latencies: Vec::new() });
    Ok(())
}
