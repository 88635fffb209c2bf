//! Documents on paper: a Typst template and data become a PDF.
//!
//! Pure, given fonts: nothing here knows the database, HTTP or the clock; the same template, data and fonts give the same bytes.
//! Packages are not loaded and files not read: a template sees what [`Sheet`] holds and nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod data;
mod font;
mod mistake;
mod sheet;
mod template;
mod world;

pub use font::{Fonts, NoChineseFont, system_folders};
pub use mistake::Mistake;
pub use sheet::{Pages, Sheet, typeset};
pub use template::{LAYOUT, WORDS, built_in, word};
