//! The rules of Shundan: what a sales order is, and what may happen to it.
//!
//! Pure: no input or output, no clock, no randomness. What is true about an order is decided here and nowhere else;
//! the other crates fetch, keep and show. Each noun has its file, named alike in every crate.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod account;
mod actor;
mod approval;
mod attachment;
mod capital;
mod codes;
mod company;
mod credit;
mod credit_code;
mod currency;
mod customer;
mod date;
mod decimal;
mod event;
mod evidence;
mod follow_up;
mod gate_override;
mod gtin;
mod id;
mod import;
mod instant;
mod invoice;
mod language;
mod lifecycle;
mod money;
mod number_pattern;
mod order;
mod payment;
mod permission;
mod price;
mod product;
mod quantity;
mod rate;
mod refusal;
mod request;
mod rule;
mod rules;
mod search;
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
pub use capital::*;
pub use codes::{Channel, Code, Codes, Grade, ProductKind, SalesCategory, Settlement, TaxCategory, TaxRounding};
pub use company::*;
pub use credit::*;
pub use credit_code::*;
pub use currency::*;
pub use customer::*;
pub use date::*;
pub use decimal::ParseError;
pub use event::*;
pub use evidence::*;
pub use follow_up::*;
pub use gate_override::*;
pub use gtin::*;
pub use id::*;
pub use import::*;
pub use instant::*;
pub use invoice::*;
pub use language::*;
pub use lifecycle::*;
pub use money::*;
pub use number_pattern::*;
pub use order::*;
pub use payment::*;
pub use permission::*;
pub use price::*;
pub use product::*;
pub use quantity::*;
pub use rate::*;
pub use refusal::{Detail, Details, FieldError, GateRefusal, MissingFact, Reason, Refusal, RefusalKind, shown_json};
pub use request::*;
pub use rule::FieldRule;
pub use rules::*;
pub use search::*;
pub use shipment::*;
pub use stock::*;
pub use text::{catalogue, name_of, text};
pub use unit_price::*;
pub use user::*;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
