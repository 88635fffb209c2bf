//! `cargo xtask demo`: from a fresh clone to a running demo company.

use crate::binary::{self, Build};
use crate::command::{Result, program};
use crate::ui;
use std::os::unix::process::CommandExt;

/// Builds the UI and the program, then becomes `shundan demo` with the given options, so that signals reach it directly.
pub fn run(options: &[String]) -> Result {
    ui::build()?;
    let shundan = binary::shundan(Build::Release)?;
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let mut command = program(&shundan.to_string_lossy());
    let error = command.arg("demo").args(options).current_dir(here).exec();
    Err(format!("{}: {error}", shundan.display()))
}
