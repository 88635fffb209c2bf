//! Slows down guessing of passwords: counted per company, username and address, per username, and per address.
//!
//! Kept in the memory of each process, with bounds; several server processes on one database count apart, so that an attacker gets
//! that many times the tries. After a restart counting begins anew.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use domain::Instant;

/// Failures that cost nothing: a person mistypes.
const FREE: u32 = 5;

/// Failures from one address, or for one username from anywhere, that cost nothing.
const FREE_WIDE: u32 = 50;

/// Longest wait of one person at one address.
const MAX_WAIT_SECONDS: i64 = 900;

/// Longest wait for all at an address, and for one username from anywhere.
const MAX_WIDE_WAIT_SECONDS: i64 = 30;

/// Failures are forgotten after so long.
const FORGET_SECONDS: i64 = 3600;

/// Entries at the most; the oldest go first.
const MAX_ENTRIES: usize = 20_000;

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

/// Whose failures are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Whose {
    Pair(String, String),
    Name(String),
    Address(String),
}

impl Whose {
    /// Longest wait: one name, or one address, is only slowed down, lest anybody shut everybody out.
    fn longest(&self) -> i64 {
        match self {
            Whose::Pair(..) => MAX_WAIT_SECONDS,
            Whose::Name(_) | Whose::Address(_) => MAX_WIDE_WAIT_SECONDS,
        }
    }

    fn free(&self) -> u32 {
        match self {
            Whose::Pair(..) => FREE,
            Whose::Name(_) | Whose::Address(_) => FREE_WIDE,
        }
    }
}

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<Whose, Failures>>);

fn all(name: &str, address: &str) -> [Whose; 3] {
    [Whose::Pair(name.to_owned(), address.to_owned()), Whose::Name(name.to_owned()), Whose::Address(address.to_owned())]
}

/// Seconds to wait after the last of so many failures.
fn wait(count: u32, free: u32) -> i64 {
    match count.checked_sub(free) {
        None => 0,
        Some(over) => (1_i64 << over.min(20)).saturating_mul(2).min(MAX_WAIT_SECONDS),
    }
}

impl Throttle {
    /// Seconds the caller has to wait before another try; 0: none. The try itself counts as a failure until `succeeded` is said, so that
    /// tries sent at the same time are all counted.
    pub fn begin(&self, name: &str, address: &str, now: Instant) -> i64 {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |whose: &Whose| {
            let Some(failures) = counted.get(whose).filter(|f| f.last.seconds_until(now) < FORGET_SECONDS) else { return 0 };
            wait(failures.count, whose.free()).min(whose.longest()) - failures.last.seconds_until(now)
        };
        let longest = all(name, address).iter().map(left).max().unwrap_or(0);
        if longest > 0 {
            return longest;
        }
        for whose in all(name, address) {
            let failures = counted.entry(whose).or_insert(Failures { count: 0, last: now });
            if failures.last.seconds_until(now) >= FORGET_SECONDS {
                failures.count = 0;
            }
            failures.count = failures.count.saturating_add(1);
            failures.last = now;
        }
        if counted.len() > MAX_ENTRIES {
            shrink(&mut counted);
        }
        0
    }

    /// The password was right: what was counted for this person here is forgotten, and this try does not count elsewhere.
    pub fn succeeded(&self, name: &str, address: &str) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [pair, name, address] = all(name, address);
        counted.remove(&pair);
        for whose in [name, address] {
            if let Some(failures) = counted.get_mut(&whose) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }
}

/// Forgets the older half.
fn shrink<K: Hash + Eq>(counted: &mut HashMap<K, Failures>) {
    let mut times: Vec<Instant> = counted.values().map(|failures| failures.last).collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    counted.retain(|_, failures| failures.last > median);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(0).plus_seconds(seconds)
    }

    #[test]
    fn waits_grow_and_are_forgotten() {
        let throttle = Throttle::default();
        for _ in 0..FREE {
            assert_eq!(throttle.begin("a", "1", at(0)), 0);
        }
        assert_eq!(throttle.begin("a", "1", at(0)), 2);
        assert_eq!(throttle.begin("b", "1", at(0)), 0, "others at the address may");
        assert_eq!(throttle.begin("a", "1", at(2)), 0);
        assert_eq!(throttle.begin("a", "1", at(2)), 4);
        assert_eq!(throttle.begin("a", "1", at(2 + FORGET_SECONDS)), 0);
    }

    #[test]
    fn success_forgets_and_one_name_is_slowed_from_everywhere() {
        let throttle = Throttle::default();
        for _ in 0..FREE {
            throttle.begin("a", "1", at(0));
        }
        throttle.succeeded("a", "1");
        assert_eq!(throttle.begin("a", "1", at(0)), 0);
        for i in 0..FREE_WIDE {
            throttle.begin("c", &format!("10.0.0.{i}"), at(0));
        }
        assert!(throttle.begin("c", "10.9.9.9", at(0)) > 0);
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        for i in 0..30_000 {
            throttle.begin(&format!("u{i}"), &format!("a{i}"), at(i));
        }
        assert!(throttle.0.lock().unwrap().len() <= MAX_ENTRIES + 3);
    }
}
