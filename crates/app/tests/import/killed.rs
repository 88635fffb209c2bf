//! A process that is killed in the middle of an import leaves nothing half there.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use app::import::{Ask, Ran};
use store::Place;

use crate::{World, file, mapping, world};

const DIRECTORY: &str = "SHUNDAN_TEST_KILLED_IN";

fn ask() -> Ask {
    Ask { mapping: mapping("superstore"), ..Ask::default() }
}

async fn opened(directory: &Path) -> World {
    world(Place::Directory(directory.into()), None).await
}

/// What the child does; nothing where it is run as a test.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Ok(directory) = std::env::var(DIRECTORY) else { return };
    let world = opened(Path::new(&directory)).await;
    world.import(vec![file("superstore.csv")], ask()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_half_there_after_a_kill() {
    let mut seen = Vec::new();
    for wait in [400, 1200, 2000] {
        let directory = tempfile::tempdir().unwrap();
        drop(opened(directory.path()).await);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::child", "--nocapture"])
            .env(DIRECTORY, directory.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        child.kill().unwrap();
        child.wait().unwrap();

        let world = opened(directory.path()).await;
        let mut there = Vec::new();
        for text in [
            "SELECT count(*) FROM orders WHERE company_id = ?1",
            "SELECT count(*) FROM order_lines WHERE company_id = ?1",
            "SELECT count(*) FROM customers WHERE company_id = ?1",
            "SELECT count(*) FROM shipments WHERE company_id = ?1",
            "SELECT count(*) FROM imports WHERE company_id = ?1",
        ] {
            there.push(world.int(text).await);
        }
        assert!(there == [0, 0, 0, 0, 0] || there == [5009, 9994, 793, 5009, 1], "killed after {wait} ms: {there:?}");
        seen.push(there[0]);
        if wait == 400 {
            // What was not there comes in now.
            assert!(matches!(world.import(vec![file("superstore.csv")], ask()).await, Ran::Done(..)));
        }
    }
    assert_eq!(seen[0], 0, "the first kill came before the end");
}
