//! The executor on a database in memory with injected faults, under a seed: whatever goes wrong, what was acknowledged is there once, and
//! nothing else is.
//!
//! `SHUNDAN_TORTURE_SECONDS` makes it longer, `SHUNDAN_TORTURE_SEED` lets it begin elsewhere; a failure says which seed and how many commands
//! show it again.
#![allow(missing_docs, clippy::unwrap_used)]

mod command;
mod dice;
mod engine;
mod fault;
mod memory;
mod model;
mod run;
mod sample;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::Isolation;
use fault::Lie;
use run::{Figures, Plan, run};

/// Seeds lived through at the same time: most of a run's time is waiting.
const TOGETHER: usize = 16;

/// Seeds of the short run.
const SEEDS: u64 = 400;

/// The world that a seed makes.
fn plan(seed: u64) -> Plan {
    let mut dice = dice::Dice::new(seed);
    let isolation = if dice.chance(500) { Isolation::Serial } else { Isolation::Committed };
    let writers = [1, 1, 2, 3][dice.below(4)];
    let faults = [0, 20, 60, 120][dice.below(4)];
    Plan { seed, commands: 20 + dice.below(60), writers, isolation, faults, lie: Lie::None }
}

/// The fewest commands of the same seed that still fail, within half a minute.
fn shrink(plan: Plan, why: String) -> (Plan, String) {
    let until = Instant::now() + Duration::from_secs(30);
    let (mut shortest, mut told) = (plan, why);
    let mut low = 1;
    while low < shortest.commands && Instant::now() < until {
        let middle = Plan { commands: low.midpoint(shortest.commands), ..plan };
        // Threads are free to run as they like, so a short one is tried a few times.
        match (0..5).find_map(|_| run(middle).err()) {
            Some(why) => (shortest, told) = (middle, why),
            None => low = middle.commands + 1,
        }
    }
    (shortest, told)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a whole number")))
}

#[test]
fn whatever_fails_what_was_acknowledged_is_there_once() {
    let until = number("SHUNDAN_TORTURE_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let first = number("SHUNDAN_TORTURE_SEED").unwrap_or(1);
    let next = AtomicU64::new(first);
    let all = Mutex::new((Figures::default(), None::<(Plan, String)>));
    std::thread::scope(|scope| {
        for _ in 0..TOGETHER {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Relaxed);
                    let over = until.map_or(seed - first >= SEEDS, |until| Instant::now() >= until);
                    if over || all.lock().unwrap_or_else(PoisonError::into_inner).1.is_some() {
                        break;
                    }
                    let lived = run(plan(seed));
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    match lived {
                        Ok(figures) => all.0.add(figures),
                        Err(why) => all.1 = Some((plan(seed), why)),
                    }
                }
            });
        }
    });
    let (figures, failed) = all.into_inner().unwrap();
    if let Some((plan, why)) = failed {
        let (shortest, why) = shrink(plan, why);
        panic!("seed {}, {} commands: {why}\n{shortest:?}", shortest.seed, shortest.commands);
    }
    close(next.load(Relaxed) - first - TOGETHER as u64, figures);
}

fn close(seeds: u64, figures: Figures) {
    let Figures { commands, acknowledged, refused, unavailable, unknown, internal, faults, batches, retries } = figures;
    println!(
        "torture simulation: {seeds} seeds, {commands} commands, {acknowledged} acknowledged, {refused} refused, {unavailable} unavailable, \
         {unknown} unknown and settled, {internal} unreadable, {faults} faults injected, {batches} transactions, {retries} retries: green"
    );
}

/// A simulation that finds nothing in a broken engine proves nothing of a sound one.
#[test]
fn planted_mistakes_are_found() {
    let lies = [
        (Lie::Stale, Isolation::Serial, 2),
        (Lie::Undone, Isolation::Serial, 1),
        (Lie::Forgets, Isolation::Serial, 1),
        (Lie::Early, Isolation::Serial, 1),
        (Lie::Blind, Isolation::Committed, 3),
    ];
    for (lie, isolation, writers) in lies {
        let found = (1..=500).find_map(|seed| {
            let plan = Plan { seed, commands: 80, writers, isolation, faults: 60, lie };
            run(plan).err().map(|why| (plan, why))
        });
        let Some((plan, why)) = found else { panic!("{lie:?} was not found") };
        println!("{lie:?}: seed {}: {}", plan.seed, why.chars().take(160).collect::<String>());
    }
}

#[test]
fn a_failure_is_shown_by_few_commands() {
    let plan = Plan { seed: 3, commands: 200, writers: 1, isolation: Isolation::Serial, faults: 0, lie: Lie::Forgets };
    let why = run(plan).unwrap_err();
    let (shortest, why) = shrink(plan, why);
    assert!(shortest.commands <= 3, "{shortest:?}: {why}");
}
