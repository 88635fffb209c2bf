//! The company's own templates of documents.

pub mod edit;
pub mod reset;
