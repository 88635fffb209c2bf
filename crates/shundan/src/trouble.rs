//! Mistakes and misfortunes, as people are told of them: what is wrong, where, and what to do next.

use std::path::Path;
use std::process::ExitCode;

use domain::Refusal;
use store::{Failure, Fault};

use crate::texts::Say;

/// Why a command ends without success.
#[derive(Debug)]
pub enum Trouble {
    /// A text of the catalogue with what fills it.
    Text(&'static str, Vec<(&'static str, String)>),
    /// The rules refuse it.
    Refused(Refusal),
    /// Everything was said already; only the exit code is left.
    Said,
}

impl Trouble {
    /// A text with nothing to fill.
    pub fn of(key: &'static str) -> Self {
        Trouble::Text(key, Vec::new())
    }

    /// A text and what fills it.
    pub fn with<const N: usize>(key: &'static str, places: [(&'static str, &dyn std::fmt::Display); N]) -> Self {
        Trouble::Text(key, places.into_iter().map(|(name, value)| (name, value.to_string())).collect())
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, why: &std::io::Error) -> Self {
        Trouble::with("trouble.file", [("path", &path.display()), ("why", &why)])
    }

    /// Tells it on standard error.
    pub fn tell(&self, say: Say) -> ExitCode {
        let text = match self {
            Trouble::Text(key, places) => {
                let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
                say.text(key, &places)
            }
            Trouble::Refused(refusal) => refused(say, refusal),
            Trouble::Said => return ExitCode::FAILURE,
        };
        eprintln!("{} {text}", say.plain("trouble.mark"));
        ExitCode::FAILURE
    }
}

/// A refusal with each field that is wrong.
fn refused(say: Say, refusal: &Refusal) -> String {
    if refusal.fields.is_empty() {
        return refusal.message(say.0);
    }
    let name = |pointer: &str| {
        let key = format!("field{}", pointer.replace('/', "."));
        say.find(&key).map_or_else(|| pointer.trim_start_matches('/').to_owned(), str::to_owned)
    };
    let fields: Vec<String> = refusal.fields.iter().map(|field| format!("{}: {}", name(&field.pointer), field.message(say.0))).collect();
    fields.join("\n  ")
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Trouble::Refused(refusal)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict(why) => Trouble::with("trouble.busy", [("why", &why)]),
            Fault::Full(why) => Trouble::with("trouble.full", [("why", &why)]),
            Fault::ReadOnly(why) => Trouble::with("trouble.read_only", [("why", &why)]),
            Fault::Lost(why) => Trouble::with("trouble.lost", [("why", &why)]),
            Fault::Unsettled(why) => Trouble::with("trouble.unknown", [("why", &why)]),
            Fault::Broken(why) => Trouble::with("trouble.broken", [("why", &why)]),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Trouble::Refused(refusal),
            Failure::Unavailable(why) => Trouble::with("trouble.busy", [("why", &why)]),
            Failure::Full(why) => Trouble::with("trouble.full", [("why", &why)]),
            Failure::ReadOnly(why) => Trouble::with("trouble.read_only", [("why", &why)]),
            Failure::Failing(why) => Trouble::with("trouble.lost", [("why", &why)]),
            Failure::Unknown(why) => Trouble::with("trouble.unknown", [("why", &why)]),
            Failure::Internal(why) => Trouble::with("trouble.broken", [("why", &why)]),
        }
    }
}
