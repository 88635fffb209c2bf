//! The rules of Shundan: what a sales order is, and what may happen to it.
//!
//! Pure: no input or output, no clock, no randomness. What is true about an order is decided here and nowhere else;
//! the other crates fetch, keep and show. Each noun has its file, named alike in every crate.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod actor;
mod approval;
mod attachment;
mod codes;
mod company;
mod currency;
mod customer;
mod date;
mod decimal;
mod event;
mod follow_up;
mod id;
mod instant;
mod invoice;
mod language;
mod lifecycle;
mod money;
mod order;
mod payment;
mod permission;
mod price;
mod product;
mod quantity;
mod rate;
mod refusal;
mod rule;
mod shipment;
mod stock;
mod text;
pub mod totals;
mod unit_price;
mod user;

pub use account::*;
pub use actor::*;
pub use approval::*;
pub use attachment::*;
pub use codes::{Channel, Code, Codes, Grade, ProductKind, SalesCategory, Settlement, TaxCategory, TaxRounding};
pub use company::*;
pub use currency::*;
pub use customer::*;
pub use date::*;
pub use decimal::ParseError;
pub use event::*;
pub use follow_up::*;
pub use id::*;
pub use instant::*;
pub use invoice::*;
pub use language::*;
pub use lifecycle::*;
pub use money::*;
pub use order::*;
pub use payment::*;
pub use permission::*;
pub use price::*;
pub use product::*;
pub use quantity::*;
pub use rate::*;
pub use refusal::{Detail, Details, FieldError, GateRefusal, MissingFact, Reason, Refusal, RefusalKind, shown_json};
pub use rule::FieldRule;
pub use shipment::*;
pub use stock::*;
pub use text::{catalogue, name_of, text};
pub use unit_price::*;
pub use user::*;
