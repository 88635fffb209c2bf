//! What a benchmark prints: the machine, a table for people, or JSON for programs.

use std::time::Duration;

use serde_json::{Map, Value, json};
use store::WriterFigures;

use super::callers::Measured;
use super::ground::Ground;
use crate::table;
use crate::texts::Say;

/// What was measured so far.
#[derive(Debug)]
pub struct Report {
    name: &'static str,
    engine: String,
    settings: Map<String, Value>,
    rows: Vec<Row>,
    notes: Map<String, Value>,
}

#[derive(Debug)]
struct Row {
    what: String,
    measured: Measured,
}

impl Report {
    /// A report on this ground.
    pub fn new(name: &'static str, ground: &Ground) -> Self {
        Report::of(name, ground.engine())
    }

    /// A report on an engine.
    pub fn of(name: &'static str, engine: &str) -> Self {
        Report { name, engine: engine.to_owned(), settings: Map::new(), rows: Vec::new(), notes: Map::new() }
    }

    /// Says how it was measured.
    pub fn set(&mut self, setting: &str, value: impl Into<Value>) {
        self.settings.insert(setting.to_owned(), value.into());
    }

    /// Adds a line.
    pub fn add(&mut self, what: impl Into<String>, measured: Measured) {
        self.rows.push(Row { what: what.into(), measured });
    }

    /// Adds a figure beside the table.
    pub fn note(&mut self, name: &str, value: impl Into<Value>) {
        self.notes.insert(name.to_owned(), value.into());
    }

    /// The rate of a line.
    pub fn rate(&self, what: &str) -> Option<f64> {
        self.rows.iter().find(|row| row.what == what).map(|row| row.measured.rate())
    }

    /// The median of a line, in microseconds.
    pub fn median(&self, what: &str) -> Option<u32> {
        self.rows.iter().find(|row| row.what == what).map(|row| row.measured.permille(500))
    }

    /// Notes how the rate of one line compares to another's, where both are there.
    pub fn ratio(&mut self, name: &str, what: &str, to: &str) {
        if let (Some(a), Some(b)) = (self.rate(what), self.rate(to)) {
            self.note(name, rounded(a / b, 2));
        }
    }

    /// Notes what the writer did between two looks, and where its time went for each command.
    pub fn writer(&mut self, before: WriterFigures, after: WriterFigures) {
        let (batches, commands) = (after.batches - before.batches, after.commands - before.commands);
        self.note("commands a transaction", share(commands, batches));
        self.note("rounds of loading a transaction", share(after.rounds - before.rounds, batches));
        self.note("transactions tried again", after.retries - before.retries);
        let micros = |of: fn(&WriterFigures) -> u64| share((of(&after) - of(&before)) / 1000, commands);
        self.note("writer µs a command, deciding", micros(|figures| figures.deciding_ns));
        self.note("writer µs a command, loading", micros(|figures| figures.loading_ns));
        self.note("writer µs a command, writing", micros(|figures| figures.writing_ns));
        self.note("writer µs a command, committing", micros(|figures| figures.committing_ns));
    }

    /// The whole with these figures, for programs.
    pub fn json_with(&self, figures: Vec<Value>) -> Value {
        json!({
            "benchmark": self.name, "engine": self.engine, "machine": machine(), "settings": self.settings, "figures": figures,
            "notes": self.notes,
        })
    }

    /// Prints what was measured, where and how.
    pub fn print_head(&self) {
        println!("{} · {}", self.name, self.engine);
        let list =
            |map: &Map<String, Value>| map.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect::<Vec<_>>().join(", ");
        println!("{}", list(&machine()));
        println!("{}\n", list(&self.settings));
    }

    /// Prints it.
    pub fn print(&self, say: Say, as_json: bool) {
        if as_json {
            let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
            println!("{}", serde_json::to_string_pretty(&self.json_with(rows)).unwrap_or_default());
            return;
        }
        self.print_head();
        let heads = ["bench.what", "bench.count", "bench.rate", "bench.p50", "bench.p95", "bench.p99", "bench.worst", "bench.cpu"];
        let rows: Vec<Vec<String>> = self.rows.iter().map(Row::cells).collect();
        table::figures(&heads.map(|key| say.plain(key)), &rows).iter().for_each(|line| println!("{line}"));
        if !self.notes.is_empty() {
            println!();
        }
        self.notes.iter().for_each(|(name, value)| println!("{name}: {}", plain(value)));
    }
}

impl Row {
    fn cells(&self) -> Vec<String> {
        let m = &self.measured;
        let ms = |micros: u32| if m.latencies.is_empty() { "–".to_owned() } else { format!("{:.2}", f64::from(micros) / 1000.0) };
        let cpu = if m.cpu.is_zero() { "–".to_owned() } else { format!("{:.0}", m.cpu_each()) };
        let worst = ms(m.latencies.last().copied().unwrap_or(0));
        vec![
            self.what.clone(),
            m.count.to_string(),
            format!("{:.0}", m.rate()),
            ms(m.permille(500)),
            ms(m.permille(950)),
            ms(m.permille(990)),
            worst,
            cpu,
        ]
    }

    fn json(&self) -> Value {
        let m = &self.measured;
        json!({
            "what": self.what, "count": m.count, "seconds": rounded(m.took.as_secs_f64(), 3), "per_second": rounded(m.rate(), 1),
            "p50_us": m.permille(500), "p95_us": m.permille(950), "p99_us": m.permille(990),
            "worst_us": m.latencies.last(), "cpu_us_each": rounded(m.cpu_each(), 1),
        })
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// How many of one for each of the other.
#[allow(clippy::cast_precision_loss)]
pub fn share(some: u64, of: u64) -> f64 {
    rounded(some as f64 / of.max(1) as f64, 1)
}

/// A figure with so many digits behind the point.
pub fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

/// The machine, as far as the system tells.
fn machine() -> Map<String, Value> {
    let mut machine = Map::new();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    machine.insert("cores".to_owned(), cores.into());
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        text.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(':')).map(|(_, v)| v.trim().to_owned())
    };
    if let Some(model) = field(&read("/proc/cpuinfo"), "model name") {
        machine.insert("processor".to_owned(), model.into());
    }
    if let Some(memory) = field(&read("/proc/meminfo"), "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok()) {
        machine.insert("memory_mib".to_owned(), (memory / 1024).into());
    }
    let kernel = read("/proc/sys/kernel/osrelease");
    if !kernel.is_empty() {
        machine.insert("kernel".to_owned(), kernel.trim().into());
    }
    machine.insert("build".to_owned(), if cfg!(debug_assertions) { "debug" } else { "release" }.into());
    machine.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    machine
}

/// Time of the processor this process has used; zero where the system does not tell.
pub fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    // Linux counts in hundredths of a second.
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
