//! Shortages: what a customer chose, with everything it makes, in one unit of work.

pub mod choose;
