//! Exceptions of orders: opened by a step or by hand, answered once with redo or give up (CHG-05).

pub mod answer;
pub mod open;
