//! What screens read: one portable statement each, next to nothing else.

pub mod dashboard;
pub mod order;
