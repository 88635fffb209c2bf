//! A clock that can be set, and let go again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Instant;
use store::Clock;

/// Shows the real time unless it is set to another.
pub struct MovableClock {
    real: Clock,
    at: AtomicI64,
}

/// The clock is not set.
const FREE: i64 = i64::MIN;

impl MovableClock {
    /// A clock over the real one.
    pub fn new(real: Clock) -> Arc<Self> {
        Arc::new(MovableClock { real, at: AtomicI64::new(FREE) })
    }

    /// As a store takes it.
    pub fn clock(self: &Arc<Self>) -> Clock {
        let clock = self.clone();
        Arc::new(move || match clock.at.load(Ordering::SeqCst) {
            FREE => clock.real(),
            micros => Instant::from_micros(micros),
        })
    }

    /// The real time.
    pub fn real(&self) -> Instant {
        (self.real)()
    }

    /// Stops it at a moment.
    pub fn set(&self, at: Instant) {
        self.at.store(at.micros(), Ordering::SeqCst);
    }

    /// Lets it show the real time again.
    pub fn release(&self) {
        self.at.store(FREE, Ordering::SeqCst);
    }
}
