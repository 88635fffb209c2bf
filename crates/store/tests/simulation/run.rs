//! One simulated life of a database: waves of commands from a seed, faults from the same seed, and the check afterwards.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use store::Failure;
use store::engine::Engine;
use store::executor::Executor;
use store::work::IdSource;
use tokio::sync::oneshot::Receiver;

use crate::command::{self, Act, COMPANY, Command, Fact};
use crate::dice::Dice;
use crate::engine::{Isolation, Memory};
use crate::fault::{Faults, Injected, Lie};
use crate::memory::Database;
use crate::model::{self, Told};

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// How many commands are sent.
    pub commands: usize,
    /// How many writers share the database.
    pub writers: usize,
    /// How they see each other.
    pub isolation: Isolation,
    /// Of a thousand steps, how many go wrong.
    pub faults: u64,
    /// A planted mistake.
    pub lie: Lie,
}

/// What happened in a run, or in many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub commands: u64,
    pub acknowledged: u64,
    pub refused: u64,
    pub unavailable: u64,
    pub unknown: u64,
    pub internal: u64,
    pub faults: u64,
    pub batches: u64,
    pub retries: u64,
}

impl Figures {
    /// Both together.
    pub fn add(&mut self, other: Figures) {
        self.commands += other.commands;
        self.acknowledged += other.acknowledged;
        self.refused += other.refused;
        self.unavailable += other.unavailable;
        self.unknown += other.unknown;
        self.internal += other.internal;
        self.faults += other.faults;
        self.batches += other.batches;
        self.retries += other.retries;
    }
}

type Answer = Receiver<Result<Fact, Failure>>;

/// No command may wait longer.
const PATIENCE: Duration = Duration::from_secs(20);

struct Run {
    plan: Plan,
    dice: Dice,
    database: Arc<Database>,
    injected: Arc<Injected>,
    ids: Arc<IdSource>,
    executor: Executor,
    told: Vec<Told>,
    wave: usize,
    /// Of executors before.
    batches: u64,
    retries: u64,
}

/// Lives through a plan and checks what is left.
///
/// # Errors
/// The promise that was broken.
pub fn run(plan: Plan) -> Result<Figures, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(|e| e.to_string())?;
    let injected = Arc::new(Injected::default());
    injected.off.store(true, Relaxed);
    let database = Arc::new(Database::default());
    let ids = Arc::new(IdSource::new(1));
    let executor = start(plan, &database, &injected, &ids);
    let dice = Dice::new(plan.seed);
    let mut run = Run { plan, dice, database, injected, ids, executor, told: Vec::new(), wave: 0, batches: 0, retries: 0 };
    runtime.block_on(run.live())?;
    let state = run.database.shared().state.clone();
    model::check(&state, &run.told, plan.isolation)?;
    Ok(run.figures())
}

fn start(plan: Plan, database: &Arc<Database>, injected: &Arc<Injected>, ids: &Arc<IdSource>) -> Executor {
    let engines = (0..plan.writers).map(|me| engine(plan, me, database, injected)).collect();
    Executor::start(engines, &command::clock(), ids)
}

fn engine(plan: Plan, me: usize, database: &Arc<Database>, injected: &Arc<Injected>) -> Box<dyn Engine> {
    // Several writers get in each other's way more often when they are slow.
    let slow = if plan.writers > 1 { 250 } else { 60 };
    let faults = Faults::new(plan.seed.wrapping_mul(31).wrapping_add(me as u64 + 1), plan.faults, slow, injected.clone());
    let database = database.clone();
    let disk = Faults::new(plan.seed.wrapping_mul(37).wrapping_add(me as u64 + 1), plan.faults / 4, slow, injected.clone());
    let disk = Arc::new(Mutex::new(disk));
    Box::new(Memory {
        database,
        me,
        isolation: plan.isolation,
        faults,
        lie: plan.lie,
        disk,
        seen: None,
        begun: None,
        holds: false,
        open: None,
    })
}

