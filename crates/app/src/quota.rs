//! Quotas: written, edited, put out of use; and what orders take of them (PRM-06).

mod input;
mod take;

pub mod activate;
pub mod create;
pub mod edit;

pub use input::QuotaInput;
pub(crate) use take::{change, check, check_change, give, give_at_close, take, want};
