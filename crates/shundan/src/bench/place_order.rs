//! `shundan bench place-order`: orders of ten lines with price, credit, stock reservation and event, each answered when it is durable.

use std::sync::Arc;

use app::App;
use app::order::create;
use domain::Date;

use super::callers::{self, Caller, Measured};
use super::client::Client;
use super::dice::Dice;
use super::floor;
use super::ground::Ground;
use super::masters::{self, Masters};
use super::order;
use super::report::Report;
use super::server::Server;
use crate::args::{BenchWay, BenchWrite, Global, RuleSet};
use crate::progress;
use crate::texts::Say;
use crate::trouble::Trouble;

/// Lines of an order.
pub const LINES: usize = 10;

/// Orders in one request of the batch intake.
const BATCH: u64 = 100;

/// Callers that fill the database beforehand.
const FILLERS: u32 = 256;

pub async fn run(say: Say, global: &Global, typed: &BenchWrite) -> Result<(), Trouble> {
    let ground = Ground::new(global).await?;
    let done = measure(say, &ground, typed).await;
    ground.remove().await;
    done?.print(say, typed.json);
    Ok(())
}

async fn measure(say: Say, ground: &Ground, typed: &BenchWrite) -> Result<Report, Trouble> {
    let count = typed.count.unwrap_or(30_000);
    let mut report = Report::new("place-order", ground);
    report.set("callers", typed.callers);
    report.set("lines", LINES);
    report.set("products", typed.products);
    report.set("customers", typed.customers);
    report.set("preloaded", typed.preload);
    report.set("rules", typed.rules.map_or("standard, one step", RuleSet::as_str));
    let masters = prepared(say, ground, typed).await?;
    let copies = if typed.no_floor { None } else { Some(floor::Copies::of(ground).await?) };
    let load = Load { masters, seed: typed.seed, wanted: wanted() };
    if typed.via.contains(&BenchWay::Process) {
        let app = App::new(ground.open().await?);
        let before = app.store.figures();
        report.add("process", load.in_process(say, &app, typed.callers, count, 1_000).await?);
        report.writer(before, app.store.figures());
    }
    if let Some(copies) = copies {
        floor::measure(&mut report, copies, |app| {
            let load = load.clone();
            async move { load.in_process(say, &app, typed.callers, count.min(floor::MOST), 2_000).await }
        })
        .await?;
        report.ratio("process to floor (a)", "process", floor::WHOLE);
        report.ratio("process to floor (b)", "process", floor::INSERTS);
    }
    if typed.via.iter().any(|way| *way != BenchWay::Process) {
        over_http(say, &mut report, ground, typed, &load, count).await?;
    }
    Ok(report)
}

async fn over_http(say: Say, report: &mut Report, ground: &Ground, typed: &BenchWrite, load: &Load, count: u64) -> Result<(), Trouble> {
    let app = App::new(ground.open().await?);
    let server = Server::start(&app).await?;
    if typed.via.contains(&BenchWay::Batch) {
        report.set("orders a batch", BATCH);
        report.add("batch", load.over_http(say, &server, typed.callers, count, BATCH).await?);
        report.ratio("batch to process", "batch", "process");
    }
    if typed.via.contains(&BenchWay::Http) {
        report.add("http", load.over_http(say, &server, typed.callers, count, 1).await?);
        report.ratio("http to process", "http", "process");
    }
    server.stop().await;
    Ok(())
}

/// A company with the orders that were there before.
pub async fn prepared(say: Say, ground: &Ground, typed: &BenchWrite) -> Result<Masters, Trouble> {
    let app = App::new(ground.open().await?);
    let masters = masters::make(&app.store, typed, None).await?;
    let load = Load { masters: masters.clone(), seed: typed.seed, wanted: wanted() };
    let bar = progress::bar(&say.plain("bench.preload"));
    load.run(&app, FILLERS, typed.preload, 0, &bar).await?;
    close(app).await;
    Ok(masters)
}

/// Lets the writer finish and the files be closed, off the async threads.
pub async fn close(app: App) {
    // Nothing of a store that is given up is needed.
    let _ = tokio::task::spawn_blocking(move || drop(app)).await;
}

fn wanted() -> Date {
    masters::today().plus_days(7)
}

/// Who places what.
#[derive(Clone, Debug)]
pub struct Load {
    masters: Masters,
    seed: u64,
    wanted: Date,
}

impl Load {
    async fn in_process(&self, say: Say, app: &App, callers: u32, count: u64, from: u64) -> Result<Measured, Trouble> {
        let bar = progress::bar(&say.plain("bench.process"));
        self.run(app, callers, count, from, &bar).await
    }

    async fn run(&self, app: &App, callers: u32, count: u64, from: u64, bar: &indicatif::ProgressBar) -> Result<Measured, Trouble> {
        let load = Arc::new(self.clone());
        let caller = |place| InProcess { app: app.clone(), dice: Dice::new(load.seed, from + place), load: load.clone() };
        callers::run(callers, count, bar, caller).await
    }

    async fn over_http(&self, say: Say, server: &Server, callers: u32, count: u64, batch: u64) -> Result<Measured, Trouble> {
        let bar = progress::bar(&say.plain(if batch > 1 { "bench.batch" } else { "bench.http" }));
        let mut clients = Vec::new();
        for _ in 0..callers {
            clients.push(Client::new(server.address, &self.masters.tokens[0]).await?);
        }
        let load = Arc::new(self.clone());
        let caller = |place| OverHttp {
            client: clients.pop().expect("a client for each caller"),
            dice: Dice::new(load.seed, 4_000 + batch * 10_000 + place),
            load: load.clone(),
            batch,
        };
        callers::run(callers, count, &bar, caller).await
    }
}

struct InProcess {
    app: App,
    dice: Dice,
    load: Arc<Load>,
}

impl Caller for InProcess {
    async fn act(&mut self) -> Result<u64, Trouble> {
        let masters = &self.load.masters;
        let input = order::order(&mut self.dice, masters, LINES, self.load.wanted);
        self.app.command(&masters.rep, None, move |work, by| create::create(work, by, &input, true)).await?;
        Ok(1)
    }
}

struct OverHttp {
    client: Client,
    dice: Dice,
    load: Arc<Load>,
    batch: u64,
}

impl Caller for OverHttp {
    fn size(&self) -> u64 {
        self.batch
    }

    async fn act(&mut self) -> Result<u64, Trouble> {
        let mut next = || order::json(&order::order(&mut self.dice, &self.load.masters, LINES, self.load.wanted));
        if self.batch == 1 {
            let body = next();
            self.client.post("/orders?submit=true", &body).await?;
            return Ok(1);
        }
        let orders: Vec<String> = (0..self.batch).map(|_| next()).collect();
        let answer = self.client.post("/orders/batch", &format!("{{\"submit\":true,\"orders\":[{}]}}", orders.join(","))).await?;
        let taken = answer.windows(6).filter(|six| *six == b"{\"ok\":").count() as u64;
        if taken == self.batch { Ok(taken) } else { Err(Trouble::with("bench.refused", [("count", &(self.batch - taken))])) }
    }
}
