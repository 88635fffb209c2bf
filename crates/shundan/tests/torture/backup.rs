//! Backups made under load are whole, and are a moment of the acknowledged history.

use std::time::Instant;

use serde_json::Value;
use tempfile::tempdir;

use crate::caller::Caller;
use crate::check;
use crate::cluster::Cluster;
use crate::company::People;
use crate::ledger::Ledger;
use crate::load::{Load, Temper};
use crate::person::Heard;
use crate::server::{Place, Site};
use crate::terms::{Dice, Terms};
use crate::victim::Victim;

/// When a backup was made.
struct Made {
    begun: Instant,
    done: Instant,
}

/// Makes a backup while callers are at work.
async fn under_load(victim: &Victim, round: usize, seed: u64, dice: &mut Dice, make: impl FnOnce()) -> Made {
    let load = Load::start(&victim.people, &victim.ledger, round, seed, Temper::Leave);
    tokio::time::sleep(dice.millis(300, 1500)).await;
    let begun = Instant::now();
    make();
    let done = Instant::now();
    tokio::time::sleep(dice.millis(200, 600)).await;
    assert!(load.end().await.is_empty());
    Made { begun, done }
}

/// What is in the backup lies between what was known when it began and what was sent when it was done, and it serves.
async fn check(restored: &Site, ledger: &Ledger, made: &Made, chains: (&[String], &[String])) -> (usize, usize) {
    let (whole, part) = chains;
    assert!(whole.starts_with(part), "the events of the backup are the first ones of the original");
    restored.verify();
    let server = restored.start();
    let people = People::sign_in(restored).await;
    let there = check::orders(&people).await;
    let (mut before, mut after) = (0, 0);
    for order in ledger.orders.values() {
        let found = there.get(&order.number);
        before += usize::from(order.told < made.begun);
        after += usize::from(order.sent > made.done);
        assert!(found.is_some() || order.told > made.begun, "{} was acknowledged before the backup began", order.number);
        assert!(found.is_none() || order.sent < made.done, "{} was sent after the backup was done", order.number);
        assert!(found.is_none_or(|(_, version)| *version <= order.version), "{} is ahead of its history", order.number);
    }
    let known: Vec<&String> = ledger.orders.values().map(|order| &order.number).collect();
    assert!(there.keys().all(|number| known.contains(&number)), "an order that nobody was told of");
    goes_on(&people, there.len()).await;
    restored.verify();
    restored.no_panic();
    drop(server);
    (before, after)
}

/// The next order gets the next number.
async fn goes_on(people: &People, orders: usize) {
    let sent = Caller::new(99, 0, 0).place();
    let Heard::Answer(201, state) = people.of(sent.by).send(Some(&sent.key), &sent.path, &sent.body).await else {
        panic!("the restored company takes no order");
    };
    let number: &Value = &state["number"];
    assert!(number.as_str().unwrap().ends_with(&format!("{:06}", orders + 1)), "{number} after {orders} orders");
}

fn close(name: &str, terms: &Terms, rounds: usize, events: usize, orders: (usize, usize)) {
    let (before, after) = orders;
    println!(
        "torture {name}: {rounds} backups under load restored and verified, {events} events in them, {before} orders acknowledged before are in, {after} sent after are not; seed {}, {} s",
        terms.seed,
        terms.took()
    );
}

/// Positions and hashes in a file.
fn chain_of_file(file: &std::path::Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut statement = connection.prepare("SELECT position || ' ' || hash FROM events ORDER BY position").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_is_a_moment_of_the_history_on_sqlite() {
    let terms = Terms::new();
    let (mut dice, mut rounds, mut events, mut orders) = (Dice::new(terms.seed, 3), 0, 0, (0, 0));
    let home = tempdir().unwrap();
    let data = home.path().join("data");
    let victim = Victim::new(Place::Directory(data.clone()), home).await;
    while terms.more(rounds, 1) {
        let directory = victim.home.path().join(format!("restored{rounds}"));
        std::fs::create_dir(&directory).unwrap();
        let file = directory.join("shundan.db");
        let make = || drop(victim.site.well(&["backup", "--to", file.to_str().unwrap()], ""));
        let made = under_load(&victim, rounds, terms.seed, &mut dice, make).await;
        let (whole, part) = (chain_of_file(&data.join("shundan.db")), chain_of_file(&file));
        let restored = Site::new(Place::Directory(directory.clone()), &directory);
        let ledger = victim.ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let found = check(&restored, &ledger, &made, (&whole, &part)).await;
        orders = (orders.0 + found.0, orders.1 + found.1);
        events += part.len();
        rounds += 1;
        std::fs::remove_dir_all(&directory).unwrap();
    }
    close("backup sqlite", &terms, rounds, events, orders);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_under_load_is_a_moment_of_the_history_on_postgresql() {
    let terms = Terms::new();
    let Some(mut cluster) = Cluster::new() else { return };
    let (mut dice, mut rounds, mut events, mut orders) = (Dice::new(terms.seed, 4), 0, 0, (0, 0));
    let url = cluster.database();
    let victim = Victim::new(Place::Postgres(url.clone()), tempdir().unwrap()).await;
    while terms.more(rounds, 1) {
        let file = cluster.file(&format!("backup{rounds}"));
        let file = file.to_str().unwrap();
        let make = || drop(cluster.well(&["pg_dump", "--format=custom", "--file", file, &url]));
        let made = under_load(&victim, rounds, terms.seed, &mut dice, make).await;
        let copy = cluster.database();
        cluster.well(&["pg_restore", "--dbname", &copy, "--exit-on-error", file]);
        let chain = |url: &str| -> Vec<String> {
            cluster.ask(url, "SELECT position || ' ' || hash FROM events ORDER BY position").lines().map(str::to_owned).collect()
        };
        let (whole, part) = (chain(&url), chain(&copy));
        let home = tempdir().unwrap();
        let restored = Site::new(Place::Postgres(copy), home.path());
        let ledger = victim.ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let found = check(&restored, &ledger, &made, (&whole, &part)).await;
        orders = (orders.0 + found.0, orders.1 + found.1);
        events += part.len();
        rounds += 1;
        std::fs::remove_file(file).unwrap();
    }
    close("backup postgresql", &terms, rounds, events, orders);
}
