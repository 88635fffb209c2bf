//! Invoices.

pub mod void;
