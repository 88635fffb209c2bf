//! Transfers between warehouses (INV-04).

mod input;

pub mod create;
pub mod edit;
pub mod end;
pub mod receive;
pub mod send;

pub use input::{TransferInput, TransferInputLine};
