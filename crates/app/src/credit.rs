//! Credit: what finance blocks and releases, and what that means for orders (CRD-01).

pub mod block;
pub(crate) mod decide;
pub mod end_release;
pub mod release;
pub mod unblock;
