//! The company: whose books they are.

pub mod create;
pub mod edit;
