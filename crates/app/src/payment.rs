//! Payments.

pub mod reverse;
