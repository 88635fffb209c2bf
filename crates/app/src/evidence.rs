//! Evidence of orders: recorded, withdrawn, never changed (APR-05).

pub mod add;
pub mod withdraw;
