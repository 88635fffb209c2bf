//! The API as callers see it: real HTTP on a port of its own, on both engines, with a clock that the test moves.
#![allow(missing_docs, clippy::unwrap_used)]

mod client;
mod customer;
mod foundation;
mod price;
mod product;
mod server;
mod session;
mod stock;
mod user;
mod warehouse;
