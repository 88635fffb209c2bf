//! `cargo xtask screenshots`: the pictures in the documentation, made from the running program.

use crate::binary::{self, Build};
use crate::command::{Result, run as run_command};
use crate::require::{self, Need};
use crate::ui;

/// Set for this command alone, so that the Playwright configuration can leave the project out of the tests.
const ASKED: &str = "SHUNDAN_SCREENSHOTS";

/// Runs the Playwright project that writes `docs/screenshots/*.png`; further words go to Playwright.
pub fn run(words: &[String]) -> Result {
    require::ensure(&[Need::Node, Need::Chromium, Need::ChineseFont])?;
    ui::build()?;
    let shundan = binary::shundan(Build::Debug)?;
    let mut command = ui::npx(&["playwright", "test", "--project=screenshots", "--reporter=list"]);
    command.args(words).env(ASKED, "1").env("SHUNDAN_BIN", shundan).env("CHROMIUM", require::chromium().unwrap_or_default());
    run_command(&mut command)
}
