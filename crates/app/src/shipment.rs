//! Delivery notes.

pub mod deliver;
