//! Takes commands from many callers and runs those that wait together as one batch. A lone command never waits.

use std::collections::VecDeque;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use domain::{CompanyId, Instant, Refusal};
use tokio::sync::oneshot;

use crate::batch::{Command, Failure, Ran, Runner, Spent};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::keeper::Keeper;
use crate::rows::Table;
use crate::work::{IdSource, Ids, Outcome, UnitOfWork, Why};

/// Tells the time; injected so that tests and scenarios move it.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// How many commands one batch takes at the most.
pub const MAX_BATCH: usize = 256;

/// Commands that may wait at the most; beyond, callers are told to come back.
const MAX_WAITING: usize = 20_000;

/// How often a lone command is tried against others before it is given up.
const MAX_TRIES: usize = 20;

#[derive(Default)]
struct Queue {
    waiting: Mutex<State>,
    arrived: Condvar,
}

#[derive(Default)]
struct State {
    commands: VecDeque<Box<dyn Command>>,
    /// The writer waits for so many; 0: for any.
    enough: usize,
    closed: bool,
}

/// The writers of one database.
pub struct Executor {
    queue: Arc<Queue>,
    threads: Vec<JoinHandle<()>>,
    done: Arc<Done>,
}

struct Done {
    batches: AtomicU64,
    commands: AtomicU64,
    rounds: AtomicU64,
    retries: AtomicU64,
    /// Nanoseconds of deciding, loading, writing, committing.
    spent: [AtomicU64; 4],
    /// Transactions that wrote to each table.
    changes: [AtomicU64; Table::COUNT],
}

impl Done {
    fn nothing() -> Self {
        let none = || AtomicU64::new(0);
        let (spent, changes) = (std::array::from_fn(|_| none()), std::array::from_fn(|_| none()));
        Done { batches: none(), commands: none(), rounds: none(), retries: none(), spent, changes }
    }
}

/// What the writers have done since they were started; only ever grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterFigures {
    /// Transactions tried.
    pub batches: u64,
    /// Commands in them; one that was tried again counts again.
    pub commands: u64,
    /// Rounds of loading, each one exchange with the database for all commands of a batch.
    pub rounds: u64,
    /// Transactions that were tried again: another writer was in the way, or the database had a fault.
    pub retries: u64,
    /// Time the writers spent running use cases, in nanoseconds.
    pub deciding_ns: u64,
    /// Time they waited for rows, in nanoseconds.
    pub loading_ns: u64,
    /// Time they wrote, in nanoseconds.
    pub writing_ns: u64,
    /// Time they committed, in nanoseconds; without the wait for the disk where that is beside the writer.
    pub committing_ns: u64,
}

struct Task<T, F> {
    company: CompanyId,
    ids: Ids,
    act: F,
    result: Option<Result<T, Refusal>>,
    reply: Option<oneshot::Sender<Result<T, Failure>>>,
}

impl<T: Send, F: FnMut(&mut UnitOfWork) -> Outcome<T> + Send> Command for Task<T, F> {
    fn company(&self) -> CompanyId {
        self.company
    }

    fn run(&mut self, work: &mut UnitOfWork) -> Ran {
        let act = std::panic::AssertUnwindSafe(&mut self.act);
        let work = std::panic::AssertUnwindSafe(work);
        let ran = std::panic::catch_unwind(move || {
            let (act, work) = (act, work);
            (act.0)(work.0)
        });
        match ran {
            Ok(Ok(value)) => {
                self.result = Some(Ok(value));
                Ran::Done
            }
            Ok(Err(stop)) => match stop.0 {
                Why::Missing => Ran::Left,
                Why::Refused(refusal) => {
                    self.result = Some(Err(*refusal));
                    Ran::Refused
                }
            },
            Err(_) => {
                self.result = None;
                Ran::Refused
            }
        }
    }

    fn ids(&mut self) -> &mut Ids {
        &mut self.ids
    }

    fn finish(mut self: Box<Self>, failed: Option<Failure>) {
        let result = match (failed, self.result.take()) {
            // A refusal was decided on what was read; a fault afterwards does not make it less true, but it was not checked against others.
            (Some(failure), _) => Err(failure),
            (None, Some(Ok(value))) => Ok(value),
            (None, Some(Err(refusal))) => Err(Failure::Refused(refusal)),
            (None, None) => Err(Failure::Internal("a use case broke off".into())),
        };
        if let Some(reply) = self.reply.take() {
            // The caller may have gone away; the command stands all the same.
            let _ = reply.send(result);
        }
    }
}

