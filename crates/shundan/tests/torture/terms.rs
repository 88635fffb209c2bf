//! How long, and by which chance.

use std::time::{Duration, Instant};

/// What the environment asks for.
#[derive(Clone, Copy)]
pub struct Terms {
    /// How long a test may go on; nothing: as short as makes sense.
    pub time: Option<Duration>,
    /// Where chance begins.
    pub seed: u64,
    begun: Instant,
}

impl Terms {
    /// Of this run.
    pub fn new() -> Self {
        let number =
            |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap_or_else(|_| panic!("{name}={text} is no number")));
        let time = number("SHUNDAN_TORTURE_SECONDS").map(Duration::from_secs);
        Terms { time, seed: number("SHUNDAN_TORTURE_SEED").unwrap_or(1), begun: Instant::now() }
    }

    /// Whether to go on after so many rounds, of which a short run has `short`.
    pub fn more(&self, rounds: usize, short: usize) -> bool {
        rounds < short || self.time.is_some_and(|time| self.begun.elapsed() < time)
    }

    /// Seconds since it began.
    pub fn took(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }
}

/// Numbers by chance, the same for the same seed.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, place: u64) -> Self {
        Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ (place << 32))
    }

    /// From 0 to `many` − 1.
    pub fn below(&mut self, many: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % many
    }

    /// True once in `many`.
    pub fn once_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}
