//! Disks that are full, and disks that take no data any more: clear answers, nothing lost, and on it goes.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::caller::Caller;
use crate::cluster::{Cluster, is_root};
use crate::ledger::Sent;
use crate::mount::Mount;
use crate::person::{Heard, Role};
use crate::server::Place;
use crate::terms::{Dice, Terms};
use crate::victim::Victim;

/// Commands refused in a round.
const REFUSED: usize = 12;

/// Sends orders until so many are refused, each in another language; all refusals must be of these codes. Answers with the refused.
async fn refused(victim: &Victim, round: usize, codes: &[&str]) -> Vec<Sent> {
    let mut caller = Caller::new(0, round, 7);
    let mut refused = Vec::new();
    for turn in 0..5_000 {
        let mut sent = caller.place();
        // Room that is left is filled soon.
        sent.body["notes"] = json!("n".repeat(4000));
        let language = ["en", "zh-CN", "zh-TW"][turn % 3];
        match victim.people.of(sent.by).reading(language).send(Some(&sent.key), &sent.path, &sent.body).await {
            Heard::Answer(503, problem) => {
                let code = problem["code"].as_str().unwrap();
                assert!(codes.contains(&code), "{problem}");
                let detail = problem["detail"].as_str().unwrap();
                assert_eq!(detail.is_ascii(), language == "en", "{detail}");
                refused.push(sent);
            }
            Heard::Answer(status, value) => {
                victim.ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).enter(sent, status, value)
            }
            Heard::Nothing => panic!("no answer"),
        }
        if refused.len() == REFUSED {
            reads(victim).await;
            return refused;
        }
    }
    panic!("the disk took everything");
}

/// Reading goes on.
async fn reads(victim: &Victim) {
    for path in ["/orders?limit=20", "/stock", "/dashboard"] {
        let answer: Value = victim.people.of(Role::Admin).get(path).await;
        assert!(answer.is_object());
    }
}