impl Executor {
    /// Starts a writer thread for each engine.
    pub fn start(engines: Vec<Box<dyn Engine>>, clock: &Clock, ids: &Arc<IdSource>) -> Self {
        let queue = Arc::new(Queue::default());
        let done = Arc::new(Done::nothing());
        let threads = engines.into_iter().map(|engine| {
            let keeper = engine.durability().map(Keeper::start);
            let runner =
                Runner { engine, ids: ids.clone(), kept: None, rounds: 0, touched: Vec::new(), unkept: false, spent: Spent::default() };
            let writer = Writer { runner, clock: clock.clone(), done: done.clone(), keeper };
            let queue = queue.clone();
            std::thread::spawn(move || writer.serve(&queue))
        });
        Executor { threads: threads.collect(), queue, done }
    }

    /// What the writers have done so far.
    pub fn figures(&self) -> WriterFigures {
        let read = |figure: &AtomicU64| figure.load(Relaxed);
        let Done { batches, commands, rounds, retries, spent, .. } = &*self.done;
        let [deciding_ns, loading_ns, writing_ns, committing_ns] = spent.each_ref().map(read);
        let (batches, commands, rounds, retries) = (read(batches), read(commands), read(rounds), read(retries));
        WriterFigures { batches, commands, rounds, retries, deciding_ns, loading_ns, writing_ns, committing_ns }
    }

    /// Transactions of these writers that wrote to one of these tables.
    pub fn changes(&self, tables: &[Table]) -> u64 {
        tables.iter().map(|table| self.done.changes[*table as usize].load(Acquire)).sum()
    }

    /// Hands in a use case; the receiver gets its result after the commit.
    pub fn submit<T, F>(&self, company: CompanyId, act: F) -> oneshot::Receiver<Result<T, Failure>>
    where
        T: Send + 'static,
        F: FnMut(&mut UnitOfWork) -> Outcome<T> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let task = Box::new(Task { company, ids: Ids::default(), act, result: None, reply: Some(reply) });
        let mut state = self.queue.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed || state.commands.len() >= MAX_WAITING {
            drop(state);
            task.finish(Some(Failure::Unavailable("too many commands are waiting".into())));
            return receiver;
        }
        state.commands.push_back(task);
        let waited_for = state.commands.len() >= state.enough;
        drop(state);
        if waited_for {
            self.queue.arrived.notify_one();
        }
        receiver
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.queue.waiting.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.queue.arrived.notify_all();
        for thread in self.threads.drain(..) {
            // A writer that panicked has nothing more to finish.
            let _ = thread.join();
        }
    }
}

/// How many commands are waited for before a batch is taken, and how long.
#[derive(Clone, Copy, Debug)]
struct Gathering {
    count: usize,
    at_most: std::time::Duration,
}

/// Waits for more commands beside those that came during the last batch. A lone command never waits.
fn gather<'q>(queue: &'q Queue, mut state: MutexGuard<'q, State>, gathering: Gathering) -> MutexGuard<'q, State> {
    if state.commands.is_empty() {
        return state;
    }
    state.enough = (state.commands.len() + gathering.count).min(MAX_BATCH);
    let few = |state: &mut State| state.commands.len() < state.enough && !state.closed;
    let waited = queue.arrived.wait_timeout_while(state, gathering.at_most, few);
    let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
    state.enough = 0;
    state
}

