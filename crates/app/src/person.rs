//! Personal data of the people of customers: consents, and what is told and erased at their wish (PTY-05).

pub mod consent;
pub mod erase;
pub mod export;
