//! What customers and the company say to each other (INT-07).

pub mod read;
pub mod settle;
pub mod write;
