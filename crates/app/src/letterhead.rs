//! What documents say about the company itself.

pub mod edit;
