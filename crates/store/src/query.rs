//! What screens read: one portable statement each, next to nothing else.

pub mod attachment;
pub mod company;
pub mod dashboard;
pub mod event;
pub mod list;
pub mod order;
pub mod session;
pub mod token;
pub mod user;
