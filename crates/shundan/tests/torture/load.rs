//! Many callers at once, until they are stopped or the server dies under them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::task::JoinHandle;

use crate::caller::Caller;
use crate::company::People;
use crate::ledger::{Ledger, Sent, What};
use crate::person::Heard;

/// How many callers there are.
pub const CALLERS: usize = 8;

/// What callers do when there is no good answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    /// Leave: the server is dead.
    Leave,
    /// Try the same again, for so long.
    Insist(Duration),
}

/// Callers at work.
pub struct Load {
    tasks: Vec<JoinHandle<Option<Sent>>>,
    stop: Arc<AtomicBool>,
    /// How often each code was heard while the database was away.
    pub away: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Load {
    /// Sends the callers of a round.
    pub fn start(people: &People, ledger: &Arc<Mutex<Ledger>>, round: usize, seed: u64, temper: Temper) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let away = Arc::new(Mutex::new(BTreeMap::new()));
        let start = |name| {
            let worker = Worker { people: people.clone(), ledger: ledger.clone(), stop: stop.clone(), away: away.clone(), temper };
            tokio::spawn(worker.work(Caller::new(name, round, seed)))
        };
        Load { tasks: (0..CALLERS).map(start).collect(), stop, away }
    }

    /// Lets everybody finish what is under way; the commands that had no answer.
    pub async fn end(self) -> Vec<Sent> {
        self.stop.store(true, SeqCst);
        let mut open = Vec::new();
        for task in self.tasks {
            open.extend(task.await.expect("a caller found a fault"));
        }
        open
    }
}

struct Worker {
    people: People,
    ledger: Arc<Mutex<Ledger>>,
    stop: Arc<AtomicBool>,
    away: Arc<Mutex<BTreeMap<String, usize>>>,
    temper: Temper,
}

impl Worker {
    async fn work(self, mut caller: Caller) -> Option<Sent> {
        while !self.stop.load(SeqCst) {
            let sent = caller.next(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner));
            match self.answer(&sent).await {
                Some((status, value)) => self.ledger.lock().unwrap_or_else(PoisonError::into_inner).enter(sent, status, value),
                None => return Some(sent),
            }
        }
        None
    }

    async fn answer(&self, sent: &Sent) -> Option<(u16, Value)> {
        let begun = Instant::now();
        loop {
            let heard = self.people.of(sent.by).send(Some(&sent.key), &sent.path, &sent.body).await;
            let code = match heard {
                Heard::Answer(status, value) => match unavailable(sent, status, &value) {
                    Some(code) => code,
                    None => return Some((status, value)),
                },
                Heard::Nothing => "(none)".to_owned(),
            };
            let Temper::Insist(patience) = self.temper else {
                assert_eq!(code, "(none)", "a server that was not disturbed answered {sent:?}");
                return None;
            };
            assert!(begun.elapsed() < patience, "after {patience:?} still {code}: {sent:?}");
            *self.away.lock().unwrap().entry(code).or_insert(0) += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The code of an answer that says "not now"; any other fault of the server is one.
fn unavailable(sent: &Sent, status: u16, value: &Value) -> Option<String> {
    let of = |problem: &Value| problem["code"].as_str().unwrap_or_default().to_owned();
    if matches!(sent.what, What::Batch) && status == 200 {
        let results = value["results"].as_array().unwrap();
        return results.iter().map(|result| &result["error"]).find(|error| error["status"] == 503).map(of);
    }
    let code = of(value);
    assert!(status < 500 || status == 503, "{sent:?}\n{status} {value}");
    // The same command of before is still on its way.
    let running = status == 409 && code == "running";
    (status == 503 || running).then_some(code)
}
