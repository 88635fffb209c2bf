//! Random commands of many callers on one small company, from a seed, on every engine and with several servers at once, held against a
//! simple model of the acknowledged answers: never oversold, never paid twice, no credit limit passed together, no update lost.
//!
//! `SHUNDAN_TORTURE_SECONDS` makes it longer, `SHUNDAN_TORTURE_SEED` lets it begin elsewhere. A failure prints the seed and the shortest list
//! of commands found that still fails.
#![allow(missing_docs, clippy::unwrap_used)]

mod command;
mod dice;
mod facts;
mod model;
mod play;
mod shrink;
mod walk;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use command::Command;
use model::Rules;
use play::Told;
use store::Failure;
use world::Servers;

/// Commands of one seed.
const COMMANDS: usize = 300;

/// Callers at the same time.
const CALLERS: usize = 12;

/// How long the short run takes, over all engines.
const SHORT: Duration = Duration::from_secs(6);

/// How long a failure is made shorter.
const SHRINKING: Duration = Duration::from_secs(60);

/// What a run did.
#[derive(Default)]
struct Figures {
    seeds: u64,
    acknowledged: u64,
    refused: BTreeMap<String, u64>,
    unavailable: u64,
    repeated: u64,
}

impl Figures {
    fn add(&mut self, told: &[Told]) {
        self.seeds += 1;
        for told in told {
            self.repeated += u64::from(told.command.twice);
            match &told.result {
                Ok(_) => self.acknowledged += 1,
                Err(Failure::Refused(refusal)) => *self.refused.entry(refusal.code.to_owned()).or_default() += 1,
                Err(_) => self.unavailable += 1,
            }
        }
    }
}

/// One run on a new company: what was told, or the promise that was broken.
async fn run(servers: &Servers, commands: &[Command], callers: usize, rules: Rules) -> Result<Vec<Told>, String> {
    let world = servers.found().await;
    let over = Arc::new(AtomicBool::new(false));
    let watching = tokio::spawn(watch(world.clone(), over.clone()));
    let told = play::play(&world, commands, callers).await;
    over.store(true, Relaxed);
    watching.await.map_err(|e| e.to_string())??;
    play::repeat(&world, &told).await?;
    let facts = facts::read(&world.apps[0].store, world.company).await.map_err(|e| format!("{e:?}"))?;
    model::check(&facts, &told, rules)?;
    Ok(told)
}

/// Looks on from another server while the callers are at it.
async fn watch(world: world::World, over: Arc<AtomicBool>) -> Result<(), String> {
    let store = &world.apps[world.apps.len() - 1].store;
    while !over.load(Relaxed) {
        let seen = facts::oversold(store, world.company).await.map_err(|e| format!("{e:?}"))?;
        if seen > 0 {
            return Err(format!("{seen} rows were oversold in the middle"));
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    Ok(())
}

/// The shortest list found: by one caller where it fails so too, else by as many as before.
async fn explain(servers: &Servers, seed: u64, commands: &[Command], why: String, rules: Rules) -> (String, Vec<Command>) {
    let alone = run(servers, commands, 1, rules).await.err();
    let (callers, tries) = if alone.is_some() { (1, 1) } else { (CALLERS, 3) };
    let fails = async |shorter: &[Command]| {
        for _ in 0..tries {
            if let Err(why) = run(servers, &command::reachable(shorter), callers, rules).await {
                return Some(why);
            }
        }
        None
    };
    let (shortest, why) = shrink::shrink(commands, alone.unwrap_or(why), Instant::now() + SHRINKING, fails).await;
    let shortest = command::reachable(&shortest);
    let list: Vec<String> = shortest.iter().map(|command| format!("{command:?}")).collect();
    let text = format!("{}, seed {seed}, {callers} callers, {} commands: {why}\n{}", servers.name, shortest.len(), list.join("\n"));
    (text, shortest)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a whole number")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_callers_never_oversell_pay_twice_or_pass_a_limit_together() {
    let whole = number("SHUNDAN_TORTURE_SECONDS").map_or(SHORT, Duration::from_secs);
    let first = number("SHUNDAN_TORTURE_SEED").unwrap_or(1);
    let engines = world::all().await;
    let share = whole / u32::try_from(engines.len()).unwrap();
    let mut figures = Figures::default();
    let (mut transactions, mut retries) = (0, 0);
    for servers in &engines {
        let until = Instant::now() + share;
        for seed in first.. {
            let commands = command::draw(seed, COMMANDS);
            match run(servers, &commands, CALLERS, Rules::Real).await {
                Ok(told) => figures.add(&told),
                Err(why) => panic!("{}", explain(servers, seed, &commands, why, Rules::Real).await.0),
            }
            if Instant::now() >= until {
                break;
            }
        }
        for app in &servers.apps {
            transactions += app.store.figures().batches;
            retries += app.store.figures().retries;
        }
    }
    let Figures { seeds, acknowledged, refused, unavailable, repeated } = figures;
    let all = acknowledged + refused.values().sum::<u64>() + unavailable;
    let kinds: Vec<String> = refused.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let names: Vec<&str> = engines.iter().map(|servers| servers.name).collect();
    println!(
        "torture race: {seeds} seeds, {all} commands, {acknowledged} acknowledged, {repeated} sent twice at once, {unavailable} unavailable, \
         refused {} ({}), {transactions} transactions, {retries} retries, on {}: green",
        refused.values().sum::<u64>(),
        kinds.join(", "),
        names.join(" / "),
    );
}

/// A race that finds nothing when a rule is wrong proves nothing when it is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_planted_mistake_is_told_by_few_commands() {
    let servers = world::all().await.swap_remove(0);
    for seed in 1..50 {
        let commands = command::draw(seed, COMMANDS);
        if let Err(why) = run(&servers, &commands, CALLERS, Rules::Planted).await {
            let (text, shortest) = explain(&servers, seed, &commands, why, Rules::Planted).await;
            println!("{text}");
            assert!(text.contains("rested") && shortest.len() <= 6, "{text}");
            return;
        }
    }
    panic!("the planted mistake was not found");
}
