//! The API as callers see it: real HTTP on a port of its own, on both engines, with a clock that the test moves.
#![allow(missing_docs, clippy::unwrap_used)]

mod attachment;
mod blueprint;
mod client;
mod company;
mod customer;
mod event;
mod foundation;
mod import;
mod interface;
mod order;
mod order_list;
mod order_once;
mod order_refusal;
mod order_walk;
mod price;
mod product;
mod role;
mod server;
mod session;
mod shop;
mod standard;
mod stock;
mod token;
mod user;
mod warehouse;