/// Fills what is left of a disk.
fn fill(file: &Path) {
    let mut ballast = std::fs::File::create(file).unwrap();
    for size in [1 << 20, 4096, 1] {
        while ballast.write_all(&vec![1; size]).is_ok() {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room() {
    let (terms, home) = (Terms::new(), tempdir().unwrap());
    let disk = home.path().join("disk");
    let Some(_mount) = Mount::memory(&disk, 40) else {
        println!("torture disk full: mounting is not permitted here; see the test with a limit on the size of files");
        return;
    };
    let (mut dice, mut rounds) = (Dice::new(terms.seed, 5), 0);
    let mut victim = Victim::new(Place::Directory(disk.join("data")), home).await;
    while terms.more(rounds, 2) && rounds < 20 {
        fill(&disk.join("ballast"));
        let open = refused(&victim, rounds, &["storage-full"]).await;
        if rounds % 2 == 1 {
            // A machine that is switched off and on does not lose it either.
            std::fs::remove_file(disk.join("ballast")).unwrap();
            victim.restart();
        } else {
            std::fs::remove_file(disk.join("ballast")).unwrap();
        }
        victim.check(open, &mut dice).await;
        rounds += 1;
    }
    println!(
        "torture disk full: {rounds} times full (tmpfs), {} commands refused with storage-full, all reads answered, 0 lost; seed {}",
        rounds * REFUSED,
        terms.seed
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fails_in_another_way_loses_nothing_either() {
    let (terms, home) = (Terms::new(), tempdir().unwrap());
    let data = home.path().join("data");
    let mut victim = Victim::new(Place::Directory(data.clone()), home).await;
    let limit = |victim: &Victim, bytes: &str| {
        let process = victim.server.as_ref().unwrap().process().to_string();
        Command::new("prlimit").args(["--pid", &process, &format!("--fsize={bytes}:")]).status().is_ok_and(|status| status.success())
    };
    let length = std::fs::metadata(data.join("shundan.db-wal")).unwrap().len();
    if !limit(&victim, &length.to_string()) {
        println!("torture disk limit: there is no prlimit here; left out");
        return;
    }
    let open = refused(&victim, 0, &["storage-full", "unavailable"]).await;
    assert!(limit(&victim, "unlimited"));
    victim.check(open, &mut Dice::new(terms.seed, 6)).await;
    println!("torture disk limit: {REFUSED} commands refused while files could not grow (RLIMIT_FSIZE), 0 lost; seed {}", terms.seed);
}

/// What `serve` says of a place it must not write, in each language.
fn cannot_serve(victim: &Victim) {
    for (language, text) in [("en", "cannot be written"), ("zh-CN", "不能写入"), ("zh-TW", "不能寫入")] {
        let said = victim.site.command(&["serve", "--port", "0", "--language", language]).output().unwrap();
        let err = String::from_utf8(said.stderr).unwrap();
        assert_eq!(said.status.code(), Some(1), "{err}");
        assert!(err.contains(text), "{language}: {err}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_does_not_start_on_a_directory_it_must_not_write() {
    let (terms, home) = (Terms::new(), tempdir().unwrap());
    let disk = home.path().join("disk");
    let data = disk.join("data");
    let mount = Mount::memory(&disk, 40);
    if mount.is_none() && is_root() {
        println!("torture disk start: root may write everywhere, and mounting is not permitted here; left out");
        return;
    }
    let lock = |on: bool| match &mount {
        Some(mount) => assert!(mount.remount(if on { "ro" } else { "rw" })),
        None => {
            let mode = if on { "a-w" } else { "u+w" };
            assert!(Command::new("chmod").args(["-R", mode]).arg(&data).status().unwrap().success());
        }
    };
    let mut victim = Victim::new(Place::Directory(data.clone()), home).await;
    victim.server.take().unwrap().kill();
    lock(true);
    cannot_serve(&victim);
    victim.site.place = Place::Directory(data.join("none"));
    cannot_serve(&victim);
    lock(false);
    victim.site.place = Place::Directory(data.clone());
    victim.server = Some(victim.site.start());
    victim.check(Vec::new(), &mut Dice::new(terms.seed, 7)).await;
    println!(
        "torture disk start: refused in three languages on a read-only directory with and without data; serves again when it may write"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_becomes_read_only_under_the_server_loses_nothing() {
    let (terms, home) = (Terms::new(), tempdir().unwrap());
    let disk = home.path().join("disk");
    let Some(mount) = Mount::image(&home.path().join("image"), &disk, 64) else {
        println!("torture disk read-only: mounting an image is not permitted here; left out");
        return;
    };
    let mut victim = Victim::new(Place::Directory(disk.join("data")), home).await;
    if !mount.remount("abort") {
        println!("torture disk read-only: this kernel cannot abort ext4; left out");
        return;
    }
    // What the server itself was writing at that moment may be the first to fail, and an order just behind it may be in doubt.
    let open = refused(&victim, 0, &["storage-read-only", "outcome-unknown"]).await;
    victim.server.take().unwrap().kill();
    assert!(mount.off() && mount.again(), "the disk is mounted anew");
    victim.server = Some(victim.site.start());
    victim.check(open, &mut Dice::new(terms.seed, 8)).await;
    println!("torture disk read-only: {REFUSED} commands refused with storage-read-only (ext4 aborted), all reads answered, 0 lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_that_becomes_read_only_is_told_and_used_again() {
    let terms = Terms::new();
    let Some(mut cluster) = Cluster::new() else { return };
    let url = cluster.database();
    let name = url.rsplit('/').next().unwrap().to_owned();
    let mut victim = Victim::new(Place::Postgres(url.clone()), tempdir().unwrap()).await;
    let all = url.replace(&name, "postgres");
    cluster.ask(&all, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    cluster.ask(&all, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
    let open = refused(&victim, 0, &["storage-read-only", "unavailable"]).await;
    cluster.ask(&all, &format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    victim.check(open, &mut Dice::new(terms.seed, 9)).await;
    println!("torture disk postgresql: {REFUSED} commands refused while the database was read-only, 0 lost; the same server goes on");
}
