//! What goes wrong at an engine, and when: drawn from a seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use store::Fault;

use crate::dice::Dice;

/// A mistake planted in an engine, to see that the simulation finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// None: the engine keeps its promises.
    None,
    /// It says that held rows are still true when another has written.
    Stale,
    /// It says that a commit that took effect did not.
    Undone,
    /// It acknowledges a commit that it then forgets.
    Forgets,
    /// It says that commits are durable which are not.
    Early,
    /// It does not notice that another has written since it began.
    Blind,
}

/// How a commit ends.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// Well.
    Well,
    /// It fails with this, and nothing is written.
    Failed(fn(String) -> Fault),
    /// The connection drops before anything is written.
    LostBefore,
    /// The connection drops after it took effect.
    LostAfter,
    /// The connection drops, and the server still holds the transaction; later it takes effect or not.
    InDoubt(bool),
}

/// What was injected, over all engines of a run.
#[derive(Debug, Default)]
pub struct Injected {
    /// Off: nothing goes wrong any more.
    pub off: AtomicBool,
    /// Faults so far.
    pub faults: AtomicU64,
}

/// The faults of one engine.
pub struct Faults {
    dice: Dice,
    of_thousand: u64,
    slow: u64,
    full: u32,
    injected: Arc<Injected>,
}

impl Faults {
    /// So many steps of a thousand go wrong, so many are slow.
    pub fn new(seed: u64, of_thousand: u64, slow: u64, injected: Arc<Injected>) -> Self {
        Faults { dice: Dice::new(seed), of_thousand, slow, full: 0, injected }
    }

    fn strikes(&mut self) -> bool {
        let strikes = !self.injected.off.load(Relaxed) && self.dice.chance(self.of_thousand);
        if strikes {
            self.injected.faults.fetch_add(1, Relaxed);
        }
        strikes
    }

    /// Sometimes the disk or the network is slow.
    pub fn delay(&mut self) {
        if self.dice.chance(self.slow) {
            std::thread::sleep(Duration::from_micros(self.dice.next() % 800));
        }
    }

    /// Before a step with one of these faults.
    pub fn at(&mut self, step: &str, kinds: &[fn(String) -> Fault]) -> Result<(), Fault> {
        self.delay();
        if self.strikes() {
            let kind = kinds[self.dice.below(kinds.len())];
            return Err(kind(format!("injected at {step}")));
        }
        Ok(())
    }

    /// A disk that is full stays so for a while.
    pub fn disk(&mut self) -> Result<(), Fault> {
        if self.injected.off.load(Relaxed) {
            self.full = 0;
        }
        if self.full == 0 && self.dice.chance(self.of_thousand / 3) && self.strikes() {
            self.full = u32::try_from(self.dice.below(4)).unwrap() + 1;
        }
        if self.full > 0 {
            self.full -= 1;
            return Err(Fault::Full("injected: no space left".into()));
        }
        Ok(())
    }

    /// How the next commit ends.
    pub fn end(&mut self, in_doubt: bool) -> End {
        self.delay();
        if !self.strikes() {
            return End::Well;
        }
        match self.dice.below(if in_doubt { 9 } else { 7 }) {
            0 => End::Failed(Fault::Conflict),
            1 => End::Failed(Fault::Full),
            2 => End::Failed(Fault::ReadOnly),
            3 => End::Failed(Fault::Lost),
            4 => End::LostBefore,
            5 | 6 => End::LostAfter,
            _ => End::InDoubt(self.dice.chance(500)),
        }
    }

    /// Whether it cannot even be asked how the commit ended.
    pub fn deaf(&mut self) -> bool {
        !self.injected.off.load(Relaxed) && self.dice.chance(300)
    }

    /// How many rows a load hands out before it breaks, where it does.
    pub fn breaks_after(&mut self) -> Option<usize> {
        self.strikes().then(|| self.dice.below(3))
    }
}
