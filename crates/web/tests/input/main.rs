//! Bad input: requests made from the product's own description of its API, right ones and spoiled ones, against every operation. Whatever
//! is sent, the server answers, and what it refuses changes nothing. Longer with `SHUNDAN_TORTURE_SECONDS`, others with
//! `SHUNDAN_TORTURE_SEED`.
#![allow(missing_docs, clippy::unwrap_used)]

mod check;
mod dice;
mod nasty;
mod operation;
mod request;
mod sent;
mod shrink;
mod story;
mod upload;
mod valid;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use check::{Wrong, check};
use dice::Dice;
use operation::Api;
use sent::{Caller, Sent};
use world::{Answer, World};

/// Requests to one world; then it is made anew.
const OF_A_WORLD: usize = 600;

/// Requests of a short run.
const SHORT: usize = 500;

/// Tries to make a request smaller.
const TRIES: usize = 300;

#[derive(Default)]
struct Tally {
    requests: usize,
    worlds: usize,
    by_status: BTreeMap<u16, usize>,
    asked: BTreeSet<String>,
    succeeded: BTreeSet<String>,
    slowest: Duration,
    slow: String,
}

/// Sends a request; the answer, and what is wrong with it.
async fn send(api: &Api, world: &mut World, sent: &Sent, before: &mut Vec<String>) -> Option<(Answer, Result<(), Wrong>)> {
    let request = sent.request(&world.headers(sent.caller))?;
    let Some(answer) = world.answer(request).await else {
        let none = Answer { status: 599, headers: Default::default(), bytes: Vec::new() };
        return Some((none, Err(Wrong { kind: "the server hangs", seen: String::new() })));
    };
    let mut result = check(api, world, sent, &answer);
    if answer.status == 200 && sent.path.starts_with("/api/v1/imports/") && sent.path.ends_with("/run") {
        wait_for_import(world, &sent.path).await;
    }
    if answer.status == 401 && sent.path == "/api/v1/session" {
        // That somebody could not sign in is recorded, but only when the answer is out, so that its time tells nothing.
        tokio::time::sleep(Duration::from_millis(300)).await;
        *before = world.fingerprint().await;
        return Some((answer, result));
    }
    let after = world.fingerprint().await;
    if answer.status >= 400 && after != *before && result.is_ok() {
        let changed: Vec<String> = after.iter().filter(|line| !before.contains(line)).cloned().collect();
        let seen = format!("{} {}: now {}", answer.status, String::from_utf8_lossy(&answer.bytes), changed.join(", "));
        result = Err(Wrong { kind: "a refused request changed something", seen });
    }
    *before = after;
    Some((answer, result))
}

async fn wait_for_import(world: &World, path: &str) {
    let shown = path.trim_end_matches("/run");
    for _ in 0..400 {
        if world.ask("boss", "GET", shown, None).await.json()["state"] != "running" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("an import does not end: {path}");
}

/// Drops of a request whatever may go while it goes wrong in the same way.
async fn shrunk(api: &Api, world: &mut World, sent: Sent, kind: &str) -> (Sent, Option<Wrong>) {
    let (mut least, mut last, mut left) = (sent, None, TRIES);
    let mut before = world.fingerprint().await;
    'again: while left > 0 {
        for less in shrink::smaller(&least) {
            left = left.saturating_sub(1);
            if let Some((_, Err(wrong))) = send(api, world, &less, &mut before).await
                && wrong.kind == kind
            {
                (least, last) = (less, Some(wrong));
                continue 'again;
            }
            if left == 0 {
                break;
            }
        }
        break;
    }
    (least, last)
}

/// One world; what went wrong, told so that it can be sent again.
async fn torture(api: &Api, seed: u64, many: usize, until: Instant, tally: &mut Tally) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let mut world = World::found(seed).await;
    let mut before;
    let (mut faults, mut kinds) = (Vec::new(), BTreeSet::new());
    tally.worlds += 1;
    for step in 0..many {
        if Instant::now() > until {
            break;
        }
        // Every operation comes in turn, so that none is forgotten.
        let number = if dice.chance(50) { tally.requests % api.operations.len() } else { dice.below(api.operations.len()) };
        let sent = request::make(api, &world, number, &mut dice).await;
        // Looking up what to send may have written an entry of its own (an export is audited).
        before = world.fingerprint().await;
        let began = Instant::now();
        let Some((answer, result)) = send(api, &mut world, &sent, &mut before).await else { continue };
        let operation = &api.operations[number];
        tally.requests += 1;
        *tally.by_status.entry(answer.status).or_default() += 1;
        tally.asked.insert(operation.id.clone());
        if began.elapsed() > tally.slowest {
            (tally.slowest, tally.slow) = (began.elapsed(), operation.id.clone());
        }
        if let Err(wrong) = result {
            let at = format!("{} in {}", wrong.kind, operation.id);
            if kinds.insert(at.clone()) {
                let (least, last) = shrunk(api, &mut world, sent.clone(), wrong.kind).await;
                let seen: String = last.unwrap_or(wrong).seen.chars().take(3000).collect();
                faults.push(format!("seed {seed}, request {step}: {at}: {seen}\n{least}\n"));
            }
        }
        if answer.status < 300 {
            tally.succeeded.insert(operation.id.clone());
            let noun = operation.noun().to_owned();
            world.learn(&noun, &answer.json());
        }
        // Somebody signed out, was deactivated, or lost a role.
        if answer.status == 401 && [Caller::Boss, Caller::Rep, Caller::Program].contains(&sent.caller) && !world.again().await {
            break;
        }
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_the_server_answers_and_a_refusal_changes_nothing() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.trim().parse::<u64>().unwrap());
    let seconds = number("SHUNDAN_TORTURE_SECONDS");
    let seed = number("SHUNDAN_TORTURE_SEED").unwrap_or(3);
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(60));
    let (api, mut tally, mut faults) = (Api::read(), Tally::default(), Vec::new());
    while Instant::now() < until && (seconds.is_some() || tally.requests < SHORT) {
        let many = if seconds.is_some() { OF_A_WORLD } else { OF_A_WORLD.min(SHORT - tally.requests) };
        let of_world = seed.wrapping_add(tally.worlds as u64);
        faults.extend(torture(&api, of_world, many, until, &mut tally).await);
    }
    let statuses: Vec<String> = tally.by_status.iter().map(|(status, many)| format!("{many} × {status}")).collect();
    println!(
        "torture input: {} requests, {} operations ({} answered with success), {}, {} worlds from seed {seed}, slowest {} ms ({})",
        tally.requests,
        tally.asked.len(),
        tally.succeeded.len(),
        statuses.join(", "),
        tally.worlds,
        tally.slowest.as_millis(),
        tally.slow,
    );
    if seconds.is_some() {
        let never: Vec<&str> = api.operations.iter().map(|one| one.id.as_str()).filter(|id| !tally.succeeded.contains(*id)).collect();
        println!("never answered with success: {}", never.join(" "));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
