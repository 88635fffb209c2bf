//! Import of workbooks and csv files by a mapping (INT-04).
//!
//! Files become sheets of cells ([`open`]), a [`Mapping`] turns their rows into records, and a check compares the records with what exists:
//! what is new, what changes, what is the same, and everything that is wrong, each at its cell. Only an import without a single error is
//! written, in one transaction: nothing is half-imported, also when the process is killed.

mod bind;
mod delimited;
pub mod field;
mod form;
mod keep;
mod known;
mod mapping;
mod open;
mod plan;
mod reading;
mod ready;
mod record;
mod report;
mod run;
mod sheet;
mod upload;
mod value;
mod workbook;
mod write;

pub use field::Noun;
pub use keep::{forget_mapping, keep_mapping, kept, named, refusal_of};
pub use mapping::{Arrival, Mapping, Rule, Source, TableRule};
pub use open::{File, Limits, open};
pub use reading::looks_like_formula;
pub use ready::{guess, ready, ready_text};
pub use report::{Fault, KEPT_ERRORS, Report, Sums, Tally};
pub use run::{Ask, Phase, Prepared, Progress, Ran, from_files, hex, look, prepare, write};
pub use sheet::{Cell, Format, Place, Problem, Sheet, column_letters};
pub use upload::{Shown, Summary, Uploaded, begin, finish, interrupted, is_over, remap, upload};
pub use value::{Point, Share, Style};