impl Run {
    async fn live(&mut self) -> Result<(), String> {
        let founded = self.executor.submit(COMPANY, command::found);
        founded.await.map_err(|e| e.to_string())?.map_err(|e| format!("{e:?}"))?;
        self.injected.off.store(false, Relaxed);
        let mut made = 0;
        let mut earlier: Vec<Command> = Vec::new();
        while made < self.plan.commands {
            let size = (self.dice.below(10) + 1).min(self.plan.commands - made);
            let mut wave = Vec::with_capacity(size);
            for _ in 0..size {
                made += 1;
                let command = Command { key: format!("k{made}"), act: Act::draw(&mut self.dice) };
                // Some are sent twice at once, some again much later.
                let again = if self.dice.chance(80) { Some(command.clone()) } else { None };
                let late = (!earlier.is_empty() && self.dice.chance(80)).then(|| earlier[self.dice.below(earlier.len())].clone());
                earlier.push(command.clone());
                wave.extend([Some(command), again, late].into_iter().flatten());
            }
            self.send(wave).await?;
            if self.plan.isolation == Isolation::Serial {
                self.fail_power();
            }
        }
        self.injected.off.store(true, Relaxed);
        self.settle(&earlier).await
    }

    /// Sometimes the power fails: what was not durable is gone, and the server starts again. Where the disk failed, it starts again on what
    /// the disk has, or on what it had been given.
    fn fail_power(&mut self) {
        let broken = self.database.shared().broken;
        if !broken && !self.dice.chance(60) {
            return;
        }
        let done = self.executor.figures();
        self.batches += done.batches;
        self.retries += done.retries;
        let next = start(self.plan, &self.database, &self.injected, &self.ids);
        drop(std::mem::replace(&mut self.executor, next));
        let mut shared = self.database.shared();
        shared.broken = false;
        if !broken || self.dice.chance(500) {
            shared.state = shared.durable.clone();
        } else {
            shared.durable = shared.state.clone();
        }
    }

    /// Whoever was left in doubt asks again under the same key, and is told.
    async fn settle(&mut self, all: &[Command]) -> Result<(), String> {
        let unknown = |key: &str| self.told.iter().any(|told| told.key == key && matches!(told.result, Err(Failure::Unknown(_))));
        let again: Vec<Command> = all.iter().filter(|command| unknown(&command.key)).cloned().collect();
        let from = self.told.len();
        self.send(again).await?;
        let open = self.told[from..].iter().find(|told| {
            matches!(
                told.result,
                Err(Failure::Unknown(_) | Failure::Unavailable(_) | Failure::Full(_) | Failure::ReadOnly(_) | Failure::Failing(_))
            )
        });
        open.map_or(Ok(()), |told| Err(format!("without faults, {} was told {:?}", told.key, told.result)))
    }

    /// Sends commands so that each writer takes one alone and the rest waits together.
    async fn send(&mut self, wave: Vec<Command>) -> Result<(), String> {
        self.wave += 1;
        self.database.shared().closed = true;
        let mut sent: Vec<(String, Answer)> = Vec::with_capacity(wave.len());
        for (place, command) in wave.into_iter().enumerate() {
            let key = command.key.clone();
            sent.push((key, self.executor.submit(COMPANY, move |work| command.run(work))));
            if place < self.plan.writers && !self.database.wait(|shared| shared.waiting > place) {
                self.open_gate();
                return Err("a writer does not take its command".into());
            }
        }
        self.open_gate();
        for (key, answer) in sent {
            let result = tokio::time::timeout(PATIENCE, answer).await.map_err(|_| format!("{key} was never answered"))?;
            let result = result.map_err(|_| format!("{key}: the writer is gone"))?;
            self.told.push(Told { wave: self.wave, key, result });
        }
        Ok(())
    }

    fn open_gate(&self) {
        self.database.shared().closed = false;
        self.database.tell();
    }

    fn figures(&self) -> Figures {
        let done = self.executor.figures();
        let faults = self.injected.faults.load(Relaxed);
        let (batches, retries) = (self.batches + done.batches, self.retries + done.retries);
        let mut figures = Figures { faults, batches, retries, ..Figures::default() };
        for told in &self.told {
            figures.commands += 1;
            *match &told.result {
                Ok(_) => &mut figures.acknowledged,
                Err(Failure::Refused(_)) => &mut figures.refused,
                Err(Failure::Unavailable(_) | Failure::Full(_) | Failure::ReadOnly(_) | Failure::Failing(_)) => &mut figures.unavailable,
                Err(Failure::Unknown(_)) => &mut figures.unknown,
                Err(Failure::Internal(_)) => &mut figures.internal,
            } += 1;
        }
        figures
    }
}
