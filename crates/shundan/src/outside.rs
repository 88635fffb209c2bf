//! The world outside: clock, environment, randomness. Nobody else reads them (architecture.md); the other crates are handed them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Instant;

/// The time by the machine's clock.
pub fn now() -> Instant {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX),
    };
    Instant::from_micros(micros)
}

/// The clock of a store.
pub fn clock() -> store::Clock {
    Arc::new(now)
}

/// An environment variable that is set to something.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where a program of this name keeps its data on this system.
pub fn data_folder(name: &str) -> PathBuf {
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| PathBuf::from(home).join("Library/Application Support"))
    } else {
        let home = || variable("HOME").map(|home| PathBuf::from(home).join(".local/share"));
        variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute()).or_else(home)
    };
    base.unwrap_or_default().join(name)
}

/// The person at the machine, for the audit trail.
pub fn operator() -> String {
    ["SUDO_USER", "USER", "LOGNAME", "USERNAME"].iter().find_map(|name| variable(name)).unwrap_or_else(|| "?".to_owned())
}

/// Fills the bytes with randomness good enough for secrets.
///
/// # Panics
/// Where the system has none: then nothing that is safe can be done.
pub fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system gives randomness");
}

/// So many random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}
