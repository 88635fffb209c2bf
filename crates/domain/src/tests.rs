//! Tests that look at more than one noun.

mod catalogue;
mod ends;
mod standard;
mod steps;
mod walk;
