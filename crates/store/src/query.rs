//! What screens read: one portable statement each, next to nothing else.

mod among;
pub mod attachment;
pub mod company;
pub mod customer;
pub mod dashboard;
pub mod event;
pub mod import;
pub mod list;
pub mod order;
pub mod price;
pub mod paper;
pub mod product;
mod search;
pub mod session;
pub mod stock;
pub mod token;
pub mod user;
pub mod warehouse;
