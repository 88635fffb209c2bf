//! Tests that look at more than one noun.

mod catalogue;
mod standard;
mod steps;
mod walk;
