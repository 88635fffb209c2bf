//! Known weaknesses of the crates we use, where a tool that knows them is installed.

use crate::command::{Result, cargo, is_installed, run as run_command};

/// Asks `cargo deny` or `cargo audit`; says so in one line where there is neither.
pub fn run() -> Result {
    if is_installed("cargo-deny") {
        run_command(cargo().args(["deny", "check", "advisories"]))
    } else if is_installed("cargo-audit") {
        run_command(cargo().arg("audit"))
    } else {
        println!("advisories: not checked, neither cargo-deny nor cargo-audit is installed");
        Ok(())
    }
}
