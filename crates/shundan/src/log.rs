//! The log: structured, on standard error, as text for people or JSON for programs.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::args::{Global, LogFormat};
use crate::trouble::Trouble;

/// Starts the log; `usual` is the level where none was asked for.
pub fn start(global: &Global, usual: &str) -> Result<(), Trouble> {
    let level = global.log.as_deref().unwrap_or(usual);
    let filter = EnvFilter::try_new(level).map_err(|why| Trouble::with("trouble.log_level", [("level", &level), ("why", &why)]))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match global.log_format {
        LogFormat::Json => log.json().flatten_event(true).init(),
        LogFormat::Text => log.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
    }
    Ok(())
}
