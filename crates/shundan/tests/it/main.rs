//! The program as people run it: the real binary, its words, its exit codes, its server.
#![allow(missing_docs, clippy::unwrap_used)]

mod backup;
mod clock;
mod company;
mod demo;
mod help;
mod import;
mod mail;
mod program;
mod repair;
mod scenario;
mod serve;
mod user;
mod verify;
