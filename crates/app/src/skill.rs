//! Skills: what people can do well or less well (TSK-01).

pub mod create;
pub mod edit;
