//! Servers and databases are killed at any moment, and come back with all they had said.

use std::time::Duration;

use tempfile::tempdir;

use crate::cluster::{Cluster, Death};
use crate::ledger::Sent;
use crate::load::{Load, Temper};
use crate::server::Place;
use crate::terms::{Dice, Terms};
use crate::victim::Victim;

/// After so many kills a new company begins, so that what is checked does not grow without end.
const FRESH: usize = 25;

/// Longer than a database needs to come back, and servers to find it.
const RECOVERY: Duration = Duration::from_secs(60);

/// What was done.
#[derive(Default)]
struct Figures {
    /// Servers killed while they worked.
    servers: usize,
    /// Servers killed while they started.
    starts: usize,
    /// Databases or their connections killed, by how.
    databases: [usize; 3],
    told: usize,
    open: usize,
    repeated: usize,
    away: usize,
}

impl Figures {
    fn kills(&self) -> usize {
        self.servers + self.starts + self.databases.iter().sum::<usize>()
    }
}

impl Victim {
    /// Kills the server while it works, perhaps again while it starts, and starts it.
    async fn kill_server(&mut self, round: usize, seed: u64, dice: &mut Dice, figures: &mut Figures) -> Vec<Sent> {
        let load = Load::start(&self.people, &self.ledger, round, seed, Temper::Leave);
        tokio::time::sleep(dice.millis(5, 900)).await;
        self.server.take().unwrap().kill();
        figures.servers += 1;
        let open = load.end().await;
        while dice.once_in(4) {
            let mut starting = self.site.spawn();
            tokio::time::sleep(dice.millis(0, 150)).await;
            starting.kill().unwrap();
            starting.wait().unwrap();
            figures.starts += 1;
        }
        self.server = Some(self.site.start());
        open
    }

    /// Kills the database, or one of its connections, while the server works; it must recover by itself.
    async fn kill_database(&mut self, cluster: &mut Cluster, round: usize, seed: u64, dice: &mut Dice, figures: &mut Figures) {
        let load = Load::start(&self.people, &self.ledger, round, seed, Temper::Insist(RECOVERY));
        tokio::time::sleep(dice.millis(5, 600)).await;
        let death = *dice.pick(&Death::ALL);
        cluster.kill(death, dice);
        figures.databases[death as usize] += 1;
        if death != Death::Backend {
            tokio::time::sleep(dice.millis(0, 800)).await;
            cluster.start();
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let away = load.away.clone();
        let open = load.end().await;
        assert!(open.is_empty());
        let away = away.lock().unwrap();
        assert!(away.keys().all(|code| ["unavailable", "outcome-unknown", "running"].contains(&code.as_str())), "{away:?}");
        figures.away += away.values().sum::<usize>();
    }
}

fn close(name: &str, terms: &Terms, figures: &Figures) {
    let Figures { servers, starts, databases: [backends, stops, postmasters], told, open, repeated, away } = figures;
    let databases = if backends + stops + postmasters == 0 {
        String::new()
    } else {
        format!("; database killed: {backends} connections, {stops} stopped at once, {postmasters} SIGKILL, {away} answers 503")
    };
    println!(
        "torture {name}: {} kills ({servers} at work, {starts} while starting{databases}), {told} commands acknowledged, {open} without an answer, {repeated} sent again, 0 lost, 0 twice; seed {}, {} s",
        figures.kills(),
        terms.seed,
        terms.took()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_dies_on_sqlite() {
    let terms = Terms::new();
    println!("torture crash sqlite begins with seed {}", terms.seed);
    let (mut dice, mut figures, mut round) = (Dice::new(terms.seed, 1), Figures::default(), 0);
    while terms.more(round, 3) {
        let home = tempdir().unwrap();
        let mut victim = Victim::new(Place::Directory(home.path().join("data")), home).await;
        let end = round + FRESH;
        while round < end && terms.more(round, 3) {
            let open = victim.kill_server(round, terms.seed, &mut dice, &mut figures).await;
            figures.open += open.len();
            figures.repeated += victim.check(open, &mut dice).await;
            round += 1;
        }
        figures.told += victim.ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).told.len();
    }
    close("crash sqlite", &terms, &figures);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_or_the_database_dies_on_postgresql() {
    let terms = Terms::new();
    let Some(mut cluster) = Cluster::new() else { return };
    println!("torture crash postgresql begins with seed {}", terms.seed);
    let (mut dice, mut figures, mut round) = (Dice::new(terms.seed, 2), Figures::default(), 0);
    while terms.more(round, 4) {
        let home = tempdir().unwrap();
        let mut victim = Victim::new(Place::Postgres(cluster.database()), home).await;
        let end = round + FRESH;
        while round < end && terms.more(round, 4) {
            let open = if round % 2 == 0 {
                victim.kill_server(round, terms.seed, &mut dice, &mut figures).await
            } else {
                victim.kill_database(&mut cluster, round, terms.seed, &mut dice, &mut figures).await;
                Vec::new()
            };
            figures.open += open.len();
            figures.repeated += victim.check(open, &mut dice).await;
            round += 1;
        }
        figures.told += victim.ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).told.len();
    }
    close("crash postgresql", &terms, &figures);
}
