//! Torture of the real program: kills, full disks, backups under load. Short by default; `cargo xtask torture` runs it long.
//!
//! `SHUNDAN_TORTURE_SECONDS` is the time each test may take, `SHUNDAN_TORTURE_SEED` makes chance repeatable. Every test closes with one
//! line `torture <name>: …` of its figures. What is promised and how it is checked: `docs/reliability.md`.
#![allow(missing_docs, clippy::unwrap_used)]
#![cfg(unix)]

mod backup;
mod caller;
mod check;
mod cluster;
mod company;
mod crash;
mod disk;
mod ledger;
mod load;
mod mount;
mod person;
mod server;
mod terms;
mod victim;
