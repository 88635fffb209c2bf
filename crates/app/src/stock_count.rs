//! Stock counts (INV-04).

pub mod approve;
pub mod enter;
pub mod open;
pub mod submit;
