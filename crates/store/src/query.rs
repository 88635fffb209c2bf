//! What screens read: one portable statement each, next to nothing else.

mod among;
mod search;

pub mod absence;
pub mod attachment;
pub mod blueprint;
pub mod calendar;
pub mod change;
pub mod clock;
pub mod company;
pub mod credit;
pub mod customer;
pub mod dashboard;
pub mod event;
pub mod evidence;
pub mod exchange_rate;
pub mod import;
pub mod intake;
pub mod list;
pub mod notify;
pub mod order;
pub mod paper;
pub mod price;
pub mod product;
pub mod role;
pub mod session;
pub mod skipped;
pub mod stock;
pub mod task;
pub mod token;
pub mod user;
pub mod warehouse;
pub mod worker;