/// The commands of one company that wait, oldest first; `None` when the queue is closed and empty. With `unkept` commands whose commit is
/// being made durable, half of all that are under way: so one half is decided and written while the disk keeps the other.
fn next_batch(queue: &Queue, gathering: Option<Gathering>, unkept: Option<&AtomicUsize>) -> Option<Vec<Box<dyn Command>>> {
    let mut state = queue.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gathering) = gathering {
        state = gather(queue, state, gathering);
    }
    loop {
        if let Some(first) = state.commands.pop_front() {
            let company = first.company();
            let under_way = |unkept: &AtomicUsize| 1 + state.commands.len() + unkept.load(Acquire);
            let most = unkept.map_or(MAX_BATCH, |unkept| under_way(unkept).div_ceil(2).min(MAX_BATCH));
            let mut batch = vec![first];
            let mut others = VecDeque::new();
            while batch.len() < most
                && let Some(command) = state.commands.pop_front()
            {
                if command.company() == company { batch.push(command) } else { others.push_back(command) }
            }
            while let Some(command) = others.pop_back() {
                state.commands.push_front(command);
            }
            return Some(batch);
        }
        if state.closed {
            return None;
        }
        state = queue.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

/// One writer with its connection.
struct Writer {
    runner: Runner,
    clock: Clock,
    done: Arc<Done>,
    keeper: Option<Keeper>,
}

impl Writer {
    fn serve(mut self, queue: &Queue) {
        let mut gathering = None;
        while let Some(batch) = next_batch(queue, gathering, self.keeper.as_ref().map(|keeper| &*keeper.unkept)) {
            let (count, started) = (batch.len(), std::time::Instant::now());
            self.together(batch);
            if self.keeper.is_some() {
                continue;
            }
            // Those who were just answered come back at once; waiting for them, for a small part of the time that a batch takes, makes the
            // next batch as large as all of them, not half.
            gathering = (count > 1).then(|| Gathering { count, at_most: started.elapsed() / 16 });
        }
    }

    fn run(&mut self, batch: &mut [Box<dyn Command>]) -> Result<(), Fault> {
        let result = self.runner.run(batch, (self.clock)());
        self.done.batches.fetch_add(1, Relaxed);
        self.done.commands.fetch_add(batch.len() as u64, Relaxed);
        self.done.rounds.fetch_add(self.runner.rounds as u64, Relaxed);
        let Spent { decide, load, write, commit } = self.runner.spent;
        for (sum, spent) in self.done.spent.iter().zip([decide, load, write, commit]) {
            sum.fetch_add(u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX), Relaxed);
        }
        // Also where it failed: after a connection that broke, what was written may be there.
        for table in std::mem::take(&mut self.runner.touched) {
            self.done.changes[table].fetch_add(1, Release);
        }
        if result.as_ref().is_err_and(Fault::may_retry) {
            self.done.retries.fetch_add(1, Relaxed);
        }
        result
    }

    fn together(&mut self, mut batch: Vec<Box<dyn Command>>) {
        if let Some(fault) = self.keeper.as_ref().and_then(Keeper::broken) {
            let failure = Failure::of_disk(fault);
            return batch.into_iter().for_each(|c| c.finish(Some(failure.clone())));
        }
        let mut result = self.run(&mut batch);
        // A batch that failed is tried whole once more before its commands run singly.
        if result.as_ref().is_err_and(Fault::may_retry) && batch.len() > 1 {
            result = self.run(&mut batch);
        }
        match result {
            Ok(()) => self.answer(batch),
            Err(fault) if fault.may_retry() => batch.into_iter().for_each(|c| self.alone(c)),
            Err(Fault::Broken(why)) if batch.len() > 1 => {
                // One command's fault must not fail its neighbours.
                tracing::warn!(why, "a batch failed; running its commands singly");
                batch.into_iter().for_each(|c| self.alone(c));
            }
            Err(fault) => {
                tracing::error!(%fault, commands = batch.len(), "a batch failed");
                let failure = Failure::from(fault);
                batch.into_iter().for_each(|c| c.finish(Some(failure.clone())));
            }
        }
    }

    /// Answers commands that were committed, once that is durable.
    fn answer(&self, batch: Vec<Box<dyn Command>>) {
        let Some(keeper) = &self.keeper else { return batch.into_iter().for_each(|c| c.finish(None)) };
        if self.runner.unkept || keeper.unkept.load(Acquire) > 0 {
            return keeper.take(batch);
        }
        // What was read may be what the disk has just refused to keep.
        let failed = keeper.broken().map(Failure::of_disk);
        batch.into_iter().for_each(|c| c.finish(failed.clone()));
    }

    fn alone(&mut self, command: Box<dyn Command>) {
        let mut one = [command];
        let mut result = self.run(&mut one);
        let mut tries = 1;
        while result.as_ref().is_err_and(Fault::may_retry) && tries < MAX_TRIES {
            // Another process may have drawn the same ids.
            *one[0].ids() = Ids::default();
            std::thread::sleep(std::time::Duration::from_millis(1 << tries.min(6)));
            result = self.run(&mut one);
            tries += 1;
        }
        let [command] = one;
        match result {
            Ok(()) => self.answer(vec![command]),
            Err(fault) => {
                tracing::error!(%fault, "a command failed");
                command.finish(Some(fault.into()));
            }
        }
    }
}
