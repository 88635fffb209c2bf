//! `shundan bench intake`: a message read, looked up in a large catalogue and matched, as the page that takes orders from text asks for it.

use std::time::{Duration, Instant};

use app::App;
use domain::intake::read;
use domain::{CompanyId, Date};
use store::query::intake::candidates;

use super::callers::Measured;
use super::generate::{catalogue, found};
use super::ground::Ground;
use super::masters::today;
use super::place_order::close;
use super::report::{Report, cpu};
use crate::args::{BenchIntake, Global};
use crate::progress;
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, typed: &BenchIntake) -> Result<(), Trouble> {
    let ground = Ground::new(global).await?;
    let measured = measure(say, &ground, typed).await;
    ground.remove().await;
    measured?.print(say, typed.json);
    Ok(())
}

async fn measure(say: Say, ground: &Ground, typed: &BenchIntake) -> Result<Report, Trouble> {
    let app = App::new(ground.open().await?);
    let (company, admin) = found(&app, "intake").await?;
    let id = company.id;
    close(app).await;
    let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    catalogue(ground.place(), company, admin, size(typed.products), size(typed.customers)).await?;
    let app = App::new(ground.open().await?);
    let mut report = Report::new("intake", ground);
    report.set("products", typed.products);
    report.set("customers", typed.customers);
    report.set("rounds", typed.rounds);
    let messages = messages();
    let bar = progress::bar(&say.plain("bench.reading"));
    bar.set_length(messages.len() as u64);
    for (what, message) in messages {
        bar.inc(1);
        report.add(what, ask(&app, id, &message, typed.rounds).await?);
    }
    bar.finish_and_clear();
    close(app).await;
    Ok(report)
}

/// What people write: a line by name, by code, ten lines by name, ten by code.
fn messages() -> Vec<(&'static str, String)> {
    let goods = ["双胶纸", "铜版纸", "白卡纸", "瓦楞纸箱", "不干胶标签", "打包带", "缠绕膜", "文件夹", "档案盒", "礼品盒"];
    let named = goods.iter().enumerate().map(|(place, goods)| format!("{goods} {}号 {}0g {}箱\n", 7 * place + 3, 12 + place, place + 2));
    let coded = (0..10).map(|place| format!("P{:05} {}箱\n", 71 * place + 13, place + 2));
    let head = "您好，苏州明华印务，下周三前要：\n";
    vec![
        ("a line by name", "苏州明华印务要双胶纸 17号 150g 20箱，下周三送到".to_owned()),
        ("a line by code", "苏州明华印务要 P00120 20箱，下周三送到".to_owned()),
        ("ten lines by name", format!("{head}{}", named.collect::<String>())),
        ("ten lines by code", format!("{head}{}", coded.collect::<String>())),
    ]
}

async fn ask(app: &App, company: CompanyId, message: &str, rounds: u32) -> Result<Measured, Trouble> {
    let (begun, used) = (Instant::now(), cpu());
    let mut latencies = Vec::new();
    for _ in 0..rounds {
        let moment = Instant::now();
        let (message, day): (String, Date) = (message.to_owned(), today());
        let lines = app.store.read(move |reader| {
            let reading = read(&message, day);
            let found = candidates(reader, company, &reading.asked())?;
            Ok(reading.settle(&found.customers, &found.products, &found.learned).lines.len())
        });
        if lines.await? == 0 {
            return Err(Trouble::with("bench.refused", [("count", &1)]));
        }
        latencies.push(u32::try_from(moment.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    latencies.sort_unstable();
    let took: Duration = begun.elapsed();
    Ok(Measured { count: u64::from(rounds), took, cpu: cpu().saturating_sub(used), latencies })
}
