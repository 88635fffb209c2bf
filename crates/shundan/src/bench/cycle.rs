//! `shundan bench cycle`: whole business cycles of five-line orders, from the order to its closing, each step answered when it is durable.

mod direct;
mod http;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::App;
use domain::Date;
use serde_json::Value;

use super::callers::{self, Caller, Measured};
use super::client::Client;
use super::dice::Dice;
use super::floor;
use super::ground::Ground;
use super::masters::{self, Masters};
use super::place_order::{self, close as close_app};
use super::report::{Report, rounded};
use super::server::Server;
use crate::args::{BenchWay, BenchWrite, Global};
use crate::progress;
use crate::texts::Say;
use crate::trouble::Trouble;
use direct::Direct;
use http::OverHttp;

/// Lines of an order.
const LINES: usize = 5;

/// The steps of a cycle, in their order; what is in stock is reserved when the order is placed.
const STEPS: [&str; 9] = ["create and reserve", "review", "approve", "ship", "prove delivery", "invoice", "payment", "follow-up", "close"];

pub async fn run(say: Say, global: &Global, typed: &BenchWrite) -> Result<(), Trouble> {
    let ground = Ground::new(global).await?;
    let done = measure(say, &ground, typed).await;
    ground.remove().await;
    done?.print(say, typed.json);
    Ok(())
}

async fn measure(say: Say, ground: &Ground, typed: &BenchWrite) -> Result<Report, Trouble> {
    let count = typed.count.unwrap_or(8_000);
    let mut report = Report::new("cycle", ground);
    report.set("callers", typed.callers);
    report.set("lines", LINES);
    report.set("commands a cycle", STEPS.len());
    report.set("preloaded", typed.preload);
    let masters = Arc::new(place_order::prepared(say, ground, typed).await?);
    let copies = if typed.no_floor { None } else { Some(floor::Copies::of(ground).await?) };
    let in_process = |app: App, times: Times, count: u64, from: u64| {
        let (masters, seed, callers) = (masters.clone(), typed.seed, typed.callers);
        let bar = progress::bar(&say.plain("bench.process"));
        async move {
            let caller = |place| Cycling { by: Direct { app: app.clone() }, run: Run::new(&masters, seed, from + place, &times) };
            callers::run(callers, count, &bar, caller).await
        }
    };
    if typed.via.contains(&BenchWay::Process) {
        let (app, times) = (App::new(ground.open().await?), Times::default());
        let before = app.store.figures();
        let measured = in_process(app.clone(), times.clone(), count, 1_000).await?;
        report.writer(before, app.store.figures());
        close_app(app).await;
        note(&mut report, "process", &measured);
        steps(&mut report, "process", &measured, &times);
        report.add("process", measured);
    }
    if let Some(copies) = copies {
        let load = |app| in_process(app, Times::default(), count.min(floor::MOST / 4), 2_000);
        floor::measure(&mut report, copies, load).await?;
        report.ratio("process to floor (a)", "process", floor::WHOLE);
        report.ratio("process to floor (b)", "process", floor::INSERTS);
    }
    if typed.via.contains(&BenchWay::Http) {
        let app = App::new(ground.open().await?);
        let server = Server::start(&app).await?;
        let times = Times::default();
        let mut clients = Vec::new();
        for _ in 0..typed.callers {
            let [rep, other] = &masters.tokens;
            clients.push([Client::new(server.address, rep).await?, Client::new(server.address, other).await?]);
        }
        let bar = progress::bar(&say.plain("bench.http"));
        let caller = |place| Cycling {
            by: OverHttp { clients: clients.pop().expect("a client for each caller") },
            run: Run::new(&masters, typed.seed, 3_000 + place, &times),
        };
        let measured = callers::run(typed.callers, count, &bar, caller).await?;
        note(&mut report, "http", &measured);
        steps(&mut report, "http", &measured, &times);
        report.add("http", measured);
        server.stop().await;
        close_app(app).await;
    }
    Ok(report)
}

#[allow(clippy::cast_precision_loss)]
fn note(report: &mut Report, way: &str, measured: &Measured) {
    report.note(&format!("commands a second, {way}"), rounded(measured.rate() * STEPS.len() as f64, 0));
    report.note(&format!("order lines an hour, {way}"), rounded(measured.rate() * LINES as f64 * 3600.0, 0));
}

fn steps(report: &mut Report, way: &str, whole: &Measured, times: &Times) {
    for (step, times) in STEPS.iter().zip(times.0.iter()) {
        let mut latencies = std::mem::take(&mut *times.lock().unwrap_or_else(PoisonError::into_inner));
        latencies.sort_unstable();
        report.add(format!("{way}: {step}"), Measured { count: whole.count, took: whole.took, cpu: Duration::ZERO, latencies });
    }
}

/// How long each step took, in microseconds.
#[derive(Clone, Debug, Default)]
struct Times(Arc<[Mutex<Vec<u32>>; STEPS.len()]>);

/// What a caller needs to know.
struct Run {
    masters: Arc<Masters>,
    dice: Dice,
    wanted: Date,
    times: Times,
}

impl Run {
    fn new(masters: &Arc<Masters>, seed: u64, place: u64, times: &Times) -> Self {
        let wanted = masters::today().plus_days(7);
        Run { masters: masters.clone(), dice: Dice::new(seed, place), wanted, times: times.clone() }
    }

    fn took(&self, step: usize, since: Instant) -> Instant {
        let now = Instant::now();
        let micros = u32::try_from((now - since).as_micros()).unwrap_or(u32::MAX);
        self.times.0[step].lock().unwrap_or_else(PoisonError::into_inner).push(micros);
        now
    }
}

/// The way in which steps are asked for.
trait Way: Send + 'static {
    /// Does step number `step` on what is under way.
    fn step(&mut self, step: usize, run: &mut Run, going: &mut Going) -> impl Future<Output = Result<(), Trouble>> + Send;
}

/// An order under way.
#[derive(Default)]
struct Going {
    order: String,
    shipment: String,
    /// Payable, exact in millionths of the currency.
    payable: i64,
    /// Payable, as the server wrote it.
    amount: Value,
    /// Number and quantity in millionths of each line.
    lines: Vec<(i64, i64)>,
}

struct Cycling<W> {
    by: W,
    run: Run,
}

impl<W: Way> Caller for Cycling<W> {
    async fn act(&mut self) -> Result<u64, Trouble> {
        let mut going = Going::default();
        let mut since = Instant::now();
        for step in 0..STEPS.len() {
            self.by.step(step, &mut self.run, &mut going).await?;
            since = self.run.took(step, since);
        }
        Ok(1)
    }
}
