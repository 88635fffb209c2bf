//! `shundan bench read`: what screens read, at several sizes of the company, through the product's own queries and over HTTP.

mod case;
mod ground;
mod http;

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::App;
use domain::CompanyId;
use store::Place;

use super::callers::Measured;
use super::generate::{self, Standing};
use super::report::{Report, cpu, rounded};
use crate::args::{BenchRead, Global};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{outside, place, progress};
use case::Case;
use ground::Ground;

/// Calls of a case at the most, and how long they may take together.
const CALLS: usize = 300;
const TIME: Duration = Duration::from_millis(1_500);

/// Calls before the clock starts.
const WARM: usize = 5;

pub async fn run(say: Say, global: &Global, typed: &BenchRead) -> Result<(), Trouble> {
    let engine = if global.database.is_some() { "PostgreSQL" } else { "SQLite, WAL" };
    let mut report = Report::of("read", engine);
    for orders in &typed.orders {
        let at = of(global, *orders);
        let (app, company) = opened(say, at, *orders, &mut report).await?;
        let ground = Arc::new(app.store.read(move |reader| Ground::of(reader, company, outside::now())).await?);
        let wanted = |name: &str| typed.only.as_deref().is_none_or(|only| name.contains(only));
        let cases: Vec<Case> = case::all().into_iter().filter(|case| wanted(case.name)).collect();
        let bar = progress::bar(&say.plain("bench.reading"));
        bar.set_length(cases.len() as u64);
        for case in cases {
            report.add(named(case.name, *orders), measure(&app, &ground, case).await?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        for (name, measured) in http::all(&app, &ground, &wanted).await? {
            report.add(named(name, *orders), measured);
        }
    }
    growth(&mut report, &typed.orders);
    report.print(say, typed.json);
    Ok(())
}

fn named(case: &str, orders: u64) -> String {
    format!("{case} · {orders}")
}

/// Where a company of this size is: a directory for each, or the one database that is named.
fn of(global: &Global, orders: u64) -> Place {
    match (&global.database, &global.data) {
        (Some(url), _) => Place::Postgres(url.clone()),
        (None, Some(folder)) => Place::Directory(folder.join(format!("orders-{orders}"))),
        (None, None) => Place::Directory(std::env::temp_dir().join(format!("shundan-bench-read-{orders}"))),
    }
}

/// Notes how much longer each case takes at the largest size than at the smallest.
fn growth(report: &mut Report, sizes: &[u64]) {
    let (Some(least), Some(most)) = (sizes.iter().min(), sizes.iter().max()) else { return };
    if least == most {
        return;
    }
    let names = case::all().into_iter().map(|case| case.name).chain(http::NAMES.iter().copied());
    for name in names {
        let median = |orders: u64| report.median(&named(name, orders));
        if let (Some(small), Some(large)) = (median(*least), median(*most)) {
            report.note(&format!("growth of {name}"), rounded(f64::from(large) / f64::from(small.max(1)), 2));
        }
    }
}

/// The company of this size, made where there is nothing yet.
async fn opened(say: Say, at: Place, orders: u64, report: &mut Report) -> Result<(App, CompanyId), Trouble> {
    let shown = place::shown(&at);
    let mut app = place::open(at.clone(), outside::clock()).await?;
    if let Standing::Empty = generate::standing(&app, &shown).await? {
        drop(app);
        let bar = progress::bar(&say.plain("bench.generating"));
        bar.set_length(orders);
        let moved = bar.clone();
        let made = generate::generate(at.clone(), orders, move |done| moved.set_position(done)).await?;
        bar.finish_and_clear();
        report.note(&format!("made, orders · {orders}"), made.orders);
        report.note(&format!("made, rows · {orders}"), made.rows);
        report.note(&format!("made, seconds for rows · {orders}"), rounded(made.load_seconds, 1));
        report.note(&format!("made, seconds for indexes · {orders}"), rounded(made.index_seconds, 1));
        app = place::open(at, outside::clock()).await?;
    }
    match generate::standing(&app, &shown).await? {
        Standing::Made(company, found) if found == orders => Ok((app, company)),
        Standing::Made(_, found) => Err(Trouble::with("trouble.bench_size", [("path", &shown), ("found", &found), ("orders", &orders)])),
        Standing::Empty => Err(Trouble::with("trouble.bench_size", [("path", &shown), ("found", &0), ("orders", &orders)])),
    }
}

/// Calls one case, as requests do: each call a read of its own.
async fn measure(app: &App, ground: &Arc<Ground>, case: Case) -> Result<Measured, Trouble> {
    let mut times = Vec::new();
    let (begun, used) = (Instant::now(), cpu());
    let mut counted = begun;
    for call in 0..WARM + CALLS {
        let (ground, read) = (ground.clone(), case.read);
        let began = Instant::now();
        app.store.read(move |reader| read(reader, &ground, call)).await?;
        // What takes long is measured from its first call on.
        if call >= WARM || begun.elapsed() > TIME {
            times.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
        } else {
            counted = Instant::now();
        }
        if begun.elapsed() > TIME && !times.is_empty() {
            break;
        }
    }
    times.sort_unstable();
    Ok(Measured { count: times.len() as u64, took: counted.elapsed(), cpu: cpu().saturating_sub(used), latencies: times })
}
