//! Attachments: photos, scans and files kept as evidence.

pub mod add;
pub(crate) mod keep;
