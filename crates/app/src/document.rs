//! Documents that are made from orders and their papers, and kept.

pub mod add;
